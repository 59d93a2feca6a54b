"""Errors reported to the user, each with its exit code and, for mistakes in the input, its position in the text."""

from __future__ import annotations

import difflib
import linecache
import traceback
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TypeVar

__all__ = [
    "TAG",
    "CaseError",
    "FvtransportError",
    "Mark",
    "PluginError",
    "Problem",
    "WrongResult",
    "culprit",
    "nearest",
    "plugin_call",
    "quote",
]

_MAX_EXCERPT = 100  # characters of a source line that are shown
_MAX_BEFORE = 60  # of these, before the caret
_TAB = "    "
_CORE, _STDLIB = Path(__file__).parent, Path(traceback.__file__).parent
_GROUP = "fvtransport.plugins"
TAG = "__fvtransport_plugin__"
"""Attribute of a class with the name by which cases choose it as a plugin."""

T = TypeVar("T")


class FvtransportError(Exception):
    """Base class of all errors raised on purpose; ``exit_code`` is the exit code of the command line."""

    exit_code = 1


class PluginError(FvtransportError):
    """A plugin is invalid, or its name is already in use."""

    exit_code = 2


class WrongResult(PluginError):
    """What a plugin returns is not what its interface says; `plugin_call` adds the name of the plugin."""


def plugin_call(what: str, call: Callable[[], T]) -> T:
    """The result of a call of a plugin.

    Raises PluginError, which begins with `what` and names the line of the plugin, where the plugin raises anything or
    gives a wrong result. A fault of the core, in which no plugin takes part, is passed on.
    """
    try:
        return call()
    except WrongResult as error:
        raise PluginError(f"{what}: {error}") from error
    except FvtransportError:
        raise
    except Exception as error:
        if where := culprit(error):
            raise PluginError(f"{what}: {type(error).__name__}: {error}{where}") from error
        raise


def culprit(error: BaseException) -> str:
    """The line of a plugin in which an exception was raised, with its name and text; '' where no plugin took part."""
    installed = {point.module.partition(".")[0] for point in metadata.entry_points(group=_GROUP)} - {_CORE.name}
    for frame, number in reversed(list(traceback.walk_tb(error.__traceback__))):
        file = Path(frame.f_code.co_filename)
        if frame.f_globals.get("__name__", "").partition(".")[0] in installed or _is_plugin_file(file):
            name = vars(type(frame.f_locals.get("self"))).get(TAG, "")
            place = f'{file}:{number}: plugin "{name}"' if name else f"{file}:{number}"
            return f"\n    {place}: {linecache.getline(str(file), number).strip()}"
    return ""


def _is_plugin_file(file: Path) -> bool:
    """Whether a file belongs neither to the core nor to a library."""
    if file.is_relative_to(_CORE):
        return file.is_relative_to(_CORE / "plugins")
    return file.is_file() and "site-packages" not in file.parts and not file.is_relative_to(_STDLIB)


@dataclass(frozen=True)
class Mark:
    """A position in a source text: line and column count from 1, ``text`` is the complete source line."""

    source: str
    line: int
    column: int
    length: int = 1
    text: str = ""

    def excerpt(self) -> str:
        """The source line with a caret below the marked characters; empty without a source line."""
        if not self.text:
            return ""
        start = min(max(self.column, 1) - 1, len(self.text))
        first = 0 if len(self.text) <= _MAX_EXCERPT else max(0, min(start - _MAX_BEFORE, len(self.text) - _MAX_EXCERPT))
        end = min(first + _MAX_EXCERPT, len(self.text))
        stop = max(min(start + self.length, end), start)
        lead = "..." if first else ""
        before = lead + _cells(self.text[first:start])
        marked = _cells(self.text[start:stop])
        after = _cells(self.text[stop:end]) + ("..." if end < len(self.text) else "")
        caret = "^" + "~" * (_width(marked) - 1)
        shown = (before + marked + after).rstrip()
        return f"{self.line:>5} | {shown}\n{'':>{max(5, len(str(self.line)))}} | {' ' * _width(before)}{caret}"


