"""Every plugin must be element-wise: what it gives at one point depends on the state of that point alone.

Each member is evaluated on a state that differs from point to point, and once more on some of the points in another
order. A mean, a maximum or a sum over faces or cells gives another value then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...errors import PluginError, plugin_call
from ...model.handles import Balance, Field
from ..reading.builder import CaseBuilder
from .elementwise_members import Evaluate, TrialFaces, tried_members
from .returned_values import numbers
from .trial_points import TrialStates

__all__ = ["check_elementwise", "differing"]

_SAME = 1e-9


def check_elementwise(builder: CaseBuilder, trial: TrialStates) -> None:
    """Raise PluginError for the first plugin whose value at a point depends on which others are there."""
    if trial.position.shape[1] < 3:
        return
    points = TrialFaces(trial, {read.name: read.law for read in builder.laws})
    for mark, what, members in tried_members(builder, points):
        for name, (evaluate, count) in members.items():
            if text := differing(evaluate, count):
                raise PluginError(f"{mark.source}:{mark.line}:{mark.column}: {what} must be element-wise: {name}{text}")


def differing(evaluate: Evaluate, count: int) -> str:
    """How the terms at some of `count` points differ from those at the same points among all, '' where they agree.

    evaluate gives a mapping of terms, or one value, at the points of the given indices. A member that fails for all
    points is none of this check's business.
    """
    some = np.array([count - 2, 0])
    try:
        whole = _evaluated(evaluate, np.arange(count))
    except (PluginError, ArithmeticError):  # reported at the initial state, or this state is beyond the plugin's reach
        return ""
    try:
        part = _evaluated(evaluate, some)
    except (PluginError, ArithmeticError) as error:
        return f" fails when some points are left out{error}"
    for key, value in whole.items():
        if value.shape not in ((), (count,)):
            return f"{_of(key)} has shape {value.shape} where (..., {count}) is expected"
        all_points = np.broadcast_to(value, (count,))
        if key not in part or part[key].shape not in ((), (some.size,)):
            return f"{_of(key)} has another shape when some points are left out"
        if not _is_same(all_points[some], part[key], np.abs(all_points[np.isfinite(all_points)]).max(initial=0.0)):
            cause = "a mean, maximum or sum over points is not allowed"
            return f"{_of(key)} at one point changed when others were left out; {cause}"
    return ""


def _evaluated(evaluate: Evaluate, which: np.ndarray) -> Mapping[Any, np.ndarray]:
    """The terms of a member at the points of some indices; PluginError where it fails."""
    with np.errstate(all="ignore"):
        return plugin_call("", lambda: _terms(evaluate(which)))


def _is_same(one: np.ndarray, other: np.ndarray, size: float) -> bool:
    if (one == other).all():
        return True
    return bool(np.allclose(one, other, rtol=_SAME, atol=_SAME * 1e-3 * size, equal_nan=True))


def _terms(value: Any) -> Mapping[Any, np.ndarray]:
    """Terms by what they are of; those of vectors and of the rows of a matrix by their indices; none of None."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return {key: numbers(each) for key, each in value.items()}
    if not isinstance(value, tuple):
        return {None: numbers(value)}
    nested = {i: _terms(each) for i, each in enumerate(value)}
    return {i if key is None else f"{i}, {key}": each for i, own in nested.items() for key, each in own.items()}


def _of(key: Any) -> str:
    if isinstance(key, tuple):
        return "".join(_of(each) for each in key)
    return f" of {key.name}" if isinstance(key, (Field, Balance)) else "" if key is None else f" [{key}]"
