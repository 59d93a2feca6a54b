"""Numbers that a geometry file computes, as far as they are known without Gmsh: the bounds of its loops."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from .geo_tokens import Token

__all__ = ["value_of"]

_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "Sin": math.sin, "Cos": math.cos, "Tan": math.tan, "Sqrt": math.sqrt, "Exp": math.exp, "Log": math.log,
    "Log10": math.log10, "Fabs": abs, "Abs": abs, "Floor": math.floor, "Ceil": math.ceil, "Round": round, "Min": min,
    "Max": max, "Hypot": math.hypot, "Fmod": math.fmod, "Modulo": math.fmod,
}  # fmt: skip
_POWERS = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "^": 4}
_SIGNED = 3


class _UnknownError(Exception):
    """The value depends on what only Gmsh knows."""


def value_of(tokens: Sequence[Token], values: Mapping[str, float]) -> float | None:
    """The value of an expression of numbers, known variables and functions; None where it is not one."""
    reader = _Expression([token.text for token in tokens], values)
    try:
        value = reader.value(0)
    except (_UnknownError, ArithmeticError, ValueError, TypeError, RecursionError):
        return None
    return value if reader.is_done and math.isfinite(value) else None


class _Expression:
    """Reads words from left to right, an operator of higher power before its neighbours."""

    def __init__(self, words: Sequence[str], values: Mapping[str, float]) -> None:
        self._words, self._values, self._at = words, values, 0

    @property
    def is_done(self) -> bool:
        return self._at == len(self._words)

    def _peek(self) -> str:
        return "" if self.is_done else self._words[self._at]

    def _take(self, *wanted: str) -> str:
        word = self._peek()
        if not word or (wanted and word not in wanted):
            raise _UnknownError
        self._at += 1
        return word

    def value(self, power: int) -> float:
        """The value up to an operator of at most this power."""
        left = self._operand()
        while _POWERS.get(self._peek(), 0) > power:
            sign = self._take()
            right = self.value(_POWERS[sign] if sign != "^" else _SIGNED)
            left = _combined(sign, left, right)
        return left

    def _operand(self) -> float:
        word = self._take()
        if word in ("+", "-"):
            value = self.value(_SIGNED)
            return -value if word == "-" else value
        if word == "(":
            value = self.value(0)
            self._take(")")
            return value
        if word in _FUNCTIONS:
            return float(_FUNCTIONS[word](*self._arguments()))
        if word == "Pi":
            return math.pi
        if word in self._values:
            return self._values[word]
        try:
            return float(word)
        except ValueError:
            raise _UnknownError from None

    def _arguments(self) -> list[float]:
        closing = ")" if self._take("(", "[") == "(" else "]"
        found = [self.value(0)]
        while self._take(",", closing) == ",":
            found.append(self.value(0))
        return found


def _combined(sign: str, left: float, right: float) -> float:
    if sign == "^":
        return float(left**right)
    if sign == "%":
        return math.fmod(left, right)
    return {"+": left + right, "-": left - right, "*": left * right}[sign] if sign != "/" else left / right
