"""The equations at the nodes on surfaces: on the exterior boundaries and on the interfaces between materials.

A surface couples the states of its own nodes to those of the cells beside, face by face. An equation that depends on
nothing at the surface, as where a species is absent or cannot move, says that the state is that of the cells beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from ..mesh.geometry import BoundaryFaces, Geometry
from .derivatives import Derivatives
from .flux_evaluation import FluxEvaluation
from .interface_equations import InterfaceEquations
from .system import System

__all__ = ["BoundarySurface", "InterfaceSurface", "Surface", "SurfaceDerivatives", "set_surface_rows", "surfaces_of"]


class SurfaceDerivatives(NamedTuple):
    """Of the equations of a surface, (equations, unknowns, faces): by its own nodes, by the cells beside, and by the
    slopes on its faces.

    The unknowns are the fields of the first node, then of the second; the equations stand in the same order. Slopes are
    those of the first faces, then of the second; none where the mesh is orthogonal.
    """

    own: np.ndarray
    beside: np.ndarray
    slopes: np.ndarray


class Surface(Protocol):
    """The equations of a boundary or of an interface."""

    @property
    def nodes(self) -> tuple[np.ndarray, ...]:
        """Nodes on the surface, one or two arrays (faces,)."""

    @property
    def beside(self) -> tuple[np.ndarray, ...]:
        """The cells beside it."""

    @property
    def faces(self) -> tuple[np.ndarray, ...]:
        """The faces that join the cells to it."""

    def residual(self, evaluation: FluxEvaluation, values: np.ndarray) -> np.ndarray:
        """What must vanish, (equations, faces), at a state (balances, nodes)."""

    def set_rows(self, evaluation: FluxEvaluation, values: np.ndarray, out: np.ndarray) -> None:
        """Put what must vanish into the rows of the nodes on the surface, out (balances, nodes)."""

    def derivatives(self, known: Derivatives) -> SurfaceDerivatives:
        """Of what must vanish, by the fields on the surface and beside it."""


def set_surface_rows(
    surfaces: Sequence[Surface], evaluation: FluxEvaluation, values: np.ndarray, out: np.ndarray
) -> None:
    """Put what must vanish on surfaces into the rows of their nodes, out (balances, nodes)."""
    for surface in surfaces:
        surface.set_rows(evaluation, values, out)


@dataclass(frozen=True)
class BoundarySurface:
    """The equations of one boundary; equations are their numbers in the system, in the order of the balances."""

    boundary: BoundaryFaces
    nodes: tuple[np.ndarray, ...]
    beside: tuple[np.ndarray, ...]
    faces: tuple[np.ndarray, ...]
    equations: tuple[int, ...]
    is_loose: np.ndarray

    @classmethod
    def of(cls, system: System, boundary: BoundaryFaces) -> BoundarySurface:
        """The equations of a boundary of a system."""
        rows = {each.row: k for k, each in enumerate(system.boundary_equations) if each.boundary is boundary}
        equations = tuple(rows[row] for row in sorted(rows))
        faces = np.arange(system.geometry.faces.area.size)[boundary.faces]
        ends = _ends(system.geometry, faces)
        own, beside = ends if boundary.is_left else ends[::-1]
        return cls(boundary, (own,), (beside,), (faces,), equations, np.zeros((len(equations), own.size), bool))

    def residual(self, evaluation: FluxEvaluation, values: np.ndarray) -> np.ndarray:
        """The boundary equations."""
        found = np.empty((len(self.equations), self.nodes[0].size))
        for row, k in enumerate(self.equations):
            found[row] = evaluation.boundary_residuals[k]
        if self.is_loose.any():
            is_idle = self.is_loose & (found == 0.0)
            found += np.where(is_idle, values[:, self.nodes[0]] - values[:, self.beside[0]], 0.0)
        return found

    def set_rows(self, evaluation: FluxEvaluation, values: np.ndarray, out: np.ndarray) -> None:
        """Put the boundary equations into the rows of the boundary."""
        if self.is_loose.any():
            out[:, self.boundary.nodes] = self.residual(evaluation, values)
            return
        for row, k in enumerate(self.equations):
            out[row, self.boundary.nodes] = evaluation.boundary_residuals[k]

    def derivatives(self, known: Derivatives) -> SurfaceDerivatives:
        """Of the boundary equations."""
        both = np.stack([known.boundary_residuals[k] for k in self.equations])
        left, right, slopes = _split(both, len(known.flux))
        own, beside = (left, right) if self.boundary.is_left else (right, left)
        return _determined(own, beside, slopes, self.is_loose)


@dataclass(frozen=True)
class InterfaceSurface:
    """The equations of one interface: balances on its left nodes, conditions on its right nodes where it has these."""

    number: int
    equations: InterfaceEquations
    nodes: tuple[np.ndarray, ...]
    beside: tuple[np.ndarray, ...]
    is_loose: np.ndarray

    @classmethod
    def of(cls, system: System, number: int) -> InterfaceSurface:
        """The equations of an interface of a system."""
        equations = system.interfaces[number]
        interface, is_turned = equations.interface, equations.interface.sign < 0.0
        left, right = (_ends(system.geometry, faces) for faces in (interface.left_faces, interface.right_faces))
        beside = np.where(is_turned, left[1], left[0]), np.where(is_turned, right[0], right[1])
        rows = len(system.balances) * len(interface.nodes)
        return cls(number, equations, interface.nodes, beside, np.zeros((rows, interface.area.size), bool))

    @property
    def faces(self) -> tuple[np.ndarray, ...]:
        """The half-faces on the left side, then those on the right side."""
        return self.equations.interface.left_faces, self.equations.interface.right_faces

    @property
    def _is_turned(self) -> np.ndarray:
        return self.equations.interface.sign < 0.0

    def residual(self, evaluation: FluxEvaluation, values: np.ndarray) -> np.ndarray:
        """Balances, then conditions."""
        interface, terms = self.equations.interface, evaluation.interface_terms[self.number]
        fluxes = [interface.sign * evaluation.flux[:, own] for own in (interface.left_faces, interface.right_faces)]
        count, cells = len(values), [values[:, nodes] for nodes in self.beside]
        found, own = fluxes[1] - fluxes[0] - terms[:count], [values[:, nodes] for nodes in self.nodes]
        if len(own) == 1:
            from_beside = own[0] - 0.5 * (cells[0] + cells[1])
        else:
            found = np.concatenate([found, terms[count:]])
            from_beside = np.concatenate([own[0] - cells[0], own[1] - cells[1]])
        return found + np.where(self.is_loose & (found == 0.0), from_beside, 0.0)

    def set_rows(self, evaluation: FluxEvaluation, values: np.ndarray, out: np.ndarray) -> None:
        """Put the balances into the rows of the left nodes, the conditions into those of the right ones."""
        for nodes, rows in zip(self.nodes, np.split(self.residual(evaluation, values), len(self.nodes))):
            out[:, nodes] = rows

    def production(self, known: Derivatives) -> np.ndarray:
        """Derivatives of what the whole faces produce, (balances, unknowns on and beside the surface, then slopes,
        faces).
        """
        by_left, by_right = known.interface_terms[self.number]
        count = len(known.flux)
        area = self.equations.interface.area
        cell_left, own_left, slopes_left = self._ordered(by_left[:count] * area, count)
        own_right, cell_right, slopes_right = self._ordered(by_right[:count] * area, count)
        return np.concatenate([own_left, own_right, cell_left, cell_right, slopes_left, slopes_right], axis=1)

    def derivatives(self, known: Derivatives) -> SurfaceDerivatives:
        """Of the balances and the conditions."""
        interface, by_left, by_right = self.equations.interface, *known.interface_terms[self.number]
        fluxes = [known.flux[..., own] * interface.sign for own in (interface.left_faces, interface.right_faces)]
        count = len(known.flux)
        by_left, by_right = by_left.copy(), by_right.copy()
        by_left[:count] = -by_left[:count] - fluxes[0]
        by_right[:count] = fluxes[1] - by_right[:count]
        # Of the left half-face the cell is the left node, of the right one the right node, unless the face is turned.
        cell_left, own_left, slopes_left = self._ordered(by_left, count)
        own_right, cell_right, slopes_right = self._ordered(by_right, count)
        beside = np.concatenate([cell_left, cell_right], axis=1)
        slopes = np.concatenate([slopes_left, slopes_right], axis=1)
        if len(self.nodes) == 1:
            own = (own_left + own_right)[:count]
            return _determined(own, beside[:count], slopes[:count], self.is_loose)
        return _determined(np.concatenate([own_left, own_right], axis=1), beside, slopes, self.is_loose)

    def _ordered(self, by_nodes: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        left, right, slopes = _split(by_nodes, count)
        return np.where(self._is_turned, right, left), np.where(self._is_turned, left, right), slopes


def surfaces_of(system: System) -> tuple[Surface, ...]:
    """The boundaries of a system, then its interfaces."""
    boundaries = [BoundarySurface.of(system, each) for each in system.geometry.boundaries.values()]
    return (*boundaries, *(InterfaceSurface.of(system, k) for k in range(len(system.interfaces))))


def _ends(geometry: Geometry, faces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The left and the right nodes of some faces."""
    every = np.arange(geometry.nodes)
    return every[geometry.faces.left][faces], every[geometry.faces.right][faces]


def _split(by_faces: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Derivatives by the left nodes, by the right nodes and by the slopes of faces."""
    return by_faces[:, :count], by_faces[:, count : 2 * count], by_faces[:, 2 * count :]


def _determined(own: np.ndarray, beside: np.ndarray, slopes: np.ndarray, is_loose: np.ndarray) -> SurfaceDerivatives:
    """The same, but for equations that depend on nothing at the surface, which are noted in is_loose (equations,
    faces): where they are satisfied, the state is that of the cells beside.
    """
    is_loose[...] = ~own.any(axis=1)
    if not is_loose.any():
        return SurfaceDerivatives(own, beside, slopes)
    own, beside, slopes = own.copy(), beside.copy(), slopes.copy()
    rows, faces = np.nonzero(is_loose)
    own[rows, rows, faces] = 1.0
    beside[rows, :, faces] = 0.0
    slopes[rows, :, faces] = 0.0
    if own.shape == beside.shape:
        beside[rows, rows, faces] = -1.0
    else:
        for side in (0, len(own)):
            beside[rows, side + rows, faces] = -0.5
    return SurfaceDerivatives(own, beside, slopes)
