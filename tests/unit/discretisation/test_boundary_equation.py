"""The equation of a boundary condition: what vanishes, which flux the cells see, what is stored."""

import numpy as np
import pytest
from fvtransport.plugins.boundaries.dirichlet import Dirichlet
from fvtransport.plugins.boundaries.neumann import Neumann
from fvtransport.plugins.boundaries.reservoir import Reservoir
from fvtransport.plugins.handles import heat_capacity, temperature

from fvtransport.discretisation.boundary_equation import BoundaryEquation
from fvtransport.model.elementary import Constant
from tests.tools.straight import AREA, CAPACITY, COLD, straight
from tests.tools.views import binary, medium

SYSTEM = straight().system
MEDIUM = medium(binary(), {heat_capacity: CAPACITY})
LEFT, RIGHT = SYSTEM.geometry.faces.left_right(straight().values)
FLUX = np.full(LEFT.shape, 7.0)


def equation(condition, name: str = "right") -> BoundaryEquation:
    return BoundaryEquation(SYSTEM.geometry.boundaries[name], 0, temperature, condition)


def test_a_value_leaves_the_flux_to_the_laws():
    own, flux = equation(Dirichlet(value=Constant(value=290.0))), FLUX.copy()
    assert own.residual(MEDIUM, 0.0, LEFT, RIGHT, flux) == pytest.approx([COLD - 290.0]) and not own.prescribes
    assert np.array_equal(flux, FLUX)


@pytest.mark.parametrize(("name", "sign", "at"), [("right", 1.0, -1), ("left", -1.0, 0)])
def test_an_imposed_flux_is_what_the_cells_see(name, sign, at):
    own, flux = equation(Neumann(flux=Constant(value=5.0)), name), FLUX.copy()
    assert own.residual(MEDIUM, 0.0, LEFT, RIGHT, flux) == pytest.approx([sign * 7.0 - 5.0]) and own.prescribes
    assert (
        flux[0, at] == sign * 5.0 and np.array_equal(flux[0, 1:-1], FLUX[0, 1:-1]) and np.array_equal(flux[1], FLUX[1])
    )


def test_a_boundary_that_stores_takes_up_the_difference():
    """c_p T V/A."""
    own = equation(Reservoir(volume=6.0))
    assert own.has_storage and not own.prescribes and not equation(Neumann(flux=Constant(value=5.0))).has_storage
    stored = own.stored_per_area(MEDIUM, 0.0, np.array([[310.0], [0.5]]))
    assert stored == pytest.approx([CAPACITY * 310.0 * 6.0 / AREA], rel=1e-14)
