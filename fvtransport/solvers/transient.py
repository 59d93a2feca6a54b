"""Integration in time: variable-order, variable-step BDF with error control (SUNDIALS IDA) of all unknowns."""

from __future__ import annotations

import contextlib
import io
import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from ..discretisation.bounds import Range
from ..discretisation.system import System
from ..outcome import Outcome, Stopped, not_finite
from .counters import Counters
from .linear import Factored
from .time_equations import TimeEquations

__all__ = ["Instant", "Transient", "TransientOptions"]

# Beyond this size the solver's dense template for a band matrix costs more than differences column by column.
_DENSE_TEMPLATE = 2000
_SAME_TIME = 1e-14
_ENDINGS = {
    -1: (Outcome.TOO_MANY_STEPS, "the step budget ran out; raise max_steps or loosen rtol"),
    -2: (Outcome.STALLED, "the accuracy asked for is beyond floating point; loosen rtol"),
    -3: (Outcome.STALLED, "the error test failed at ever smaller steps"),
    -4: (Outcome.STALLED, "Newton's iteration failed at ever smaller steps"),
    -6: (Outcome.LINEAR_FAILURE, "the Jacobian could not be set up"),
    -7: (Outcome.LINEAR_FAILURE, "the Jacobian could not be solved with"),
}


@dataclass(frozen=True)
class Instant:
    """The solver's vector and its rate at one time."""

    t: float
    y: np.ndarray
    rate: np.ndarray


@dataclass(frozen=True)
class TransientOptions:
    """How a run in time is controlled; jumps are the sorted times at which laws or conditions jump.

    until [s] is its end, max_step [s] its longest step (0: any), range what every accepted state must lie in.
    """

    until: float
    rtol: float
    max_steps: int
    max_step: float
    jumps: Sequence[float]
    range: Range | None = None


