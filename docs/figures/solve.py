"""What the solver says: one cycle in profiles and currents, and sweeps over the field and the temperatures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fvtransport import run
from fvtransport.sweep.plan import SweepError
from fvtransport.sweep.run import SweepRequest, sweep

from .models import CASES, CELLS, Model

__all__ = ["AGAINST_FIELD", "BINS", "BY_TEMPERATURE", "WINDOWS", "Cycle", "Points", "one_cycle", "solved"]

_PHASE, _WIDTH = 5000.0, 25.0
WINDOWS = tuple((float(start), start + 500.0) for start in (0, 500, 1000, 2000, 4500, 5000, 5500, 6000, 7000, 9500))
BINS = np.arange(0.0, 2 * _PHASE + 1.0, _WIDTH)
_CYCLES = 2
_MANY, _FEW = 12, 4


@dataclass(frozen=True)
class Cycle:
    """The periodic cycle of a model: places (nodes,), means (windows, 3, nodes) of x_A, T and n,
    currents (2, bins) out and in.
    """

    positions: np.ndarray
    means: np.ndarray
    currents: np.ndarray


@dataclass(frozen=True)
class Points:
    """A sweep: a case, what is varied through which values, lines put into the case, and the
    duration of the paper's cycle.
    """

    case: str
    over: str
    values: tuple[float, ...]
    overrides: tuple[str, ...]
    cycle: float


AGAINST_FIELD = Points(
    "cycle.yaml",
    "parameters.E",
    (0.1, 0.085, 0.07, 0.05, 0.035, 0.02, 0.01),
    ("parameters.separating=3500", "parameters.mixing=1000", "observe.W_separating={work: {}, over: separating}"),
    15000.0,
)
BY_TEMPERATURE = {
    7: Points(
        "cycle_dT.yaml",
        "parameters.dT",
        tuple(round(0.01 * k, 2) for k in range(8)),
        (
            "parameters.n=0.3",
            "parameters.E=0.1",
            "parameters.D=2.11972252*0.1/n",
            "parameters.separating=3000",
            "parameters.mixing=1000",
        ),
        4000.0,
    ),
    10: Points("cycle_dT.yaml", "parameters.dT", tuple(round(0.002 * k, 3) for k in range(6)), (), 8000.0),
}


def solved(points: Points, model: Model, directory: Path) -> dict[str, np.ndarray]:
    """Heat and work of a cycle at every point, and cooling power and COP with the paper's duration;
    SweepError where one fails.
    """
    common = (
        f"mesh.cells={CELLS}",
        "solve.transient.rtol=1e-7",
        "protocol.repeat={until_periodic: {tolerance: 1e-5, max_cycles: 20}}",
    )
    over = f"{points.over}=[{', '.join(map(str, points.values))}]"
    order = SweepRequest(CASES / points.case, [over], (*common, *points.overrides, *model.overrides), warm_start=False)
    rows: list[dict[str, Any]] = sweep(order, directory, force=True).rows
    failed = [row for row in rows if row["status"] != "converged"]
    if failed:
        raise SweepError(
            f"{points.case}, {model.name}: {failed[0]['values']} ended as {failed[0]['status']}: {failed[0]['reason']}"
        )
    names = rows[0]["observables"]
    found = {name: np.array([row["observables"][name] for row in rows]) for name in names}
    return found | {"power": found["Qc_cycle"] / points.cycle}


def one_cycle(model: Model) -> Cycle:
    """The second cycle of figures 3 to 6, which repeats the first to 1e-6 or better."""
    nodes = [_nodes(window) for window in WINDOWS]
    last = (_CYCLES - 1) * 2 * _PHASE
    times = np.unique(np.concatenate([BINS[1:], *(times for times, _ in nodes)])) + last
    written = ", ".join(f"{time:.12g}" for time in times if time % _PHASE)
    settings = [f"mesh.cells={CELLS}", f"protocol.repeat={_CYCLES}", f"solve.transient.times=[{written}]"]
    result = run(
        CASES / "figures_3_to_6.yaml",
        [*settings, "solve.transient.samples=0", "solve.transient.rtol=1e-7", *model.overrides],
    )
    if not result.ending.succeeded:
        raise SweepError(f"figures_3_to_6.yaml, {model.name}: {result.ending.message}")
    snapshots = [each for each in result.snapshots if each.occurrence.cycle == _CYCLES]
    known = np.array([each.t - last for each in snapshots])
    profiles = np.array([_profiles(each) for each in snapshots])
    means = [np.tensordot(weights, profiles[_positions(known, times)], 1) for times, weights in nodes]
    heats = {each.name: result.history(each.observable)[-len(snapshots) :] for each in result.case.observe}
    bins = _positions(known, BINS)
    currents = np.array([np.diff(heats[name][bins]) / _WIDTH for name in ("Qh_cycle", "Qc_cycle")])
    return Cycle(result.system.geometry.position[0], np.array(means), currents)


def _positions(known: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Where some times stand among those of the snapshots."""
    return np.array([int(np.argmin(np.abs(known - time))) for time in times])


def _nodes(window: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Times and weights of a mean over a window; close together at its start where a phase begins, by t = width u^3."""
    start, end = window
    is_first = start % _PHASE == 0.0
    points, weights = np.polynomial.legendre.leggauss(_MANY if is_first else _FEW)
    u, weights = 0.5 * (1.0 + points), 0.5 * weights
    times, weights = (u**3, 3.0 * u**2 * weights) if is_first else (u, weights)
    return np.array([float(f"{start + (end - start) * time:.9g}") for time in times]), weights


def _profiles(snapshot: Any) -> np.ndarray:
    """x_A, T and n at all nodes, (3, nodes); n = p/T where the pressure is solved for."""
    T, x = snapshot.values[:2]
    return np.array([x, T, snapshot.values[2] / T if len(snapshot.values) > 2 else np.full(T.shape, 0.3)])
