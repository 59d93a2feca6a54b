"""Maxwell-Stefan diffusion by finite volumes, for closed forms to be held against."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from fvtransport.plugins.solutions.multicomponent import diffusive_fluxes
from scipy.integrate import solve_ivp


def finite_volumes(
    start: np.ndarray, inverse: np.ndarray, length: float, times: tuple, bulbs: tuple = ()
) -> np.ndarray:
    """Mole fractions (species - 1, cells and bulbs, times) by cells of equal size, to which bulbs are
    joined half a cell away.

    start (species - 1, cells); bulbs are volumes over the cross-section and mole fractions, of both ends or none.
    """
    count, size = start.shape[1], length / start.shape[1]
    masses = np.full(count, size)
    gaps = np.full(count - 1, size)
    if bulbs:
        start = np.column_stack([bulbs[0][1], start, bulbs[1][1]])
        masses, gaps = (
            np.concatenate([[bulbs[0][0]], masses, [bulbs[1][0]]]),
            np.pad(gaps, 1, constant_values=0.5 * size),
        )

    def rates(t: float, y: np.ndarray) -> np.ndarray:
        x = y.reshape(-1, len(start)).T
        # a bulb has its own composition on the face that joins it
        half = 0.5 * (x[:, 1:] + x[:, :-1])
        if bulbs:
            half[:, 0], half[:, -1] = x[:, 0], x[:, -1]
        fluxes = diffusive_fluxes(np.vstack([half, 1.0 - half.sum(axis=0)]), np.diff(x) / gaps, inverse)
        return (-np.diff(np.pad(fluxes, ((0, 0), (1, 1)))) / masses).T.ravel()

    band = 2 * len(start) - 1
    found = solve_ivp(
        rates, (0.0, times[-1]), start.T.ravel(), "LSODA", t_eval=times, rtol=1e-10, atol=1e-13, lband=band, uband=band
    )
    assert found.success
    return np.moveaxis(found.y.reshape(-1, len(start), len(times)), 1, 0)


def extrapolated(values: Callable[[int], np.ndarray], cells: int) -> np.ndarray:
    """Values on the finest of three meshes, freed of the error of second order, which must be what the others show."""
    coarse, middle, fine = (values(cells * factor) for factor in (1, 2, 4))
    order = np.log2((coarse - middle) / (middle - fine))
    np.testing.assert_allclose(order, 2.0, rtol=0.0, atol=0.05)
    return (4.0 * fine - middle) / 3.0
