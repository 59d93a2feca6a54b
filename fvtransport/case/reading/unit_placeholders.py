"""Units and ranges that depend on the field, flux or property to which a value belongs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...model.handles import Field
from ..text.unit_text import UnitError
from ..text.units import UnitSystem

__all__ = ["filled", "in_own_unit", "out_of_range"]

_PLACE = re.compile(r"(/?)\{(\w+)\}")
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\s*")


def filled(unit: str, positions: Mapping[str, str]) -> str | None:
    """A declared unit with its place-holders filled in; None where one of them is not known."""
    if any(name not in positions for _, name in _PLACE.findall(unit)):
        return None

    def fill(match: re.Match[str]) -> str:
        slash, value = match.group(1), positions[match.group(2)]
        if not value:
            return "" if slash else "1"
        return f"{slash}({value})" if slash and re.search(r"[*/ ]", value) else slash + value

    text = _PLACE.sub(fill, unit)
    return "" if text == "1" else text


def in_own_unit(text: str, units: UnitSystem) -> float:
    """A quantity of any dimension in SI; raises UnitError."""
    unit = text[_NUMBER.match(text).end() :]
    try:
        return units.number(text, unit)
    except UnitError as error:
        try:
            return units.number(text, "K")  # a scale such as degC has a zero of its own and cannot be asked for
        except UnitError:
            raise error from None


def out_of_range(of: Field, value: float) -> str:
    """What is wrong with a value of a field, '' when nothing is; whether a bound is
    admissible the field itself says.
    """
    inside = of.lower < value < of.upper if of.excludes_bounds else of.lower <= value <= of.upper
    return "" if inside else f"{of.name} = {value:g} is out of range, it must be {_allowed(of)}"


def _allowed(of: Field) -> str:
    has_lower, has_upper = of.lower > float("-inf"), of.upper < float("inf")
    if has_lower and has_upper:
        both = f"between {of.lower:g} and {of.upper:g}"
        return both if of.excludes_bounds else f"in [{of.lower:g}, {of.upper:g}]"
    if has_lower:
        return f"{'above' if of.excludes_bounds else 'at least'} {of.lower:g}"
    return f"{'below' if of.excludes_bounds else 'at most'} {of.upper:g}"
