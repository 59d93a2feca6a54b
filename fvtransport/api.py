"""A run in one function: load, check, build and solve a case; the result observes, compares and reports."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

from .case.checks.checked_case import load as load_case
from .case.model import Case
from .results.read import LoadedResult, read
from .results.result import Result

__all__ = ["check", "load", "run"]


def check(path: str | PathLike[str], overrides: Sequence[str] = (), *, allow_geo: bool = False) -> Case:
    """Read and check a case file; overrides are texts such as "mesh.cells=400". Raises CaseError with every mistake.

    allow_geo: Gmsh executes everything that a .geo file says, commands of the system included.
    """
    return load_case(path, [overrides] if isinstance(overrides, str) else overrides, allow_geo=allow_geo)


def run(
    path: str | PathLike[str] | Case,
    overrides: Sequence[str] = (),
    progress: Callable[[Any], None] | None = None,
    *,
    allow_geo: bool = False,
) -> Result:
    """Solve a case. The result's `ending` names the outcome; nothing is written to disk. allow_geo: see `check`.

    Raises CaseError where the equations are singular at the initial state.
    """
    from .audit.watch import Watch
    from .discretisation.build import build
    from .discretisation.well_posed import refuse_singular
    from .solvers.solve import solve

    case = path if isinstance(path, Case) else check(path, overrides, allow_geo=allow_geo)
    begin = time.perf_counter()
    discretised = build(case)
    refuse_singular(case, discretised)
    built = time.perf_counter()
    watch = Watch()
    is_audited = any(each.audit.is_on for each in case.phase_cases)
    solved = solve(case, discretised, progress, watch.see if is_audited else None)
    timing = {"build_s": built - begin, "solve_s": time.perf_counter() - built}
    result = Result.of(case, discretised, solved, timing, watch)
    result.warnings.extend(discretised.warnings)
    return result


def load(directory: str | PathLike[str], *, allow_geo: bool = False) -> LoadedResult:
    """Read a result folder back; StoreError where it is none. allow_geo: see `check`."""
    return read(Path(directory), partial(check, allow_geo=allow_geo))
