"""Conversion of quantities with units to SI floats, with a check of the dimension; inside there are only floats."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Any

from ...errors import nearest, quote
from .common_units import COMMON, ZEROS
from .unit_text import MAX_LENGTH, NUMBER, UnitError, looks_like_quantity, unit_factors

__all__ = ["UnitSystem"]

_PREFIXED = ("km", "cm", "mm", "um", "nm", "kg", "mg", "kJ", "kW", "mW", "kPa", "MPa", "GPa", "kmol", "mmol", "ms")
_SPOKEN = {"%": "percent", "‰": "permille", "°": "degree"}
_POWERS = {("length", 2.0): "area", ("length", 3.0): "volume"}

_Dimension = dict[str, float]


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

        Raises UnitError when the text is not a quantity, or its unit is unknown or of another dimension.
        """
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise UnitError(f"found {quote(value)}, expected {self._wanted(unit)}")
        if not isinstance(value, str):
            return _real(value)
        text = value.strip()
        match = NUMBER.match(text[:MAX_LENGTH])
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

    def _convert(self, number: float, unit_text: str, unit: str) -> float:
        factors, (_, expected) = unit_factors(unit_text), self._scale(unit)
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
        for name, exponent in unit_factors(unit_text):
            if not self._is_scale(name):
                raise UnitError(
                    f"unit {quote(name)} has a zero of its own and cannot be part of "
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
        return (
            f"a quantity in {unit} ({_words(self._scale(unit)[1])})" if unit_factors(unit) else "a number without unit"
        )


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
