"""The cases of the heat pump against a spectral method in space and Radau in time, which share nothing with the engine.

Weak form on Gauss-Lobatto nodes: a closed wall needs no equation, and the heat through a bath wall is the residual of
the wall's own test function. Per unit width.
"""

from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from fvtransport import run

CASES = Path(__file__).parents[2] / "cases" / "heat_pump"
N, T0, LENGTH, CAPACITY = 0.1, 1.0, 40.0, 0.2
D, D_T, KAPPA, FIELD = 2.11972252, -1.15796202, 0.435691287, 0.035


def lobatto(degree: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nodes and weights on [0, LENGTH], and the matrix of derivatives between the nodes."""
    legendre = np.polynomial.Legendre.basis(degree)
    inner = legendre.deriv().roots().real
    nodes = np.concatenate([[-1.0], np.sort(inner), [1.0]])
    peak = legendre(nodes)
    gap = nodes[:, None] - nodes[None, :] + np.eye(degree + 1)
    slopes = peak[:, None] / peak[None, :] / gap
    np.fill_diagonal(slopes, 0.0)
    np.fill_diagonal(slopes, -slopes.sum(axis=1))
    weights = 2.0 / (degree * (degree + 1) * peak**2)
    return 0.5 * LENGTH * (1.0 + nodes), 0.5 * LENGTH * weights, 2.0 / LENGTH * slopes


def heats(times: list[float], linearised: bool, degree: int) -> tuple[np.ndarray, np.ndarray]:
    """Heat drawn from the bath at x = L and heat given to the bath at x = 0, by each of the times."""
    return courses(times, linearised, degree)[:2]


def courses(times: list[float], linearised: bool, degree: int) -> tuple[np.ndarray, ...]:
    """The two heats by each of the times, and the profiles of T and x_A then, (times, nodes)."""
    z, weights, slopes = lobatto(degree)
    count = degree + 1
    weak = (weights[:, None] * slopes).T

    def rates(t: float, y: np.ndarray) -> np.ndarray:
        T = np.concatenate([[T0], y[: count - 2], [T0]])
        x = y[count - 2 : 2 * count - 2]
        at_T, at_x = (T0, 0.5) if linearised else (T, x)
        dT, dx = slopes @ T, slopes @ x
        heat = weak @ (-KAPPA * dT - N * at_T**2 * D_T * dx)
        moles = weak @ (-N * D * dx - N * at_x * (1.0 - at_x) * D_T * dT)
        return np.concatenate([(heat / (CAPACITY * weights))[1:-1], moles / (N * weights), [-heat[-1], heat[0]]])

    start = np.concatenate([np.full(count - 2, T0), 0.5 + 0.5 * FIELD * (0.5 * LENGTH - z), [0.0, 0.0]])
    found = solve_ivp(rates, (0.0, times[-1]), start, "Radau", t_eval=times, rtol=1e-10, atol=1e-12)
    assert found.success
    inner, x = found.y[: count - 2].T, found.y[count - 2 : 2 * count - 2].T
    return found.y[-2], found.y[-1], np.pad(inner, ((0, 0), (1, 1)), constant_values=T0), x


def observed(case: str, cells: int, *names: str) -> np.ndarray:
    """Observables of a case on so many cells, one row each."""
    result = run(CASES / case, overrides=[f"mesh.cells={cells}"])
    return np.array([result.summary()["observables"][name]["value"] for name in names])


@pytest.mark.parametrize("linearised", [True, False])
def test_reference_has_converged(linearised):
    times = [20.0, 100.0, 1000.0]
    np.testing.assert_allclose(heats(times, linearised, 32), heats(times, linearised, 40), rtol=2e-9, atol=0)


def test_mixing_heat_at_all_times():
    exact = 25.0 * heats([50.0, 200.0, 500.0, 1000.0, 3000.0], linearised=True, degree=36)[0]
    coarse, fine = (observed("mixing.yaml", cells, "Qc")[0] for cells in (100, 200))
    np.testing.assert_allclose(fine, exact, rtol=1.1e-4, atol=0)
    np.testing.assert_allclose((4.0 * fine - coarse) / 3.0, exact, rtol=1e-6, atol=0)
    order = np.log2((coarse - exact) / (fine - exact))
    assert np.all(np.abs(order - 2.0) < 0.05), order


def test_mixing_nonlinear_heats_at_all_times():
    exact = np.array(heats([20.0, 100.0, 1000.0], linearised=False, degree=36))
    coarse, fine = (observed("mixing_nonlinear.yaml", cells, "Qc", "Qh") for cells in (100, 200))
    np.testing.assert_allclose(fine, exact, rtol=2.5e-4, atol=0)
    np.testing.assert_allclose((4.0 * fine - coarse) / 3.0, exact, rtol=1e-6, atol=0)
    order = np.log2((coarse - exact) / (fine - exact))
    assert np.all(np.abs(order - 2.0) < 0.05), order


def entropies(times: list[float], degree: int) -> np.ndarray:
    """Entropy produced by each of the times, from the entropy balance: what the gas gains and what the baths gain."""
    z, weights, _ = lobatto(degree)

    def of_gas(T: np.ndarray, x: np.ndarray) -> float:
        return weights @ (CAPACITY * np.log(T) - N * (x * np.log(x) + (1.0 - x) * np.log(1.0 - x)))

    start = of_gas(np.full_like(z, T0), 0.5 + 0.5 * FIELD * (0.5 * LENGTH - z))
    drawn, given, *profiles = courses(times, linearised=False, degree=degree)
    gained = np.array([of_gas(T, x) for T, x in zip(*profiles)]) - start
    return gained + (given - drawn) / T0


def test_entropy_reference_has_converged():
    times = [20.0, 100.0, 1000.0]
    np.testing.assert_allclose(entropies(times, 32), entropies(times, 40), rtol=1e-9, atol=0)


def test_entropy_produced_at_all_times():
    exact = entropies([20.0, 100.0, 1000.0], degree=36)
    coarse, fine = (observed("mixing_nonlinear.yaml", cells, "entropy_produced")[0] for cells in (100, 200))
    np.testing.assert_allclose(fine, exact, rtol=7e-5, atol=0)
    np.testing.assert_allclose((4.0 * fine - coarse) / 3.0, exact, rtol=3e-7, atol=0)
    order = np.log2((coarse - exact) / (fine - exact))
    assert np.all(np.abs(order - 2.0) < 0.05), order


@pytest.mark.parametrize("cells", [10, 40])
def test_linear_pump_misses_the_closed_form_by_one_over_the_square_of_cells(cells):
    result = run(CASES / "mixing.yaml", overrides=[f"mesh.cells={cells}", "solve.transient.rtol=1e-11"])
    ratio = result.summary()["observables"]["Qc_total"]["value"] / 3.18663333333333
    assert ratio == pytest.approx(1.0 - 1.0 / cells**2, abs=1e-8)


def test_field_strength_is_a_parameter():
    result = run(CASES / "mixing.yaml", overrides=["parameters.E=0.05", "mesh.cells=40"])
    expected = 0.13657 * 0.1 * 0.05 * 40.0**2 * 25.0 / 6.0 * (1.0 - 1.0 / 40**2)
    assert result.summary()["observables"]["Qc_total"]["value"] == pytest.approx(expected, rel=1e-7)
