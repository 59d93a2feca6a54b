"""Outcomes of a solve."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["NOT_FINITE", "Ending", "Outcome", "Stopped", "not_finite"]

NOT_FINITE = "a law, property or boundary condition returned a value that is not finite"


class Outcome(StrEnum):
    """The possible outcomes of a solve; only `converged` is a success."""

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
    """An outcome with a message on its cause and on possible remedies."""

    outcome: Outcome
    message: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the solve converged, so that the solution is valid."""
        return self.outcome is Outcome.CONVERGED


class Stopped(Exception):
    """Raised inside a solver to end it with an outcome; the caller keeps the last accepted state."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.ending = Ending(outcome, message)


def not_finite(range_error: str, where: str = "") -> Stopped:
    """The exception for a value that is not finite.

    The outcome is "out of range" if a property reports, by range_error, that it is not defined for the state.
    """
    if range_error:
        return Stopped(Outcome.OUT_OF_RANGE, f"{range_error}{where}")
    return Stopped(Outcome.NON_FINITE, f"{NOT_FINITE}{where}")
