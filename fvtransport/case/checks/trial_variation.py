"""Trial states that differ from point to point, near the initial state and inside the range of every field."""

from __future__ import annotations

import numpy as np

from .trial_points import TrialStates

__all__ = ["varied"]

_LEAST, _MOST = 0.90, 0.97
_SMALL = 0.01


def varied(trial: TrialStates) -> np.ndarray:
    """The initial state of the trial points, (fields, points), each value by 3 to 10 % nearer to zero.

    What is zero becomes small. A composition stays one, for all its fractions shrink alike.
    """
    factors = np.random.default_rng(7).uniform(_LEAST, _MOST, trial.values.shape)
    size = np.abs(trial.values).max(axis=1, keepdims=True)
    bumps = _SMALL * factors * np.where(size > 0.0, size, 1.0)
    moved = np.where(trial.values == 0.0, bumps, factors * trial.values)
    bounds = np.array([(field.lower, field.upper) for field in trial.medium.fields]).reshape(-1, 2)
    return np.clip(moved, bounds[:, :1], bounds[:, 1:])
