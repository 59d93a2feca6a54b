"""The sweeps of docs/open-question.md and what is made of them.

    python docs/open_question.py search check draw --folder open_question_sweeps

search: nine searches. check: the best points again, finer and varied one by one. draw: figure and tables.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
CASE = HERE / "open_question.yaml"
SLOW = (
    "--over parameters.rise=100:5000:log --over parameters.hold=1:5000:log "
    "--over parameters.fall=100:2000:log --over parameters.rest=1:2000:log"
)
FAST = (
    "--over parameters.rise=100:1000:log --over parameters.hold=1:1000:log "
    "--over parameters.fall=100:1000:log --over parameters.rest=1:1000:log"
)
LOAD = "--over parameters.load=0.05:2:log"
MASS = "--over parameters.m_B=2:20:log"
MEAN = "--over parameters.x_mean=0.05:0.95"
UNIFORM = "--set 'mixture={binary: {species: [A, B], concentration: n, molar_heat_capacity: 2}}'"
STIFFNESS = "--set mixture.gas.bulk_flow.mechanical_equilibrium.stiffness"
EQUAL = f"--set parameters.x_mean=0.5 {STIFFNESS}=1e3"
ANY = f"{MEAN} {STIFFNESS}=1e3"
NO_LOAD = "--set parameters.load=0 --objective cooling_power"
SEARCHES = {
    "equal": f"{SLOW} {LOAD} {MASS} {EQUAL} --objective share --samples 80",
    "any": f"{SLOW} {LOAD} {MASS} {ANY} --objective share --samples 90",
    "equal_power": f"{FAST} {MASS} {EQUAL} {NO_LOAD} --samples 45",
    "any_power": f"{FAST} {MASS} {ANY} {NO_LOAD} --samples 50",
    "uniform": f"{SLOW} {LOAD} {MASS} {MEAN} {UNIFORM} --objective share --samples 120",
    "uniform_power": f"{FAST} {MASS} {MEAN} {UNIFORM} {NO_LOAD} --samples 60",
    "equal_trade": f"{FAST} {LOAD} {MASS} {EQUAL} --set parameters.weight=1 --objective trade --samples 30",
    "any_trade": f"{FAST} {LOAD} {MASS} {ANY} --set parameters.weight=1.5 --objective trade --samples 36",
    "uniform_trade": f"{FAST} {LOAD} {MASS} {MEAN} {UNIFORM} --set parameters.weight=1 --objective trade --samples 60",
}
KINETIC = ("diffusivity.kinetic_diffusivity", "thermal_diffusion_factor.kinetic_thermal_diffusion_factor",
           "conductivity_without_diffusion.kinetic_conductivity_without_diffusion")  # fmt: skip
ORDERS = "--method list " + " ".join(f"--over properties.{name}.order=[1,3]" for name in KINETIC)
FINE = "--set solve.transient.rtol=1e-5 --set 'protocol.repeat={until_periodic: {tolerance: 1.0e-5, max_cycles: 50}}'"
VARIED = {
    "fine": f"--over mesh.cells=[200] {FINE}",
    "without": "--over properties.thermal_diffusion_factor=[0]",
    "order": ORDERS,
    "field": "--over parameters.E=[0.0125,0.025,0.075,0.1]",
    "mass": "--over parameters.m_B=[2,5,10,20,50]",
    "rise": "--over parameters.rise=[1000,2000,10000,20000]",
}
CHECKED = {
    "uniform": tuple(VARIED),
    "equal": ("fine", "without", "order", "field", "rise"),
    "any": ("fine", "without", "rise"),
    "equal_power": ("fine", "without", "field"),
    "any_power": ("fine", "without", "field"),
    "uniform_power": ("fine", "without"),
}
PAPER = (
    "--set parameters.n=0.3 --set parameters.E=0.1 --set parameters.m_B=10 --set parameters.x_mean=0.5 "
    "--set parameters.hold=2900 --set parameters.rest=900 --set parameters.rise=100 --set parameters.fall=100 "
    "--over parameters.load=[0,0.1,0.2,0.3,0.4]"
)


def sweep(case: Path, options: str, target: Path, jobs: int = 1) -> tuple[dict, float]:
    """Run one sweep; what it says of itself, and the seconds that it took."""
    start = time.perf_counter()
    words = ["sweep", str(case), *shlex.split(options), "--jobs", str(jobs), "-o", str(target), "--force"]
    done = subprocess.run([sys.executable, "-m", "fvtransport", *words], check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"fvtransport {shlex.join(words)}\n{done.stderr}")
    return json.loads((target / "sweep.json").read_text()), time.perf_counter() - start


def side_by_side(jobs: Iterable[tuple[str, Path, str, Path]]) -> None:
    """Run sweeps on one process each, two at a time, and tell how long each took."""

    def run(job: tuple[str, Path, str, Path]) -> str:
        name, case, options, target = job
        _, seconds = sweep(case, options, target)
        return f"{name}: {seconds:.0f} s"

    with ThreadPoolExecutor(2) as pool:
        for line in pool.map(run, jobs):
            print(line, flush=True)


def search(folder: Path, names: Collection[str]) -> None:
    """All searches, or those of these names."""
    wanted = {name: options for name, options in SEARCHES.items() if not names or name in names}
    side_by_side((name, CASE, f"{options} --method optimise", folder / name) for name, options in wanted.items())


def settings(name: str, folder: Path) -> str:
    """The best point of a search as options; the stiffness is that of the case."""
    best = json.loads((folder / name / "sweep.json").read_text())["best"]
    kept = shlex.split(SEARCHES[name])
    sets = [
        kept[i + 1] for i, word in enumerate(kept) if word == "--set" and not re.search("weight|stiffness", kept[i + 1])
    ]
    sets += [f"{key}={value!r}" for key, value in best.items() if key.startswith("parameters.")]
    return " ".join(f"--set {shlex.quote(each)}" for each in sets)


def check(folder: Path, names: Collection[str]) -> None:
    """The best points on finer meshes, without the Dufour effect, at higher orders, fields and
    masses; the paper's cycle.
    """
    jobs = [] if names else [("paper", CASE, PAPER, folder / "paper")]
    for name in names or CHECKED:
        for kind in CHECKED[name]:
            stiff = f"{STIFFNESS}=1e5" if kind == "fine" and "uniform" not in name else ""
            jobs.append(
                (f"{name} {kind}", CASE, f"{settings(name, folder)} {VARIED[kind]} {stiff}", folder / f"{name}_{kind}")
            )
    side_by_side(jobs)


def rows(folder: Path) -> list[dict[str, float]]:
    """The points of one sweep that converged, numbers by the last part of their name."""
    with (folder / "table.csv").open(newline="") as file:
        found = [row for row in csv.DictReader(file) if row["status"] == "converged"]
    return [{key.split(".")[-1].split(" ")[0]: number(value) for key, value in row.items()} for row in found]


def number(text: str) -> float:
    """The number that a text states, NaN where it states none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def front(power: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Which points no other point exceeds in both, in the order of the power."""
    order = np.argsort(-power, kind="stable")
    best = np.maximum.accumulate(np.r_[-np.inf, share[order][:-1]])
    return order[share[order] > best][::-1]


def draw(folder: Path, names: Collection[str]) -> None:
    """docs/open-question.png, and all points of all searches in docs/open-question.csv."""
    from matplotlib.colors import LogNorm

    from fvtransport.report.figures.style import panels, style

    families = {
        "uniform": "uniform density, any $x_\\mathrm{A}$",
        "equal": "mechanical equilibrium, $x_\\mathrm{A} = 0.5$",
        "any": "mechanical equilibrium, any $x_\\mathrm{A}$",
    }
    members = {family: tuple(name for name in SEARCHES if name.startswith(family)) for family in families}
    members["any"] += members["equal"]
    table(folder)
    with style():
        figure, axes = panels(3)
        for ax, (family, title) in zip(axes, families.items()):
            points = [row for name in members[family] for row in rows(folder / name)]
            power, share, period = (np.array(each) for each in zip(*[position(row) for row in points]))
            shown = (power > 1e-4) & (share > 1e-3)
            painted = ax.scatter(
                power[shown],
                share[shown],
                c=period[shown],
                s=9,
                norm=LogNorm(200, 12000),
                cmap="viridis",
                linewidths=0,
                zorder=2,
            )
            most = max(row["cooling_power"] for row in points)
            ax.axvline(most, color="0.5", linewidth=0.8, linestyle=(0, (4, 2)), zorder=0)
            ax.annotate(
                "largest, dT = 0",
                (most, 0.022),
                (-5, 0),
                textcoords="offset points",
                rotation=90,
                color="0.35",
                ha="right",
                fontsize=7,
            )
            best = front(power[shown], share[shown])
            ax.plot(power[shown][best], share[shown][best], color="black", linewidth=0.9, zorder=1)
            if family == "equal":
                paper = [position(row) for row in rows(folder / "paper")]
                ax.plot(
                    *zip(*[each[:2] for each in paper if each[1] > 0.0]),
                    "s-",
                    color="#D55E00",
                    markersize=3.5,
                    linewidth=0.8,
                    zorder=3,
                )
            ax.set(
                xscale="log",
                yscale="log",
                xlim=(1e-4, 0.06),
                ylim=(0.02, 30.0),
                title=title,
                xlabel="cooling power (reduced units)",
            )
        axes[0].set_ylabel("COP / Carnot  [%]")
        figure.colorbar(painted, ax=axes, label="duration of a cycle", pad=0.01)
        figure.savefig(HERE / "open-question.png")


def position(row: dict[str, float]) -> tuple[float, float, float]:
    """Cooling power, percentage of Carnot, duration of a cycle."""
    return row["cooling_power"], 100.0 * row["share"], row["Qc"] / row["cooling_power"]


VALUES = ("rise", "hold", "fall", "rest", "load", "m_B", "x_mean")
ANSWERS = (
    "Qc",
    "W",
    "cooling_power",
    "cop",
    "share",
    "entropy_given",
    "entropy_produced",
    "first_law",
    "balance_error",
)


def table(folder: Path) -> None:
    """Every point that converged of every search; what a search holds fixed stands in its options."""
    fixed = {"x_mean": 0.5, "load": 0.0}
    with (HERE / "open-question.csv").open("w", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(("search", *VALUES, *ANSWERS))
        for name in SEARCHES:
            for row in rows(folder / name):
                write.writerow([name, *(f"{row.get(key, fixed.get(key)):.6g}" for key in (*VALUES, *ANSWERS))])


def main() -> None:
    """Run the steps named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = {"search": search, "check": check, "draw": draw}
    parser.add_argument("steps", nargs="+", choices=steps)
    parser.add_argument("--folder", type=Path, default=Path("open_question_sweeps"), help="for the raw tables")
    parser.add_argument(
        "--only", nargs="+", default=(), choices=SEARCHES, help="these searches, or the best points of these"
    )
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for step in given.steps:
        steps[step](given.folder, given.only)


if __name__ == "__main__":
    main()