@dataclass(frozen=True)
class Problem:
    """A mistake or warning in the input, what was expected instead, and the nearest valid name."""

    mark: Mark
    message: str
    expected: str = ""
    nearest: str = ""
    warning: bool = False

    def render(self) -> str:
        """``file:line:column: message``, followed by the source line and a caret; a warning says that it is one."""
        excerpt = self.mark.excerpt()
        return self._head("warning: " if self.warning else "") + ("\n" + excerpt if excerpt else "")

    @property
    def headline(self) -> str:
        """``file:line:column: message`` in one line, without its grade."""
        return self._head("")

    def _head(self, grade: str) -> str:
        mark = self.mark
        head = f"{mark.source}:{mark.line}:{mark.column}: {grade}{self.message}"
        if self.expected:
            head += f"; expected {self.expected}"
        if self.nearest:
            head += f'; did you mean "{self.nearest}"?'
        return _printable(head)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        mark = self.mark
        return {
            "source": mark.source, "line": mark.line, "column": mark.column, "length": mark.length, "text": mark.text,
            "message": self.message, "expected": self.expected, "nearest": self.nearest, "warning": self.warning,
        }  # fmt: skip


class CaseError(FvtransportError):
    """The input is invalid; ``problems`` contains all mistakes and warnings found, sorted by position.

    ``skipped`` names, in words, the checks that these mistakes made impossible.
    """

    exit_code = 2

    def __init__(self, problems: Iterable[Problem], skipped: Iterable[str] = ()) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(dict.fromkeys(problems), key=_position))
        self.skipped: tuple[str, ...] = tuple(dict.fromkeys(skipped))
        super().__init__(self.problems, self.skipped)

    def __str__(self) -> str:
        sources = dict.fromkeys(problem.mark.source for problem in self.problems)
        warnings = sum(problem.warning for problem in self.problems)
        counts = [_count(len(self.problems) - warnings, "mistake")]
        if warnings:
            counts.append(_count(warnings, "warning"))
        closing = f"{' and '.join(counts)} in {_printable(', '.join(sources))}"
        unchecked = f"not checked because of the mistakes above: {_printable(', '.join(self.skipped))}"
        lines = [*(problem.render() for problem in self.problems), *([unchecked] if self.skipped else ())]
        return "\n".join([*lines, closing])


def nearest(word: str, options: Iterable[str]) -> str:
    """The option most similar to ``word``, ignoring case and underscores; empty when none is similar."""
    choices = list(options)
    if word in choices:
        return word
    if not word or len(word) > 100:
        return ""
    best, score = "", 0.6
    for option in choices:
        likeness = max(_likeness(word.casefold(), option.casefold()), _likeness(_bare(word), _bare(option)))
        if likeness > score or (likeness == score and not best):
            best, score = option, likeness
    return best


def quote(text: object, limit: int = 60) -> str:
    """The text in double quotes for a message, shortened to ``limit`` characters."""
    shown = str(text)
    return f'"{shown if len(shown) <= limit else shown[: limit - 3] + "..."}"'


def _likeness(a: str, b: str) -> float:
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.6 and matcher.quick_ratio() >= 0.6 else 0.0


def _bare(word: str) -> str:
    return "".join(character for character in word.casefold() if character not in "_- ")


def _position(problem: Problem) -> tuple[bool, str, int, int, str]:
    mark = problem.mark
    return mark.source.startswith("--"), mark.source, mark.line, mark.column, problem.message


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _cells(text: str) -> str:
    """Tabs as spaces; control and format characters and surrogates as U+FFFD, so that widths are known."""
    return "".join(
        _TAB if character == "\t" else "\ufffd" if unicodedata.category(character)[0] == "C" else character
        for character in text
    )


def _width(text: str) -> int:
    """The width of the text on a terminal, in columns."""
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def _printable(text: str) -> str:
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )
