"""The answer to a case: how it ended, what was observed, whether it balances and agrees with theory."""

from __future__ import annotations

import hashlib
import importlib.metadata
import math
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from .audit import Audit, audit
from .balance import BalanceLine, account
from .case.model import Case, TransientSpec
from .compare import ComparisonResult, compare
from .entropy import entropy_by_law
from .interfaces import Observable
from .observe import Snapshot
from .outcome import Ending, Outcome
from .parameters import Declared
from .profiles import shown_unit, snapshot_at
from .system import System

__all__ = ["Reading", "Result", "plain"]

_PACKAGES = ("fvtransport", "fipy", "numpy", "scipy", "scikit-sundae")


@dataclass(frozen=True)
class Reading:
    """What an observable says: a list where several times were asked for.

    NaN at times that were not reached, and in place of the end of a run that did not end well.
    """

    value: float | list[float]
    unit: str
    times: list[float] | None = None


@dataclass
class Result:
    """One solved (or stopped) case.

    snapshots are in order of time, the first is the start; a steady run has its steady state alone. counters are those
    of the solver, timing is in seconds, warnings are texts.
    """

    case: Case
    system: System
    snapshots: list[Snapshot]
    ending: Ending
    counters: dict[str, int | float] = field(default_factory=dict)
    timing: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def is_steady(self) -> bool:
        """Whether the case asks for a steady state."""
        return not isinstance(self.case.solve, TransientSpec)

    @property
    def rtol(self) -> float:
        """Relative tolerance of the integration in time; 0 in a steady run."""
        return self.case.solve.rtol if isinstance(self.case.solve, TransientSpec) else 0.0

    @cached_property
    def observables(self) -> dict[str, Reading]:
        """The observables of the case by name."""
        return {observed.name: self._read(observed.observable, observed.times) for observed in self.case.observe}

    @cached_property
    def balance(self) -> list[BalanceLine]:
        """One account per conserved quantity."""
        return account(self.system, self.snapshots)

    @property
    def balances(self) -> bool:
        """Whether every account closes."""
        return bool(self.balance) and all(line.closes(self.rtol) for line in self.balance)

    @property
    def exit_code(self) -> int:
        """That of the command line: 3 not solved (130 when stopped), 4 balance or comparison failed, 0 all is well."""
        if not self.ending.succeeded:
            return 130 if self.ending.outcome is Outcome.INTERRUPTED else 3
        agrees = self.comparison is None or self.comparison.passed
        allowed = self.case.audit != "strict" or self.audit is None or not self.audit.violations
        return 0 if agrees and self.balances and allowed else 4

    @cached_property
    def audit(self) -> Audit | None:
        """Reciprocity and second law at the start, the explicit times and the end; None where it is off or impossible."""
        if self.case.audit == "off":
            return None
        chosen = {id(s): s for s in [*self.snapshots[:1], *self.compared]}
        return audit(self.system, [(snapshot.t, snapshot.values) for snapshot in chosen.values()])

    def entropy_production(self, snapshot: Snapshot) -> dict[str, np.ndarray]:
        """Entropy production per volume on the faces, by law, at a snapshot; empty where nothing is audited."""
        if self.audit is None:
            return {}
        with np.errstate(all="ignore"):
            return entropy_by_law(self.system, snapshot.t, snapshot.values, snapshot.exchange)

    @cached_property
    def entropy_production_by_law(self) -> dict[str, float]:
        """Integral over the domain of the entropy production of each law, at the end."""
        parts = self.entropy_production(self.snapshots[-1]) if self.snapshots else {}
        return {name: float(density @ self.system.geometry.faces.span) for name, density in parts.items()}

    @cached_property
    def comparison(self) -> ComparisonResult | None:
        """Errors against the closed form at the end and at the explicit times; None where the case names none."""
        asked = self.case.comparison
        if asked is None:
            return None
        if not self.ending.succeeded:
            message = f"not compared, for the run ended as: {self.ending.outcome.value}"
            return ComparisonResult(asked.name, asked.tolerance, message=message)
        readings = {name: reading.value for name, reading in self.observables.items()}
        return compare(asked, self.compared, readings)

    @cached_property
    def compared(self) -> list[Snapshot]:
        """The snapshots at the explicit times of `solve:` and at the end."""
        times = self.case.solve.times if isinstance(self.case.solve, TransientSpec) else ()
        chosen = {id(s): s for t in times if (s := snapshot_at(self.snapshots, t)) is not None}
        chosen.update({id(s): s for s in self.snapshots[-1:]})
        return sorted(chosen.values(), key=lambda snapshot: snapshot.t)

    def history(self, observable: Observable) -> np.ndarray:
        """An observable at every snapshot."""
        return np.array([float(observable.measure(snapshot)) for snapshot in self.snapshots])

    def summary(self) -> dict[str, Any]:
        """Plain data, exactly what `summary.json` and `--format json` hold; numbers that are not finite become None."""
        comparison = self.comparison
        return plain(
            {
                "status": self.ending.outcome.value,
                "message": self.ending.message,
                "title": self.case.title,
                "case": self.case.path.name,
                "observables": {name: _reading(reading) for name, reading in self.observables.items()},
                "comparison": comparison and comparison.as_dict(),
                "balance": {line.name: self._balance(line) for line in self.balance},
                "audit": self._audit(),
                "timing": {**self.timing, **self.counters},
                "warnings": self.all_warnings(),
                "versions": versions(),
                "provenance": self._provenance(),
            }
        )

    def all_warnings(self) -> list[str]:
        """Warnings of the case file, of the audit, of the comparison and of the run."""
        texts = [problem.render().partition("\n")[0] for problem in self.case.warnings]
        if self.comparison is not None and self.comparison.not_compared:
            names = ", ".join(self.comparison.not_compared)
            texts.append(f"{self.comparison.solution} also gives {names}, which the case does not have: not compared")
        texts += [] if self.audit is None else self.audit.violations
        return [*texts, *self.warnings]

    def _read(self, observable: Observable, times: tuple[float, ...] | None) -> Reading:
        unit = shown_unit(observable.unit_for(self.system.medium), self.case.units)
        if times is None:
            return Reading(_measure(observable, self.snapshots[-1] if self.ending.succeeded else None), unit)
        values = [_measure(observable, snapshot_at(self.snapshots, t)) for t in times]
        return Reading(values[0] if len(values) == 1 else values, unit, list(times))

    def _balance(self, line: BalanceLine) -> dict[str, Any]:
        return {
            "unit": shown_unit(line.unit, self.case.units),
            **({} if line.stored is None else {"stored": line.stored}),
            "left_through": line.left_through,
            "produced": line.produced,
            "error": line.error,
            "relative_error": line.relative_error,
            "instant_relative_error": line.instant_relative_error,
            "closes": line.closes(self.rtol),
        }

    def _audit(self) -> dict[str, Any] | None:
        found = self.audit
        if found is None:
            return None
        by_law = self.entropy_production_by_law
        production = {"unit": shown_unit("W/K", self.case.units), "total": sum(by_law.values()), "by_law": by_law}
        return {**found.as_dict(), "entropy_production": production}

    def _provenance(self) -> dict[str, Any]:
        path = self.case.path
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
        used = {type(inner) for part in _parts(self.case) for inner in _within(part)}
        plugins = {f"{e.kind} {e.name}": e.origin for e in self.case.registry if e.cls in used}
        return {"case_sha256": digest, "overrides": self.case.overrides, "plugins": plugins}


def versions() -> dict[str, str]:
    """Versions of this package, of those that do the numerical work, and of Python."""
    return {**{name: _version(name) for name in _PACKAGES}, "python": platform.python_version()}


def plain(value: Any) -> Any:
    """Nested data with plain Python numbers only, ready for strict JSON: NaN and infinities become None."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if math.isfinite(value) else None
    return value if value is None else str(value)


def _measure(observable: Observable, snapshot: Snapshot | None) -> float:
    return float("nan") if snapshot is None else float(observable.measure(snapshot))


def _reading(reading: Reading) -> dict[str, Any]:
    times = {} if reading.times is None else {"times": reading.times}
    return {"value": reading.value, "unit": reading.unit, **times}


def _parts(case: Case) -> Iterator[Any]:
    yield case.mixture
    yield from case.properties.values()
    yield from case.laws.values()
    yield from case.initial.values()
    yield from (condition.boundary for wall in case.boundaries.values() for condition in wall.values())
    yield from (observed.observable for observed in case.observe)
    if case.comparison is not None:
        yield case.comparison.solution


def _within(part: Any) -> Iterator[Any]:
    """A plugin and those that it holds, such as the coefficient of a boundary condition."""
    if isinstance(part, Declared):
        yield part
        for name in type(part).model_fields:
            yield from _within(getattr(part, name))


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"
