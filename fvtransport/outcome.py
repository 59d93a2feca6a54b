"""How a solve ended, by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["NOT_FINITE", "Ending", "Outcome", "Stopped", "not_finite"]

NOT_FINITE = "a law, property or condition gave a number that is not finite"


class Outcome(StrEnum):
    """The endings of a solve; only `converged` is a success."""

    CONVERGED = "converged"
    STALLED = "stalled"
    LINEAR_FAILURE = "linear failure"
    NO_STEADY_STATE = "no steady state"
    UNSTABLE = "unstable"
    NON_FINITE = "non-finite"
    OUT_OF_RANGE = "out of physical range"
    TOO_MANY_STEPS = "too many steps"
    NOT_PERIODIC = "not periodic"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Ending:
    """An outcome with what is known of its cause and its cure."""

    outcome: Outcome
    message: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the solution may be trusted."""
        return self.outcome is Outcome.CONVERGED


class Stopped(Exception):
    """Raised inside a solver to end it with a named outcome; the last good state is kept by the caller."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.ending = Ending(outcome, message)


def not_finite(objection: str, where: str = "") -> Stopped:
    """The ending for want of a number; out of range where a property objects to the state, as a
    table does outside of it.
    """
    if objection:
        return Stopped(Outcome.OUT_OF_RANGE, f"{objection}{where}")
    return Stopped(Outcome.NON_FINITE, f"{NOT_FINITE}{where}")
