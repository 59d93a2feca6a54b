"""The physical range of every field: mole fractions in [0, 1], temperatures above 0."""

from __future__ import annotations

import numpy as np

from ..outcome import Outcome, Stopped
from .system import System

__all__ = ["Range"]

# The error control may overshoot a bound by this many times rtol, round-off by the second number.
_OVERSHOOT, _ROUND_OFF = 10.0, 1e-9
_CURE = (
    "; with reconstructed gradients a steep front may overshoot: refine the mesh there, or start from a smoother one"
)


class Range:
    """Bounds of the solved fields, with the overshoot that the tolerance of the solver explains.

    Where gradients along the faces are reconstructed, a steep front may overshoot: the message then says so.
    """

    def __init__(self, system: System, scale: np.ndarray, rtol: float) -> None:
        medium = system.medium
        self._fields, self._cure = medium.fields, "" if system.fluxes.reconstruction is None else _CURE
        slack = np.maximum(_ROUND_OFF, _OVERSHOOT * rtol) * scale
        self._lower = np.array([field.lower for field in medium.fields]) - slack
        self._upper = np.array([field.upper for field in medium.fields]) + slack

    def check(self, t: float, lowest: np.ndarray, highest: np.ndarray) -> None:
        """Raise Stopped where the extremes (balances,) of a state are out of range."""
        wrong = (lowest < self._lower) | (highest > self._upper)
        if not wrong.any():
            return
        row = int(np.flatnonzero(wrong)[0])
        field = self._fields[row]
        worst = float(lowest[row] if lowest[row] < self._lower[row] else highest[row])
        beyond = field.lower - worst if worst < field.lower else worst - field.upper
        text = f"{field.name} = {worst:.6g} at t = {t:g}, {beyond:.2g} outside [{field.lower:g}, {field.upper:g}]"
        text += self._cure
        raise Stopped(Outcome.OUT_OF_RANGE, text)
