"""Exchange with surroundings: Newton's law of cooling."""

import pytest
from fvtransport.plugins.boundaries.robin import Robin

from fvtransport import Constant
from tests.tools.views import at_boundary, binary, medium

FILM = Robin(coefficient=Constant(value=12.0), reference=Constant(value=290.0))


@pytest.mark.parametrize(("T", "flux"), [(310.0, 240.0), (290.0, 0.0), (285.0, -60.0)])
def test_heat_leaves_in_proportion_to_the_difference(T, flux):
    """12 W/m^2/K times T - 290 K."""
    assert FILM.outward_flux(at_boundary(medium(binary()), [T, 0.2])).tolist() == [flux]


def test_its_equation_holds_at_that_flux():
    assert FILM.residual(at_boundary(medium(binary()), [310.0, 0.2], flux=240.0)).tolist() == [0.0]
    assert FILM.residual(at_boundary(medium(binary()), [310.0, 0.2], flux=-240.0, is_left=True)).tolist() == [0.0]
