"""The mesh that a case asks for: axes, boundaries, regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import FvtransportError

__all__ = ["MOST_CELLS", "Axis", "MeshError", "MeshSpec", "pairs_named"]

MOST_CELLS = 4_000_000
"""Cells of the largest mesh that is made."""


def pairs_named(regions: Iterable[str], interface: str) -> list[tuple[str, str]]:
    """The pairs of regions that `left-right` may mean; several where the names of regions contain a dash."""
    known = tuple(regions)
    pairs = ((left, right) for left in known for right in known if left != right)
    return [pair for pair in pairs if "-".join(pair) == interface]


class MeshError(FvtransportError):
    """The mesh of a case could not be made."""

    exit_code = 2


@dataclass(frozen=True)
class Axis:
    """One axis of a structured mesh [m]; ratio is the largest cell over the smallest,
    small cells lie towards an end.
    """

    name: str
    length: float
    cells: int
    start: float = 0.0
    ratio: float = 1.0
    towards: str = "left"

    def spacing(self) -> np.ndarray:
        """Cell sizes in order [m], growing geometrically, summing to the length."""
        position = np.arange(self.cells) / max(self.cells - 1, 1)
        if self.towards == "right":
            position = position[::-1]
        elif self.towards == "both":
            position = 1.0 - np.abs(2.0 * position - 1.0)
        sizes = self.ratio**position
        return sizes * (self.length / sizes.sum())

    def points(self, limit: int) -> np.ndarray:
        """Both ends and the cell centres, or some of them [m]."""
        sizes = self.spacing()
        centres = np.cumsum(sizes) - 0.5 * sizes
        return self.start + np.concatenate([[0.0], centres[:: max(1, centres.size // limit)], [self.length]])


@dataclass(frozen=True)
class MeshSpec:
    """The `mesh:` block. type is the FiPy class; thickness multiplies its areas and volumes
    (cross-section, depth, height).

    regions are conditions on position, or None where Gmsh gives them; a place has the coordinates x, y, z and, fourth,
    the number of its region: 0 is outside all, then in order. time_limit is that of Gmsh [s]; with allow_geo
    it executes everything that a geometry file says.
    """

    type: str
    axes: tuple[Axis, ...]
    thickness: float
    boundaries: tuple[str, ...]
    regions: Mapping[str, Any] = field(default_factory=dict)
    file: Path | None = None
    unstructured_dimension: int = 0
    time_limit: float = 120.0
    allow_geo: bool = False

    @property
    def dimension(self) -> int:
        """Number of space dimensions."""
        return len(self.axes) or self.unstructured_dimension

    @property
    def cells(self) -> int:
        """Number of cells of a structured mesh; 0 where a file gives it."""
        return prod(axis.cells for axis in self.axes) if self.axes else 0

    def region_of(self, position: np.ndarray) -> np.ndarray:
        """Number of the region at each place, given coordinates (3, n).

        Before Gmsh has made the mesh its regions have no places: each is then assigned some of the given places.
        """
        if self.file is not None and self.regions:
            return 1.0 + np.arange(position.shape[1]) % len(self.regions)
        number = np.zeros(position.shape[1])
        for i, inside in enumerate(self.regions.values(), start=1):
            if inside is not None:
                number[np.broadcast_to(np.asarray(inside(_Place(position)), bool), number.shape)] = i
        return number

    def points(self, limit: int) -> np.ndarray:
        """Places all over a structured mesh, its ends included, (4, n); the origin alone where there are no axes."""
        grid = np.meshgrid(*(axis.points(limit) for axis in self.axes), indexing="ij")
        position = np.zeros((4, grid[0].size if grid else max(1, len(self.regions))))
        for row, values in enumerate(grid):
            position[row] = values.ravel()
        position[3] = self.region_of(position[:3])
        return position

    def diagonal(self, count: int) -> np.ndarray:
        """Places in a row from the first corner to the last, (4, count)."""
        position = np.zeros((4, count))
        position[0] = np.linspace(0.0, 1.0, count)
        for row, axis in enumerate(self.axes):
            position[row] = np.linspace(axis.start, axis.start + axis.length, count)
        position[3] = self.region_of(position[:3])
        return position

    def boundary_point(self, boundary: str) -> np.ndarray:
        """One place on a boundary, (4, 1)."""
        position = np.zeros((4, 1))
        ends = {name: (row, end) for row, pair in enumerate(_ENDS) for end, name in enumerate(pair)}
        for row, axis in enumerate(self.axes):
            at, end = ends.get(boundary, (row, 0.5))
            position[row] = axis.start + axis.length * (end if at == row else 0.5)
        position[3] = self.region_of(position[:3])
        return position


_ENDS = (("left", "right"), ("bottom", "top"), ("front", "back"))


class _Place:
    """Coordinates as a condition on position reads them."""

    def __init__(self, position: np.ndarray) -> None:
        self._position = position

    def __getitem__(self, handle: Any) -> np.ndarray:
        return self._position[handle.axis]
