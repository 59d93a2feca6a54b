"""Backward Euler for the linear heat pump, mode by mode: the steps of plain FiPy, as many as one likes at no cost.

The discrete equations of `pump.fipy_sweep` are linear in the deviation v of [T, x] from (1, 0). A step of length h
divides each of their modes by 1 + h lambda, so the heat drawn after any sequence of steps is a sum over modes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
from pump import Pump
from scipy.linalg import eigh

STOPS = (50.0, 200.0, 500.0)


class Euler:
    """The pump in modes, and the heat drawn from the right bath by the times of `STOPS`."""

    def __init__(self, pump: Pump) -> None:
        self.pump = pump
        storage, conductance = self.equations
        self._rates, self._modes = eigh(conductance, np.diag(storage))
        self._start = self._modes.T @ (storage * np.concatenate([np.zeros(pump.cells), pump.start]))
        self._heat = (self.drawing @ self._modes) * self._start

    @cached_property
    def equations(self) -> tuple[np.ndarray, np.ndarray]:
        """Storage (diagonal) and conductances of  storage v' = -conductance v, temperatures first.

        The species equation is multiplied by l12/l21, which makes the conductances symmetric.
        """
        pump, n = self.pump, self.pump.cells
        l11, l12, l21, l22 = pump.coefficients
        sealed, h, weight = l11 - l12 * l21 / l22, pump.length / n, l12 / l21
        ends = np.zeros(n)
        ends[[0, -1]] = 2.0 * sealed
        inner = np.diag(np.r_[1.0, np.full(n - 2, 2.0), 1.0]) - np.diag(np.ones(n - 1), 1) - np.diag(np.ones(n - 1), -1)
        heat = np.hstack([l11 * inner + np.diag(ends), l12 * inner])
        species = np.hstack([l12 * inner, weight * l22 * inner])
        storage = np.repeat([pump.heat_capacity, weight * pump.density], n) * h**2
        return storage, np.vstack([heat, species])

    @cached_property
    def drawing(self) -> np.ndarray:
        """The row that gives the rate of heat drawn from the right bath."""
        l11, l12, l21, l22 = self.pump.coefficients
        row = np.zeros(2 * self.pump.cells)
        row[self.pump.cells - 1] = (
            -self.pump.cross_section * (l11 - l12 * l21 / l22) * 2.0 * self.pump.cells / self.pump.length
        )
        return row

    def state(self, steps: Iterable[float]) -> np.ndarray:
        """[T, x] in the cells after the given steps."""
        amplitude = self._start.copy()
        for h in steps:
            amplitude = amplitude / (1.0 + h * self._rates)
        state = self._modes @ amplitude
        state[: self.pump.cells] += 1.0
        return state

    def exact(self) -> np.ndarray:
        """Heat drawn by the stops without any error in time."""
        return np.array([self._sum(-np.expm1(-self._rates * t)) for t in STOPS])

    def fixed(self, count: int) -> tuple[np.ndarray, int]:
        """Heat drawn by the stops with `count` equal steps up to the first of them; and the number of all steps."""
        h = STOPS[0] / count
        numbers = [round(t / h) for t in STOPS]
        return np.array([self._sum(-np.expm1(-n * np.log1p(h * self._rates))) for n in numbers]), numbers[-1]

    def growing(self, first: float, ratio: float) -> tuple[np.ndarray, int]:
        """Heat drawn by the stops with steps that grow geometrically, cut where they would pass a stop."""
        amplitude, drawn, heat, count, t, h = np.ones_like(self._rates), 0.0, [], 0, 0.0, first
        for stop in STOPS:
            while t < stop:
                step = min(h, stop - t)
                amplitude = amplitude / (1.0 + step * self._rates)
                drawn += step * float(self._heat @ amplitude)
                t, h, count = stop if step == stop - t else t + step, h * ratio, count + 1
            heat.append(drawn)
        return np.array(heat), count

    def fewest_fixed(self, tolerance: float) -> int:
        """Least number of equal steps with which the heat is within a relative tolerance at every stop."""
        count = _least(lambda count: self.error(self.fixed(count)[0]) <= tolerance, 10, 1_000_000)
        return self.fixed(count)[1]

    def fewest_growing(self, tolerance: float, ratios: Iterable[float]) -> tuple[int, float, float]:
        """Least number of growing steps, over the given ratios; with the first step and the ratio."""
        found = []
        for ratio in ratios:
            power = _least(
                lambda power, ratio=ratio: self.error(self.growing(_step(power), ratio)[0]) <= tolerance, -10, 300
            )
            heat, count = self.growing(_step(power), ratio)
            if self.error(heat) <= tolerance:
                found.append((count, _step(power), ratio))
        return min(found)

    def error(self, heat: np.ndarray) -> float:
        """Largest relative error of the heat over the stops."""
        return float(np.abs(heat / self.exact() - 1.0).max())

    def _sum(self, part: np.ndarray) -> float:
        """Heat of all modes, given by what part of each has decayed; a mode that does not decay draws none."""
        moving = np.abs(self._rates) > 1e-9 * np.abs(self._rates).max()
        return float((self._heat[moving] * part[moving] / self._rates[moving]).sum())


def _step(power: int) -> float:
    return 10.0 ** (-power / 40)


def _least(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Least number in (low, high] for which something holds that goes on holding from there on; `high` if none."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
