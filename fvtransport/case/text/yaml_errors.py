"""YAML syntax errors in plain words, with the usual cure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import yaml

from ...errors import Mark, Problem

__all__ = ["explain"]

_COLON = re.compile(r"\s*(?:- )?([A-Za-z_][\w.-]*:)(?=[^\s/:])")


def explain(error: yaml.YAMLError, mark_at: Callable[[int, int], Mark]) -> Problem:
    """The problem behind PyYAML's error; ``mark_at`` gives the mark of a line and column counted from 0."""
    marked = error if isinstance(error, yaml.MarkedYAMLError) else yaml.MarkedYAMLError()
    problem = str(marked.problem or error).splitlines()[0]
    context, position, start = marked.context or "", marked.problem_mark, marked.context_mark
    mark = mark_at(position.line, position.column) if position else mark_at(0, 0)
    opening = mark_at(start.line, start.column) if start else mark
    character = mark.text[mark.column - 1 : mark.column]
    message, expected, mark = _words(problem, context, mark, opening, character, mark_at)
    return Problem(mark, message, expected)


def _words(
    problem: str, context: str, mark: Mark, opening: Mark, character: str, mark_at: Callable[[int, int], Mark]
) -> tuple[str, str, Mark]:
    """Message, what was expected and where; recognised by the words that both YAML parsers share."""
    if "\t" in mark.text[: len(mark.text) - len(mark.text.lstrip())]:
        return "a tab indents this line", "spaces", _first_tab(mark)
    if "flow sequence" in context or "flow mapping" in context:
        bracket = opening.text[opening.column - 1 : opening.column]
        closing = "]" if "sequence" in context else "}"
        position = f"line {opening.line}, column {opening.column}"
        message = f'unbalanced bracket: "{bracket}" of {position} is not closed before this'
        return message, f'"," or "{closing}"', mark
    if "quoted scalar" in context and "escape" in problem:
        return "unknown escape in double quotes", "single quotes, or \\\\ for a backslash", mark
    if "quoted scalar" in context:
        return "a quote opens here and is never closed", "a closing quote", opening
    if "could not find expected" in problem:
        return _colon_missing(opening)
    if "mapping values are not allowed" in problem:
        return _stray_colon(mark, mark_at(max(mark.line - 2, 0), 0))
    if "cannot start any token" in problem:
        return f'a value cannot start with "{character}"', "quotes around it", mark
    if character and character in "]}":
        return f'unbalanced bracket: "{character}" closes nothing', "its opening bracket", mark
    if "block" in context:
        expected = "the same indentation as its neighbours, and nothing after a closing quote"
        return "this line does not fit the lines above", expected, mark
    return f"YAML syntax: {problem}", "", mark


def _stray_colon(mark: Mark, above: Mark) -> tuple[str, str, Mark]:
    """A colon that YAML did not await; most often the line above lacks the space after its own colon."""
    for line in (above, mark):
        if found := _COLON.match(line.text):
            return _no_space(line, found)
    return "a colon is not allowed here", 'one "key: value" per line, well indented; text with ": " in quotes', mark


def _colon_missing(opening: Mark) -> tuple[str, str, Mark]:
    if found := _COLON.match(opening.text):
        return _no_space(opening, found)
    return "this line has no colon", '"key: value"', opening


def _no_space(mark: Mark, found: re.Match[str]) -> tuple[str, str, Mark]:
    message = f'a space is missing after the colon of "{found.group(1)}"'
    return message, f'"{found.group(1)} value"', replace(mark, column=found.end(), length=1)


def _first_tab(mark: Mark) -> Mark:
    return replace(mark, column=mark.text.index("\t") + 1, length=1)
