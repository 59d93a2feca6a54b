"""The result of a case: how it ended, what was observed, whether it balances and agrees with theory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ..audit.interfaces import interface_production, interface_totals
from ..audit.judge import audit_snapshots
from ..audit.reactions import reaction_production
from ..audit.surroundings import boundary_production
from ..audit.verdict import Audit, Finding, joined
from ..audit.watch import Watch
from ..case.model import Case, TransientSpec
from ..discretisation.build import Discretisation
from ..discretisation.snapshot import Snapshot
from ..discretisation.system import System
from ..model.observable import Observable
from ..outcome import Ending, Outcome
from ..solvers.cycles import CycleHistory, PhaseRecord
from ..solvers.solve import Solved
from .balance import BalanceLine, account
from .compare import ComparisonResult, compare
from .fields import shown_unit, snapshot_at
from .folder_format import FORMAT, KEY
from .messages import Messages, messages_of
from .observations import Observations
from .provenance import provenance, versions
from .readings import Reading, history_of, plain, reading_as_dict

__all__ = ["Result"]


@dataclass
class Result:
    """One solved (or stopped) case.

    snapshots are in order of time, the first is the start; a steady run has its steady state alone. counters are those
    of the solver, timing is in seconds, warnings are texts. cycle_history has what the phases of a protocol did.
    """

    case: Case
    system: System
    snapshots: list[Snapshot]
    ending: Ending
    counters: dict[str, int | float] = field(default_factory=dict)
    timing: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    cycle_history: CycleHistory | None = None
    watch: Watch = field(default_factory=Watch)

    @classmethod
    def of(
        cls, case: Case, discretised: Discretisation, solved: Solved, timing: Mapping[str, float] = {},
        watch: Watch | None = None,
    ) -> Result:  # fmt: skip
        """The result of a solve; watch is what was seen of its steps."""
        return cls(
            case,
            discretised.system,
            solved.snapshots,
            solved.ending,
            solved.counters,
            dict(timing),
            cycle_history=solved.cycle_history,
            watch=Watch() if watch is None else watch,
        )

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
        """The observables of the case by name, formulas of others last."""
        return self._observations.readings()

    @cached_property
    def _observations(self) -> Observations:
        return Observations(self.case, self.snapshots, self.ending.succeeded, self.cycle_history)

    @cached_property
    def protocol(self) -> dict[str, Any] | None:
        """Phases and cycles as plain data, one number for each cycle; None without a protocol."""
        tables = self._observations.tables
        return None if tables is None else plain(tables.summary(self.record_balances, self.rtol))

    @cached_property
    def record_balances(self) -> list[tuple[PhaseRecord, list[BalanceLine]]]:
        """The balance of every conserved quantity over every phase and cycle that was completed."""
        tables = self._observations.tables
        return [] if tables is None else tables.lines(self.snapshots)

    @cached_property
    def balance(self) -> list[BalanceLine]:
        """One account per conserved quantity."""
        return account(self.system, self.snapshots)

    @property
    def balances(self) -> bool:
        """Whether every account closes."""
        lines = [*self.balance, *(line for _, account in self.record_balances for line in account)]
        return bool(self.balance) and all(line.closes(self.rtol) for line in lines)

    @property
    def exit_code(self) -> int:
        """That of the command line: 3 not solved (130 when stopped), 4 balance or comparison failed, 0 all is well."""
        if not self.ending.succeeded:
            return 130 if self.ending.outcome is Outcome.INTERRUPTED else 3
        agrees = self.comparison is None or self.comparison.passed
        return 0 if agrees and self.balances and not self.refused else 4

    @cached_property
    def audit(self) -> Audit | None:
        """Every rule of thermodynamics held against every snapshot, under the laws of its phase; None where the audit
        is off or the mixture states no metric.
        """
        if self.case.protocol is None:
            return audit_snapshots(self.snapshots, self.case.audit, self.watch.findings()) if self.snapshots else None
        audits = {}
        for phase in self.case.protocol.phases:
            own = [each for each in self.snapshots if each.occurrence and each.occurrence.phase == phase.name]
            between = self.watch.findings(phase.name)
            audits[phase.name] = audit_snapshots(own, phase.case.audit, between) if own else None
        return joined(audits)

    @property
    def refused(self) -> tuple[Finding, ...]:
        """What `audit: strict` refuses in this run; empty where no audit is strict."""
        return () if self.audit is None else self.audit.refused

    def entropy_production(self, snapshot: Snapshot) -> dict[str, np.ndarray]:
        """Entropy production per volume on the faces, by law, at a snapshot; empty where nothing is audited."""
        if self.audit is None:
            return {}
        with np.errstate(all="ignore"):
            return snapshot.fluxes.entropy_production

    @cached_property
    def entropy_production_by_law(self) -> dict[str, float]:
        """Entropy production of each law, reaction and interface condition in the whole domain, at the end."""
        if self.audit is None or not self.snapshots:
            return {}
        parts, volume = self.entropy_production(self.snapshots[-1]), self.system.geometry.faces.volume
        by_law = {name: float(density @ volume) for name, density in parts.items()}
        by_law |= self._entropy_of_reactions(self.snapshots[-1])
        return by_law | interface_production(self.snapshots[-1])

    def _entropy_of_reactions(self, snapshot: Snapshot) -> dict[str, float]:
        """Integral over the domain of what opposed rates produce, by law."""
        found = reaction_production(snapshot.system, snapshot.t, snapshot.values)
        return {name: float(density @ snapshot.volumes) for name, density in found.items()}

    @cached_property
    def comparison(self) -> ComparisonResult | None:
        """Errors against the closed form at the end and at the explicit times; None where the case names none."""
        requested = self.case.comparison
        if requested is None:
            return None
        if not self.ending.succeeded:
            message = f"not compared, because the run ended as: {self.ending.outcome.value}"
            return ComparisonResult(requested.name, requested.tolerance, message=message)
        readings = {name: reading.value for name, reading in self.observables.items()}
        return compare(requested, self.compared, readings)

    @cached_property
    def compared(self) -> list[Snapshot]:
        """The snapshots at the explicit times of `solve:` and at the end."""
        times = self.case.solve.times if isinstance(self.case.solve, TransientSpec) else ()
        selection = {id(s): s for t in times if (s := snapshot_at(self.snapshots, t)) is not None}
        selection.update({id(s): s for s in self.snapshots[-1:]})
        return sorted(selection.values(), key=lambda snapshot: snapshot.t)

    def history(self, observable: Observable) -> np.ndarray:
        """An observable at every snapshot."""
        return history_of(observable, self.snapshots)

    def summary(self) -> dict[str, Any]:
        """Plain data, exactly what `summary.json` and `--format json` hold; numbers that are not finite become None."""
        comparison, units = self.comparison, self.case.units
        return plain(
            {
                KEY: FORMAT,
                "status": self.ending.outcome.value,
                "message": self.ending.message,
                "title": self.case.title,
                "case": self.case.path.name,
                "observables": {name: reading_as_dict(reading) for name, reading in self.observables.items()},
                "comparison": comparison and comparison.as_dict(),
                "balance": {line.name: line.as_dict(shown_unit(line.unit, units), self.rtol) for line in self.balance},
                **({} if self.protocol is None else {"protocol": self.protocol}),
                "audit": self._audit(),
                "timing": {**self.timing, **self.counters},
                **self.messages.as_dict(),
                "versions": versions(),
                "provenance": provenance(self.case),
            }
        )

    @property
    def messages(self) -> Messages:
        """Warnings of the case file, of the audit, of the observables and of the run, and remarks."""
        found = [*self._observations.warnings(self.observables), *self.warnings]
        return messages_of(self.case, self.audit, found, self._not_compared())

    def _not_compared(self) -> list[str]:
        """A remark on what the closed form gives and the case does not have."""
        if self.comparison is None or not self.comparison.not_compared:
            return []
        names = ", ".join(self.comparison.not_compared)
        return [f"{self.comparison.solution} also gives {names}, which the case does not have: not compared"]

    def _audit(self) -> dict[str, Any] | None:
        found = self.audit
        if found is None:
            return None
        by_law = self.entropy_production_by_law
        production: dict[str, Any] = {
            "unit": shown_unit("W/K", self.case.units),
            "total": sum(by_law.values()),
            "by_law": by_law,
        }
        if self.snapshots and (boundaries := boundary_production(self.snapshots[-1])):
            production["boundaries"] = boundaries
        if totals := interface_totals(self.snapshots[-1]) if self.snapshots else {}:
            production["interfaces"] = totals
        between = self.watch.as_dict()
        return {**found.as_dict(), "between_outputs": between, "entropy_production": production}
