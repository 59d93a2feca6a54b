"""Where every unknown stands in the solver's vector.

On a line:   [totals of the first wall | node, node, ... | totals of the last wall], so that the Jacobian is a narrow band.
Elsewhere:   [node, node, ... | all totals].
A node holds one value per balance and, on a line, running totals up to that node: of the volume sources and of the
densities that observables gather. A chain of running totals keeps the band, where one grand total would fill a row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..mesh.geometry import Wall
from .system import System

__all__ = ["Layout", "WallTotal"]


@dataclass(frozen=True)
class WallTotal:
    """What has left through a wall in one balance, as an unknown of the system."""

    wall: Wall
    slot: int
    index: int


class Layout:
    """Positions in the vector of unknowns; without totals (steady problems) it holds the nodes alone."""

    def __init__(self, system: System, totals: bool) -> None:
        self.balances = len(system.balances)
        self.nodes = system.geometry.nodes
        self.sources = self.balances if totals and system.has_sources else 0
        self.gathered = len(system.gathering) if totals else 0
        self.chains = self.sources + self.gathered
        self.is_line = system.geometry.is_line
        walls = list(system.geometry.walls.values()) if totals else []
        first = [wall for wall in walls if self.is_line and wall.is_left]
        last = [wall for wall in walls if wall not in first]
        self.width = self.balances + (self.chains if self.is_line else 0)
        self.head = len(first) * self.balances
        self._end = self.head + self.nodes * self.width
        starts = [i * self.balances for i in range(len(first))]
        starts += [self._end + i * self.balances for i in range(len(last))]
        self.wall_totals = tuple(
            WallTotal(wall, slot, start + slot)
            for wall, start in zip(first + last, starts)
            for slot in range(self.balances)
        )
        every = np.arange(self.nodes)
        following = [each for each in system.conditions if not each.holds]
        on_walls = [self.unknown(every[each.wall.nodes], each.slot) for each in following]
        self.algebraic = np.concatenate([*on_walls, np.zeros(0, int)])
        self.totals = np.array([total.index for total in self.wall_totals], int)
        self._gather(system.geometry.faces.area.size)
        tail = len(last) * self.balances + (0 if self.is_line else self.chains)
        self.size = self._end + tail

    def left_through(self, flow: np.ndarray) -> np.ndarray:
        """Flow out of the domain for every wall total, from the flow on all faces (balances, faces)."""
        return np.add.reduceat(flow.ravel()[self._picked] * self._signs, self._starts)

    def _gather(self, faces: int) -> None:
        """Where, in the flattened flows, the faces of each wall total stand."""
        every = np.arange(faces)
        picked = [total.slot * faces + every[total.wall.faces] for total in self.wall_totals]
        sizes = [ids.size for ids in picked]
        self._starts = (np.cumsum(sizes) - sizes).astype(int)
        self._picked = np.concatenate(picked) if picked else np.zeros(0, int)
        self._signs = np.repeat([total.wall.sign for total in self.wall_totals], sizes)

    def values(self, y: np.ndarray) -> np.ndarray:
        """The fields at the nodes, (balances, nodes): a view into the vector."""
        return self._block(y)[:, : self.balances].T

    def running(self, y: np.ndarray) -> np.ndarray:
        """On a line, the running totals at the nodes, sources first, (chains, nodes): a view into the vector."""
        return self._block(y)[:, self.balances :].T

    def source_totals(self, y: np.ndarray) -> np.ndarray:
        """What the sources have produced in each balance."""
        return self._chain_totals(y)[: self.sources] if self.sources else np.zeros(self.balances)

    def gathered_totals(self, y: np.ndarray) -> np.ndarray:
        """What has gathered of each density."""
        return self._chain_totals(y)[self.sources :]

    def _chain_totals(self, y: np.ndarray) -> np.ndarray:
        return self.running(y)[:, -1] if self.is_line else y[self.size - self.chains :]

    def unknown(self, nodes: np.ndarray, column: int) -> np.ndarray:
        """Index of a field (column < balances) or running total at the given nodes."""
        return self.head + nodes * self.width + column

    def _block(self, y: np.ndarray) -> np.ndarray:
        return y[self.head : self._end].reshape(self.nodes, self.width)
