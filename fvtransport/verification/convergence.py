"""Errors on a series of meshes and the orders at which they decrease, as data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Convergence", "Level"]

_ROUND_OFF = 1e-11
_ASYMPTOTIC = 0.05


@dataclass(frozen=True)
class Level:
    """One mesh: cells along each axis (or in all), the size of a cell beside the domain, relative errors by quantity.

    cell_peclet is the largest of the manufactured solution: convection and drift over a cell against diffusion.
    """

    cells: tuple[int, ...]
    size: float
    errors: Mapping[str, float]
    cell_peclet: float | None = None


@dataclass(frozen=True)
class Convergence:
    """Errors of each quantity on every mesh against a reference, which is named.

    The largest error of a field inside and on the boundaries apart, relative to its exact spread; the largest error of
    the flux of a balance through the boundaries, fading towards edges of the domain, relative to the largest flux;
    relative errors of observables. What no closed form gives is followed by "(change)" and compared with the next mesh.
    numeric_because says why the sources of a manufactured solution come from numbers, '' where they are formulas.
    """

    title: str
    reference: str
    levels: tuple[Level, ...]
    numeric_because: str = ""

    @property
    def quantities(self) -> tuple[str, ...]:
        """Everything measured, in order."""
        return tuple(self.levels[0].errors)

    def orders(self, quantity: str) -> list[float | None]:
        """Observed order from each mesh to the next; None where an error is round-off."""
        found: list[float | None] = []
        for coarse, fine in zip(self.levels, self.levels[1:]):
            before, after = coarse.errors.get(quantity, math.nan), fine.errors.get(quantity, math.nan)
            ratio = math.log(coarse.size / fine.size)
            clear = after > _ROUND_OFF and before > _ROUND_OFF
            found.append(math.log(before / after) / ratio if clear else None)
        return found

    def observed(self) -> dict[str, float]:
        """The last order of each quantity that has one."""
        last = {name: [order for order in self.orders(name) if order is not None] for name in self.quantities}
        return {name: orders[-1] for name, orders in last.items() if orders}

    def not_yet_asymptotic(self) -> dict[str, list[float]]:
        """Quantities whose last order differs by more than 0.05 from the one before, with their orders."""
        known = {name: [order for order in self.orders(name) if order is not None] for name in self.quantities}
        return {name: each for name, each in known.items() if len(each) > 1 and abs(each[-1] - each[-2]) > _ASYMPTOTIC}

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as `--format json` prints it."""
        return {
            "title": self.title,
            "reference": self.reference,
            "levels": [
                {"cells": list(level.cells), "errors": dict(level.errors), "cell_peclet": level.cell_peclet}
                for level in self.levels
            ],
            "orders": {name: self.orders(name) for name in self.quantities},
            "not_yet_asymptotic": sorted(self.not_yet_asymptotic()),
            "numeric_sources": self.numeric_because,
        }
