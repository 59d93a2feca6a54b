"""Views of states given by numbers, for plugins by themselves: no case, no mesh, nothing solved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
from fvtransport.plugins.mixtures.binary import Binary
from fvtransport.plugins.mixtures.gas import Gas

from fvtransport import Constant, Mixture, Property
from fvtransport.mesh.faces import Faces
from fvtransport.model.flux_view import FluxView
from fvtransport.model.handles import Shared
from fvtransport.model.interface import InterfaceView
from fvtransport.model.medium import Medium
from fvtransport.model.views import BoundaryView, CellView, FaceView

__all__ = ["R", "at_boundary", "between", "binary", "cells", "face", "flux_face", "gas", "medium"]

R = 8.31446261815324
_CONSTANTS = {"gas_constant": R, "boltzmann_constant": 1.380649e-23}
Given = Mapping[Shared, float | Property]


def binary(concentration: float = 40.0, **given: Any) -> Binary:
    """Two species A and B at a concentration [mol/m^3]."""
    return Binary(species=("A", "B"), concentration=Constant(value=concentration), **given)


def gas(pressure: float = 1e5, **given: Any) -> Gas:
    """A gas of A and B unless other species are given."""
    return Gas(**{"species": ("A", "B"), "pressure": pressure, **given})


def medium(mixture: Mixture, given: Given = MappingProxyType({})) -> Medium:
    """A mixture with its shared properties, numbers among them, in SI units."""
    properties = {key: Constant(value=value) if isinstance(value, float) else value for key, value in given.items()}
    return Medium(mixture, properties, _CONSTANTS)


def _column(state: Sequence[float]) -> np.ndarray:
    return np.array(state, float)[:, None]


def _faces(distance: float) -> Faces:
    places = np.zeros((4, 2))
    places[0, 1] = distance
    return Faces.along(places)


def cells(medium: Medium, state: Sequence[float], t: float = 0.0, x: float = 0.0) -> CellView:
    """One cell in a state (fields,) at the position x [m]."""
    return CellView(medium, t, _column(state), np.array([[x], [0.0], [0.0], [0.0]]))


def face(medium: Medium, left: Sequence[float], right: Sequence[float], distance: float = 1.0) -> FaceView:
    """One face between two states (fields,) at a distance [m]."""
    return FaceView(medium, 0.0, _column(left), _column(right), _faces(distance))


def flux_face(
    medium: Medium, left: Sequence[float], right: Sequence[float], flux: Sequence[float], distance: float = 1.0
) -> FluxView:
    """The same face with the fluxes of all laws (balances,)."""
    return FluxView(medium, 0.0, _column(left), _column(right), _faces(distance), _column(flux), lambda mean: None)


def at_boundary(
    medium: Medium, state: Sequence[float], row: int = 0, flux: float = 0.0, is_left: bool = False, t: float = 0.0
) -> BoundaryView:
    """A boundary of one face in a state, for the condition of the field in a row; flux is along +x."""
    end = SimpleNamespace(
        position=np.zeros((4, 1)), faces=slice(0, 1), sign=-1.0 if is_left else 1.0, area=np.ones(1), is_left=is_left
    )
    return BoundaryView(medium, t, row, _column(state), np.array([flux]), end)


def between(
    medium: Medium, left: Sequence[float], right: Sequence[float], flux: Sequence[float], row: int = 0
) -> InterfaceView:
    """An interface of one face between two states, with the same fluxes (balances,) on both sides."""
    position = np.zeros((4, 1))
    return InterfaceView(
        medium, 0.0, row, (_column(left), _column(right)), (_column(flux), _column(flux)), (position, position)
    )
