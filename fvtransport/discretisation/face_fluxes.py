"""Fluxes on all faces: of the laws, of the bulk flow of the mixture, and of each apart.

Arrays have shape (balances, ..., faces); fluxes point along the face normal, from the left node to the right node.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

import numpy as np

from ..mesh.faces import Faces
from ..model.flux_view import FluxView
from ..model.law import Law
from ..model.medium import Medium
from ..model.mixture import Mixture
from ..model.state import State, Terms
from ..model.views import FaceView
from .sum_terms import sum_terms

__all__ = ["FaceFluxes"]


class FaceFluxes:
    """The fluxes of the laws and of the bulk flow from the states on both sides of every face.

    zero_gradient_laws names the laws that have a flux without any gradient: all that have a flux, until
    `trace_dependencies` has evaluated them. reference is the state that a linearised model is linearised about.
    """

    def __init__(self, medium: Medium, laws: Mapping[str, Law], faces: Faces, reference: State | None) -> None:
        self._medium, self._faces, self._reference = medium, faces, reference
        self._laws = {name: law for name, law in laws.items() if type(law).flux is not Law.flux}
        self._has_convective_flux = type(medium.mixture).convective_flux is not Mixture.convective_flux
        self._has_dissipative_part = type(medium.mixture).dissipative_part is not Mixture.dissipative_part
        self.zero_gradient_laws = tuple(self._laws)

    def with_medium(self, medium: Medium) -> FaceFluxes:
        """The same fluxes in another medium of the same balances."""
        own = copy.copy(self)
        own._medium = medium
        return own

    def evaluate(self, t: float, left: np.ndarray, right: np.ndarray) -> FluxView:
        """All faces with their total flux and the convective part of it."""
        face = self.view(t, left, right, np.zeros(left.shape))
        flux = sum_terms(face.fluxes, self._medium.row, (law.flux(face) for law in self._laws.values()))
        if self._has_convective_flux:
            face.convective_flux = self.convective(face)
            flux += face.convective_flux
        return face

    def view(
        self, t: float, left: np.ndarray, right: np.ndarray, flux: np.ndarray, convective_flux: np.ndarray | None = None
    ) -> FluxView:
        """All faces with a given flux and the convective part of it."""

        def flux_at_zero_gradient(mean: np.ndarray) -> np.ndarray | None:
            if not self.zero_gradient_laws:
                return None
            return sum(self.at_zero_gradient(t, mean).values(), start=np.zeros(mean.shape))

        medium, faces = self._medium, self._faces
        return FluxView(medium, t, left, right, faces, flux, flux_at_zero_gradient, self._reference, convective_flux)

    def convective(self, face: FluxView) -> np.ndarray:
        """Flux of the bulk flow, where face has the fluxes of all laws."""
        return self._sum(face, self._medium.mixture.convective_flux(face))

    def dissipative_part(self, face: FluxView) -> np.ndarray:
        """The part of the convective flux that thermodynamic forces drive."""
        return self._sum(face, self._medium.mixture.dissipative_part(face))

    def of_laws(self, t: float, left: np.ndarray, right: np.ndarray) -> dict[str, np.ndarray]:
        """The flux of each law that has one."""
        return self._of(FaceView(self._medium, t, left, right, self._faces), left.shape, self._laws)

    def by_law(self, t: float, values: np.ndarray) -> dict[str, np.ndarray]:
        """The flux of each law and of the bulk flow (`bulk_flow`) at a state (balances, nodes); their sum is the flux
        that was solved.
        """
        left, right = self._faces.left_right(values)
        parts = self.of_laws(t, left, right)
        if self._has_convective_flux:
            total = sum(parts.values(), start=np.zeros(left.shape))
            parts["bulk_flow"] = self.convective(self.view(t, left, right, total))
        return parts

    def dissipative(self, t: float, left: np.ndarray, right: np.ndarray) -> dict[str, np.ndarray]:
        """The flux of each law, and of the bulk flow the part that thermodynamic forces drive."""
        parts = self.of_laws(t, left, right)
        if self._has_dissipative_part:
            face = self.view(t, left, right, sum(parts.values(), start=np.zeros(left.shape)))
            if terms := self._medium.mixture.dissipative_part(face):
                parts["bulk_flow"] = self._sum(face, terms)
        return parts

    def at_zero_gradient(self, t: float, mean: np.ndarray) -> dict[str, np.ndarray]:
        """What laws move without any gradient or force, as by advection, from the states of the faces."""
        face = FaceView(self._medium.without_forces, t, mean, mean, self._faces)
        return self._of(face, mean.shape, self.zero_gradient_laws)

    def trace_dependencies(self, t: float, values: np.ndarray) -> None:
        """Find which laws have a flux without any gradient, from a state of shape (balances, nodes)."""
        fluxes = self.at_zero_gradient(t, self._faces.average(values))
        self.zero_gradient_laws = tuple(name for name, flux in fluxes.items() if flux.any())

    def _of(self, face: FaceView, shape: tuple[int, ...], names: Iterable[str]) -> dict[str, np.ndarray]:
        row = self._medium.row
        return {name: sum_terms(np.zeros(shape), row, [self._laws[name].flux(face)]) for name in names}

    def _sum(self, face: FluxView, terms: Terms) -> np.ndarray:
        return sum_terms(np.zeros(face.fluxes.shape), self._medium.row, [terms])
