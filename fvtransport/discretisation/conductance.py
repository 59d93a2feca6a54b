"""Conductances: derivatives of fluxes by gradients."""

from __future__ import annotations

import numpy as np

from .system import System

__all__ = ["composition_rows", "conductances"]


_STEP = 1e-4


def conductances(system: System, t: float, mean: np.ndarray) -> dict[str, np.ndarray]:
    """K of every law that has a flux, and of the bulk flow where forces drive it: minus the derivative of the flux by
    the gradient of each field alone, (balances, balances, faces), at states of all faces (balances, faces).

    The gradient is a small central difference between the nodes of the face, so that laws may depend on both nodes and
    the flux without any gradient cancels.
    """
    count = len(mean)
    step = 0.5 * _STEP * _reach(system, mean)
    left, right = (np.repeat(mean[:, None], 2 * count, axis=1) for _ in range(2))
    for j in range(count):
        for side, rise in ((left, -step[j]), (right, step[j])):
            side[j, j] += rise
            side[j, count + j] -= rise
    apart = np.stack([right[j, j] - left[j, j] for j in range(count)])
    found = {}
    for name, flux in system.fluxes.dissipative(t, left, right).items():
        change = 0.5 * (flux[:, :count] - flux[:, count:])
        found[name] = -change / (apart * system.geometry.faces.inverse_distance)
    return found


def _reach(system: System, mean: np.ndarray) -> np.ndarray:
    """How far each field may move and stay in its range; where it is zero or at an end, its size elsewhere."""
    bounds = np.array([(field.lower, field.upper) for field in system.medium.fields])
    reach = np.minimum(np.abs(mean), np.minimum(mean - bounds[:, :1], bounds[:, 1:] - mean))
    own, last = composition_rows(system, mean)
    reach[own] = np.minimum(reach[own], np.maximum(last, 0.0))
    size = np.abs(mean).max(axis=1, keepdims=True)
    return np.where(reach > 0.0, reach, np.where(size > 0.0, size, 1.0))


def composition_rows(system: System, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the mole fractions that are solved for, and the last one, which follows from them."""
    row = system.medium.row
    own = np.array([row[field] for field in system.medium.species if field in row], int)
    return own, 1.0 - values[own].sum(axis=0)
