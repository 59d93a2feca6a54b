"""The position of every unknown in the solver's vector.

On a line:   [totals of the first boundary | node, node, ... | totals of the last boundary],
so that the Jacobian is a narrow band.
Elsewhere:   [node, node, ... | all totals].
A node has one value per balance and, on a line, cumulative sums up to that node: of the volume sources and of the
densities that observables integrate in time. Cumulative sums keep the band, where one total would fill a row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..mesh.geometry import BoundaryFaces
from .system import System

__all__ = ["BoundaryTotal", "Layout"]


@dataclass(frozen=True)
class BoundaryTotal:
    """The amount of one balance that has left through a boundary, as an unknown of the system."""

    boundary: BoundaryFaces
    row: int
    index: int


class Layout:
    """Positions in the vector of unknowns; without totals (steady problems) only those of the nodes."""

    def __init__(self, system: System, totals: bool) -> None:
        self.balances, self.in_time = len(system.balances), totals
        self.nodes = system.geometry.nodes
        self.source_count = self.balances if totals and system.has_sources else 0
        self.integral_count = len(system.time_integrated) if totals else 0
        self.sums = self.source_count + self.integral_count
        self.is_line = system.geometry.is_line
        boundaries = list(system.geometry.boundaries.values()) if totals else []
        first = [boundary for boundary in boundaries if self.is_line and boundary.is_left]
        last = [boundary for boundary in boundaries if boundary not in first]
        self.width = self.balances + (self.sums if self.is_line else 0)
        self.head = len(first) * self.balances
        self._end = self.head + self.nodes * self.width
        self._of_nodes, self._block_shape = slice(self.head, self._end), (self.nodes, self.width)
        starts = [i * self.balances for i in range(len(first))]
        starts += [self._end + i * self.balances for i in range(len(last))]
        self.boundary_totals = tuple(
            BoundaryTotal(boundary, row, start + row)
            for boundary, start in zip(first + last, starts)
            for row in range(self.balances)
        )
        every = np.arange(self.nodes)
        following = [each for each in system.boundary_equations if not each.has_storage]
        on_boundaries = [self.unknown(every[each.boundary.nodes], each.row) for each in following]
        on_interfaces = [
            self.unknown(nodes, row)
            for each in system.interfaces
            for nodes in each.interface.nodes
            for row in range(self.balances)
            if row not in each.stored
        ]
        self.algebraic = np.concatenate([*on_boundaries, *on_interfaces, np.zeros(0, int)])
        self.totals = np.array([total.index for total in self.boundary_totals], int)
        self._index_boundary_flows(system.geometry.faces.area.size)
        tail = len(last) * self.balances + (0 if self.is_line else self.sums)
        self.size = self._end + tail

    def left_through(self, flow: np.ndarray) -> np.ndarray:
        """Flow out of the domain for every boundary total, from the flow on all faces (balances, faces)."""
        flows = flow.ravel().take(self._picked) * self._signs
        return flows if self._has_single_faces else np.add.reduceat(flows, self._starts)

    def _index_boundary_flows(self, faces: int) -> None:
        """The indices, in the flattened flows, of the faces of each boundary total."""
        every = np.arange(faces)
        picked = [total.row * faces + every[total.boundary.faces] for total in self.boundary_totals]
        sizes = [ids.size for ids in picked]
        self._starts = (np.cumsum(sizes) - sizes).astype(int)
        self._has_single_faces = all(size == 1 for size in sizes)
        self._picked = np.concatenate(picked) if picked else np.zeros(0, int)
        self._signs = np.repeat([total.boundary.sign for total in self.boundary_totals], sizes)

    def values(self, y: np.ndarray) -> np.ndarray:
        """The fields at the nodes, (balances, nodes): a view into the vector."""
        return y[self._of_nodes].reshape(self._block_shape).T[: self.balances]

    def cumulative_sums(self, y: np.ndarray) -> np.ndarray:
        """On a line, the cumulative sums at the nodes, sources first, (sums, nodes): a view into the vector."""
        return y[self._of_nodes].reshape(self._block_shape).T[self.balances :]

    def produced_totals(self, y: np.ndarray) -> np.ndarray:
        """Amount that the sources have produced in each balance."""
        return self._cumulative_totals(y)[: self.source_count] if self.source_count else np.zeros(self.balances)

    def time_integrals(self, y: np.ndarray) -> np.ndarray:
        """Integral in time and over the domain of each density."""
        return self._cumulative_totals(y)[self.source_count :]

    def _cumulative_totals(self, y: np.ndarray) -> np.ndarray:
        return self.cumulative_sums(y)[:, -1] if self.is_line else y[self.size - self.sums :]

    def unknown(self, nodes: np.ndarray, column: int | np.ndarray) -> np.ndarray:
        """Index of a field (column < balances) or cumulative sum at the given nodes."""
        return self.head + nodes * self.width + column
