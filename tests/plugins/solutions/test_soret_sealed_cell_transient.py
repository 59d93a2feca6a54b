"""The series of a sealed cell against finite elements and matrix exponentials, which know no eigenvalue equation."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.soret_sealed_cell_transient import SoretSealedCellTransient
from scipy.linalg import expm

from tests.tools.elements import elements
from tests.tools.issues import issue_texts

CELL = {
    "concentration": 34.82,
    "diffusivity": 7e-5,
    "conductivity": 0.05,
    "heat_capacity": 723.8,
    "soret_coefficient": 1.3e-3,
    "length": 0.01,
    "T_left": 400.0,
    "T_right": 300.0,
    "x_mean": 0.5,
}


@pytest.mark.parametrize(
    "changes", [{}, {"soret_coefficient": -4e-3, "heat_capacity": 5000.0, "x_mean": 0.2, "T_left": 310.0}]
)
def test_soret_sealed_cell_transient(changes):
    times = (0.02, 0.1, 0.5)
    cell = SoretSealedCellTransient(**{**CELL, **changes}, times=times)
    assert issue_texts(cell) == []
    T_0, x_0, c = 0.5 * (cell.T_left + cell.T_right), cell.x_mean, cell.concentration
    D_T = cell.soret_coefficient * cell.diffusivity
    z, weights, slopes, records = elements(list(np.linspace(0.0, cell.length, 5)), 14)
    count = z.size
    mass, weak = np.zeros(count), np.zeros((count, count))
    for w, d, record in zip(weights, slopes, records):
        mass[record] += w
        weak[record, record] += d.T @ (w[:, None] * d)
    dufour, soret = c * 8.31446261815324 * T_0**2 * D_T, c * x_0 * (1 - x_0) * D_T
    laws = np.array([[cell.conductivity, dufour], [soret, c * cell.diffusivity]])
    full = np.block([[-laws[i, j] * weak for j in range(2)] for i in range(2)])
    full /= np.concatenate([cell.heat_capacity * mass, c * mass])[:, None]
    boundaries, free = [0, count - 1], [*range(1, count - 1), *range(count, 2 * count)]
    rates = np.zeros((len(free) + 1, len(free) + 1))
    rates[:-1, :-1], rates[:-1, -1] = (
        full[np.ix_(free, free)],
        full[np.ix_(free, boundaries)] @ [cell.T_left, cell.T_right],
    )
    start = np.concatenate([np.full(count - 2, T_0), np.full(count, x_0), [1.0]])
    exact = cell.observables()
    for i, t in enumerate(times):
        now = expm(rates * t) @ start
        T, x = np.concatenate([[cell.T_left], now[: count - 2], [cell.T_right]]), now[count - 2 : -1]
        fields = cell.fields(z, t)
        np.testing.assert_allclose(fields["T"], T, rtol=0, atol=1e-5)
        np.testing.assert_allclose(fields["x_A"], x, rtol=0, atol=1e-8)
        assert [exact["x_hot"][i], exact["x_cold"][i]] == pytest.approx([x[0], x[-1]], abs=1e-8)
        heat = -(laws[0] @ np.stack([weak[-1] @ T, weak[-1] @ x]))
        assert exact["q_right"][i] == pytest.approx(heat, rel=1e-5)


def test_soret_sealed_cell_transient_ends_in_the_linear_steady_state():
    cell = SoretSealedCellTransient(**CELL, times=(20.0,))
    separation = 0.25 * 1.3e-3 * 100.0
    exact = cell.observables()
    assert exact["x_cold"][0] - exact["x_hot"][0] == pytest.approx(separation, rel=1e-12)
    reduction = 34.82 * 8.31446261815324 * 350.0**2 * 0.25 * 7e-5 * 1.3e-3**2
    assert exact["q_right"][0] == pytest.approx((0.05 - reduction) * 100.0 / 0.01, rel=1e-12)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"soret_coefficient": 0.0}, "must not be zero"),
        ({"soret_coefficient": 0.1}, "second law"),
        ({"x_mean": 1.0}, "between 0 and 1"),
    ],
)
def test_soret_sealed_cell_transient_objects(changes, words):
    (found,) = issue_texts(SoretSealedCellTransient(**{**CELL, **changes}))
    assert words in found
