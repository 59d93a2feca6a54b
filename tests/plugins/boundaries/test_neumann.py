"""A given flux: out of the domain at either end, whatever the state."""

import pytest
from fvtransport.plugins.boundaries.neumann import Neumann

from fvtransport import Constant
from tests.tools.views import at_boundary, binary, medium


@pytest.mark.parametrize(("is_left", "along_x"), [(False, 5.0), (True, -5.0)])
def test_the_flux_is_counted_out_of_the_domain(is_left, along_x):
    condition = Neumann(flux=Constant(value=5.0))
    view = at_boundary(medium(binary()), [310.0, 0.2], flux=along_x, is_left=is_left)
    assert condition.outward_flux(view) == 5.0
    assert condition.residual(view).tolist() == [0.0]


def test_a_flux_that_is_not_the_given_one_is_its_residual():
    view = at_boundary(medium(binary()), [310.0, 0.2], flux=7.0)
    assert Neumann(flux=Constant(value=5.0)).residual(view).tolist() == [2.0]
