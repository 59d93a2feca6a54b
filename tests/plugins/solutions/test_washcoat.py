"""A reaction in a porous rectangle: its state, differences of five points, a slab and torsion."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.washcoat import Washcoat
from scipy.integrate import solve_bvp, solve_ivp
from scipy.interpolate import CubicSpline
from scipy.sparse import diags, identity, kron
from scipy.sparse.linalg import spsolve

from tests.tools.issues import issue_texts

R, T, P0, B, MU, K = 8.31446261815324, 550.0, 101325.0, 2.8e-14, 1.9e-5, 3e3
COAT = {
    "species": ("methanol", "H2", "CO"), "stoichiometry": {"methanol": -1.0, "H2": 2.0, "CO": 1.0},
    "diffusivities": {"methanol-H2": 1.8e-5, "methanol-CO": 4.5e-6, "H2-CO": 2.2e-5},
    "temperature": T, "pressure": P0, "permeability": B, "viscosity": MU, "rate_constant": K,
    "width": 150e-6, "height": 100e-6, "x_surface": (0.6, 0.26, 0.14),
}  # fmt: skip
AT_P0 = np.array([[np.inf, 1.8e-5, 4.5e-6], [1.8e-5, np.inf, 2.2e-5], [4.5e-6, 2.2e-5, np.inf]])
NU = np.array([-1.0, 2.0, 1.0])


def slopes(x: np.ndarray, p: np.ndarray, fluxes: np.ndarray) -> np.ndarray:
    """Gradients of x_i and p that go with molar fluxes N_i, straight from the laws; shapes (3,) or (3, n)."""
    c, D = p / (R * T), AT_P0 * P0
    drag = [sum((x[i] * fluxes[j] - x[j] * fluxes[i]) * p / (c * D[i, j]) for j in range(3)) for i in range(3)]
    return np.array([*drag, -sum(fluxes) * MU / (c * B)])


def states(most: float) -> CubicSpline:
    """x_i and p as functions of the potential up to a largest value, from the laws with N_i = -nu_i per unit of it."""
    found = solve_ivp(
        lambda _, y: slopes(y[:3], y[3] * P0, -NU) / [1.0, 1.0, 1.0, P0], (0.0, most), [0.6, 0.26, 0.14, 1.0], "DOP853",
        t_eval=np.linspace(0.0, most, 400), rtol=1e-12, atol=1e-13,
    )  # fmt: skip
    return CubicSpline(found.t, (found.y * [[1.0], [1.0], [1.0], [P0]]).T)


def test_washcoat_state_hangs_on_the_potential_as_the_laws_say():
    position = np.array([np.linspace(0.0, 150e-6, 9), np.linspace(20e-6, 90e-6, 9), np.zeros(9)])
    fields = Washcoat(**COAT).fields(position, 0.0)
    potential = (fields["p"] ** 2 - P0**2) * B / (2.0 * R * T * MU * NU.sum())
    exact = states(1.1 * potential.max())(potential).T
    for name, row in zip(("x_methanol", "x_H2", "x_CO", "p"), exact):
        np.testing.assert_allclose(fields[name], row, rtol=2e-9, atol=0, err_msg=name)


def poisson(cells: tuple[int, int], state: CubicSpline) -> tuple[float, float, float]:
    """Effectiveness, p and x_methanol in the sealed corner, by five-point differences
    that mirror at the sealed sides.
    """
    lines = []
    for count, length in zip(cells, (150e-6, 100e-6)):
        h = length / count
        second = diags([np.ones(count - 1), -2.0 * np.ones(count), np.ones(count - 1)], [-1, 0, 1]).tolil()
        second[0, 1] = 2.0
        weights = np.full(count, h)
        weights[0] = 0.5 * h
        lines.append((second.tocsr() / h**2, identity(count), weights))
    (bend_x, one_x, w_x), (bend_y, one_y, w_y) = lines
    laplace = (kron(bend_x, one_y) + kron(one_x, bend_y)).tocsc()
    potential, rate = np.zeros(laplace.shape[0]), None
    for _ in range(12):
        now, slope = state(potential), state(potential, 1)
        rate = K / (R * T) * now[:, 3] * now[:, 0]
        steeper = K / (R * T) * (now[:, 3] * slope[:, 0] + slope[:, 3] * now[:, 0])
        potential = potential + spsolve(laplace + diags(steeper), -(laplace @ potential + rate))
    inside = float(np.kron(w_x, w_y) @ rate)
    # the trapezoidal rule's share of the open sides, where the rate is that outside
    outer = K / (R * T) * P0 * 0.6
    edge = 0.5 * (150e-6 / cells[0] * 100e-6 + 100e-6 / cells[1] * 150e-6 - 150e-6 / cells[0] * 100e-6 / cells[1] * 0.5)
    corner = state(potential[0])
    return (inside + outer * edge) / (outer * 150e-6 * 100e-6), float(corner[3]), float(corner[0])


def test_washcoat_against_five_point_differences():
    exact = Washcoat(**COAT).observables()
    state = states(1.2e-4)
    coarse, fine = (np.array(poisson((3 * n, 2 * n), state)) for n in (24, 48))
    extrapolated = (4.0 * fine - coarse) / 3.0
    assert exact["effectiveness"] == pytest.approx(extrapolated[0], rel=2e-4)
    assert exact["p_corner"] == pytest.approx(extrapolated[1], rel=1e-7)
    assert exact["x_corner"] == pytest.approx(extrapolated[2], rel=2e-5)
    outside = K * P0 / (R * T) * 0.6 * 150e-6 * 100e-6
    assert -(exact["F_right"] + exact["F_top"]) == pytest.approx(exact["effectiveness"] * outside, rel=1e-10)


def test_a_wide_washcoat_is_a_slab_far_from_its_crack():
    """At x = 0 the whole one-dimensional system of x_i, p and the flux of methanol, as a boundary-value problem."""
    wide = Washcoat(**{**COAT, "width": 1e-3}).observables()
    flux_unit = P0 / (R * T) * 1e-5 / 100e-6

    def rates(s, y):
        grown = slopes(y[:3], y[3] * P0, NU[:, None] * -y[4] * flux_unit) * 100e-6
        return np.stack([*grown[:3], grown[3] / P0, -K * y[3] * P0 / (R * T) * y[0] * 100e-6 / flux_unit])

    found = solve_bvp(
        rates,
        lambda a, b: np.array([a[4], b[0] - 0.6, b[1] - 0.26, b[2] - 0.14, b[3] - 1.0]),
        np.linspace(0.0, 1.0, 60),
        np.outer([0.6, 0.26, 0.14, 1.0, -0.5], np.ones(60)),
        tol=1e-9,
        max_nodes=20000,
    )
    assert found.success
    assert wide["x_corner"] == pytest.approx(found.y[0, 0], rel=1e-5)
    assert wide["p_corner"] == pytest.approx(found.y[3, 0] * P0, rel=1e-7)


def test_a_slow_washcoat_has_the_potential_of_torsion():
    """Where hardly anything reacts, div grad Psi is a constant, and Psi in the corner is a known series."""
    slow = Washcoat(**{**COAT, "rate_constant": 1e-3}).observables()
    n = np.arange(1, 60, 2)
    series = np.sum((-1.0) ** ((n - 1) // 2) / (n**3 * np.cosh(0.5 * n * np.pi * 1.5)))
    potential = 1e-3 * P0 / (R * T) * 0.6 * 1e-8 * (0.5 - 16.0 / np.pi**3 * series)
    assert slow["p_corner"] - P0 == pytest.approx(R * T * MU / B * NU.sum() * potential / P0, rel=1e-4)
    assert slow["effectiveness"] == pytest.approx(1.0, abs=1e-6)


def test_washcoat_objects():
    assert issue_texts(Washcoat(**COAT)) == []
    for changes, words in (
        ({"stoichiometry": {"methanol": 1.0}}, "must be consumed"),
        ({"stoichiometry": {"methanol": -1.0, "N2": 1.0}}, "N2, which is not a species"),
        ({"x_surface": (0.6, 0.26, 0.1)}, "sum to 1"),
        ({"diffusivities": {"methanol-H2": 1.8e-5}}, "lack"),
    ):
        assert any(words in each for each in issue_texts(Washcoat(**{**COAT, **changes}))), words
