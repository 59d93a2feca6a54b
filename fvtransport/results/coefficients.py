"""The transport coefficients of a case at its initial mean state, in every form that its mixture knows of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..audit.onsager import onsager_matrices
from ..discretisation.build import Discretisation
from ..mesh.faces import Faces
from ..model.state import Coefficient
from ..model.views import FaceView

__all__ = ["coefficients_at_start"]

_INSIDE = (2e-12, 1e-9, 1e-6)


def coefficients_at_start(discretised: Discretisation) -> Sequence[Coefficient]:
    """What the mixture reports of Onsager's matrix of all laws, at the volume mean of the initial fields
    and a face amid the domain.

    A mole fraction of 0 or 1 is replaced by the nearest one at which all forces are defined, 2e-12 from it where that
    can be. In a linearised model the state is the one that it is linearised about. Empty where the mixture states no
    metric, or has nothing to say.
    """
    system, geometry = discretised.system, discretised.system.geometry
    mean = discretised.values[:, geometry.cells] @ geometry.volume / geometry.volume.sum()
    values = np.repeat(mean[:, None], geometry.nodes, axis=1)
    tried = (onsager_matrices(system, discretised.t, values, inside) for inside in _INSIDE)
    found = next((each for each in tried if each is None or each.faces.size), None)
    if found is None or not found.by_law:
        return ()
    centres = geometry.faces.centres[:3, found.faces]
    middle = int(np.abs(centres - geometry.position[:3].mean(axis=1, keepdims=True)).sum(axis=0).argmin())
    face = _single(geometry.faces, int(found.faces[middle]))
    state = found.mean[:, [found.faces[middle]]]
    view = FaceView(system.medium, discretised.t, state, state, face).at(system.reference)
    return tuple(system.medium.mixture.coefficients(found.total[..., middle], view))


def _single(faces: Faces, index: int) -> Faces:
    """One face by itself."""
    names = ("area", "inverse_distance", "left_weight", "centres", "normal", "left_position", "right_position")
    parts = {name: getattr(faces, name)[..., [index]] for name in names}
    return replace(faces, left=slice(0, 1), right=slice(0, 1), **parts)
