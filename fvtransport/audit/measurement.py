"""How far a rule of thermodynamics is off in every cell, and how that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

__all__ = ["DERIVATIVE", "NOISE", "ROUND_OFF", "Measurement", "relative"]

ROUND_OFF = 1e4 * float(np.finfo(float).eps)
"""What rules without derivatives may be off, relative to the sum of their terms."""
DERIVATIVE = 1e-6
"""What rules with numerical derivatives may be off, relative to the sum of their terms."""
NOISE = 1e-3
"""Part of a quantity over its variable that counts in the size of its derivative, which may vanish."""


@dataclass(frozen=True)
class Measurement:
    """How far a rule is off, relative to the size of its terms, (cells,), NaN where it cannot be judged.

    text says a violation, with places for numbers (cells,) by name. label tells several measurements of one rule apart.
    is_silent: only violations are reported. missing says why there is nothing to judge.
    """

    terms: tuple[str, ...]
    rule: str
    deviation: np.ndarray
    limit: float
    text: str
    numbers: Mapping[str, np.ndarray] = field(default_factory=dict)
    label: str = ""
    is_silent: bool = False
    missing: str = "no cell has all its species"

    def says(self, cell: int) -> str:
        """The violation in a cell, in words."""
        return self.text.format(**{name: values[cell] for name, values in self.numbers.items()})


def relative(gap: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """|gap|/scale, 0 where the gap vanishes."""
    return np.where(gap == 0.0, 0.0, np.abs(gap) / scale)
