"""Mistakes collected while a case is checked, and how reading stops at a value that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from ...errors import CaseError, Mark, PluginError, Problem, culprit, nearest
from .renamed import KEYS, VALUES
from .yaml_tree import Node, Scalar

__all__ = ["Diagnostics", "InvalidValue", "kind_of", "part_of", "unknown"]

T = TypeVar("T")


class InvalidValue(ValueError):
    """A value cannot be read; without problems where the cause is already reported elsewhere."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class Diagnostics:
    """Everything found in one case so far.

    failures are checks that ended in an exception, each with its name; skipped names the checks that were not made,
    because they need something that could not be read.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.failures: list[tuple[str, Exception]] = []
        self.skipped: list[str] = []
        self._unread = 0

    @property
    def losses(self) -> int:
        """How many mistakes there are and how many values could not be read; it grows when something is lost."""
        return len(self.errors) + len(self.failures) + self._unread

    @property
    def errors(self) -> list[Problem]:
        """Mistakes, without the warnings."""
        return [problem for problem in self.problems if not problem.warning]

    @property
    def warnings(self) -> list[Problem]:
        """What is allowed but should be looked at."""
        return [problem for problem in self.problems if problem.warning]

    def error(self, mark: Mark, message: str, expected: str = "", near: str = "") -> None:
        """Note a mistake."""
        self.problems.append(Problem(mark, message, expected, near))

    def warn(self, mark: Mark, message: str, expected: str = "") -> None:
        """Note a warning."""
        self.problems.append(Problem(mark, message, expected, warning=True))

    def attempt(self, read: Callable[..., T], *arguments: Any) -> T | None:
        """The value that is read, or None and its problems noted."""
        try:
            return read(*arguments)
        except InvalidValue as error:
            self._unread += 1
            self.problems.extend(error.problems)
            return None

    def check(self, what: str, call: Callable[..., T], *arguments: Any) -> T | None:
        """The result of a check; None where it fails, which matters only without mistakes (see `conclude`)."""
        try:
            return self.attempt(call, *arguments)
        except (CaseError, PluginError) as error:
            failure: Exception = error
        except Exception as error:
            where = culprit(error)
            failure = PluginError(f"{what} failed: {type(error).__name__}: {error}{where}") if where else error
            failure.__cause__ = error if where else error.__cause__
        self.failures.append((what, failure))
        return None

    def conclude(self) -> None:
        """Raise CaseError with all mistakes; without mistakes, raise the first failure of a check, if any.

        A check that fails in a case with mistakes probably fails because of them: it is reported as not made.
        """
        certain = self.errors
        found = certain or [
            each for _, failure in self.failures if isinstance(failure, CaseError) for each in failure.problems
        ]
        others = [(what, failure) for what, failure in self.failures if certain or not isinstance(failure, CaseError)]
        if found:
            skipped = [*self.skipped, *(what for what, _ in others)]
            unexpected = (failure for _, failure in others if not isinstance(failure, (CaseError, PluginError)))
            raise CaseError(found, skipped) from next(unexpected, None)
        if others:
            raise others[0][1]


def unknown(kind: str, name: str, mark: Mark, options: Iterable[str], remark: str = "") -> Problem:
    """The problem of a name that is not one of the options, with its new name if renamed; remark adds what is known."""
    valid = list(options)
    if (new := KEYS.get(name) or VALUES.get(name)) in valid:
        return Problem(mark, f'unknown {kind} "{name}": it is now "{new}"', new)
    message = f'unknown {kind} "{name}"' + (f": {remark}" if remark else "")
    return Problem(mark, message, f"one of {', '.join(valid)}" if valid else f"no {kind} here", nearest(name, valid))


def kind_of(node: Node) -> str:
    """A value of the file in words."""
    if isinstance(node.value, Scalar):
        return f'"{node.value.text}"' if node.value.text or node.value.quoted else "nothing"
    return "a mapping" if isinstance(node.value, dict) else "a list"


def part_of(node: Node, offset: int, length: int = 1) -> Mark:
    """The mark of a part of a text, if the text is on one line as written; that of the whole otherwise."""
    text, mark = node.value.text, node.mark
    start = mark.column - 1 + int(node.value.quoted)
    if mark.text[start : start + len(text)] != text:
        return mark
    return replace(mark, column=start + offset + 1, length=length)
