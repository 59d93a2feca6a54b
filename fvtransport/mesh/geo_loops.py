"""How often a loop of a geometry file turns, as far as its bounds are known without Gmsh."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from .geo_numbers import value_of
from .geo_tokens import Token

__all__ = ["MOST_TURNS", "EndlessError", "turns_of"]

MOST_TURNS = 1_000_000
"""Turns of the loops within one another, in all."""


class EndlessError(Exception):
    """A loop without an end; cure says what it needs."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


def turns_of(statement: Sequence[Token], values: Mapping[str, float]) -> float:
    """Turns of a loop, 1 where only Gmsh knows its bounds; EndlessError for one that does not end."""
    bounds = [value_of(part, values) for part in _parts(statement)]
    if len(bounds) not in (2, 3):
        raise EndlessError("a loop without bounds", "For i In {first:last} or {first:last:step}")
    first, last, step = (*bounds, 1.0)[:3]
    if step == 0.0:
        raise EndlessError("a loop whose step is 0 has no end", "a step above 0")
    if first is None or last is None or step is None:
        return 1.0
    if first + step == first or last - step == last:
        raise EndlessError("a loop whose step is lost in rounding has no end", "a larger step")
    turns = (last - first) / step + 1.0
    return max(0.0, turns) if math.isfinite(turns) else math.inf


def _parts(statement: Sequence[Token]) -> list[list[Token]]:
    """The words between the colons of the bounds."""
    opening = next((n for n, token in enumerate(statement) if token.text in ("{", "(")), 0)
    parts: list[list[Token]] = [[]]
    for token in statement[opening + 1 : -1]:
        if token.text == ":":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
