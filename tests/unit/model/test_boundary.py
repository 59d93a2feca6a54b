"""A boundary states the flux that it imposes, or any equation."""

from types import SimpleNamespace

import numpy as np
import pytest

from fvtransport.model.boundary import Boundary


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
