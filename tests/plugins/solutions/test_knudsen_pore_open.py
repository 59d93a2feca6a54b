"""The pores against boundary-value solutions of the dusty-gas equations along z, and against their limits."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.emcd_slab import EmcdSlab
from fvtransport.plugins.solutions.knudsen_pore_closed import KnudsenPoreClosed
from fvtransport.plugins.solutions.knudsen_pore_open import KnudsenPoreOpen
from scipy.integrate import solve_bvp

from tests.tools.issues import issue_texts

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


@pytest.mark.parametrize(
    "changes", [{}, {"x_left": 0.2, "x_right": 0.9}, {"pore_diameter": 1e-8}, {"pore_diameter": 1e-4}]
)
def test_open_pore(changes):
    pore = KnudsenPoreOpen(**{**PORE, **changes})
    assert issue_texts(pore) == []
    x, p, first, second = by_boundary_values(pore, 0.0, closed=False)
    exact = pore.fields(np.linspace(0.0, L, 101), 0.0)
    np.testing.assert_allclose(exact["x_He"], x, rtol=0.0, atol=1e-8)
    np.testing.assert_allclose(p, 1.0, rtol=0.0, atol=1e-9)
    assert pore.observables()["N_He"] == pytest.approx(first, rel=1e-8)
    assert pore.observables()["N_Ar"] == pytest.approx(second, rel=1e-8)


@pytest.mark.parametrize(
    "changes", [{}, {"x_left": 0.2, "x_right": 0.9}, {"pore_diameter": 1e-7}, {"permeability": 0.0}]
)
def test_closed_pore(changes):
    pore = KnudsenPoreClosed(**{**PORE, **VISCOUS, **changes})
    assert issue_texts(pore) == []
    x, p, first, second = by_boundary_values(pore, pore.permeability, closed=True)
    exact = pore.fields(np.linspace(0.0, L, 101), 0.0)
    np.testing.assert_allclose(exact["x_He"], x, rtol=0.0, atol=2e-8)
    np.testing.assert_allclose(exact["p"], p * P, rtol=2e-8)
    found = pore.observables()
    assert found["N_He"] == pytest.approx(first, rel=2e-8) and found["N_Ar"] == pytest.approx(second, rel=2e-8)
    assert found["pressure_rise"] == pytest.approx((p[-1] - 1.0) * P, rel=2e-7)


def test_the_fluxes_of_an_open_pore_have_the_ratio_of_graham():
    fluxes = KnudsenPoreOpen(**PORE).observables()
    assert fluxes["N_Ar"] / fluxes["N_He"] == pytest.approx(-np.sqrt(4.0026 / 39.948), rel=1e-14)


def test_in_the_finest_pores_each_gas_flows_by_itself():
    fluxes = KnudsenPoreOpen(**{**PORE, "pore_diameter": 1e-12}).observables()
    for name, sign in (("He", 1.0), ("Ar", -1.0)):
        by_wall = 1e-12 / 3.0 * np.sqrt(8.0 * R * T / (np.pi * MASSES[name]))
        assert fluxes[f"N_{name}"] == pytest.approx(sign * by_wall * P / (R * T) / L, rel=1e-5)


def test_a_wide_closed_pore_is_a_tube_of_equimolar_counterdiffusion():
    wide = {"pore_diameter": 1e-3, "permeability": 1e-6 / 32.0}
    found = KnudsenPoreClosed(**{**PORE, **VISCOUS, **wide}).observables()
    slab = EmcdSlab(concentration=P / (R * T), diffusivity=D, length=L, x_left=1.0, x_right=0.0).observables()
    assert found["N_He"] == pytest.approx(slab["N_A"], rel=1e-3)
    assert 0.0 < found["pressure_rise"] < 1.0


def test_the_pressure_rises_where_the_light_gas_arrives():
    assert KnudsenPoreClosed(**PORE, **VISCOUS).observables()["pressure_rise"] > 0.0
    turned = KnudsenPoreClosed(**{**PORE, "x_left": 0.0, "x_right": 1.0}, **VISCOUS).observables()
    assert turned["pressure_rise"] < 0.0 and turned["N_He"] < 0.0


@pytest.mark.parametrize(
    ("cls", "changes", "words"),
    [
        (KnudsenPoreOpen, {"molar_masses": {"He": 4e-3, "Ar": 4e-3}}, "the pore is then a slab"),
        (KnudsenPoreOpen, {"molar_masses": {"He": 4e-3}}, "lack Ar"),
        (KnudsenPoreClosed, {**VISCOUS, "x_right": 1.0}, "nothing diffuses"),
    ],
)
def test_pores_object(cls, changes, words):
    (found,) = issue_texts(cls(**{**PORE, **changes}))
    assert words in found
