"""Time: variable-order, variable-step BDF with error control (SUNDIALS IDA), wall states and totals included."""

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

from ..discretisation.boundary_storage import BoundaryStorage
from ..discretisation.bounds import Range
from ..discretisation.flux_evaluation import FluxEvaluation
from ..discretisation.jacobian import Jacobian
from ..discretisation.layout import Layout
from ..discretisation.mass_matrix import Storage
from ..discretisation.surface_states import solve_surface_states, surface_state_rates
from ..discretisation.surfaces import set_surface_rows
from ..discretisation.system import System
from ..outcome import Outcome, Stopped, not_finite
from .conserved_variables import ConservedVariables
from .counters import Counters
from .linear import Factored
from .tolerances import error_sizes

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
    """One run in time; rtol controls the local error of fields, walls and totals, relative to `scale` near zero.

    Where laws or conditions jump in time (options.jumps), integrate to the jump and `restart`. Until then they
    are only evaluated before it, the last instant of a segment being the floating-point number next to the jump.
    """

    def __init__(
        self, system: System, values: np.ndarray, t0: float, scale: np.ndarray, options: TransientOptions
    ) -> None:
        self.system = system
        self.layout = Layout(system, totals=True)
        self.storage = Storage(system, t0, values, scale)
        self._boundary_storage = BoundaryStorage(system, t0, values, scale)
        cells = values[:, system.geometry.cells]
        self._conserved = None if self.storage.is_linear else ConservedVariables(system, self.storage, t0, cells, scale)
        self.jacobian = Jacobian(system, self.layout, scale)
        self.counters = Counters(time=t0, trial=t0)
        self.progress: Callable[[Counters], None] | None = None
        self._duration = options.until - t0
        self._shortest = 1e-12 * self._duration
        self._non_finite, self._missing_value = False, ""
        self._range = options.range
        self._extremes: tuple[np.ndarray, np.ndarray] | None = None
        self._jumps = options.jumps
        self._latest = self._before_jump(t0)
        with self.quiet():
            self.now = self._consistent(values, t0, np.zeros(self.layout.size))
        self._solver = self._make_solver(scale, options)

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
        """Go on from `now` behind a jump: cells and totals are kept, walls follow."""
        t, kept = self.now.t, self.now.y
        self._latest = self._before_jump(t)
        self.jacobian.invalidate()
        self.now = self._consistent(self.fields(t, kept), t, kept.copy())
        self._solver.init_step(t, self.now.y, self.now.rate)
        return self.now

    def fields(self, t: float, y: np.ndarray) -> np.ndarray:
        """The fields at the nodes, (balances, nodes), that belong to the solver's vector."""
        block = self.layout.values(y)
        if self._conserved is None:
            return block
        values, cells = block.copy(), self.system.geometry.cells
        values[:, cells] = self._conserved.fields(t, block[:, cells])
        return values

    def _watch(self, allowed: Range, is_new_step: bool, cells: np.ndarray) -> None:
        """Hold every accepted step to the physical range: it is the last state evaluated before a later time."""
        if is_new_step and self._extremes is not None:
            allowed.check(self.counters.time, *self._extremes)
        self._extremes = cells.min(axis=1), cells.max(axis=1)

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
        """Everything that must vanish: balances, wall equations, totals."""
        is_new_step = self.counters.note(t)
        if self.progress is not None and self.counters.residuals % 64 == 0:
            self.progress(self.counters)
        system, layout = self.system, self.layout
        values, change = self.fields(t, y), layout.values(rate)
        cells = system.geometry.cells
        if self._range is not None:
            self._watch(self._range, is_new_step, values[:, cells])
        evaluation = system.evaluate(min(t, self._latest), values)
        flow = evaluation.flux * system.geometry.faces.area
        balance = layout.values(out)
        evaluation.divergence(system.geometry, flow, balance)
        balance[:, cells] += self._stored_rate(change[:, cells])
        set_surface_rows(self.jacobian.surfaces, evaluation, values, balance)
        for k, storage_rates in self._boundary_storage.storage_rates(t, values, change).items():
            balance[system.boundary_equations[k].row, system.boundary_equations[k].boundary.nodes] -= storage_rates
        out[layout.totals] = rate[layout.totals] - layout.left_through(flow)
        if layout.sums:
            self._cumulative_residual(evaluation, rate, out)
        if self.counters.retrying:
            self._non_finite = not np.isfinite(out).all()
            if self._non_finite:
                self._missing_value = system.missing_value(t, values) or self._missing_value
            if self._non_finite and abs(self.counters.step_size) <= self._shortest:
                self._fail(0)

    def _stored_rate(self, change: np.ndarray) -> np.ndarray:
        """What the cells take up, (balances, cells), where their unknowns change at the given rate."""
        return self.storage.rate(change) if self._conserved is None else change * self.system.geometry.volume

    def _cumulative_residual(self, evaluation: FluxEvaluation, rate: np.ndarray, out: np.ndarray) -> None:
        """What the sources produce and the densities gather, against the rates of their totals."""
        layout, geometry = self.layout, self.system.geometry
        volume = geometry.faces.volume
        if not layout.is_line:
            totals_rate = [evaluation.production(self.system.geometry)] if layout.source_count else []
            totals_rate += [evaluation.rate_densities @ volume] if layout.integral_count else []
            tail = slice(layout.size - layout.sums, None)
            out[tail] = rate[tail] - np.concatenate(totals_rate)
            return
        sums = layout.cumulative_sums(rate).copy()
        sums[:, 1:] -= layout.cumulative_sums(rate)[:, :-1]
        if evaluation.source is not None:
            sums[: layout.source_count, geometry.cells] -= evaluation.source * geometry.volume
        if evaluation.face_source is not None:
            sums[: layout.source_count, geometry.faces.right] -= evaluation.face_source * volume
        for each, terms in zip(self.system.interfaces, evaluation.interface_terms):
            if each.has_production:
                made = terms[: layout.balances] * each.interface.area
                sums[: layout.source_count, each.interface.left_nodes] -= made
        if evaluation.rate_densities is not None:
            sums[layout.source_count :, geometry.faces.right] -= evaluation.rate_densities * volume
        layout.cumulative_sums(out)[...] = sums

    def _fill(
        self, t: float, y: np.ndarray, rate: np.ndarray, res: np.ndarray, cj: float, template: np.ndarray
    ) -> None:
        jacobian = self.jacobian
        template[jacobian.indices, jacobian.columns] = self._entries(t, y, cj)

    def _entries(self, t: float, y: np.ndarray, cj: float) -> np.ndarray:
        return self._linearised(t, y, cj)[0]

    def _linearised(self, t: float, y: np.ndarray, cj: float) -> tuple[np.ndarray, np.ndarray | None]:
        """Entries of the Jacobian, and the derivatives of the fields in cells by the unknowns that stand for them."""
        self.counters.jacobians += 1
        values, t = self.fields(t, y), min(t, self._latest)
        cells, storage_matrices = values[:, self.system.geometry.cells], self._boundary_storage.matrices(t, values)
        if self._conserved is None:
            mass, by = self.storage.matrix(t, cells), None
        else:
            mass = np.eye(len(cells))[:, :, None] * self.system.geometry.volume
            by = self._conserved.inverse(t, cells)
        return self.jacobian.data(t, values, cj, mass, self.counters.retrying, by, storage_matrices), by

    def _make_solver(self, scale: np.ndarray, options: TransientOptions) -> Any:
        import sksundae

        rtol, now = options.rtol, self.now
        values = self.fields(now.t, now.y)
        sizes = error_sizes(self.system, self.layout, self.storage, now.t, values, scale, self._duration)
        if self._conserved is not None:
            cells = self.system.geometry.cells
            self.layout.values(sizes)[:, cells] = self._conserved.sizes(now.t, values[:, cells])
        solver = sksundae.ida.IDA(
            self.residual,
            algebraic_idx=self.layout.algebraic,
            rtol=rtol,
            atol=rtol * sizes,
            max_num_steps=options.max_steps,
            max_step=options.max_step,
            **(self._banded() if self.layout.is_line else self._krylov()),
        )
        solver.init_step(self.now.t, self.now.y, self.now.rate)
        return solver

    def _banded(self) -> dict[str, Any]:
        """Options for a line: a direct band solver, with our Jacobian where its template is small enough."""
        options = {"linsolver": "band", "lband": self.jacobian.lower, "uband": self.jacobian.upper}
        return {**options, "jacfn": self._fill} if self.layout.size <= _DENSE_TEMPLATE else options

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

    def _matrices(self, t: float, y: np.ndarray, cj: float) -> tuple[sparse.csc_array, sparse.csc_array]:
        """The Jacobian, and its part that couples neighbours alone."""
        entries, by = self._linearised(t, y, cj)
        return self.jacobian.assembled(entries, by), self.jacobian.of_neighbours(entries)

    def _consistent(self, values: np.ndarray, t0: float, y: np.ndarray) -> Instant:
        """Wall states and rates that satisfy every equation for given cells; y holds the totals so far."""
        layout, cells = self.layout, self.system.geometry.cells
        values = solve_surface_states(self.system, self.jacobian, t0, values)
        rate, out = np.zeros(layout.size), np.zeros(layout.size)
        unknowns, rates = layout.values(y), layout.values(rate)
        unknowns[...] = values
        if self._conserved is not None:
            unknowns[:, cells] = self._conserved.of(t0, values[:, cells])
        self.residual(t0, y, rate, out)
        mass = self.storage.matrix(t0, values[:, cells])
        change = np.linalg.solve(np.moveaxis(mass, -1, 0), -layout.values(out)[:, cells].T[..., None])
        rates[:, cells] = change[..., 0].T
        storage_matrices = self._boundary_storage.matrices(t0, values)
        surface_state_rates(self.system, self.jacobian, t0, values, rates, storage_matrices)
        if self._conserved is not None:
            rates[:, cells] = -layout.values(out)[:, cells] / self.system.geometry.volume
        rate[layout.totals] = -out[layout.totals]
        if layout.sums and layout.is_line:
            layout.cumulative_sums(rate)[...] = np.cumsum(-layout.cumulative_sums(out), axis=1)
        elif layout.sums:
            rate[-layout.sums :] = -out[-layout.sums :]
        return Instant(t0, y, rate)
