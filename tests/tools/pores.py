"""A fine pore between two vessels as a numerical boundary-value problem."""

from __future__ import annotations

import numpy as np
from scipy.integrate import solve_bvp

R, T, P, L, D = 8.31446261815324, 300.0, 101325.0, 0.01, 7.3e-5
MASSES = {"He": 4.0026e-3, "Ar": 39.948e-3}
PORE = {
    "species": ("He", "Ar"),
    "molar_masses": MASSES,
    "pore_diameter": 1e-6,
    "length": L,
    "temperature": T,
    "pressure": P,
    "diffusivity": D,
}
VISCOUS = {"permeability": 1e-12 / 32.0, "viscosity": 2.2e-5}
UNIT = P / (R * T) * D / L


def by_boundary_values(pore, permeability: float, closed: bool) -> tuple[np.ndarray, np.ndarray, float, float]:
    """x and p/p_0 along the pore, and N_He, N_Ar: the dusty-gas equations for the total
    fluxes, solved for the slopes.
    """
    boundaries = np.array(
        [pore.pore_diameter / 3.0 * np.sqrt(8.0 * R * T / (np.pi * MASSES[name])) for name in ("He", "Ar")]
    )

    def rates(s, state, fluxes):
        """With N_i^D = N_i - x_i N_v in the extended Maxwell-Stefan equations; s = z/L, fluxes and
        slopes in units of UNIT.
        """
        x, p = state
        first, second = (flux * np.ones_like(s) for flux in ((fluxes[0], -fluxes[0]) if closed else fluxes))
        mobility = p * P * permeability / VISCOUS["viscosity"] / D
        friction = x * D / boundaries[0] + (1.0 - x) * D / boundaries[1]
        dp = -(first * D / boundaries[0] + second * D / boundaries[1]) / (1.0 + mobility * friction)
        viscous = -mobility * dp
        own, other = first - x * viscous, second - (1.0 - x) * viscous
        dxp = -(p * ((1.0 - x) * own - x * other) + own * D / boundaries[0])
        return np.stack([(dxp - x * dp) / p, dp])

    def ends(a, b, fluxes):
        return np.array([a[0] - pore.x_left, b[0] - pore.x_right, a[1] - 1.0] + ([] if closed else [b[1] - 1.0]))

    s = np.linspace(0.0, 1.0, 101)
    start = np.stack([pore.x_left + (pore.x_right - pore.x_left) * s, np.ones_like(s)])
    found = solve_bvp(rates, ends, s, start, p=[0.3] if closed else [0.3, -0.1], tol=1e-10, max_nodes=50000)
    assert found.success, found.message
    return *found.sol(s), found.p[0] * UNIT, (-found.p[0] if closed else found.p[1]) * UNIT
