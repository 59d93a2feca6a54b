"""Fluxes on all faces: of the laws, of the bulk flow of the mixture, and of each apart.

Arrays have shape (balances, ..., faces); fluxes point along the face normal, from the left node to the right node.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..errors import PluginError
from ..mesh.faces import Faces
from ..mesh.geometry import Geometry
from ..mesh.reconstruction import FaceSlopes, Reconstruction, reconstruction_of
from ..model.elementary import with_coefficients_of_one
from ..model.flux_view import FluxView
from ..model.law import Law
from ..model.medium import Medium
from ..model.mixture import Mixture
from ..model.state import State, Terms
from ..model.views import FaceView
from .sum_terms import sum_terms

__all__ = ["FaceFluxes", "FaceStates"]

_LATE = (
    "a law asks for the gradient vector of a field at some states and not at the start, where it was not prepared for; "
    "let its flux ask for face.gradient(field) at every state"
)


class FaceStates(NamedTuple):
    """What the nodes say of faces: the states on both sides (balances, ..., faces), and the slopes (count, balances,
    ..., faces) that a reconstruction adds; None on an orthogonal mesh.
    """

    left: np.ndarray
    right: np.ndarray
    slopes: np.ndarray | None = None


class FaceFluxes:
    """The fluxes of the laws and of the bulk flow from the states on both sides of every face.

    zero_gradient_laws names the laws that have a flux without any gradient: all that have a flux, until
    `trace_dependencies` has evaluated them. reference is the state that a linearised model is linearised about.
    """

    def __init__(self, medium: Medium, laws: Mapping[str, Law], geometry: Geometry, reference: State | None) -> None:
        self._medium, self._geometry, self._faces, self._reference = medium, geometry, geometry.faces, reference
        self._laws = {name: law for name, law in laws.items() if type(law).flux is not Law.flux}
        self._has_convective_flux = type(medium.mixture).convective_flux is not Mixture.convective_flux
        self._has_dissipative_part = type(medium.mixture).dissipative_part is not Mixture.dissipative_part
        self.zero_gradient_laws = tuple(self._laws)
        self._uses_vectors = False

    @cached_property
    def reconstruction(self) -> Reconstruction | None:
        """Of gradients and values on faces; None on an orthogonal mesh where no law asks for gradient vectors."""
        return reconstruction_of(self._geometry, self._uses_vectors)

    def on_faces(self, values: np.ndarray) -> FaceStates:
        """The states beside all faces and the slopes on them, from those of the nodes (balances, ..., nodes)."""
        slopes = None if self.reconstruction is None else self.reconstruction.slopes(values)
        return FaceStates(*self._faces.left_right(values), slopes)

    def average(self, values: np.ndarray) -> np.ndarray:
        """The mean of the states at the nodes of each face, or at its centre on a skewed mesh; (balances, faces)."""
        states = self.on_faces(values)
        added, mean = self._added(states.slopes), 0.5 * (states.left + states.right)
        return mean if added is None or added.shift is None else mean + added.shift

    def _added(self, slopes: np.ndarray | None) -> FaceSlopes | None:
        return None if slopes is None or self.reconstruction is None else self.reconstruction.on_faces(slopes)

    def with_medium(self, medium: Medium) -> FaceFluxes:
        """The same fluxes in another medium of the same balances."""
        own = copy.copy(self)
        own._medium = medium
        return own

    def with_faces(self, faces: Faces) -> FaceFluxes:
        """The same laws on other faces between the same nodes."""
        own = copy.copy(self)
        own._faces = faces
        return own

    def evaluate(self, t: float, left: np.ndarray, right: np.ndarray, slopes: np.ndarray | None = None) -> FluxView:
        """All faces with their total flux and the convective part of it, from the states of `on_faces`."""
        face = self.view(t, left, right, np.zeros(left.shape), slopes=slopes)
        flux = sum_terms(face.fluxes, self._medium.row, (law.flux(face) for law in self._laws.values()))
        if face.asked_vector and self.reconstruction is None:
            raise PluginError(_LATE)
        if self._has_convective_flux:
            face.convective_flux = self.convective(face)
            flux += face.convective_flux
        return face

    def view(
        self,
        t: float,
        left: np.ndarray,
        right: np.ndarray,
        flux: np.ndarray,
        convective_flux: np.ndarray | None = None,
        slopes: np.ndarray | None = None,
    ) -> FluxView:
        """All faces with a given flux and the convective part of it."""

        def flux_at_zero_gradient(mean: np.ndarray) -> np.ndarray | None:
            if not self.zero_gradient_laws:
                return None
            return sum(self.at_zero_gradient(t, mean).values(), start=np.zeros(mean.shape))

        medium, faces, added = self._medium, self._faces, self._added(slopes)
        return FluxView(
            medium, t, left, right, faces, flux, flux_at_zero_gradient, self._reference, convective_flux, added
        )

    def convective(self, face: FluxView) -> np.ndarray:
        """Flux of the bulk flow, where face has the fluxes of all laws."""
        return self._sum(face, self._medium.mixture.convective_flux(face))

    def dissipative_part(self, face: FluxView) -> np.ndarray:
        """The part of the convective flux that thermodynamic forces drive."""
        return self._sum(face, self._medium.mixture.dissipative_part(face))

    def face_view(self, t: float, left: np.ndarray, right: np.ndarray, slopes: np.ndarray | None = None) -> FaceView:
        """All faces as laws see them, from the states of `on_faces`."""
        return FaceView(self._medium, t, left, right, self._faces, self._added(slopes))

    def of_laws(
        self, t: float, left: np.ndarray, right: np.ndarray, slopes: np.ndarray | None = None
    ) -> dict[str, np.ndarray]:
        """The flux of each law that has one."""
        return self._of(self.face_view(t, left, right, slopes), left.shape, self._laws)

    def by_law(self, t: float, values: np.ndarray) -> dict[str, np.ndarray]:
        """The flux of each law and of the bulk flow (`bulk_flow`) at a state (balances, nodes); their sum is the flux
        that was solved.
        """
        left, right, slopes = self.on_faces(values)
        parts = self.of_laws(t, left, right, slopes)
        if self._has_convective_flux:
            total = sum(parts.values(), start=np.zeros(left.shape))
            parts["bulk_flow"] = self.convective(self.view(t, left, right, total, slopes=slopes))
        return parts

    def dissipative(self, t: float, left: np.ndarray, right: np.ndarray) -> dict[str, np.ndarray]:
        """The flux of each law, and of the bulk flow the part that thermodynamic forces drive; with gradients between
        two nodes alone.
        """
        parts = self.of_laws(t, left, right)
        if self._has_dissipative_part:
            face = self.view(t, left, right, sum(parts.values(), start=np.zeros(left.shape)))
            if terms := self._medium.mixture.dissipative_part(face):
                parts["bulk_flow"] = self._sum(face, terms)
        return parts

    def local(self, t: float, states: FaceStates, added: FaceSlopes | None) -> tuple[dict[str, np.ndarray], FluxView]:
        """The part of the flux of each law that gradients and forces drive, and the faces; added is what is added to
        the states on both sides, whatever the mesh.
        """
        shape = states.left.shape
        parts = self._of(FaceView(self._medium, t, *states[:2], self._faces, added), shape, self._laws)
        total = sum(parts.values(), start=np.zeros(shape))
        face = FluxView(
            self._medium, t, *states[:2], self._faces, total, lambda mean: None, self._reference, None, added
        )
        still = self.at_zero_gradient(t, 0.5 * (states.left + states.right))
        parts = {name: flux - still.get(name, 0.0) for name, flux in parts.items()}
        if self._has_dissipative_part and (terms := self._medium.mixture.dissipative_part(face)):
            parts["bulk_flow"] = self._sum(face, terms)
        return parts, face

    @property
    def uses_vectors(self) -> bool:
        """Whether a law asks for gradient vectors, so that its flux depends on the gradient along the face."""
        return self._uses_vectors

    def at_zero_gradient(self, t: float, mean: np.ndarray) -> dict[str, np.ndarray]:
        """What laws move without any gradient or force, as by advection, from the states of the faces."""
        return self._without_gradients(t, mean, {name: self._laws[name] for name in self.zero_gradient_laws})

    def trace_dependencies(self, times: Iterable[float], values: np.ndarray) -> None:
        """Find which laws have a flux without any gradient, and whether one asks for gradient vectors.

        values is a state of shape (balances, nodes). A law counts if it does so at one of the times, or if it does with
        coefficients of one in place of its own, which may vanish at these times and not at others.
        """
        mean, (left, right), moving = self._faces.average(values), self._faces.left_right(values), set()
        plain = {name: with_coefficients_of_one(law) for name, law in self._laws.items()}
        for t in times:
            fluxes = [self._without_gradients(t, mean, self._laws)]
            for name, law in plain.items():
                with suppress(Exception):  # a law that such coefficients do not suit is judged by its own
                    fluxes.append(self._without_gradients(t, mean, {name: law}))
            moving |= {name for each in fluxes for name, flux in each.items() if flux.any()}
            face = self.face_view(t, left, right)
            self._of(face, left.shape, self._laws)
            self._uses_vectors |= face.asked_vector
        self.zero_gradient_laws = tuple(name for name in self._laws if name in moving)
        self.__dict__.pop("reconstruction", None)

    def _without_gradients(self, t: float, mean: np.ndarray, laws: Mapping[str, Law]) -> dict[str, np.ndarray]:
        face = FaceView(self._medium.without_forces, t, mean, mean, self._faces)
        return self._of(face, mean.shape, laws)

    def _of(self, face: FaceView, shape: tuple[int, ...], laws: Mapping[str, Law]) -> dict[str, np.ndarray]:
        row = self._medium.row
        return {name: sum_terms(np.zeros(shape), row, [law.flux(face)]) for name, law in laws.items()}

    def _sum(self, face: FluxView, terms: Terms) -> np.ndarray:
        return sum_terms(np.zeros(face.fluxes.shape), self._medium.row, [terms])
