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
    """Size below which the error of each unknown is absolute: fields by their scale, totals by their content.

    Boundary states follow from the cells at every instant, so their tolerance is looser: tight enough for Newton's
    method to start well, too loose to shorten a step.
    """
    sizes = np.empty(layout.size)
    content = np.abs(storage.matrix(t, values[:, system.geometry.cells]))
    conserved = np.einsum("ijn,j->i", content, scale)
    for total in layout.boundary_totals:
        sizes[total.index] = conserved[total.row]
    if layout.sums:
        time_integrals = (
            _time_integral_sizes(system, t, values, scale, duration) if layout.integral_count else np.zeros(0)
        )
        sums = np.concatenate([conserved[: layout.source_count], time_integrals])
        if layout.is_line:
            layout.cumulative_sums(sizes)[...] = sums[:, None]
        else:
            sizes[-layout.sums :] = sums
    layout.values(sizes)[...] = scale[:, None]
    sizes[layout.algebraic] *= _LOOSER
    return sizes


def _time_integral_sizes(
    system: System, t: float, values: np.ndarray, scale: np.ndarray, duration: float
) -> np.ndarray:
    """Sizes of the time integrals of densities below which their error is absolute.

    A thousandth of the integral over the whole run at the rate of the start or, if that is less or the start is at
    rest, with every field falling by its own size over the domain.
    """
    geometry = system.geometry
    left, right = geometry.faces.left_right(values)
    extent = np.ptp(geometry.position[:3], axis=1).max()
    fall = 0.5 * scale[:, None] / (geometry.faces.inverse_distance * extent)
    mean = 0.5 * (left + right)
    rates = []
    for sides in ((left, right), (mean - fall, mean + fall)):
        rates.append(np.abs(system.evaluate_faces(t, *sides).rate_densities @ geometry.faces.volume))
    sizes = 1e-3 * duration * np.array(rates)
    sizes = np.where(np.isfinite(sizes) & (sizes > 0.0), sizes, np.inf).min(axis=0)
    return np.where(np.isfinite(sizes), sizes, 1.0)
