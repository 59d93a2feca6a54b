"""Small cases made by hand, so that tests of results need no case file."""

from __future__ import annotations

import functools
import importlib
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from fvtransport.plugins import handles as q
from fvtransport.plugins.boundaries.dirichlet import Dirichlet
from fvtransport.plugins.laws.conduction import Conduction
from fvtransport.plugins.laws.fick import Fick
from fvtransport.plugins.laws.soret_dufour import SoretDufour
from fvtransport.plugins.mixtures.binary import Binary

import fvtransport as fv
from fvtransport import Constant, NoFlux
from fvtransport.case.model import Case, Comparison, ConditionEntry, Observed, SteadySpec, TransientSpec
from fvtransport.case.text.units import UnitSystem
from fvtransport.discretisation.build import build
from fvtransport.mesh.fipy_mesh import import_fipy
from fvtransport.mesh.spec import Axis, MeshSpec
from fvtransport.model.registry import Registry
from fvtransport.results.result import Result
from fvtransport.solvers.solve import solve

MESHED_BY_GMSH = ("annulus", "eccentric_tube")
"""Shipped cases, by the end of their names."""
PUMP_HEAT = 0.13657 * 100 * 0.035 * 40 / 6


class HeatFrom(fv.Observable):
    """Heat drawn from the surroundings at a boundary since the start."""

    unit = "J"
    needs_time = True
    boundary: str = fv.parameter(meaning="boundary")

    def measure(self, snapshot) -> float:
        return -snapshot.cumulative_outflow(q.energy, self.boundary)


class Flow(fv.Observable):
    """Rate at which the first species leaves through a boundary."""

    unit = "mol/s"
    boundary: str = fv.parameter(meaning="boundary")

    def measure(self, snapshot) -> float:
        return snapshot.outflow(snapshot.system.balances[0], self.boundary)


class PumpHeat(fv.Solution):
    """Heat that the linear pump draws in full."""

    def observables(self):
        return {"Qc_total": PUMP_HEAT}


class Linear(fv.Solution):
    """x_A = 0.9 - 0.8 x / L."""

    length: float = fv.parameter(2.0, meaning="length")
    offset: float = fv.parameter(0.0, meaning="what makes it wrong")

    def fields(self, x, t):
        return {"x_A": 0.9 - 0.8 * x / self.length + self.offset, "x_B": 0.1 + 0.8 * x / self.length - self.offset}

    def observables(self):
        return {"flow": 40.0 * 2.0e-5 * 0.8 / 2.0 * 3.0, "unasked": 1.0}


class Profile(fv.Property):
    """The start of the linear pump, and a name of its own."""

    def __call__(self, at):
        return 0.5 + 0.5 * 0.035 * (20.0 - at[fv.COORDINATES[0]])


def make_registry(*extra: type) -> Registry:
    """Built-in plugins and those of a test."""
    registry = Registry.installed()
    for cls in extra:
        registry.add(cls.__name__.lower(), cls, "tests/conftest.py")
    return registry


def pump_case(**changes) -> Case:
    """The linear heat pump of 40 cells, coupled through Soret and Dufour."""
    mixture = Binary(species=("A", "B"), concentration=Constant(value=0.1))
    first = mixture.mole_fractions[0]
    bath, closed = (
        ConditionEntry("dirichlet", Dirichlet(value=Constant(value=1.0))),
        ConditionEntry("no_flux", NoFlux(), True),
    )
    boundary = {q.temperature: bath, first: closed}
    values = {
        q.diffusivity: 2.11972252,
        q.conductivity: 0.435691287,
        q.thermal_diffusion_coefficient: -1.15796202,
        q.heat_capacity: 0.2,
    }
    linear = fv.State(((q.temperature, 1.0), (first, 0.5)))
    parts = dict(
        path=Path("pump.yaml"),
        title="Heat pump, mixing",
        units=UnitSystem("reduced"),
        parameters={},
        mesh=MeshSpec("Grid1D", (Axis("x", 40.0, 40),), 25.0, ("left", "right")),
        mixture_name="binary",
        mixture=mixture,
        properties={handle: Constant(value=value) for handle, value in values.items()},
        laws={"conduction": Conduction(), "fick": Fick(), "soret_dufour": SoretDufour(linearised_at=linear)},
        initial={q.temperature: Constant(value=1.0), first: Profile()},
        boundaries={"left": boundary, "right": boundary},
        solve=TransientSpec(until=3000.0, rtol=1e-8, times=(50.0, 200.0, 500.0), samples=40),
        observe=(
            Observed("Qc", "heatfrom", HeatFrom(boundary="right"), (50.0, 200.0, 500.0, 1000.0, 3000.0)),
            Observed("Qc_total", "heatfrom", HeatFrom(boundary="right")),
        ),
        comparison=None,
        registry=make_registry(HeatFrom, PumpHeat),
        resolved={"title": "Heat pump, mixing", "mesh": {"type": "Grid1D", "cells": np.int64(40)}, "rtol": 1e-8},
    )
    return Case(**{**parts, **changes})


