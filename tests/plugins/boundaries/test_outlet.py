"""An outlet takes out what is stored per volume at the speed of the flow (Danckwerts)."""

import pytest
from fvtransport.plugins.boundaries.outlet import Outlet
from fvtransport.plugins.handles import heat_capacity

from fvtransport import Constant
from tests.tools.views import at_boundary, binary, medium

STATE = [310.0, 0.2]


@pytest.mark.parametrize(("row", "stored"), [(0, 1200.0 * 310.0), (1, 40.0 * 0.2)])
def test_what_leaves_is_the_storage_times_the_speed(row, stored):
    """c_p T = 372 000 J/m^3 and c x_A = 8 mol/m^3, at 0.03 m/s."""
    view = at_boundary(medium(binary(), {heat_capacity: 1200.0}), STATE, row=row)
    assert Outlet(speed=Constant(value=0.03)).outward_flux(view)[0] == pytest.approx(0.03 * stored, rel=1e-15)


def test_nothing_leaves_a_gas_at_rest():
    view = at_boundary(medium(binary()), STATE, row=1)
    assert Outlet(speed=Constant(value=0.0)).outward_flux(view).tolist() == [0.0]
