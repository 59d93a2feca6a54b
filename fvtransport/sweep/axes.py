"""What a sweep varies: `path=range` read from the command line, mistakes marked in the text as it was typed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..case.text.yaml_reader import parse
from ..case.text.yaml_tree import Node, Scalar
from ..errors import CaseError, Mark, Problem, nearest

__all__ = ["Axis", "Value", "check_paths", "read_axes", "refuse"]

_NUMBER = re.compile(r"\s*([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*(.*?)\s*")
_FORMS = "from:to:n, from:to:n:log, from:to, from:to:log or [v1, v2, ...]"
_MAX_VALUES = 1_000_000
# Names that a user gives: below these, a name that is not there yet would be taken for a new one.
_FREE = (("parameters",), ("observe",), ("protocol", "phases"))


@dataclass(frozen=True)
class Value:
    """One value: the text that is put into the case, and what the table holds."""

    text: str
    data: int | float | str
    mark: Mark


@dataclass(frozen=True)
class Axis:
    """One path with its values, or with the bounds between which they are chosen; unit is that of all of them."""

    text: str
    path: tuple[tuple[str, Mark], ...]
    mark: Mark
    values: tuple[Value, ...] = ()
    bounds: tuple[float, float] | None = None
    is_logarithmic: bool = False
    unit: str = ""

    @property
    def name(self) -> str:
        """The path in the case."""
        return ".".join(name for name, _ in self.path)

    @property
    def column(self) -> str:
        """Heading in tables."""
        return f"{self.name} [{self.unit}]" if self.unit else self.name

    def at(self, fraction: float) -> Value:
        """The value at a fraction of the way between the bounds."""
        low, high = self.bounds
        number = low * (high / low) ** fraction if self.is_logarithmic else low + (high - low) * fraction
        return _value(min(max(number, min(low, high)), max(low, high)), self.unit, self.mark)

    def override(self, value: Value) -> str:
        """The text for `--set`."""
        return f"{self.name}={value.text}"


def read_axes(texts: Sequence[str]) -> tuple[Axis, ...]:
    """The axes in order; raises CaseError with every mistake."""
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
                whole = Mark(f"--over {axis.text}", 1, 1, len(axis.name), axis.text)
                problems.append(Problem(whole, f"{axis.name} is varied already by --over {other.text}", "another path"))
    if problems:
        raise CaseError(problems)
    return tuple(axes)


def check_paths(axes: Iterable[Axis], root: Node) -> None:
    """Refuse paths below which a new name would be made, such as a misspelt parameter; raises CaseError."""
    problems = []
    for axis in axes:
        names = tuple(name for name, _ in axis.path)
        for level in range(1, len(names)):
            above, (name, mark) = names[:level], axis.path[level]
            if not (
                above in _FREE or len(above) == 4 and above[:2] == ("protocol", "phases") and above[3] == "parameters"
            ):
                continue
            known = _keys(root, above) + (_keys(root, ("parameters",)) if above[-1] == "parameters" else [])
            if name not in known:
                expected = f"one of {', '.join(dict.fromkeys(known))}" if known else "a name that is there"
                problems.append(Problem(mark, f"{'.'.join(above)} has no {name}", expected, nearest(name, known)))
    if problems:
        raise CaseError(problems)


def _keys(root: Node, path: tuple[str, ...]) -> list[str]:
    node: Node | None = root
    for name in path:
        node = node.value.get(name) if node is not None and isinstance(node.value, dict) else None
    return list(node.value) if node is not None and isinstance(node.value, dict) else []


def refuse(mark: Mark, message: str, expected: str = "", near: str = "") -> None:
    """Raise CaseError with one mistake."""
    raise CaseError([Problem(mark, message, expected, near)])


def _read(text: str) -> Axis:
    source = f"--over {text}"
    path, equals, values = text.partition("=")
    whole = Mark(source, 1, 1, max(1, len(text)), text)
    if "\n" in text or "\r" in text:
        refuse(whole, "a range is one line")
    if not equals:
        refuse(whole, 'there is no "=" here', f"path=range, with {_FORMS}")
    start = len(path) + 1
    mark = Mark(source, 1, start + 1, max(1, len(values)), text)
    axis = Axis(text, _path(path, source, text), mark)
    if values.lstrip().startswith("["):
        return _listed(axis, values, start)
    return _ranged(axis, values, start)


def _path(path: str, source: str, text: str) -> tuple[tuple[str, Mark], ...]:
    parts, column = [], 1
    for part in path.split("."):
        name = part.strip()
        parts.append((name, Mark(source, 1, column + len(part) - len(part.lstrip()), max(1, len(name)), text)))
        if not name:
            refuse(parts[-1][1], "a name of this path is empty", "names joined by single dots, such as mesh.cells")
        column += len(part) + 1
    return tuple(parts)


def _listed(axis: Axis, values: str, start: int) -> Axis:
    """Values one by one, in YAML; where all have one unit, it goes into the heading."""
    try:
        node = parse(" " * start + values, axis.mark.source)
    except CaseError as error:
        raise CaseError(replace(p, mark=replace(p.mark, text=axis.text)) for p in error.problems) from None
    if not isinstance(node.value, list) or not node.value:
        refuse(axis.mark, "there is no value in this list", "[v1, v2, ...]")
    texts = [_flow(item) for item in node.value]
    marks = [replace(item.mark, text=axis.text) for item in node.value]
    found = [_NUMBER.fullmatch(item.value.text) if isinstance(item.value, Scalar) else None for item in node.value]
    units = {match.group(2) if match else None for match in found}
    if len(units) == 1 and None not in units:
        numbers = [_plain_number(float(match.group(1))) for match in found]
        made = tuple(Value(*each) for each in zip(texts, numbers, marks))
        return replace(axis, values=made, unit=units.pop())
    return replace(axis, values=tuple(Value(text, text, mark) for text, mark in zip(texts, marks)))


def _ranged(axis: Axis, values: str, start: int) -> Axis:
    """Numbers between two ends."""
    parts, marks, column = values.split(":"), [], start
    for part in parts:
        lead = len(part) - len(part.lstrip())
        marks.append(replace(axis.mark, column=column + lead + 1, length=max(1, len(part.strip()))))
        column += len(part) + 1
    is_logarithmic = len(parts) > 2 and parts[-1].strip() == "log"
    if is_logarithmic:
        parts.pop()
    if not 2 <= len(parts) <= 3:
        refuse(axis.mark, "this is no range" if values.strip() else "there is no range", _FORMS)
    ends = [_NUMBER.fullmatch(part) for part in parts[:2]]
    for end, part, mark in zip(ends, parts, marks):
        if end is None or not math.isfinite(float(end.group(1))):
            refuse(mark, f'"{part.strip()}" is no number', _FORMS)
    low, high = (float(end.group(1)) for end in ends)
    units = {end.group(2) for end in ends} - {""}
    if len(units) > 1:
        refuse(marks[1], f"the ends have the units {ends[0].group(2)} and {ends[1].group(2)}", "one unit for both")
    if low == high:
        refuse(marks[1], "both ends are the same", f"another one, or the list [{parts[0].strip()}]")
    if is_logarithmic and not low * high > 0.0:
        refuse(
            marks[0] if low == 0.0 else marks[1], "a logarithmic range does not reach or pass zero", "ends of one sign"
        )
    made = replace(axis, bounds=(low, high), is_logarithmic=is_logarithmic, unit=next(iter(units), ""))
    if len(parts) == 2:
        return made
    count = _count(parts[2], marks[2])
    return replace(made, values=tuple(made.at(i / (count - 1)) for i in range(count)))


def _count(text: str, mark: Mark) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and 2 <= int(text) <= _MAX_VALUES):
        refuse(mark, f'"{text}" is no number of points', f"a whole number from 2 to {_MAX_VALUES}")
    return int(text)


def _value(number: float, unit: str, mark: Mark) -> Value:
    """A number without the last digit and a half, in which steps of a decimal fraction show their binary form."""
    text = f"{number:.15g}"
    return Value(f"{text} {unit}".strip(), _plain_number(float(text)), mark)


def _plain_number(number: float) -> int | float:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _flow(node: Node) -> str:
    """The YAML text of a value in one line."""
    value = node.value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(child) for child in value) + "]"
    return json.dumps(value.text) if value.quoted else value.text
