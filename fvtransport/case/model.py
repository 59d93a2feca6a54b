"""A checked case: every name resolved, every number in SI or reduced units, every plugin made."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from ..errors import Mark, Problem
from ..mesh.spec import MeshSpec
from ..model.boundary import Boundary
from ..model.handles import Field, Shared
from ..model.interface import Interface
from ..model.law import Law
from ..model.mixture import Mixture
from ..model.observable import Observable
from ..model.property import Property
from ..model.registry import Registry
from ..model.solution import Solution
from .audit_spec import WARN, AuditSpec
from .expected_warning import ExpectedWarning
from .text.expressions import CompiledExpression
from .text.units import UnitSystem
from .text.yaml_tree import Node, locate

__all__ = [
    "CYCLE", "Case", "Comparison", "ConditionEntry", "Derived", "InterfaceEntry", "Observed", "Phase",
    "PhaseOccurrence", "Protocol", "SteadySpec", "TransientSpec",
]  # fmt: skip


@dataclass(frozen=True)
class ConditionEntry:
    """One boundary condition of the case; is_default when it comes from `boundaries: {default: ...}`."""

    name: str
    condition: Boundary
    is_default: bool = False


@dataclass(frozen=True)
class InterfaceEntry:
    """One condition between two regions."""

    name: str
    condition: Interface
    is_default: ClassVar[bool] = False  # no default stands for interfaces


@dataclass(frozen=True)
class TransientSpec:
    """`solve: {transient: ...}`: until and times in s; samples are profiles kept for history and figures."""

    until: float
    start: float = 0.0
    rtol: float = 1e-6
    max_steps: int = 100_000
    max_step: float = 0.0
    times: tuple[float, ...] = ()
    samples: int = 30


@dataclass(frozen=True)
class SteadySpec:
    """`solve: steady` or `{steady: {mean: {x_A: 0.5}}}`; means fix fields whose fluxes are all imposed."""

    means: Mapping[Field, float] = field(default_factory=dict)
    max_iterations: int = 60


class Reduction(enum.Enum):
    """What is computed from the history of an observable, in place of its value at a time."""

    MAX = "max"
    MIN = "min"
    ARGMAX = "argmax"
    ARGMIN = "argmin"
    FIRST_ZERO = "first_zero"

    @property
    def is_time(self) -> bool:
        """Whether it is a time."""
        return self in (Reduction.ARGMAX, Reduction.ARGMIN, Reduction.FIRST_ZERO)


@dataclass(frozen=True)
class Observed:
    """One entry of `observe:`; times is None for the end of the run only; reduction is applied to its history.

    over is the phase of a protocol, or the cycle, over whose last occurrence the change of the observable is taken, per
    time where is_mean; empty for the observable itself.
    """

    name: str
    plugin: str
    observable: Observable
    times: tuple[float, ...] | None = None
    over: str = ""
    is_mean: bool = False
    reduction: Reduction | None = None


@dataclass(frozen=True)
class Derived:
    """One entry of `observe:` that is a formula of others; with over, of their changes in that phase or cycle."""

    name: str
    expression: CompiledExpression
    unit: str = ""
    over: str = ""
    is_mean: bool = False


@dataclass(frozen=True)
class Comparison:
    """The `compare:` block: a closed form and the largest relative error that passes."""

    name: str
    solution: Solution
    tolerance: float


@dataclass(frozen=True)
class Case:
    """Everything the engine needs, and where it came from.

    resolved is plain data for `case.yaml` in the result folder: overrides applied, defaults written out. derived
    are the observables that are formulas of others, each after those that it names; interfaces are by the names of
    their left and right regions. With a protocol, properties, laws, conditions and audit are those of its first phase.
    """

    path: Path
    title: str
    units: UnitSystem
    parameters: Mapping[str, float]
    mesh: MeshSpec
    mixture_name: str
    mixture: Mixture
    properties: Mapping[Shared, Property]
    laws: Mapping[str, Law]
    initial: Mapping[Field, Property]
    boundaries: Mapping[str, Mapping[Field, ConditionEntry]]
    solve: TransientSpec | SteadySpec
    observe: tuple[Observed, ...]
    comparison: Comparison | None
    registry: Registry
    warnings: tuple[Problem, ...] = ()
    resolved: Mapping[str, Any] = field(default_factory=dict)
    overrides: tuple[str, ...] = ()
    audit: AuditSpec = WARN
    expects: tuple[ExpectedWarning, ...] = ()
    root: Node | None = None
    derived: Mapping[str, Derived] = field(default_factory=dict)
    protocol: Protocol | None = None
    interfaces: Mapping[tuple[str, str], Mapping[Field, InterfaceEntry]] = field(default_factory=dict)

    def mark(self, *path: str | int, key: bool = False) -> Mark:
        """The place of the value at a path from the top of the file; its first line for a case made by hand."""
        return Mark(str(self.path), 1, 1) if self.root is None else locate(self.root, path, key=key)

    @property
    def phase_cases(self) -> tuple[Case, ...]:
        """The case of every phase of the protocol; without one, this case."""
        return (self,) if self.protocol is None else tuple(phase.case for phase in self.protocol.phases)

    @property
    def is_steady(self) -> bool:
        """Whether the steady state is asked for, and not a run in time."""
        return isinstance(self.solve, SteadySpec)

    @property
    def steady(self) -> SteadySpec:
        """`solve:` of a steady case; TypeError where the case runs in time."""
        if not isinstance(self.solve, SteadySpec):
            raise TypeError(f"{self.path}: the case runs in time")
        return self.solve

    @property
    def transient(self) -> TransientSpec:
        """`solve:` of a run in time; TypeError where the case is steady."""
        if not isinstance(self.solve, TransientSpec):
            raise TypeError(f"{self.path}: the case is steady")
        return self.solve

    @cached_property
    def is_linearised(self) -> bool:
        """Whether a law is linearised about a state; fields may then leave their physical range."""
        return any(law.is_linearised for law in self.laws.values())


CYCLE = "cycle"
"""The name of a whole cycle of a protocol in `over:`; no phase can have this name."""


@dataclass(frozen=True)
class Phase:
    """A whole case that applies for a duration [s]; changes names the blocks that the phase overrides."""

    name: str
    duration: float
    case: Case
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Protocol:
    """Phases in turn, repeated a number of times or, with a tolerance, until the state is periodic, at most that often.

    tolerance is the largest change of the state from one cycle to the next, each field relative to its size.
    """

    phases: tuple[Phase, ...]
    cycles: int = 1
    tolerance: float | None = None

    @property
    def period(self) -> float:
        """Duration of a cycle [s]."""
        return math.fsum(phase.duration for phase in self.phases)

    @property
    def records(self) -> tuple[str, ...]:
        """The names over which an observable can be taken: the phases, and the cycle."""
        return (*(phase.name for phase in self.phases), CYCLE)

    def edges(self, start: float, cycle: int) -> list[float]:
        """The times at which the phases of a cycle (0, 1, ...) begin, and at which the last one ends [s]."""
        begin = start + cycle * self.period
        ends = [begin + math.fsum(each.duration for each in self.phases[:n]) for n in range(len(self.phases))]
        return [*ends, start + (cycle + 1) * self.period]

    def duration(self, record: str) -> float:
        """Duration of a phase, or of the cycle [s]."""
        return next((phase.duration for phase in self.phases if phase.name == record), self.period)


@dataclass(frozen=True)
class PhaseOccurrence:
    """The present phase of a run by name, and its cycle counted from 1."""

    phase: str
    cycle: int
