"""The equations of a run in time, F(t, y, dy/dt) = 0: balances of the cells, equations of surfaces, totals.

Where storage is not linear in the fields, the unknowns of the cells are their amounts instead of their fields.
"""

from __future__ import annotations

import math

import numpy as np

from ..discretisation.flux_evaluation import FluxEvaluation
from ..discretisation.jacobian import Jacobian
from ..discretisation.layout import Layout
from ..discretisation.mass_matrix import Storage
from ..discretisation.surface_states import solve_surface_states, surface_state_rates
from ..discretisation.surface_storage import SurfaceStorage
from ..discretisation.surfaces import set_surface_rows
from ..discretisation.system import System
from .conserved_variables import ConservedVariables
from .tolerances import error_sizes

__all__ = ["TimeEquations"]


class TimeEquations:
    """Residual and Jacobian of a system, started from values (balances, nodes) at t0 [s]; scale (balances,) is the
    typical size of each field.

    latest [s] is the last time at which laws and conditions may be evaluated: the one before their next jump.
    """

    def __init__(self, system: System, values: np.ndarray, t0: float, scale: np.ndarray) -> None:
        self.system = system
        self.layout = Layout(system, totals=True)
        self.storage = Storage(system, t0, values, scale)
        self.jacobian = Jacobian(system, self.layout, scale)
        self.latest = math.inf
        self._scale = scale
        self._surface_storage = SurfaceStorage(system, self.jacobian.surfaces, t0, values, scale)
        cells = values[:, system.geometry.cells]
        self._conserved = None if self.storage.is_linear else ConservedVariables(system, self.storage, t0, cells, scale)

    def fields(self, t: float, y: np.ndarray) -> np.ndarray:
        """The fields at the nodes, (balances, nodes), that belong to the vector of unknowns."""
        block = self.layout.values(y)
        values, cells = block.copy(), self.system.geometry.cells
        if self._conserved is None:
            return values
        values[:, cells] = self._conserved.fields(t, block[:, cells])
        return values

    def residual(self, t: float, values: np.ndarray, rate: np.ndarray, out: np.ndarray) -> None:
        """Set out to what must vanish, from the fields (balances, nodes) and the rates of all unknowns."""
        system, layout, cells = self.system, self.layout, self.system.geometry.cells
        change = layout.values(rate)
        evaluation = system.evaluate(min(t, self.latest), values)
        flow = evaluation.flux * system.geometry.faces.area
        balance = layout.values(out)
        evaluation.divergence(system.geometry, flow, balance)
        balance[:, cells] += self._stored_rate(change[:, cells])
        set_surface_rows(self.jacobian.surfaces, evaluation, values, balance)
        self._surface_storage.subtract_growth(t, values, change, balance)
        out[layout.totals] = rate.take(layout.totals) - layout.left_through(flow)
        if layout.sums:
            self._cumulative_residual(evaluation, rate, out)

    def _stored_rate(self, change: np.ndarray) -> np.ndarray:
        """Rate of the amounts in the cells, (balances, cells), where their unknowns change at the given rate."""
        return self.storage.rate(change) if self._conserved is None else change * self.system.geometry.volume

    def _cumulative_residual(self, evaluation: FluxEvaluation, rate: np.ndarray, out: np.ndarray) -> None:
        """Rates of the totals of sources and densities, less what is produced."""
        layout, geometry = self.layout, self.system.geometry
        volume = geometry.faces.volume
        if not layout.is_line:
            totals_rate = [evaluation.production(geometry)] if layout.source_count else []
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

    def linearised(self, t: float, y: np.ndarray, cj: float, fresh: bool) -> tuple[np.ndarray, np.ndarray | None]:
        """Entries of dF/dy + cj dF/dy' in the order of `jacobian.indices`, and the derivatives of the fields in cells
        by the unknowns in their place; fresh excludes earlier derivatives.
        """
        values, t = self.fields(t, y), min(t, self.latest)
        cells, storage_matrices = values[:, self.system.geometry.cells], self._surface_storage.matrices(t, values)
        if self._conserved is None:
            mass, by = self.storage.matrix(t, cells), None
        else:
            mass = np.eye(len(cells))[:, :, None] * self.system.geometry.volume
            by = self._conserved.inverse(t, cells)
        return self.jacobian.data(t, values, cj, mass, fresh, by, storage_matrices), by

    def error_sizes(self, t: float, y: np.ndarray, duration: float) -> np.ndarray:
        """Sizes to which rtol is relative where the unknowns are near zero, for a run of a duration [s]."""
        values, cells = self.fields(t, y), self.system.geometry.cells
        sizes = error_sizes(self.system, self.layout, self.storage, t, values, self._scale, duration)
        if self._conserved is not None:
            self.layout.values(sizes)[:, cells] = self._conserved.sizes(t, values[:, cells])
        return sizes

    def with_surface_states(self, t: float, values: np.ndarray) -> np.ndarray:
        """The same cells with states on boundaries and interfaces that satisfy their equations; raises Stopped."""
        return solve_surface_states(self.system, self.jacobian, t, values)

    def set_fields(self, t: float, values: np.ndarray, y: np.ndarray) -> None:
        """Set the unknowns of cells and boundaries in y to those of fields (balances, nodes)."""
        unknowns, cells = self.layout.values(y), self.system.geometry.cells
        unknowns[...] = values
        if self._conserved is not None:
            unknowns[:, cells] = self._conserved.of(t, values[:, cells])

    def rates(self, t: float, values: np.ndarray, residual: np.ndarray) -> np.ndarray:
        """Rates of all unknowns that satisfy every equation, from the residual at rates of zero."""
        layout, cells = self.layout, self.system.geometry.cells
        rate = np.zeros(layout.size)
        rates, balance = layout.values(rate), layout.values(residual)
        mass = self.storage.matrix(t, values[:, cells])
        change = np.linalg.solve(np.moveaxis(mass, -1, 0), -balance[:, cells].T[..., None])
        rates[:, cells] = change[..., 0].T
        storage_matrices = self._surface_storage.matrices(t, values)
        surface_state_rates(self.system, self.jacobian, t, values, rates, storage_matrices)
        if self._conserved is not None:
            rates[:, cells] = -balance[:, cells] / self.system.geometry.volume
        rate[layout.totals] = -residual[layout.totals]
        if layout.sums and layout.is_line:
            layout.cumulative_sums(rate)[...] = np.cumsum(-layout.cumulative_sums(residual), axis=1)
        elif layout.sums:
            rate[-layout.sums :] = -residual[-layout.sums :]
        return rate
