"""The equations at the nodes on surfaces: on the exterior boundaries and on the interfaces between materials.

A surface couples the states of its own nodes to those of the cells beside, face by face. An equation that depends on
nothing at the surface, as where a species is absent or cannot move, says that the state is that of the cells beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np

from ..mesh.geometry import BoundaryFaces, Geometry
from .derivatives import Derivatives
from .flux_evaluation import FluxEvaluation
from .interface_equations import InterfaceEquations
from .surface_derivatives import SurfaceDerivatives, determined, split_sides
from .system import System

__all__ = ["NO_GROWTH", "BoundarySurface", "InterfaceSurface", "Surface", "set_surface_rows", "surfaces_of"]

NO_GROWTH: Mapping[int, np.ndarray] = MappingProxyType({})


class Surface(Protocol):
    """The equations of a boundary or of an interface; in a run in time those of `stored` equal d/dt storage."""

    @property
    def stored(self) -> tuple[int, ...]:
        """The rows of which the surface stores an amount of its own; none in a steady state."""

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

    def derivatives(self, known: Derivatives, growth: Mapping[int, np.ndarray] = NO_GROWTH) -> SurfaceDerivatives:
        """Of what must vanish, by the fields on the surface and beside it.

        growth has, by row, the derivatives of d/dt storage by the fields on the surface, (fields of all nodes, faces).
        """

    def stored_per_area(self, t: float, row: int, states: np.ndarray) -> np.ndarray:
        """Amount that is stored per area, (..., faces), from the fields of all nodes (fields, ..., faces)."""


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
    system: System
    stored: tuple[int, ...]
    is_loose: np.ndarray

    @classmethod
    def of(cls, system: System, boundary: BoundaryFaces, in_time: bool) -> BoundarySurface:
        """The equations of a boundary of a system."""
        rows = {each.row: k for k, each in enumerate(system.boundary_equations) if each.boundary is boundary}
        equations = tuple(rows[row] for row in sorted(rows))
        faces = np.arange(system.geometry.faces.area.size)[boundary.faces]
        ends = _ends(system.geometry, faces)
        own, beside = ends if boundary.is_left else ends[::-1]
        is_loose = np.zeros((len(equations), own.size), bool)
        stored = tuple(row for row, k in enumerate(equations) if in_time and system.boundary_equations[k].has_storage)
        return cls(boundary, (own,), (beside,), (faces,), equations, system, stored, is_loose)

    def residual(self, evaluation: FluxEvaluation, values: np.ndarray) -> np.ndarray:
        """The boundary equations."""
        found = np.empty((len(self.equations), self.nodes[0].size))
        for row, k in enumerate(self.equations):
            found[row] = evaluation.boundary_residuals[k]
        if np.count_nonzero(self.is_loose):
            is_idle = self.is_loose & (found == 0.0)
            found += np.where(is_idle, values[:, self.nodes[0]] - values[:, self.beside[0]], 0.0)
        return found

    def set_rows(self, evaluation: FluxEvaluation, values: np.ndarray, out: np.ndarray) -> None:
        """Put the boundary equations into the rows of the boundary."""
        if np.count_nonzero(self.is_loose):
            out[:, self.boundary.nodes] = self.residual(evaluation, values)
            return
        for row, k in enumerate(self.equations):
            out[row, self.boundary.nodes] = evaluation.boundary_residuals[k]

    def derivatives(self, known: Derivatives, growth: Mapping[int, np.ndarray] = NO_GROWTH) -> SurfaceDerivatives:
        """Of the boundary equations."""
        parts = np.concatenate([known.boundary_residuals[k] for k in self.equations])
        both = parts.reshape(len(self.equations), -1, parts.shape[-1])
        left, right, slopes = split_sides(both, len(known.flux))
        own, beside = (left, right) if self.boundary.is_left else (right, left)
        return determined(_less(own, growth), beside, slopes, self.is_loose, self.stored)

    def stored_per_area(self, t: float, row: int, states: np.ndarray) -> np.ndarray:
        """Amount on or behind each face."""
        return self.system.boundary_equations[self.equations[row]].stored_per_area(self.system.medium, t, states)


@dataclass(frozen=True)
class InterfaceSurface:
    """The equations of one interface: balances on its left nodes, conditions on its right nodes where it has these."""

    number: int
    equations: InterfaceEquations
    nodes: tuple[np.ndarray, ...]
    beside: tuple[np.ndarray, ...]
    system: System
    stored: tuple[int, ...]
    is_loose: np.ndarray

    @classmethod
    def of(cls, system: System, number: int, in_time: bool) -> InterfaceSurface:
        """The equations of an interface of a system."""
        equations = system.interfaces[number]
        interface, is_turned = equations.interface, equations.interface.sign < 0.0
        left, right = (_ends(system.geometry, faces) for faces in (interface.left_faces, interface.right_faces))
        beside = np.where(is_turned, left[1], left[0]), np.where(is_turned, right[0], right[1])
        rows = len(system.balances) * len(interface.nodes)
        stored, is_loose = equations.stored if in_time else (), np.zeros((rows, interface.area.size), bool)
        return cls(number, equations, interface.nodes, beside, system, stored, is_loose)

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
        found, own = fluxes[0] - fluxes[1] + terms[:count], [values[:, nodes] for nodes in self.nodes]
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

    def derivatives(self, known: Derivatives, growth: Mapping[int, np.ndarray] = NO_GROWTH) -> SurfaceDerivatives:
        """Of the balances and the conditions."""
        interface, by_left, by_right = self.equations.interface, *known.interface_terms[self.number]
        fluxes = [known.flux[..., own] * interface.sign for own in (interface.left_faces, interface.right_faces)]
        count = len(known.flux)
        by_left, by_right = by_left.copy(), by_right.copy()
        by_left[:count] = by_left[:count] + fluxes[0]
        by_right[:count] = by_right[:count] - fluxes[1]
        # Of the left half-face the cell is the left node, of the right one the right node, unless the face is turned.
        cell_left, own_left, slopes_left = self._ordered(by_left, count)
        own_right, cell_right, slopes_right = self._ordered(by_right, count)
        beside = np.concatenate([cell_left, cell_right], axis=1)
        slopes = np.concatenate([slopes_left, slopes_right], axis=1)
        if len(self.nodes) == 1:
            own = (own_left + own_right)[:count]
            return determined(own, beside[:count], slopes[:count], self.is_loose, self.stored)
        own = _less(np.concatenate([own_left, own_right], axis=1), growth)
        return determined(own, beside, slopes, self.is_loose, self.stored)

    def stored_per_area(self, t: float, row: int, states: np.ndarray) -> np.ndarray:
        """Amount on the interface."""
        return self.equations.stored_per_area(self.system.medium, t, row, states)

    def _ordered(self, by_nodes: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        left, right, slopes = split_sides(by_nodes, count)
        return np.where(self._is_turned, right, left), np.where(self._is_turned, left, right), slopes


def surfaces_of(system: System, in_time: bool) -> tuple[Surface, ...]:
    """The boundaries of a system, then its interfaces; what they store counts in a run in time alone."""
    boundaries = [BoundarySurface.of(system, each, in_time) for each in system.geometry.boundaries.values()]
    return (*boundaries, *(InterfaceSurface.of(system, k, in_time) for k in range(len(system.interfaces))))


def _less(own: np.ndarray, growth: Mapping[int, np.ndarray]) -> np.ndarray:
    """Derivatives less those of d/dt storage in their rows."""
    own = own.copy() if growth else own
    for row, matrix in growth.items():
        own[row] = own[row] - matrix
    return own


def _ends(geometry: Geometry, faces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The left and the right nodes of some faces."""
    every = np.arange(geometry.nodes)
    return every[geometry.faces.left][faces], every[geometry.faces.right][faces]