class Transient:
    """One run in time; rtol controls the local error of fields and totals, relative to `scale` near zero.

    Where laws or conditions jump in time (options.jumps), integrate to the jump and `restart`. Until then they
    are only evaluated before it, the last instant of a segment being the floating-point number next to the jump.
    """

    def __init__(
        self, system: System, values: np.ndarray, t0: float, scale: np.ndarray, options: TransientOptions
    ) -> None:
        self.equations = TimeEquations(system, values, t0, scale)
        self.counters = Counters(time=t0, trial=t0)
        self.progress: Callable[[Counters], None] | None = None
        self.on_step: Callable[[float, np.ndarray], None] | None = None
        self._latest: tuple[float, np.ndarray] | None = None
        self._duration = options.until - t0
        self._shortest = 1e-12 * self._duration
        self._non_finite, self._missing_value = False, ""
        self._range = options.range
        self._extremes: tuple[np.ndarray, np.ndarray] | None = None
        self._jumps = options.jumps
        self.equations.latest = self._before_jump(t0)
        with self.quiet():
            self.now = self._consistent(values, t0, np.zeros(self.equations.layout.size))
        self._solver = self._make_solver(options)

    @staticmethod
    @contextlib.contextmanager
    def quiet() -> Iterator[None]:
        """Silence what the integrator prints and what NumPy says of trial states; failures are named by `advance`."""
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            yield

    def advance(self, target: float, landing: float) -> Instant:
        """Integrate to `target`, with the steps so cut that one ends exactly at `landing` >= target.

        Raises Stopped; `now` is then the last good state.
        """
        if target - self.now.t <= _SAME_TIME * abs(target):
            self.now = Instant(target, self.now.y, self.now.rate)
            return self.now
        result = self._solver.step(target, method="normal", tstop=landing)
        is_finite = np.isfinite(result.y).all()
        if is_finite:
            self.now = Instant(float(result.t), result.y, result.yp)
        if result.status < 0 or not is_finite:
            self._fail(result.status)
        return self.now

    def restart(self) -> Instant:
        """Go on from `now` behind a jump: cells and totals are kept, boundary states follow."""
        t, kept = self.now.t, self.now.y
        self.equations.latest = self._before_jump(t)
        self.equations.jacobian.invalidate()
        self.now = self._consistent(self.equations.fields(t, kept), t, kept.copy())
        self._solver.init_step(t, self.now.y, self.now.rate)
        return self.now

    def _watch(self, allowed: Range, is_new_step: bool, cells: np.ndarray) -> None:
        """Hold every accepted step to the physical range: it is the last state evaluated before a later time."""
        if is_new_step and self._extremes is not None:
            allowed.check(self.counters.time, *self._extremes)
        self._extremes = cells.min(axis=1), cells.max(axis=1)

    def _show(
        self, on_step: Callable[[float, np.ndarray], None], is_new_step: bool, t: float, values: np.ndarray
    ) -> None:
        """Pass on every accepted step: it is the last state evaluated before a later time."""
        if is_new_step and self._latest is not None:
            on_step(*self._latest)
        self._latest = t, values

    def _before_jump(self, t: float) -> float:
        """The last instant before the next jump after t."""
        following = bisect_right(self._jumps, t)
        return math.nextafter(self._jumps[following], -math.inf) if following < len(self._jumps) else math.inf

    def _fail(self, status: int) -> None:
        where = f"at t = {self.counters.time:.6g}, step {self.counters.step_size:.3g}"
        if self._non_finite:
            raise not_finite(self._missing_value, f", {where}")
        outcome, cause = _ENDINGS.get(status, (Outcome.STALLED, f"the integrator stopped with code {status}"))
        raise Stopped(outcome, f"{cause}, {where}")

    def residual(self, t: float, y: np.ndarray, rate: np.ndarray, out: np.ndarray) -> None:
        """Set out to what must vanish, and note how far the integrator is; raises Stopped where it cannot go on."""
        is_new_step = self.counters.note(t)
        if self.progress is not None and self.counters.residuals % 64 == 0:
            self.progress(self.counters)
        values = self.equations.fields(t, y)
        if self._range is not None:
            self._watch(self._range, is_new_step, values[:, self.equations.system.geometry.cells])
        if self.on_step is not None:
            self._show(self.on_step, is_new_step, t, values)
        self.equations.residual(t, values, rate, out)
        if self.counters.retrying:
            self._non_finite = not np.isfinite(out).all()
            if self._non_finite:
                self._missing_value = self.equations.system.missing_value(t, values) or self._missing_value
            if self._non_finite and abs(self.counters.step_size) <= self._shortest:
                self._fail(0)

    def _consistent(self, values: np.ndarray, t0: float, y: np.ndarray) -> Instant:
        """Boundary states and rates that satisfy every equation for given cells; y holds the totals so far."""
        values = self.equations.with_surface_states(t0, values)
        self.equations.set_fields(t0, values, y)
        out = np.zeros(y.size)
        self.residual(t0, y, np.zeros(y.size), out)
        return Instant(t0, y, self.equations.rates(t0, values, out))

    def _make_solver(self, options: TransientOptions) -> Any:
        import sksundae

        rtol, now, layout = options.rtol, self.now, self.equations.layout
        solver = sksundae.ida.IDA(
            self.residual,
            algebraic_idx=layout.algebraic,
            rtol=rtol,
            atol=rtol * self.equations.error_sizes(now.t, now.y, self._duration),
            max_num_steps=options.max_steps,
            max_step=options.max_step,
            **(self._banded() if layout.is_line else self._krylov()),
        )
        solver.init_step(now.t, now.y, now.rate)
        return solver

    def _banded(self) -> dict[str, Any]:
        """Options for a line: a direct band solver, with our Jacobian where its template is small enough."""
        jacobian = self.equations.jacobian
        options = {"linsolver": "band", "lband": jacobian.lower, "uband": jacobian.upper}
        return {**options, "jacfn": self._fill} if self.equations.layout.size <= _DENSE_TEMPLATE else options

    def _krylov(self) -> dict[str, Any]:
        """Options elsewhere: GMRES, preconditioned by sparse factors."""
        from sksundae.ida import IDAJacTimes, IDAPrecond

        factored = Factored(self._matrices)
        return {
            "linsolver": "gmres",
            "krylov_dim": 20,
            "precond": IDAPrecond(factored.setup, factored.solve),
            "jactimes": IDAJacTimes(None, factored.multiply),
        }

    def _fill(
        self, t: float, y: np.ndarray, rate: np.ndarray, res: np.ndarray, cj: float, template: np.ndarray
    ) -> None:
        jacobian = self.equations.jacobian
        template.reshape(-1)[jacobian.in_rows] = self._entries(t, y, cj)

    def _matrices(self, t: float, y: np.ndarray, cj: float) -> tuple[sparse.csc_array, sparse.csc_array]:
        """The Jacobian, and its part that couples neighbours alone."""
        self.counters.jacobians += 1
        entries, by = self.equations.linearised(t, y, cj, self.counters.retrying)
        jacobian = self.equations.jacobian
        return jacobian.assembled(entries, by), jacobian.of_neighbours(entries)

    def _entries(self, t: float, y: np.ndarray, cj: float) -> np.ndarray:
        self.counters.jacobians += 1
        return self.equations.linearised(t, y, cj, self.counters.retrying)[0]
