"""A boundary states the flux that it imposes, or any equation; whether that fixes its field, whatever the value."""

from types import SimpleNamespace

import numpy as np
import pytest
from fvtransport.plugins.boundaries.dirichlet import Dirichlet
from fvtransport.plugins.boundaries.neumann import Neumann
from fvtransport.plugins.mixtures.binary import Binary

from fvtransport.model.boundary import Boundary, fixes_field
from fvtransport.model.elementary import Constant
from fvtransport.model.medium import Medium
from fvtransport.model.views import BoundaryView

MEDIUM = Medium(Binary(species=("A", "B"), concentration=Constant(value=2.0), temperature=300.0), {}, {})
END = SimpleNamespace(position=np.zeros((4, 1)), faces=slice(2, 3), sign=1.0)


class Consumed(Boundary):
    """A reaction of first order on the boundary."""

    def outward_flux(self, face):
        return 0.1 * face.value


def view(value: float) -> BoundaryView:
    return BoundaryView(MEDIUM, 0.0, 0, np.full((1, 3), value), np.zeros(3), END)


@pytest.mark.parametrize("value", [0.0, 0.25])
@pytest.mark.parametrize(
    ("condition", "fixes"),
    [
        (Dirichlet(value=Constant(value=0.0)), True),
        (Consumed(), True),
        (Neumann(flux=Constant(value=1.0)), False),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_condition_that_depends_on_its_field_fixes_it(condition, fixes, value):
    assert fixes_field(condition, view(value), 1e-6) == fixes


def test_the_value_is_that_of_the_field_in_the_view():
    before = view(0.25)
    after = before.where({before.balance.field: 0.5})
    assert before.value == 0.25 and after.value == 0.5 and after.flux == before.flux


class Exchange(Boundary):
    """J . n = 2 (u - 3)"""

    def outward_flux(self, face):
        return 2.0 * (face.value - 3.0)


def test_an_imposed_flux_is_an_equation_for_the_flux():
    face = SimpleNamespace(value=np.array([3.0, 4.0, 5.0]), flux=np.array([0.0, 2.0, 5.0]))
    assert Exchange().residual(face).tolist() == [0.0, 0.0, 1.0]


def test_without_either_there_is_no_equation():
    face = SimpleNamespace(value=1.0, flux=1.0)
    for call in (Boundary().residual, Boundary().outward_flux, Boundary().storage):
        with pytest.raises(NotImplementedError):
            call(face)


def test_a_condition_prescribes_nothing_and_stores_face_by_face_unless_said():
    assert Boundary.prescribed == "" and not Boundary.is_shared
