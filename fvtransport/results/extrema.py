"""When an observable is largest, smallest or zero, and how large it then is, between the snapshots of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..case.model import Reduction

__all__ = ["reduced"]

_NEIGHBOURS = 8


def reduced(reduction: Reduction, times: Sequence[float], values: Sequence[float] | np.ndarray) -> float:
    """The value or the time that a reduction gives of a history; NaN where there is none.

    Between snapshots the history is the polynomial through the eight nearest, so the error falls with the eighth power
    of their distance where it is smooth.
    """
    t, u = (np.asarray(each, float) for each in (times, values))
    t, first = np.unique(t, return_index=True)
    u = u[first]
    if t.size < 2 or not np.isfinite(u).all():
        return float("nan")
    if reduction is Reduction.FIRST_ZERO:
        return _zero(t, u)
    sign = -1.0 if reduction in (Reduction.MAX, Reduction.ARGMAX) else 1.0
    at, lowest = _lowest(t, sign * u)
    return sign * lowest if reduction in (Reduction.MAX, Reduction.MIN) else at


def _near(t: np.ndarray, u: np.ndarray, k: int) -> Callable[[float], float]:
    from scipy.interpolate import BarycentricInterpolator

    start = int(np.clip(k - _NEIGHBOURS // 2, 0, max(t.size - _NEIGHBOURS, 0)))
    part = slice(start, start + _NEIGHBOURS)
    through = BarycentricInterpolator(t[part], u[part])
    return lambda time: float(through(time))


def _zero(t: np.ndarray, u: np.ndarray) -> float:
    """The first time at which the history passes zero."""
    from scipy.optimize import brentq

    crossings = np.flatnonzero((u[:-1] != 0.0) & (u[:-1] * u[1:] <= 0.0))
    if not crossings.size:
        return float("nan")
    k = int(crossings[0])
    if u[k + 1] == 0.0:
        return float(t[k + 1])
    return float(brentq(_near(t, u, k + 1), t[k], t[k + 1], xtol=1e-14 * abs(t[-1]), rtol=1e-14))


def _lowest(t: np.ndarray, u: np.ndarray) -> tuple[float, float]:
    """Where the history is lowest, and how low."""
    from scipy.optimize import minimize_scalar

    k = int(u.argmin())
    if k in (0, t.size - 1):
        return float(t[k]), float(u[k])
    found = minimize_scalar(
        _near(t, u, k), bounds=(t[k - 1], t[k + 1]), method="bounded", options={"xatol": 1e-10 * t[-1]}
    )
    return (float(found.x), float(found.fun)) if found.fun <= u[k] else (float(t[k]), float(u[k]))
