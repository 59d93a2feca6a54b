"""Solve times as ratios, all taken in one run: the engine against plain FiPy and against hand-written CVODE."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pump import Pump, cvode_run, fipy_sweep

import fvtransport
from fvtransport import api

CASE = Path(__file__).parents[2] / "cases" / "heat_pump" / "mixing.yaml"
TIMES = np.array([50.0, 200.0, 500.0, 1000.0, 3000.0])


def median_seconds(action: Callable[[], object], repeats: int) -> float:
    """Median wall time of an action, after one call to warm up."""
    action()
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def main() -> None:
    case = api.check(CASE)
    solves = [fvtransport.run(case) for _ in range(8)]
    solve = statistics.median(result.timing["solve_s"] for result in solves[1:])
    sweep, *_ = fipy_sweep(Pump(), step=1.0)
    fipy = median_seconds(sweep, 15)
    cvode = median_seconds(lambda: cvode_run(Pump(), TIMES, rtol=1e-8), 7)
    counters = solves[-1].counters
    print(f"cases/heat_pump/mixing.yaml: {1e3 * solve:.1f} ms, {counters['steps']} steps, "
          f"{counters['residual_evaluations']} residual and {counters['jacobian_evaluations']} Jacobian evaluations")
    print(f"(a) in coupled FiPy sweeps on the same mesh ({1e3 * fipy:.1f} ms each): {solve / fipy:.2f}   (at most 5)")
    print(f"(b) against hand-written banded CVODE ({1e3 * cvode:.1f} ms):          {solve / cvode:.2f}   (at most 4)")


if __name__ == "__main__":
    main()
