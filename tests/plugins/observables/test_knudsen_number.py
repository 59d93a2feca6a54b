"""The Knudsen number: mean free path over width, and the warning beyond the continuum."""

import math

import pytest
from fvtransport.plugins.bulk_flow.dusty_gas import DustyGas
from fvtransport.plugins.observables.knudsen_number import KnudsenNumber

from fvtransport import Constant, Context
from tests.tools.straight import gas_cells
from tests.tools.views import R, gas

CELLS = gas_cells([1e5, 5e3], A=0.016, B=0.016)
OWN = KnudsenNumber(length=1e-5, viscosity=Constant(value=2e-5))


def test_it_is_the_largest_free_path_over_the_width():
    path = 2e-5 / 5e3 * math.sqrt(math.pi * R * 300.0 / (2.0 * 0.016))
    assert OWN.measure(CELLS) == pytest.approx(path / 1e-5, rel=1e-13)


@pytest.mark.parametrize(("value", "warns"), [(0.09, False), (0.2, True)])
def test_continuum_laws_are_warned_about(value, warns):
    found = list(OWN.validate(Context(mixture=CELLS.mixture, value=value)))
    assert len(found) == warns and not any(issue.is_mistake for issue in found)


def test_friction_at_the_walls_is_what_dusty_gas_is_about():
    dusty = gas(temperature=300.0, bulk_flow=DustyGas(pore_diameter=1e-6), molar_masses={"A": 0.016, "B": 0.016})
    assert not list(OWN.validate(Context(mixture=dusty, value=5.0)))
