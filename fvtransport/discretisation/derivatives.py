"""Derivatives of fluxes, boundary residuals and sources by the fields, from finite differences.

A two-point flux depends on two nodes, so one evaluation of the laws on 1 + 2 x fields stacked states gives all of them.
Where the mesh is not orthogonal, a flux also depends on the slopes of a reconstruction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from ..mesh.faces import Index
from ..mesh.geometry import Geometry
from ..model.handles import Field
from .system import System

__all__ = ["Derivatives", "FiniteDifferences"]

_STEP = float(np.sqrt(np.finfo(float).eps))


class Derivatives(NamedTuple):
    """By the fields of the left, then of the right node, then by the slopes: flux, face_source and rate_densities
    (balances, 2 x balances + slopes, faces), and one array (2 x balances + slopes, faces of the boundary) for each
    boundary equation. The terms of each interface (2 x balances, 2 x balances + slopes, faces of the interface) by the
    half-faces on its left, then by those on its right; sources by the fields of the cell (balances, balances, cells).
    """

    flux: np.ndarray
    boundary_residuals: list[np.ndarray]
    interface_terms: list[tuple[np.ndarray, np.ndarray]]
    sources: np.ndarray | None
    face_source: np.ndarray | None
    rate_densities: np.ndarray | None

    def chained(self, system: System, by: np.ndarray) -> Derivatives:
        """The derivatives by other unknowns of the cells; by (balances, balances, cells) is that of fields by them.

        Those by slopes stay as they are.
        """
        sides = _by_sides(system.geometry, by)
        sources = None if self.sources is None else np.einsum("ijn,jkn->ikn", self.sources, by)
        pairs = zip(system.boundary_equations, self.boundary_residuals)
        return Derivatives(
            _chained(self.flux, sides),
            [_chained(part, sides, each.boundary.faces) for each, part in pairs],
            [
                (_chained(left, sides, each.interface.left_faces), _chained(right, sides, each.interface.right_faces))
                for each, (left, right) in zip(system.interfaces, self.interface_terms)
            ],
            sources,
            None if self.face_source is None else _chained(self.face_source, sides),
            None if self.rate_densities is None else _chained(self.rate_densities, sides),
        )


def _by_sides(geometry: Geometry, by: np.ndarray) -> list[np.ndarray]:
    """The chain rule's matrices on the left and right of all faces; the unknowns of a boundary are its fields."""
    count, nodes = len(by), np.arange(geometry.nodes)
    every = np.repeat(np.eye(count)[:, :, None], geometry.nodes, axis=2)
    every[..., geometry.cells] = by
    return [every[..., nodes[side]] for side in (geometry.faces.left, geometry.faces.right)]


def _chained(part: np.ndarray, sides: list[np.ndarray], faces: Index = slice(None)) -> np.ndarray:
    count = len(sides[0])
    halves = (part[..., :count, :], part[..., count : 2 * count, :])
    turned = [np.einsum("...jf,jkf->...kf", half, side[..., faces]) for half, side in zip(halves, sides)]
    return np.concatenate([*turned, part[..., 2 * count :, :]], axis=-2)


class FiniteDifferences:
    """Derivatives of a system; scale (balances,) is the typical size of each field, which the steps are relative to."""

    def __init__(self, system: System, scale: np.ndarray) -> None:
        self._system, self._scale = system, scale
        self._middle = np.array([_middle(field) for field in system.medium.fields])[:, None]

    def differentiate(self, t: float, values: np.ndarray) -> Derivatives:
        """The derivatives at a state of shape (balances, nodes)."""
        faces, count = self._system.geometry.faces, len(self._scale)
        step = self._steps(values)
        left, right, slopes = self._system.fluxes.on_faces(values)
        steps = np.concatenate([*faces.left_right(step), *self._slope_steps(left, right, slopes)])
        parts = [left, right, *(() if slopes is None else slopes)]
        left, right, *others = (_repeated(part, 1 + len(steps)) for part in parts)
        for k, part in enumerate((left, right, *others)):
            for j in range(count):
                part[j, 1 + k * count + j] += steps[k * count + j]
        found = self._system.evaluate_faces(t, left, right, np.stack(others) if others else None)
        pairs = zip(self._system.boundary_equations, found.boundary_residuals)

        def by_fields(part: np.ndarray) -> np.ndarray:
            return (part[:, 1:] - part[:, :1]) / steps

        return Derivatives(
            by_fields(found.flux),
            [(part[1:] - part[:1]) / steps[:, each.boundary.faces] for each, part in pairs],
            self._interface_terms(t, left, right, found.flux, steps),
            self._differentiate_sources(t, values, step),
            None if found.face_source is None else by_fields(found.face_source),
            None if found.rate_densities is None else by_fields(found.rate_densities),
        )

    def _interface_terms(
        self, t: float, left: np.ndarray, right: np.ndarray, flux: np.ndarray, steps: np.ndarray
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """By the half-faces on the left and by those on the right, while the other side stays as it is."""
        pairs = []
        for each in self._system.interfaces:
            sides = each.sides(left, right, flux)
            bases = [type(side)(side.state[:, :1], side.flux[:, :1]) for side in sides]
            faces = (each.interface.left_faces, each.interface.right_faces)
            moved = [each.terms(self._system.medium, t, *pair) for pair in ((sides[0], bases[1]), (bases[0], sides[1]))]
            pairs.append(tuple((term[:, 1:] - term[:, :1]) / steps[:, own] for term, own in zip(moved, faces)))
        return pairs

    def _differentiate_sources(self, t: float, values: np.ndarray, step: np.ndarray) -> np.ndarray | None:
        if not self._system.has_local_sources:
            return None
        cells, count = self._system.geometry.cells, len(self._scale)
        stacked = _repeated(values[:, cells], 1 + count)
        for j in range(count):
            stacked[j, 1 + j] += step[j, cells]
        source = self._system.sources(t, stacked)
        return (source[:, 1:] - source[:, :1]) / step[:, cells]

    def _slope_steps(self, left: np.ndarray, right: np.ndarray, slopes: np.ndarray | None) -> Iterable[np.ndarray]:
        """Increments of the slopes, such as those of the fields between the nodes give."""
        reconstruction = self._system.fluxes.reconstruction
        if slopes is None or reconstruction is None:
            return
        mean = 0.5 * (left + right)
        away = np.where(mean > self._middle, -_STEP, _STEP) * np.maximum(np.abs(mean), self._scale[:, None])
        for slope, unit in zip(slopes, reconstruction.units):
            yield (slope + away * unit) - slope

    def _steps(self, values: np.ndarray) -> np.ndarray:
        """Increments that are exact in floating point and lead away from the nearer bound of a field."""
        size = _STEP * np.maximum(np.abs(values), self._scale[:, None])
        return (values + np.copysign(size, self._middle - values)) - values


def _repeated(part: np.ndarray, count: int) -> np.ndarray:
    """A copy of a state (balances, n) for each of several perturbations, (balances, count, n)."""
    found = np.empty((len(part), count, part.shape[-1]))
    found[...] = part[:, None]
    return found


def _middle(field: Field) -> float:
    """The value below which a field is nearer to its lower bound than to its upper one."""
    if np.isfinite(field.upper):
        return 0.5 * (field.lower + field.upper)
    return float("inf")
