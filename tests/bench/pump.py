"""The linear heat pump by hand: plain FiPy and plain CVODE, as peers for the engine.

Equations (30)-(31) of Hoshina and Okuda in the mixing phase, walls at T_0 and closed to both species:
    c_p dT/dt = l11 T'' + l12 x'',   n dx/dt = l21 T'' + l22 x''
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Pump:
    """Numbers of `cases/heat_pump/mixing.yaml`, in reduced units."""

    cells: int = 200
    length: float = 40.0
    cross_section: float = 25.0
    density: float = 0.1
    heat_capacity: float = 0.2
    field: float = 0.035
    diffusivity: float = 2.11972252
    thermal_diffusion_ratio: float = -0.13657
    sealed_conductivity: float = 0.419877

    @property
    def coefficients(self) -> tuple[float, float, float, float]:
        """l11, l12, l21, l22 at T = 1, x_A = 1/2."""
        cross = 4.0 * self.thermal_diffusion_ratio * self.diffusivity
        conductivity = self.sealed_conductivity + self.density * cross**2 / (4.0 * self.diffusivity)
        return conductivity, self.density * cross, self.density * cross / 4.0, self.density * self.diffusivity

    @property
    def centres(self) -> np.ndarray:
        """Cell centres."""
        return (np.arange(self.cells) + 0.5) * self.length / self.cells

    @property
    def start(self) -> np.ndarray:
        """Initial mole fraction in the cells, eq. (35)."""
        return 0.5 + 0.5 * self.field * (self.length / 2 - self.centres)


def fipy_sweep(pump: Pump, step: float):
    """A function that does one coupled backward-Euler sweep of plain FiPy, and the variables it changes.

    On the closed walls the cross coefficient of the species equation must vanish, or species leak, and heat must flow
    by the sealed conductivity, for the composition gradient there is not zero.
    """
    from fipy import CellVariable, DiffusionTerm, FaceVariable, Grid1D, LinearLUSolver, TransientTerm

    mesh = Grid1D(nx=pump.cells, Lx=pump.length)
    T = CellVariable(mesh=mesh, value=1.0, hasOld=True)
    x = CellVariable(mesh=mesh, value=pump.start, hasOld=True)
    T.constrain(1.0, mesh.exteriorFaces)
    l11, l12, l21, l22 = pump.coefficients
    closed = FaceVariable(mesh=mesh, value=l21)
    closed.setValue(0.0, where=mesh.exteriorFaces)
    conducting = FaceVariable(mesh=mesh, value=l11)
    conducting.setValue(l11 - l12 * l21 / l22, where=mesh.exteriorFaces)
    heat, species = TransientTerm(coeff=pump.heat_capacity, var=T), TransientTerm(coeff=pump.density, var=x)
    equations = (heat == DiffusionTerm(coeff=conducting, var=T) + DiffusionTerm(coeff=l12, var=x)) & (
        species == DiffusionTerm(coeff=closed, var=T) + DiffusionTerm(coeff=l22, var=x)
    )
    solver = LinearLUSolver(tolerance=1e-12)

    def sweep() -> None:
        T.updateOld()
        x.updateOld()
        equations.sweep(dt=step, solver=solver)

    return sweep, T, x


def cvode_run(pump: Pump, times: np.ndarray, rtol: float) -> np.ndarray:
    """Heat drawn so far at the given times, by banded CVODE on the interleaved unknowns of the two equations."""
    import sksundae

    n, h = pump.cells, pump.length / pump.cells
    l11, l12, l21, l22 = pump.coefficients
    sealed = l11 - l12 * l21 / l22
    q, J = np.empty(n + 1), np.zeros(n + 1)

    def rhs(t: float, y: np.ndarray, dy: np.ndarray) -> None:
        T, x = y[0:-1:2], y[1:-1:2]
        dT, dx = (T[1:] - T[:-1]) / h, (x[1:] - x[:-1]) / h
        q[1:-1] = -l11 * dT - l12 * dx
        J[1:-1] = -l21 * dT - l22 * dx
        q[0], q[-1] = -sealed * (T[0] - 1.0) / (h / 2), -sealed * (1.0 - T[-1]) / (h / 2)
        dy[0:-1:2] = (q[:-1] - q[1:]) / (h * pump.heat_capacity)
        dy[1:-1:2] = (J[:-1] - J[1:]) / (h * pump.density)
        dy[-1] = -q[-1] * pump.cross_section

    y = np.empty(2 * n + 1)
    y[0:-1:2], y[1:-1:2], y[-1] = 1.0, pump.start, 0.0
    solver = sksundae.cvode.CVODE(rhs, rtol=rtol, atol=rtol, linsolver="band", lband=3, uband=3, max_num_steps=100_000)
    return solver.solve(np.concatenate([[0.0], times]), y).y[1:, -1]
