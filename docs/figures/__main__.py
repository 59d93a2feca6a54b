"""All eight figures with their tables: `python -m docs.figures [-o DIR] [-j PROCESSES]`
from the root of the project.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from fvtransport.report.figures.style import style

from .models import MODELS
from .solve import AGAINST_FIELD, BINS, BY_TEMPERATURE, WINDOWS, Cycle, Points, one_cycle, solved
from .theory import against_field, against_temperature, ends

Columns = dict[str, np.ndarray]
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_FINE = 33
_POWER, _COP = r"cooling power $\dot{Q}_c$", r"COP $\epsilon$"


def main() -> None:
    """Solve all on some processes, then write tables and figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parent)
    parser.add_argument("-j", "--jobs", type=int, default=min(os.cpu_count() or 1, 12))
    options = parser.parse_args()
    begin = time.perf_counter()
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        cycles, swept = _solve_all(options.jobs, Path(scratch))
    _write_profiles(options.output, cycles)
    _write_against_field(options.output, swept[8])
    for number, points in BY_TEMPERATURE.items():
        _write_against_temperature(options.output, number, points, swept[number])
    print(f"figures 3 to 10 in {options.output}: {time.perf_counter() - begin:.0f} s on {options.jobs} processes")


def _solve_all(jobs: int, scratch: Path) -> tuple[dict[str, Cycle], dict[int, dict[str, Columns]]]:
    """Cycles by model, and sweeps by figure and model; the longest are begun first."""
    work = {8: AGAINST_FIELD, **BY_TEMPERATURE}
    slow_first = MODELS[::-1]
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        sweeps: dict[tuple[int, str], Future[Columns]] = {
            (number, model.name): pool.submit(solved, points, model, scratch / f"{number}_{model.name}")
            for model in slow_first
            for number, points in work.items()
        }
        cycles = {model.name: pool.submit(one_cycle, model) for model in MODELS}
        swept = {number: {model.name: sweeps[number, model.name].result() for model in MODELS} for number in work}
        return {name: cycle.result() for name, cycle in cycles.items()}, swept


def _write_profiles(directory: Path, cycles: Mapping[str, Cycle]) -> None:
    from .draw import currents, profiles

    positions = next(iter(cycles.values())).positions
    theory = {name: values for known in ends(positions, 0.3, 0.1, 0.02).values() for name, values in known.items()}
    for kind, symbol in enumerate(("x_A", "T", "n")):
        columns: Columns = {"x": positions} | {
            name: values for name, values in theory.items() if name.startswith(symbol)
        }
        for name, cycle in cycles.items():
            for (start, end), values in zip(WINDOWS, cycle.means[:, kind]):
                columns[f"{name} [{start:.0f}:{end:.0f}]"] = values
        _table(directory / f"figure_{3 + kind}.csv", columns)
        _save(directory / f"figure_{3 + kind}.png", partial(profiles, kind, cycles))
    columns = {"from t": BINS[:-1], "to t": BINS[1:]}
    for name, cycle in cycles.items():
        columns |= {f"Qh {name}": cycle.currents[0], f"Qc {name}": cycle.currents[1]}
    _table(directory / "figure_6.csv", columns)
    _save(directory / "figure_6.png", lambda: currents(cycles))


def _write_against_field(directory: Path, swept: Mapping[str, Columns]) -> None:
    from .draw import curves

    E, fine = np.array(AGAINST_FIELD.values), np.linspace(0.008, 0.1, _FINE)
    known, smooth = (against_field(field, 0.1, AGAINST_FIELD.cycle) for field in (E, fine))
    works = {"W_cycle": "W", "W_separating": "W_separating"}
    columns = {"E": E} | {name: known[name] for name in known if name.startswith("W")}
    columns |= {f"{short} {name}": found[key] for name, found in swept.items() for key, short in works.items()}
    _table(directory / "figure_8.csv", columns)
    columns = {"E": E} | {name: known[name] for name in known if not name.startswith("W")}
    columns |= {f"{key} {name}": found[key] for key in ("power", "cop") for name, found in swept.items()}
    _table(directory / "figure_9.csv", columns)
    lines = {
        "(45)": ("W (45)", "-"),
        "from (32), (34)": ("W (32)(34)", "--"),
        "from (34), uniform density": ("W (34) uniform", ":"),
    }
    work = _panel("work $W_E$", fine, smooth, lines, E, _of(swept, "W_separating"))
    _save(directory / "figure_8.png", lambda: curves([work], "$E$"))
    power = {"(48), (49)": ("power (48)", "-"), "from (32), (34)": ("power (34)", "--")}
    cop = {"(48), (49)": ("cop (49)", "-"), "from (32), (34)": ("cop (32)(34)", "--")}
    panels = [
        _panel(_POWER, fine, smooth, power, E, _of(swept, "power")),
        _panel(_COP, fine, smooth, cop, E, _of(swept, "cop")),
    ]
    _save(directory / "figure_9.png", lambda: curves(panels, "$E$"))


def _write_against_temperature(directory: Path, number: int, points: Points, swept: Mapping[str, Columns]) -> None:
    from .draw import curves

    n, E, mixing = {7: (0.3, 0.1, 1000.0), 10: (0.1, 0.035, 3000.0)}[number]
    dT = np.array(points.values)
    fine = np.linspace(0.0, dT[-1], _FINE)
    known, smooth = (against_temperature(step, n, E, mixing, points.cycle) for step in (dT, fine))
    columns = (
        {"dT": dT} | known | {f"{key} {name}": found[key] for key in ("power", "cop") for name, found in swept.items()}
    )
    _table(directory / f"figure_{number}.csv", columns)
    panels = [
        _panel(
            label, fine, smooth,
            {
                "(66), (67)": (f"{key} ({66 if key == 'power' else 67})", "-"),
                "(61) corrected": (f"{key} (61) corrected", ":"),
                "from (32), (34)": (f"{key} ({'34' if key == 'power' else '32)(34'})", "--"),
            },
            dT, _of(swept, key),
        )
        for key, label in (("power", _POWER), ("cop", _COP))
    ]  # fmt: skip
    _save(directory / f"figure_{number}.png", lambda: curves(panels, r"$\delta T$"))


def _of(swept: Mapping[str, Columns], key: str) -> Columns:
    return {name: found[key] for name, found in swept.items()}


def _panel(
    label: str, fine: np.ndarray, smooth: Columns, lines: Mapping[str, tuple[str, str]], at: np.ndarray, found: Columns
) -> dict[str, Any]:
    theory = {words: (fine, smooth[column], dashes) for words, (column, dashes) in lines.items()}
    return {"label": label, "theory": theory, "models": {name: (at, values) for name, values in found.items()}}


def _table(path: Path, columns: Columns) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([f"{value:.7g}" for value in row] for row in zip(*columns.values()))


def _save(path: Path, drawn: Any) -> None:
    with style():
        drawn().savefig(path)


if __name__ == "__main__":
    main()
