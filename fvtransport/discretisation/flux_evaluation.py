"""The result of one evaluation of the laws: fluxes, sources and boundary residuals, and the balances they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..mesh.geometry import BoundaryFaces, Geometry

__all__ = ["FluxEvaluation"]


class FluxEvaluation(NamedTuple):
    """Fluxes per area and sources per volume of a state; None for what the laws do not have.

    flux (balances, ..., faces) is the total along the face normal, convective_flux the part of it that the bulk flow
    carries; boundary_residuals has one array for each boundary equation; source (balances, ..., cells) is produced in
    cells, face_source (balances, ..., faces) by the fluxes; rate_densities (observables, ..., faces) are the densities
    of the observables that are integrated in time; interface_terms has one array (2 x balances, faces of the interface)
    for each interface: what it produces per area, then the residuals of its conditions.
    """

    flux: np.ndarray
    boundary_residuals: Sequence[np.ndarray]
    source: np.ndarray | None = None
    face_source: np.ndarray | None = None
    convective_flux: np.ndarray | None = None
    rate_densities: np.ndarray | None = None
    interface_terms: Sequence[np.ndarray] = ()

    def divergence(self, geometry: Geometry, flow: np.ndarray, out: np.ndarray) -> None:
        """Set out (balances, nodes) to what leaves each cell less what is produced in it; flow = flux x area."""
        geometry.divergence(flow, out)
        if self.source is not None:
            out[:, geometry.cells] -= self.source * geometry.volume
        if self.face_source is not None:
            geometry.scatter_to_cells(-self.face_source * geometry.faces.volume, out)

    def production(self, geometry: Geometry) -> np.ndarray:
        """Production rate in cells, on faces and on interfaces over the whole domain, (balances,)."""
        rate = np.zeros(len(self.flux))
        for interface, terms in zip(geometry.interfaces, self.interface_terms):
            rate += terms[: len(rate)] @ interface.area
        if self.source is not None:
            rate += self.source @ geometry.volume
        return rate if self.face_source is None else rate + self.face_source @ geometry.faces.volume

    def outflow(self, boundary: BoundaryFaces) -> np.ndarray:
        """Flow out of the domain through one boundary, (balances,)."""
        return boundary.sign * (self.flux[:, boundary.faces] * boundary.area).sum(axis=-1)
