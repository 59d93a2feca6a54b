"""Solve times as ratios, all taken in one run: the engine against plain FiPy, hand-written CVODE and the memory."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from euler import STOPS, Euler
from pump import Pump, cvode_run, fipy_sweep

import fvtransport
from fvtransport import api
from fvtransport.case.model import Case
from fvtransport.discretisation.build import build
from fvtransport.solvers.solve import integrator, solve

CASE = Path(__file__).parents[2] / "cases" / "heat_pump" / "mixing.yaml"
TIMES = np.array([50.0, 200.0, 500.0, 1000.0, 3000.0])
SQUARE = [
    "mesh={type: Grid2D, length: [L, L], cells: [200, 200]}",
    "boundaries={default: {T: {dirichlet: T0}, x_A: no_flux}}",
    "observe=null",
    "compare=null",
]
TOLERANCE = 1e-4
RATIOS = (1.0001, 1.0002, 1.0003, 1.0004, 1.0005, 1.0007, 1.001, 1.002, 1.005, 1.01)


def seconds(action: Callable[[], object], repeats: int) -> float:
    """Least processor time of an action, after one call to warm up: what else the machine does can only add to it."""
    action()
    gc.collect()
    found = []
    for _ in range(repeats):
        begin = time.process_time()
        action()
        found.append(time.process_time() - begin)
    return min(found)


def solve_seconds(case: Case, repeats: int) -> float:
    """Least processor time that the solver of a case takes, what it sets up included."""
    problem = build(case)
    return seconds(lambda: solve(case, problem), repeats)


def peers() -> float:
    """(a), (b): one run to rtol 1e-8 against sweeps of FiPy and against CVODE; returns the time of one sweep.

    In turns, so that all see the same machine.
    """
    case, counters = api.check(CASE), fvtransport.run(api.check(CASE)).counters
    sweep, *_ = fipy_sweep(Pump(), step=1.0)
    rounds = [
        (solve_seconds(case, 1), seconds(sweep, 10), seconds(lambda: cvode_run(Pump(), TIMES, rtol=1e-8), 1))
        for _ in range(12)
    ]
    engine, fipy, cvode = np.min(rounds, axis=0)
    print(
        f"cases/heat_pump/mixing.yaml: {1e3 * engine:.1f} ms, {counters['steps']} steps, "
        f"{counters['residual_evaluations']} residual and {counters['jacobian_evaluations']} Jacobian evaluations"
    )
    print(f"(a) in coupled FiPy sweeps on the same mesh ({1e3 * fipy:.1f} ms each): {engine / fipy:.2f}   (at most 5)")
    print(f"(b) against hand-written banded CVODE ({1e3 * cvode:.1f} ms): {engine / cvode:.2f}   (at most 4)")
    return float(fipy)


def breakdown() -> None:
    """Where the time of the run goes: calls counted in the run, each timed by itself;
    overhead is what two cells cost.
    """
    case = api.check(CASE)
    problem = build(case)
    solver, tiny = integrator(case, problem), api.check(CASE, ["mesh.cells=2", "compare=null"])
    small = integrator(tiny, build(tiny))
    counters, whole = fvtransport.run(case).counters, solve_seconds(case, 12)
    residual, overhead = (
        seconds(lambda each=each: each.residual(0.0, each.now.y, each.now.rate, np.empty_like(each.now.y)), 500)
        for each in (solver, small)
    )
    values, cells = solver.equations.layout.values(solver.now.y), problem.system.geometry.cells
    mass = solver.equations.storage.matrix(0.0, values[:, cells])
    fresh, reused = (
        seconds(lambda fresh=fresh: solver.equations.jacobian.data(0.0, values, 1.0, mass, fresh), 200)
        for fresh in (True, False)
    )
    in_residual = residual * counters["residual_evaluations"]
    in_jacobian = 0.5 * (fresh + reused) * counters["jacobian_evaluations"]
    print(
        f"    residual {1e6 * residual:.0f} us ({1e6 * overhead:.0f} us on two cells), in all "
        f"{1e3 * in_residual:.1f} ms"
    )
    print(
        f"    Jacobian {1e6 * fresh:.0f} us, or {1e6 * reused:.0f} us with derivatives used again, in all "
        f"about {1e3 * in_jacobian:.1f} ms"
    )
    print(
        f"    integrator, its linear algebra and output: {1e3 * (whole - in_residual - in_jacobian):.1f} "
        f"ms of {1e3 * whole:.1f} ms"
    )


def heat(rtol: float) -> tuple[Case, np.ndarray]:
    """The case up to the last stop at a tolerance, and the heat that it draws by the stops."""
    overrides = [
        f"solve={{transient: {{until: {STOPS[-1]}, rtol: {rtol}}}}}",
        f"observe={{Qc: {{heat_from: right, at: {list(STOPS)}}}}}",
        "compare=null",
    ]
    case = api.check(CASE, overrides)
    return case, np.array(fvtransport.run(case).observables["Qc"].value)


def loosest(reference: np.ndarray) -> tuple[Case, float, float]:
    """The case at the loosest tolerance, of a descending row, whose heat is within TOLERANCE; with rtol and error."""
    for rtol in np.logspace(-2.0, -8.0, 37):
        case, found = heat(float(rtol))
        error = float(np.abs(found / reference - 1.0).max())
        if error <= TOLERANCE:
            return case, float(rtol), error
    raise RuntimeError("no tolerance was small enough")


def equal_error(sweep: float) -> None:
    """(c): time to the same error in the heat drawn, against backward Euler as FiPy does it."""
    euler = Euler(Pump())
    _, reference = heat(1e-12)
    apart = float(np.abs(euler.exact() / reference - 1.0).max())
    fixed, (growing, first, ratio) = euler.fewest_fixed(TOLERANCE), euler.fewest_growing(TOLERANCE, RATIOS)
    fipy = min(fixed, growing) * sweep
    case, rtol, error = loosest(reference)
    engine = solve_seconds(case, 9)
    print(
        f"(c) at {TOLERANCE:g} in the heat drawn by {', '.join(f'{t:g}' for t in STOPS)}, against the same "
        "mesh at rtol 1e-12"
    )
    print(f"    (which the sum over modes meets to {apart:.1e}):")
    print(f"    FiPy, backward Euler: {fixed} fixed steps, or {growing} from {first:.3g} growing by {ratio:g} each;")
    print(f"    {min(fixed, growing)} x {1e3 * sweep:.1f} ms, extrapolated from 120 sweeps: {fipy:.0f} s")
    print(f"    engine, rtol {rtol:.1e}, error {error:.1e}: {1e3 * engine:.2f} ms")
    print(f"    ratio: {fipy / engine:.0f}   (at least 1000)")


def growth() -> None:
    """(d): the same case on a hundred times as many cells."""
    small, large = (
        solve_seconds(api.check(CASE, [f"mesh.cells={n}", "compare=null"]), k) for n, k in ((200, 7), (20_000, 3))
    )
    print(
        f"(d) from 200 to 20 000 cells: {1e3 * small:.1f} ms to {1e3 * large:.0f} ms, ratio "
        f"{large / small:.1f}   (at most 110)"
    )


def memory() -> None:
    """(e): the residual on 200 x 200 cells against the time that the memory needs for what it must move."""
    case = api.check(CASE, SQUARE)
    problem = build(case)
    solver = integrator(case, problem)
    out = np.empty_like(solver.now.y)
    residual = seconds(lambda: solver.residual(0.0, solver.now.y, solver.now.rate, out), 200)
    first, second, third = (np.ones(20_000_000) for _ in range(3))
    copy = 16 * first.size / seconds(lambda: np.copyto(first, second), 5)
    add = 24 * first.size / seconds(lambda: np.add(second, third, out=first), 5)
    faces = problem.system.geometry.faces.area.size
    moved = 24 * out.size + 32 * faces
    bound = moved / max(copy, add)
    print(f"(e) residual on 200 x 200 cells, {out.size} unknowns, {faces} faces: {1e3 * residual:.2f} ms")
    print(f"    state, rate and residual once, two nodes, area and distance of each face: {1e-6 * moved:.1f} MB;")
    print(
        f"    memory: copy {1e-9 * copy:.0f} GB/s, add {1e-9 * add:.0f} GB/s; bound {1e3 * bound:.2f} ms, "
        f"ratio {residual / bound:.1f}"
    )


def main() -> None:
    begin = time.perf_counter()
    gc.disable()
    sweep = peers()
    breakdown()
    equal_error(sweep)
    growth()
    memory()
    print(f"all in {time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
