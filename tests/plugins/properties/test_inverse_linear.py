"""D(x_A) = D_0/(1 + beta x_A), by hand."""

import pytest
from fvtransport.plugins.properties.inverse_linear import InverseLinear

from tests.tools.views import binary, cells, medium


@pytest.mark.parametrize(
    ("beta", "x", "D"), [(3.0, 0.0, 2e-5), (3.0, 1.0, 5e-6), (-0.5, 0.4, 2.5e-5), (0.0, 0.7, 2e-5)]
)
def test_the_coefficient_falls_with_the_first_species(beta, x, D):
    found = InverseLinear(at_infinite_dilution=2e-5, beta=beta)(cells(medium(binary()), [300.0, x]))
    assert found[0] == pytest.approx(D, rel=1e-15)
