"""Units at the edge: text with a unit becomes an SI float, its dimension checked; inside there are only floats."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from typing import Any

from ...errors import nearest, quote
from .common_units import COMMON, ZEROS

__all__ = ["UnitError", "UnitSystem", "looks_like_quantity"]

_MAX_LENGTH = 200
_LARGEST_EXPONENT = 12
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_TOKEN = re.compile(
    r"\s*(?:(?P<name>°?[^\W\d]+|[%‰°])|(?P<power>\^|\*\*)|(?P<sign>[*/·⋅×])|(?P<bracket>[()])"
    r"|(?P<number>[-+]?[0-9]+(?:\.[0-9]+)?))"
)
_RAISED = re.compile("[⁺⁻⁰¹²³⁴-⁹]+")
_LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_NOT_NAMES = frozenset({"and", "or", "not", "if", "else", "in", "is", "lambda", "for"})
_PREFIXED = ("km", "cm", "mm", "um", "nm", "kg", "mg", "kJ", "kW", "mW", "kPa", "MPa", "GPa", "kmol", "mmol", "ms")
_SPOKEN = {"%": "percent", "‰": "permille", "°": "degree"}
_POWERS = {("length", 2.0): "area", ("length", 3.0): "volume"}

_Dimension = dict[str, float]


class UnitError(ValueError):
    """A quantity cannot be read, or has another dimension than expected."""


class UnitSystem:
    """SI, or reduced units, in which the Boltzmann constant is one and every number is bare."""

    def __init__(self, name: str = "SI") -> None:
        if name not in ("SI", "reduced"):
            raise UnitError(f"found units {quote(name)}, expected SI or reduced")
        self.name = name
        self.gas_constant = 8.31446261815324 if name == "SI" else 1.0
        self.boltzmann_constant = 1.380649e-23 if name == "SI" else 1.0

    def __repr__(self) -> str:
        return f"UnitSystem({self.name!r})"

    @property
    def constants(self) -> dict[str, float]:
        """Constants of nature by the names of their handles."""
        return {"gas_constant": self.gas_constant, "boltzmann_constant": self.boltzmann_constant}

    def __reduce__(self) -> tuple[type[UnitSystem], tuple[str]]:
        return UnitSystem, (self.name,)

    def number(self, value: float | int | str, unit: str) -> float:
        """The value in SI (bare numbers as they are); text is checked against the dimension of ``unit``.

        Raises UnitError when the text is no quantity, its unit is unknown or its dimension is another one.
        """
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise UnitError(f"found {quote(value)}, expected {self._wanted(unit)}")
        if not isinstance(value, str):
            return _real(value)
        text = value.strip()
        match = _NUMBER.match(text[:_MAX_LENGTH])
        if not match or not looks_like_quantity(text):
            raise UnitError(f"found {quote(text)}, expected {self._wanted(unit)}")
        number, unit_text = _finite(_real(match.group()), text), text[match.end() :].strip()
        if not unit_text:
            return number
        if self.name == "reduced":
            raise UnitError(f"found {quote(text)}, expected a bare number: the case is in reduced units")
        return _finite(self._convert(number, unit_text, unit), text)

    def same_dimension(self, a: str, b: str) -> bool:
        """Whether two units measure the same kind of quantity; raises UnitError for an unknown unit."""
        return self._scale(a)[1] == self._scale(b)[1]

    @staticmethod
    def looks_like_quantity(text: str) -> bool:
        """See the function of this name."""
        return looks_like_quantity(text)

    def _convert(self, number: float, unit_text: str, unit: str) -> float:
        factors, (_, expected) = _factors(unit_text), self._scale(unit)
        if len(factors) == 1 and factors[0][1] == 1.0 and not self._is_scale(factors[0][0]):
            scaled, found = _in_si(number, factors[0][0])
            if found != {"temperature": 1.0}:
                raise UnitError(f"unit {quote(unit_text)} is a logarithmic scale, expected {self._wanted(unit)}")
        else:
            factor, found = self._scale(unit_text)
            scaled = number * factor
        if found != expected:
            raise UnitError(f"found {quote(unit_text)} ({_words(found)}), expected {self._wanted(unit)}")
        return scaled

    def _scale(self, unit_text: str) -> tuple[float, _Dimension]:
        """Size of a unit in SI, and its dimension."""
        factor, dimension = 1.0, dict[str, float]()
        for name, exponent in _factors(unit_text):
            if not self._is_scale(name):
                raise UnitError(
                    f"unit {quote(name)} has a zero of its own and cannot stand in "
                    f"{quote(unit_text)}, expected K for differences of temperature"
                )
            size, powers = _in_si(1.0, name)
            try:
                factor *= size**exponent
            except OverflowError:
                raise UnitError(f"unit {quote(unit_text)} is too large") from None
            for base, power in powers.items():
                dimension[base] = dimension.get(base, 0.0) + power * exponent
        return factor, {base: power for base, power in dimension.items() if power}

    def _is_scale(self, name: str) -> bool:
        """Whether zero of the unit is zero in SI, unlike degrees Celsius and decibels."""
        return _in_si(0.0, name)[0] == 0.0

    def _wanted(self, unit: str) -> str:
        if self.name == "reduced":
            return "a bare number (reduced units)"
        return f"a quantity in {unit} ({_words(self._scale(unit)[1])})" if _factors(unit) else "a number without unit"


def _in_si(number: float, name: str) -> tuple[float, Mapping[str, float]]:
    """A number of one unit in SI, and its dimension; raises UnitError for an unknown unit."""
    name = _SPOKEN.get(name, name)
    if name in COMMON:
        size, dimension = COMMON[name]
        return number * size + ZEROS.get(name, 0.0), dimension
    quantity = _quantity(number, name)
    return float(quantity.to_base_units().magnitude), _dimension(quantity)


def _quantity(number: float, name: str) -> Any:
    """A number of one unit, from the table of all units."""
    registry = _registry()
    known = registry.parse_unit_name(name)
    if not known:
        near = nearest(name, [*_PREFIXED, *registry])
        raise UnitError(f"unknown unit {quote(name)}" + (f'; did you mean "{near}"?' if near else ""))
    prefix, unit, _ = known[0]
    return registry.Quantity(number, registry.UnitsContainer({prefix + unit: 1}))


@functools.cache
def _registry() -> Any:
    """The table of all units, which takes longer to make than most cases to check."""
    import pint

    return pint.UnitRegistry()


def looks_like_quantity(text: str) -> bool:
    """Whether the text is a number, alone or followed by a unit, as opposed to an expression."""
    text = text.strip()
    match = _NUMBER.match(text)
    if not match or len(text) > _MAX_LENGTH:
        return False
    rest = text[match.end() :]
    if not rest:
        return True
    if not (rest[0].isspace() or rest[0].isalpha() or rest[0] in "%‰°") or rest.strip()[0] in "*/^·⋅×":
        return False
    if any(word in _NOT_NAMES for word in re.findall(r"\w+", rest)):
        return False
    try:
        factors = _factors(rest)
    except UnitError:
        # A number and an ill-made unit, such as "3 K^99", is still no expression.
        return rest[0].isspace() and rest.strip()[0].isalpha() and not re.search(r"[+,<>=]|\s-", rest)
    return bool(factors)


def _factors(text: str) -> list[tuple[str, float]]:
    """The names in a unit text, each with its exponent; nothing is evaluated."""
    if len(text) > _MAX_LENGTH:
        raise UnitError(f"unit {quote(text)} is too long")
    text = _RAISED.sub(lambda found: "^" + found.group().translate(_LOWERED), text).strip()
    tokens, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise UnitError(f"cannot read the unit {quote(text)} at {quote(text[position:])}")
        glued = match.start(match.lastgroup) == position and position > 0
        tokens.append((match.lastgroup, match.group(match.lastgroup), glued))
        position = match.end()
    factors, rest = _product(tokens, text)
    if rest:
        raise UnitError(f"cannot read the unit {quote(text)} at {quote(rest[0][1])}")
    if any(abs(exponent) > _LARGEST_EXPONENT for _, exponent in factors):
        raise UnitError(f"an exponent in the unit {quote(text)} is larger than {_LARGEST_EXPONENT}")
    return factors


def _product(tokens: list[tuple], text: str) -> tuple[list[tuple[str, float]], list[tuple]]:
    """Reads factors joined by signs or spaces, from left to right; returns them and the tokens left."""
    factors: list[tuple[str, float]] = []
    direction, awaited = 1.0, False
    while tokens and tokens[0][1] != ")":
        kind, word, _ = tokens[0]
        if kind == "sign" and not awaited:
            direction, awaited, tokens = (-1.0 if word == "/" else 1.0), True, tokens[1:]
            continue
        if word == "(":
            inner, tokens = _product(tokens[1:], text)
            if not tokens:
                raise UnitError(f"a bracket in the unit {quote(text)} is not closed")
        elif kind == "name":
            inner = [(word, 1.0)]
        elif word == "1":
            inner = []
        else:
            raise UnitError(f"cannot read the unit {quote(text)} at {quote(word)}")
        exponent, tokens = _exponent(tokens[1:], text)
        factors += [(name, power * exponent * direction) for name, power in inner]
        direction, awaited = 1.0, False
    if awaited:
        raise UnitError(f"the unit {quote(text)} ends too early")
    return factors, tokens


def _exponent(tokens: list[tuple], text: str) -> tuple[float, list[tuple]]:
    """The exponent at the head of the tokens (``^2``, ``**-1``, ``^(-1)`` or glued as in ``m-2``), else one."""
    if tokens and tokens[0][0] == "number" and tokens[0][2]:
        return float(tokens[0][1][:9]), tokens[1:]
    if not tokens or tokens[0][0] != "power":
        return 1.0, tokens
    words = [token[1] for token in tokens[1:4]]
    if len(words) == 3 and words[0] == "(" and words[2] == ")" and tokens[2][0] == "number":
        return float(words[1][:9]), tokens[4:]
    if words and tokens[1][0] == "number":
        return float(words[0][:9]), tokens[2:]
    raise UnitError(f'an exponent is missing after "^" in the unit {quote(text)}')


def _dimension(quantity: Any) -> _Dimension:
    powers: Mapping[str, float] = quantity.dimensionality
    return {base.strip("[]"): float(power) for base, power in powers.items()}


def _words(dimension: _Dimension) -> str:
    """A dimension in words, such as "area per time"."""
    above = [_power(base, power) for base, power in dimension.items() if power > 0]
    below = [_power(base, -power) for base, power in dimension.items() if power < 0]
    words = " times ".join(above) + "".join(f" per {word}" for word in below)
    return words.strip() or "dimensionless"


def _power(base: str, power: float) -> str:
    return base if power == 1.0 else _POWERS.get((base, power), f"{base}^{power:g}")


def _real(number: float | int | str) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _finite(number: float, text: str) -> float:
    if not math.isfinite(number):
        raise UnitError(f"the number in {quote(text)} is too large")
    return number
