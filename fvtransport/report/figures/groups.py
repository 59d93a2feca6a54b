"""Which observables share a panel of a figure."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ...case.model import Observed
from ...results.result import Result

__all__ = ["Group", "grouped"]

Group = list[tuple[list[Observed], np.ndarray]]


def grouped(result: Result, histories: Iterable[tuple[Observed, np.ndarray]]) -> list[Group]:
    """Panels of curves: those of one unit and similar size share one, and equal curves are one curve."""
    groups: list[Group] = []
    for observed, history in histories:
        unit = observed.observable.reading_unit
        alike = [group for group in groups if group[0][0][0].observable.reading_unit == unit]
        twin = next((names for group in alike for names, curve in group if np.array_equal(curve, history)), None)
        room = next((group for group in alike if len(group) < 4 and _similar(group[0][1], history)), None)
        if twin is not None:
            twin.append(observed)
        elif room is not None:
            room.append(([observed], history))
        else:
            groups.append([([observed], history)])
    return groups


def _similar(first: np.ndarray, second: np.ndarray) -> bool:
    sizes = sorted(float(np.abs(curve).max()) for curve in (first, second))
    return 20.0 * sizes[0] >= sizes[1]
