"""What walls hold of their own: vessels behind the domain whose fields change as something leaves through the wall."""

from __future__ import annotations

import numpy as np

from .system import Condition, System

__all__ = ["Vessels"]

_SAME = 1e-12


class Vessels:
    """The matrices d(what a wall holds per area)/d(fields on it), (balances, faces of the wall), one for each condition.

    They are computed once where the contents are linear in the fields, which equal secants at different states show.
    """

    def __init__(self, system: System, t: float, values: np.ndarray, scale: np.ndarray) -> None:
        self._system, self._scale = system, scale
        self._conditions = [(k, each) for k, each in enumerate(system.conditions) if each.holds]
        near, far = self._secants(t, values, 0.5), self._secants(t, 0.75 * values, 0.125)
        is_linear = all(np.abs(near[k] - far[k]).max() <= _SAME * np.abs(near[k]).max() for k in near)
        self._fixed = near if is_linear else None

    def matrices(self, t: float, values: np.ndarray) -> dict[int, np.ndarray]:
        """By the index of the condition, for a state (balances, nodes)."""
        return self._secants(t, values, 1e-5) if self._fixed is None else self._fixed

    def filling(self, t: float, values: np.ndarray, change: np.ndarray) -> dict[int, np.ndarray]:
        """Rate at which the contents change, by the index of the condition, for fields that change at the given rate."""
        matrices = self.matrices(t, values) if self._conditions else {}
        return {k: (matrices[k] * change[:, each.wall.nodes]).sum(axis=0) for k, each in self._conditions}

    def _secants(self, t: float, values: np.ndarray, part: float) -> dict[int, np.ndarray]:
        return {k: self._by_fields(each, t, values[:, each.wall.nodes], part) for k, each in self._conditions}

    def _by_fields(self, condition: Condition, t: float, on_wall: np.ndarray, part: float) -> np.ndarray:
        columns = []
        for j, size in enumerate(self._scale):
            step = part * np.maximum(np.abs(on_wall[j]), size)
            above, below = on_wall.copy(), on_wall.copy()
            above[j] += step
            below[j] -= step
            held = [self._system.held(condition, t, state) for state in (above, below)]
            columns.append((held[0] - held[1]) / (above[j] - below[j]))
        return np.stack(columns)