def slab_case(**changes) -> Case:
    """Equimolar counterdiffusion through a slab at 300 K, steady, in SI units."""
    mixture = Binary(species=("A", "B"), concentration=Constant(value=40.0), temperature=300.0)
    first = mixture.mole_fractions[0]

    def fixed(value: float) -> dict:
        return {first: ConditionEntry("dirichlet", Dirichlet(value=Constant(value=value)))}

    parts = dict(
        path=Path("slab.yaml"),
        title="Slab",
        units=UnitSystem("SI"),
        parameters={},
        mesh=MeshSpec("Grid1D", (Axis("x", 2.0, 10),), 3.0, ("left", "right")),
        mixture_name="binary",
        mixture=mixture,
        properties={q.diffusivity: Constant(value=2.0e-5)},
        laws={"fick": Fick()},
        initial={},
        boundaries={"left": fixed(0.9), "right": fixed(0.1)},
        solve=SteadySpec(),
        observe=(Observed("flow", "flow", Flow(boundary="right")),),
        comparison=Comparison("linear", Linear(), 1e-9),
        registry=make_registry(Flow, Linear),
        resolved={"title": "Slab"},
    )
    return Case(**{**parts, **changes})


def run(case: Case) -> Result:
    """Build and solve, as the public door does after the text has been checked."""
    problem = build(case)
    solved = solve(case, problem)
    timing = {"build_s": 0.1, "solve_s": 0.2}
    return Result(case, problem.system, solved.snapshots, solved.ending, solved.counters, timing)


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """What tests make results with: cases by hand, how to run them, a closed form that can be put wrong."""
    return SimpleNamespace(pump=pump_case, slab=slab_case, run=run, Linear=Linear, heat=PUMP_HEAT)


@pytest.fixture(scope="session")
def solved_pump() -> Result:
    """The pump, solved once; leave it as it is."""
    return run(pump_case(comparison=Comparison("pumpheat", PumpHeat(), 1e-3)))


@pytest.fixture(scope="session")
def solved_slab() -> Result:
    """The slab, solved once; leave it as it is."""
    return run(slab_case())


@pytest.fixture
def pump(solved_pump: Result) -> Result:
    """The solved pump in a result of its own, that a test may tamper with."""
    return _copied(solved_pump)


@pytest.fixture
def slab(solved_slab: Result) -> Result:
    """The solved slab, likewise."""
    return _copied(solved_slab)


def _copied(result: Result) -> Result:
    return replace(
        result,
        snapshots=list(result.snapshots),
        counters=dict(result.counters),
        timing=dict(result.timing),
        warnings=[],
    )


@pytest.fixture
def run_text(tmp_path):
    """A function that writes a case, runs it through the public door and returns the result."""

    def run(text: str, *overrides: str) -> Result:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        return fv.run(path, overrides)

    return run


@pytest.fixture
def complaints(tmp_path):
    """A function that writes a case and returns what is wrong with it, one text per mistake."""

    def of(text: str, *overrides: str) -> list[str]:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(fv.CaseError) as caught:
            fv.check(path, overrides)
        return [problem.render() for problem in caught.value.problems if not problem.warning]

    return of


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """One seed for all processes; that of the command line where one is given."""
    given = getattr(config, "workerinput", {}).get("hypothesis_seed") or config.option.hypothesis_seed
    config.option.hypothesis_seed = given or str(random.SystemRandom().randrange(1, 2**32))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """The seed goes to the processes of pytest-xdist."""
    node.workerinput["hypothesis_seed"] = node.config.option.hypothesis_seed


def pytest_report_header(config: pytest.Config) -> str:
    """How to repeat the run."""
    return f"seeds: --hypothesis-seed={config.option.hypothesis_seed}; those of NumPy are written in the tests"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that need Gmsh are skipped where the extra is absent or lacks its system libraries."""
    case = item.callspec.id if hasattr(item, "callspec") else ""
    meshed = item.path.parent.name == "cases" and any(part in MESHED_BY_GMSH for part in re.split(r"[-/]", case))
    needed = "gmsh" in item.keywords or meshed
    if needed and not _gmsh_works():
        pytest.skip("the extra [gmsh] is absent, or lacks the system libraries that docs/meshes.md names")
    if needed:
        _keep_version_of_gmsh()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """In CI a skipped test has failed."""
    return _never_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    """In CI a skipped file has failed."""
    return _never_skipped((yield))


def _never_skipped(report: pytest.TestReport | pytest.CollectReport):
    if report.skipped and os.environ.get("CI"):
        report.outcome, report.longrepr = "failed", f"skipped, which CI does not allow: {report.longrepr[2]}"
    return report


@functools.cache
def _keep_version_of_gmsh() -> None:
    """FiPy asks a new process for the version of Gmsh before every mesh; here the first answer is kept."""
    import_fipy()
    gmsh_mesh = importlib.import_module("fipy.meshes.gmshMesh")
    gmsh_mesh._gmshVersion = functools.cache(gmsh_mesh._gmshVersion)


@functools.cache
def _gmsh_works() -> bool:
    program = Path(sys.executable).parent / "gmsh"
    try:
        return subprocess.run([sys.executable, program, "--version"], capture_output=True, timeout=60).returncode == 0
    except OSError:
        return False
