"""What a plugin finds wrong or doubtful in its surroundings: one `validate` for every kind of plugin."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from .handles import Field

if TYPE_CHECKING:
    from .mixture import Mixture
    from .views import View

__all__ = ["Context", "Issue", "Severity", "first_mistake", "mistakes", "warnings"]


class Severity(Enum):
    """A mistake stops the case, a warning does not."""

    MISTAKE = "mistake"
    WARNING = "warning"


@dataclass(frozen=True)
class Issue:
    """One finding: what is wrong, the cure in words, and the parameter that it is about, '' where it is about none."""

    text: str
    cure: str = ""
    severity: Severity = Severity.MISTAKE
    parameter: str = ""

    @property
    def is_mistake(self) -> bool:
        """Whether it stops the case."""
        return self.severity is Severity.MISTAKE


@dataclass(frozen=True)
class Context:
    """What is known when a plugin is validated; a plugin says nothing about what is None or empty.

    A plugin is validated with its parameters alone when they have been read, and again with everything that the checker
    or the solver knows: `mixture` of the case; `field` that a boundary condition is for; `is_transient` for a run in
    time; `conditions` of the other fields on the same interface; `state`, a view of trial points at the initial state
    or of the state in which a solve found no finite number;
    `boundary_values`, prescribed on one boundary (numbers or arrays); `value`, the reading of an observable.
    """

    mixture: Mixture | None = None
    field: Field | None = None
    is_transient: bool | None = None
    state: View | None = None
    conditions: Mapping[Field, Any] = dataclasses.field(default_factory=dict)
    boundary_values: Mapping[Field, Any] = dataclasses.field(default_factory=dict)
    value: float | None = None


def mistakes(texts: Iterable[str], cure: str = "", parameter: str = "") -> list[Issue]:
    """One mistake for each text."""
    return [Issue(text, cure, Severity.MISTAKE, parameter) for text in texts]


def warnings(texts: Iterable[str], cure: str = "", parameter: str = "") -> list[Issue]:
    """One warning for each text."""
    return [Issue(text, cure, Severity.WARNING, parameter) for text in texts]


def first_mistake(issues: Iterable[Issue]) -> str:
    """Text of the first mistake, '' where there is none."""
    return next((issue.text for issue in issues if issue.is_mistake), "")
