"""Numerical boundary-value solutions of  x' = -N/(c D(x)),  N' = 0  on a slab."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_bvp

C, D, L = 40.87, 1.65e-5, 0.1
UNIT = C * D / L
Z = np.linspace(0.0, L, 41)


def shoot(diffusivity: Callable, boundary_equations: Callable) -> tuple[np.ndarray, float]:
    """Profile on Z and flux in units of c D/L; conditions(x left, N left, x right, N right) must vanish."""

    def rates(s: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.stack([-y[1] * D / diffusivity(y[0]), np.zeros_like(s)])

    start = np.stack([np.full(Z.size, 0.5), np.full(Z.size, 0.5)])
    found = solve_bvp(
        rates, lambda a, b: boundary_equations(a[0], a[1], b[0], b[1]), Z / L, start, tol=1e-11, max_nodes=20000
    )
    assert found.success
    x, flux = found.sol(Z / L)
    assert np.ptp(flux) < 1e-10
    return x, flux[0]
