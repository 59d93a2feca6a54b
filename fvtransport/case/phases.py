"""The protocol of a checked case: phases in turn, each a whole case of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Case

__all__ = ["CYCLE", "Phase", "Protocol", "Stage"]

CYCLE = "cycle"
"""What `over:` calls a whole cycle of a protocol; no phase can have this name."""


@dataclass(frozen=True)
class Phase:
    """A whole case that holds for a duration [s]; changes has what the phase overrides, `solve` is its first occurrence."""

    name: str
    duration: float
    case: Case
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Protocol:
    """Phases in turn, repeated a number of times or, with a tolerance, until the state repeats itself, that often at most.

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
    def spans(self) -> tuple[str, ...]:
        """What an observable can be taken over: the phases by name, and the cycle."""
        return (*(phase.name for phase in self.phases), CYCLE)

    def edges(self, start: float, cycle: int) -> list[float]:
        """The times at which the phases of a cycle (0, 1, ...) begin, and at which the last one ends [s]."""
        begin = start + cycle * self.period
        ends = [begin + math.fsum(each.duration for each in self.phases[:n]) for n in range(len(self.phases))]
        return [*ends, start + (cycle + 1) * self.period]

    def duration(self, span: str) -> float:
        """Duration of a phase, or of the cycle [s]."""
        return next((phase.duration for phase in self.phases if phase.name == span), self.period)


@dataclass(frozen=True)
class Stage:
    """Where a run stands in its protocol: the phase by name, the cycle counted from 1."""

    phase: str
    cycle: int
