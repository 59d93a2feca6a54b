"""Steady states: Newton's method, damped by the natural monotonicity test, on boundaries and cells together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ..discretisation.jacobian import Jacobian
from ..discretisation.layout import Layout
from ..discretisation.surfaces import set_surface_rows
from ..discretisation.system import System
from ..outcome import Outcome, Stopped, not_finite
from .linear import Solver, factorise
from .pseudo_transient import PseudoTime, is_unstable, mass_of

__all__ = ["Steady", "SteadyCounters"]

_SMALLEST_DAMPING = 1e-4
_ROUND_OFF = 1e-13
_RESUMED = (Outcome.STALLED, Outcome.LINEAR_FAILURE, Outcome.NON_FINITE)
_ADVICE = "start nearer the wanted one with initial:, or run in time"


@dataclass
class SteadyCounters:
    """What Newton's method has done so far; update is the last correction relative to the size of the fields."""

    iterations: int = 0
    residuals: int = 0
    update: float = float("inf")
    damping: float = 1.0


class Steady:
    """One steady problem; a field whose fluxes are all imposed is fixed by its mean, through one more unknown.

    That unknown is a uniform source in the same balance: it is zero where the imposed fluxes and sources balance, and
    a solve that needs it to be otherwise is refused.
    """

    def __init__(self, system: System, values: np.ndarray, scale: np.ndarray, means: Mapping[int, float]) -> None:
        self.system, self.scale = system, scale
        self.layout = Layout(system, totals=False)
        self.jacobian = Jacobian(system, self.layout, scale)
        self.counters = SteadyCounters()
        self.progress: Callable[[SteadyCounters], None] | None = None
        self.values = values.copy()
        self._missing_value = ""
        self._rows = tuple(means)
        self._means = tuple(means.values())
        self.imbalance = np.zeros(len(self._rows))
        self._no_mass = np.zeros((len(scale), len(scale), system.geometry.volume.size))

    def solve(self, max_iterations: int) -> np.ndarray:
        """The steady state, (balances, nodes); raises Stopped with a named outcome.

        Newton's method alone may stall or converge to an unstable steady state. The fields are then first marched in
        pseudo-time from the start, towards the state that they would reach.
        """
        start = self.values.copy()
        try:
            found, stopped = self._newton(max_iterations), None
        except Stopped as stop:
            if stop.ending.outcome not in _RESUMED:
                raise
            found, stopped = self.values, stop
        mass = self._no_mass if stopped else mass_of(self.system, found, self.scale)
        if stopped is None and not self._is_unstable(found, mass):
            return found
        self.values, self.imbalance = start, np.zeros(len(self._rows))
        return self._resumed(found, stopped, max_iterations)

    def _resumed(self, found: np.ndarray, stopped: Stopped | None, max_iterations: int) -> np.ndarray:
        """Newton's method again, from the end of pseudo-time; otherwise the ending that says why there is no steady
        state.
        """
        mass = mass_of(self.system, self.values, self.scale)
        path = PseudoTime(self.system, self.scale, self.layout, mass, self._residual, self._factorise)
        try:
            y, is_at_rest = path.march(np.concatenate([self.values.T.ravel(), self.imbalance]))
            self._split(y)
            if is_at_rest:
                again = self._newton(max_iterations)
                if not self._is_unstable(again, mass):
                    return again
        except Stopped as stop:
            stopped = stopped or stop
        if stopped is None:
            self.values = found
            text = "in time the fields leave the steady state that was found"
            text += f", and from the start {path.runaway}" if path.runaway else ""
            raise Stopped(Outcome.UNSTABLE, f"{text}; there are several steady states, or none that lasts: {_ADVICE}")
        if path.runaway:
            cure = f"weaken what feeds it; if there should be steady states, {_ADVICE}"
            raise Stopped(Outcome.NO_STEADY_STATE, f"none: from the start {path.runaway}; {cure}")
        self.values = found
        if stopped.ending.outcome is Outcome.STALLED and self._missing_value:
            raise Stopped(Outcome.OUT_OF_RANGE, f"{stopped.ending.message}: on its way {self._missing_value}")
        if stopped.ending.outcome is Outcome.STALLED:
            text = f"{stopped.ending.message}, nor do the fields come to rest in pseudo-time"
            raise Stopped(Outcome.STALLED, f"{text}: several steady states, or none; {_ADVICE}")
        raise stopped

    def _is_unstable(self, values: np.ndarray, mass: np.ndarray) -> bool:
        with np.errstate(all="ignore"):
            return not self._rows and is_unstable(self.system, self.jacobian, values, mass)

    def _newton(self, max_iterations: int) -> np.ndarray:
        y = np.concatenate([self.values.T.ravel(), self.imbalance])
        residual = self._residual(y)
        last = np.inf
        for _ in range(max_iterations):
            solve = self._factorise(y)
            step = solve(residual)
            y, residual, update = self._damped(y, step, solve)
            self._split(y)
            self.counters.iterations += 1
            self.counters.update = update
            if self.progress is not None:
                self.progress(self.counters)
            converged = update <= _ROUND_OFF or (update <= 1e-9 and update >= 0.1 * last)
            last = update
            if converged and self.counters.damping == 1.0:
                return self._finish()
        raise Stopped(Outcome.TOO_MANY_STEPS, f"{max_iterations} Newton iterations, last correction {last:.2g}")

    def _finish(self) -> np.ndarray:
        flows = np.abs(self.system.evaluate(0.0, self.values).flux * self.system.geometry.faces.area).max(axis=1)
        for row, source in zip(self._rows, self.imbalance):
            missing = abs(source) * self.system.geometry.volume.sum()
            if missing > 1e-9 * max(flows[row], 1e-300) and missing > self._noise(row):
                name = self.system.balances[row].name
                raise Stopped(Outcome.STALLED, f"no steady state: fluxes and sources of {name} differ by {missing:.3g}")
        return self.values

    def _noise(self, row: int) -> float:
        matrix = abs(self.jacobian.matrix(0.0, self.values, 0.0, self._no_mass))
        return 1e-12 * float((matrix @ np.abs(self.values.T.ravel()))[row :: self.layout.balances].max())

    def _split(self, y: np.ndarray) -> None:
        self.values = self.layout.values(y[: self.layout.size]).copy()
        self.imbalance = y[self.layout.size :]

    def _residual(self, y: np.ndarray) -> np.ndarray:
        self.counters.residuals += 1
        system, geometry = self.system, self.system.geometry
        values = self.layout.values(y[: self.layout.size])
        with np.errstate(all="ignore"):
            evaluation = system.evaluate(0.0, values)
            flow = np.zeros(values.shape)
            evaluation.divergence(geometry, evaluation.flux * geometry.faces.area, flow)
        for row, source in zip(self._rows, y[self.layout.size :]):
            flow[row, geometry.cells] -= source * geometry.volume
        set_surface_rows(self.jacobian.surfaces, evaluation, values, flow)
        cells = values[:, geometry.cells]
        constraints = [self._excess(row, mean, cells).sum() for row, mean in zip(self._rows, self._means)]
        return np.concatenate([flow.T.ravel(), constraints])

    def _excess(self, row: int, mean: float, cells: np.ndarray) -> np.ndarray:
        """Amount in each cell above that of the same cell at the mean of the field."""
        uniform = cells.copy()
        uniform[row] = mean
        stored, wanted = (self.system.stored(row, 0.0, state) for state in (cells, uniform))
        return (stored - wanted) * self.system.geometry.volume

    def _excess_by(self, row: int, mean: float, cells: np.ndarray, j: int) -> np.ndarray:
        """Derivative of the excess by one field, by central differences."""
        step = 1e-5 * self.scale[j]
        above, below = cells.copy(), cells.copy()
        above[j] += step
        below[j] -= step
        return (self._excess(row, mean, above) - self._excess(row, mean, below)) / (2.0 * step)

    def _factorise(self, y: np.ndarray, inverse_step: float = 0.0, mass: np.ndarray | None = None) -> Solver:
        """Solves with the Jacobian, or with that of an implicit step in time."""
        values = self.layout.values(y[: self.layout.size])
        with np.errstate(all="ignore"):
            matrix = self.jacobian.matrix(0.0, values, inverse_step, self._no_mass if mass is None else mass)
        if not np.isfinite(matrix.data).all():
            raise not_finite(self.system.missing_value(0.0, values))
        try:
            return factorise(self._bordered(matrix, values))
        except RuntimeError as error:
            raise Stopped(Outcome.LINEAR_FAILURE, f"the Jacobian is singular ({error})") from error

    def _bordered(self, matrix: sparse.csc_array, values: np.ndarray) -> sparse.csc_array:
        if not self._rows:
            return matrix
        geometry, layout = self.system.geometry, self.layout
        cells = np.arange(geometry.nodes)[geometry.cells]
        columns, rows = np.zeros((layout.size, len(self._rows))), np.zeros((len(self._rows), layout.size))
        for k, (row, mean) in enumerate(zip(self._rows, self._means)):
            columns[layout.unknown(cells, row), k] = -geometry.volume
            for j in range(len(self.scale)):
                rows[k, layout.unknown(cells, j)] = self._excess_by(row, mean, values[:, geometry.cells], j)
        blocks: list[list[sparse.csc_array | None]] = [
            [matrix, sparse.csc_array(columns)],
            [sparse.csc_array(rows), None],
        ]
        return sparse.csc_array(sparse.block_array(blocks))

    def _damped(self, y: np.ndarray, step: np.ndarray, solve: Solver) -> tuple[np.ndarray, np.ndarray, float]:
        """The next iterate: halve the step until the simplified correction shrinks (Deuflhard's natural test)."""
        size = self._size(step)
        if not np.isfinite(size):
            raise Stopped(Outcome.LINEAR_FAILURE, "the Jacobian is singular to working precision")
        damping, self._missing_value = 1.0, ""
        while damping >= _SMALLEST_DAMPING:
            trial = y - damping * step
            residual = self._residual(trial)
            if np.isfinite(residual).all():
                follow = self._size(solve(residual))
                if size <= 1e-9 or follow <= (1.0 - damping / 4.0) * size:
                    self.counters.damping = damping
                    return trial, residual, size
            if damping == 1.0:
                self._missing_value = self.system.missing_value(0.0, self.layout.values(trial[: self.layout.size]))
            damping *= 0.5
        if not np.isfinite(residual).all():
            raise not_finite(
                self.system.missing_value(0.0, self.layout.values(trial[: self.layout.size])), ", at every damping"
            )
        raise Stopped(Outcome.STALLED, f"Newton's correction of {size:.2g} could not be reduced")

    def _size(self, step: np.ndarray) -> float:
        values = self.layout.values(step[: self.layout.size])
        return float(np.abs(values / self.scale[:, None]).max())
