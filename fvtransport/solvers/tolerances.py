"""How large each unknown is for the error control, where its own value is near zero."""

from __future__ import annotations

import numpy as np

from ..discretisation.layout import Layout
from ..discretisation.mass_matrix import Storage
from ..discretisation.system import System

__all__ = ["error_sizes"]

_LOOSER = 1e2


def error_sizes(
    system: System, layout: Layout, storage: Storage, t: float, values: np.ndarray, scale: np.ndarray, duration: float
) -> np.ndarray:
    """Size below which each unknown is held to an absolute error: fields by their scale, totals by their content.

    Wall states follow from the cells at every instant, so they are held more loosely: tight enough for Newton's method to
    start well, too loose to shorten a step.
    """
    sizes = np.empty(layout.size)
    content = np.abs(storage.matrix(t, values[:, system.geometry.cells]))
    amounts = np.einsum("ijn,j->i", content, scale)
    for total in layout.wall_totals:
        sizes[total.index] = amounts[total.slot]
    if layout.chains:
        gathered = _gathered_sizes(system, t, values, scale, duration) if layout.gathered else np.zeros(0)
        chains = np.concatenate([amounts[: layout.sources], gathered])
        if layout.is_line:
            layout.running(sizes)[...] = chains[:, None]
        else:
            sizes[-layout.chains :] = chains
    layout.values(sizes)[...] = scale[:, None]
    sizes[layout.algebraic] *= _LOOSER
    return sizes


def _gathered_sizes(system: System, t: float, values: np.ndarray, scale: np.ndarray, duration: float) -> np.ndarray:
    """Amounts of the densities below which they are held to an absolute error.

    A thousandth of what would gather in the whole run at the rate of the start or, if that is less or the start is
    at rest, with every field falling by its own size over the domain.
    """
    geometry = system.geometry
    left, right = geometry.faces.sides(values)
    extent = np.ptp(geometry.place[:3], axis=1).max()
    fall = 0.5 * scale[:, None] / (geometry.faces.inverse_distance * extent)
    mean = 0.5 * (left + right)
    rates = []
    for sides in ((left, right), (mean - fall, mean + fall)):
        rates.append(np.abs(system.exchange(t, *sides).densities @ geometry.faces.span))
    sizes = 1e-3 * duration * np.array(rates)
    sizes = np.where(np.isfinite(sizes) & (sizes > 0.0), sizes, np.inf).min(axis=0)
    return np.where(np.isfinite(sizes), sizes, 1.0)
