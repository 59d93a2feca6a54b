"""Mistakes gathered while a case is checked, and how one leaves a value that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from ...errors import Mark, Problem, nearest
from .yaml_tree import Node, Scalar

__all__ = ["Diagnostics", "InvalidValue", "kind_of", "part_of", "unknown"]

T = TypeVar("T")


class InvalidValue(ValueError):
    """A value cannot be read; without problems where the cause is already reported elsewhere."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class Diagnostics:
    """Everything found in one case so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    @property
    def errors(self) -> list[Problem]:
        """Mistakes, without the warnings."""
        return [problem for problem in self.problems if not problem.warning]

    @property
    def warnings(self) -> list[Problem]:
        """What is allowed but worth a look."""
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
            self.problems.extend(error.problems)
            return None


def unknown(kind: str, name: str, mark: Mark, options: Iterable[str], remark: str = "") -> Problem:
    """The problem of a name that is none of the options; remark says what is known about it."""
    valid = list(options)
    message = f'unknown {kind} "{name}"' + (f": {remark}" if remark else "")
    return Problem(mark, message, f"one of {', '.join(valid)}" if valid else f"no {kind} here", nearest(name, valid))


def kind_of(node: Node) -> str:
    """What stands in the file, in words."""
    if isinstance(node.value, Scalar):
        return f'"{node.value.text}"' if node.value.text or node.value.quoted else "nothing"
    return "a mapping" if isinstance(node.value, dict) else "a list"


def part_of(node: Node, offset: int, length: int = 1) -> Mark:
    """The mark of a part of a text, where the text stands on one line as it reads; that of the whole otherwise."""
    text, mark = node.value.text, node.mark
    start = mark.column - 1 + int(node.value.quoted)
    if mark.text[start : start + len(text)] != text:
        return mark
    return replace(mark, column=start + offset + 1, length=length)
