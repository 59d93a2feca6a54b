"""The swept parameters: `path=range` read from the command line, with mistakes marked in the text as typed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..case.text.yaml_reader import parse
from ..case.text.yaml_tree import Node, Scalar
from ..errors import CaseError, Mark, Problem, nearest

__all__ = ["AxisValue", "SweepAxis", "check_paths", "read_axes", "refuse"]

_NUMBER = re.compile(r"\s*([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*(.*?)\s*")
_FORMS = "from:to:n, from:to:n:log, from:to, from:to:log or [v1, v2, ...]"
_MAX_VALUES = 1_000_000
# Blocks with names chosen by the user: an unknown name below them would silently define a new entry.
_USER_NAMED = (("parameters",), ("observe",), ("protocol", "phases"))


@dataclass(frozen=True)
class AxisValue:
    """One value of a swept parameter: text is inserted into the case, data is written to the table."""

    text: str
    data: int | float | str
    mark: Mark


@dataclass(frozen=True)
class SweepAxis:
    """One path in the case with its values, or with the bounds between which values are chosen; all in one unit."""

    text: str
    path: tuple[tuple[str, Mark], ...]
    mark: Mark
    values: tuple[AxisValue, ...] = ()
    bounds: tuple[float, float] | None = None
    is_logarithmic: bool = False
    unit: str = ""

    @property
    def name(self) -> str:
        """The path in the case, joined by dots."""
        return ".".join(name for name, _ in self.path)

    @property
    def column(self) -> str:
        """Column heading in tables: the path and, in brackets, the unit."""
        return f"{self.name} [{self.unit}]" if self.unit else self.name

    def at(self, fraction: float) -> AxisValue:
        """The value at a fraction (0 to 1) of the range, linear or logarithmic."""
        low, high = self.bounds
        number = low * (high / low) ** fraction if self.is_logarithmic else low + (high - low) * fraction
        return _value(min(max(number, min(low, high)), max(low, high)), self.unit, self.mark)

    def override(self, value: AxisValue) -> str:
        """The text that `--set` takes for this value."""
        return f"{self.name}={value.text}"


def read_axes(texts: Sequence[str]) -> tuple[SweepAxis, ...]:
    """The axes in the given order; raises CaseError with all mistakes."""
    axes, problems = [], []
    for text in texts:
        try:
            axes.append(_read(text))
        except CaseError as error:
            problems.extend(error.problems)
    for i, axis in enumerate(axes):
        for other in axes[:i]:
            names, others = [name for name, _ in axis.path], [name for name, _ in other.path]
            if names[: len(others)] == others or others[: len(names)] == names:
                mark = Mark(f"--over {axis.text}", 1, 1, len(axis.name), axis.text)
                problems.append(Problem(mark, f"{axis.name} is already varied by --over {other.text}", "another path"))
    if problems:
        raise CaseError(problems)
    return tuple(axes)


def check_paths(axes: Iterable[SweepAxis], root: Node) -> None:
    """Raise CaseError for paths that would define a new name, such as a misspelt parameter."""
    problems = []
    for axis in axes:
        names = tuple(name for name, _ in axis.path)
        for level in range(1, len(names)):
            parent, (name, mark) = names[:level], axis.path[level]
            of_phase = len(parent) == 4 and parent[:2] == ("protocol", "phases") and parent[3] == "parameters"
            if parent not in _USER_NAMED and not of_phase:
                continue
            known = _keys(root, parent) + (_keys(root, ("parameters",)) if parent[-1] == "parameters" else [])
            if name not in known:
                expected = f"one of {', '.join(dict.fromkeys(known))}" if known else "a name defined in the case"
                problems.append(Problem(mark, f"{'.'.join(parent)} has no {name}", expected, nearest(name, known)))
    if problems:
        raise CaseError(problems)


def _keys(root: Node, path: tuple[str, ...]) -> list[str]:
    """The keys of the mapping at a path; empty where there is none."""
    node: Node | None = root
    for name in path:
        node = node.value.get(name) if node is not None and isinstance(node.value, dict) else None
    return list(node.value) if node is not None and isinstance(node.value, dict) else []


def refuse(mark: Mark, message: str, expected: str = "", suggestion: str = "") -> None:
    """Raise CaseError with one mistake; suggestion is the nearest valid name."""
    raise CaseError([Problem(mark, message, expected, suggestion)])


def _read(text: str) -> SweepAxis:
    source = f"--over {text}"
    path, equals, values = text.partition("=")
    everything = Mark(source, 1, 1, max(1, len(text)), text)
    if "\n" in text or "\r" in text:
        refuse(everything, "a range must be a single line")
    if not equals:
        refuse(everything, 'missing "="', f"path=range, with {_FORMS}")
    start = len(path) + 1
    mark = Mark(source, 1, start + 1, max(1, len(values)), text)
    axis = SweepAxis(text, _path(path, source, text), mark)
    if values.lstrip().startswith("["):
        return _listed(axis, values, start)
    return _ranged(axis, values, start)


def _path(path: str, source: str, text: str) -> tuple[tuple[str, Mark], ...]:
    parts, column = [], 1
    for part in path.split("."):
        name = part.strip()
        parts.append((name, Mark(source, 1, column + len(part) - len(part.lstrip()), max(1, len(name)), text)))
        if not name:
            refuse(parts[-1][1], "the path contains an empty name", "names joined by single dots, such as mesh.cells")
        column += len(part) + 1
    return tuple(parts)


def _listed(axis: SweepAxis, values: str, start: int) -> SweepAxis:
    """Values listed in YAML; a unit common to all of them is moved to the column heading."""
    try:
        node = parse(" " * start + values, axis.mark.source)
    except CaseError as error:
        raise CaseError(replace(p, mark=replace(p.mark, text=axis.text)) for p in error.problems) from None
    if not isinstance(node.value, list) or not node.value:
        refuse(axis.mark, "the list has no values", "[v1, v2, ...]")
    texts = [_flow(item) for item in node.value]
    marks = [replace(item.mark, text=axis.text) for item in node.value]
    matches = [_NUMBER.fullmatch(item.value.text) if isinstance(item.value, Scalar) else None for item in node.value]
    units = {match.group(2) if match else None for match in matches}
    if len(units) == 1 and None not in units:
        numbers = [_plain_number(float(match.group(1))) for match in matches]
        listed = tuple(AxisValue(*each) for each in zip(texts, numbers, marks))
        return replace(axis, values=listed, unit=units.pop())
    return replace(axis, values=tuple(AxisValue(text, text, mark) for text, mark in zip(texts, marks)))


def _ranged(axis: SweepAxis, values: str, start: int) -> SweepAxis:
    """Numbers between two bounds."""
    parts, marks, column = values.split(":"), [], start
    for part in parts:
        lead = len(part) - len(part.lstrip())
        marks.append(replace(axis.mark, column=column + lead + 1, length=max(1, len(part.strip()))))
        column += len(part) + 1
    is_logarithmic = len(parts) > 2 and parts[-1].strip() == "log"
    if is_logarithmic:
        parts.pop()
    if not 2 <= len(parts) <= 3:
        refuse(axis.mark, "not a range" if values.strip() else "missing range", _FORMS)
    bounds = [_NUMBER.fullmatch(part) for part in parts[:2]]
    for bound, part, mark in zip(bounds, parts, marks):
        if bound is None or not math.isfinite(float(bound.group(1))):
            refuse(mark, f'"{part.strip()}" is not a number', _FORMS)
    low, high = (float(bound.group(1)) for bound in bounds)
    units = {bound.group(2) for bound in bounds} - {""}
    if len(units) > 1:
        refuse(marks[1], f"the bounds have the units {bounds[0].group(2)} and {bounds[1].group(2)}", "the same unit")
    if low == high:
        refuse(marks[1], "both bounds are equal", f"another bound, or the list [{parts[0].strip()}]")
    if is_logarithmic and not low * high > 0.0:
        mark = marks[0] if low == 0.0 else marks[1]
        refuse(mark, "a logarithmic range must not contain zero", "bounds of the same sign")
    bounded = replace(axis, bounds=(low, high), is_logarithmic=is_logarithmic, unit=next(iter(units), ""))
    if len(parts) == 2:
        return bounded
    count = _count(parts[2], marks[2])
    return replace(bounded, values=tuple(bounded.at(i / (count - 1)) for i in range(count)))


def _count(text: str, mark: Mark) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and 2 <= int(text) <= _MAX_VALUES):
        refuse(mark, f'"{text}" is not a number of points', f"an integer from 2 to {_MAX_VALUES}")
    return int(text)


def _value(number: float, unit: str, mark: Mark) -> AxisValue:
    """A number rounded to 15 significant digits, so that decimal steps show no binary round-off."""
    text = f"{number:.15g}"
    return AxisValue(f"{text} {unit}".strip(), _plain_number(float(text)), mark)


def _plain_number(number: float) -> int | float:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _flow(node: Node) -> str:
    """The YAML text of a value on one line."""
    value = node.value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(child) for child in value) + "]"
    return json.dumps(value.text) if value.quoted else value.text
