"""Readings: values of observables at the end, at given times or over phases and cycles."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..discretisation.snapshot import Snapshot
from ..model.observable import Observable

__all__ = ["Reading", "history_of", "measured", "plain", "reading_as_dict"]


@dataclass(frozen=True)
class Reading:
    """The value of an observable: a list where several times were asked for.

    NaN at times that were not reached, and in place of the end of a run that did not succeed. over names a phase or
    the cycle of a protocol: the value is what was added in the last of them or, with is_mean, its average over time.
    """

    value: float | list[float]
    unit: str
    times: list[float] | None = None
    over: str = ""
    is_mean: bool = False


def plain(value: Any) -> Any:
    """Nested data with plain Python numbers only, ready for strict JSON: NaN and infinities become None."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if math.isfinite(value) else None
    return value if value is None else str(value)


def measured(observable: Observable, snapshot: Snapshot | None) -> float:
    """The value of an observable at a snapshot; NaN without one."""
    return float("nan") if snapshot is None else float(observable.measure(snapshot))


def history_of(observable: Observable, snapshots: Sequence[Snapshot]) -> np.ndarray:
    """The value of an observable at every snapshot."""
    return np.array([float(observable.measure(snapshot)) for snapshot in snapshots])


def reading_as_dict(reading: Reading) -> dict[str, Any]:
    """A reading as plain data, as `summary.json` has it."""
    times = {} if reading.times is None else {"times": reading.times}
    over = {"mean_over" if reading.is_mean else "over": reading.over} if reading.over else {}
    return {"value": reading.value, "unit": reading.unit, **times, **over}
