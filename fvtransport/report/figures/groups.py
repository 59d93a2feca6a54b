"""Grouping of observables into the panels of a figure."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ...case.model import Observed
from ...results.result import Result

__all__ = ["Group", "group_histories"]

Group = list[tuple[list[Observed], np.ndarray]]


def group_histories(result: Result, histories: Iterable[tuple[Observed, np.ndarray]]) -> list[Group]:
    """Panels of curves: curves of the same unit and similar size share a panel, and equal curves are drawn once."""
    groups: list[Group] = []
    for observed, history in histories:
        unit = observed.observable.reading_unit
        same_unit = [group for group in groups if group[0][0][0].observable.reading_unit == unit]
        equal = next((names for group in same_unit for names, curve in group if np.array_equal(curve, history)), None)
        panel = next((group for group in same_unit if len(group) < 4 and _similar(group[0][1], history)), None)
        if equal is not None:
            equal.append(observed)
        elif panel is not None:
            panel.append(([observed], history))
        else:
            groups.append([([observed], history)])
    return groups


def _similar(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether the largest absolute values of two curves differ by a factor of at most 20."""
    sizes = sorted(float(np.abs(curve).max()) for curve in (first, second))
    return 20.0 * sizes[0] >= sizes[1]
