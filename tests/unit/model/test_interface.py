"""The interface between materials: what its condition sees, and what is not said."""

import numpy as np
import pytest

from fvtransport.model.interface import Interface, InterfaceView
from tests.tools.views import between, binary, medium

MEDIUM = medium(binary())
VIEW = between(MEDIUM, [310.0, 0.6], [300.0, 0.2], [5.0, 7.0], row=1)


class Permeable(Interface):
    """J = 2 (u_left - u_right)"""

    def flux(self, face):
        return 2.0 * face.jump


def test_each_side_has_its_state():
    T, A = MEDIUM.fields
    assert VIEW.field is A and VIEW.balance is MEDIUM.balances[1] and VIEW.mixture is MEDIUM.mixture
    assert VIEW.left[T].item() == 310.0 and VIEW.right[A].item() == 0.2
    assert VIEW.jump.item() == pytest.approx(0.4) and VIEW.mean(T).item() == 305.0


def test_fluxes_by_balance():
    T, _ = MEDIUM.fields
    assert VIEW.flux.item() == 7.0 == VIEW.flux_into_right.item() and VIEW.flux_of(T).item() == 5.0
    assert VIEW.solves(T) and not VIEW.solves(MEDIUM.species[1])


def test_both_sides_may_have_different_fluxes():
    none = np.zeros((2, 1))
    view = InterfaceView(MEDIUM, 0.0, 0, (none, none), (none + 1.0, none + 3.0), (np.zeros((4, 1)),) * 2)
    assert (view.flux.item(), view.flux_into_right.item()) == (1.0, 3.0)


def test_a_flux_is_an_equation():
    assert Permeable().residual(VIEW).item() == pytest.approx(7.0 - 0.8)


def test_what_is_not_said():
    bare = Interface()
    assert bare.production(VIEW) == {} and bare.potential_jumps(VIEW) == {}
    for call in (bare.flux, bare.residual, bare.storage, bare.further_entropy_production):
        with pytest.raises(NotImplementedError):
            call(VIEW)
