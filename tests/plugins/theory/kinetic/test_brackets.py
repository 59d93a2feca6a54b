"""Bracket integrals against a plain average over pairs of velocities, turned as vectors."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from fvtransport.plugins.theory.kinetic.brackets import pair_brackets, weight_power
from fvtransport.plugins.theory.kinetic.quadrature import gauss_laguerre, laguerre_values

ORDER = 2
LAW = {1: 0.7, 2: 1.3, 3: 0.9}  # made-up cross sections Q_l = q_l (1 + 0.3 g^2)


def velocities(dimension: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes (n, d) and weights of the average over a Maxwellian, by the Gauss-Hermite rule on each axis."""
    nodes, weights = np.polynomial.hermite.hermgauss(7)
    points = np.array(list(itertools.product(nodes, repeat=dimension)))
    return points, np.array([np.prod(each) for each in itertools.product(weights / np.sqrt(np.pi), repeat=dimension)])


def sonine(C: np.ndarray, p: int) -> np.ndarray:
    """First component of s_p C, of unit norm over the Maxwellian."""
    s = np.polynomial.polynomial.polyval(np.sum(C**2, axis=-1), laguerre_coefficients(p, 0.5 * C.shape[-1]))
    points, weights = velocities(C.shape[-1])
    norm = (
        np.polynomial.polynomial.polyval(np.sum(points**2, axis=-1), laguerre_coefficients(p, 0.5 * C.shape[-1]))
        * points[:, 0]
    )
    return s * C[..., 0] / np.sqrt(weights @ norm**2)


def laguerre_coefficients(p: int, a: float) -> list[float]:
    return {0: [1.0], 1: [a + 1.0, -1.0], 2: [(a + 1.0) * (a + 2.0) / 2.0, -(a + 2.0), 0.5]}[p]


def directions(dimension: int) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors and weights of the average over all directions."""
    if dimension == 2:
        angle = 2 * np.pi * np.arange(16) / 16
        return np.stack([np.cos(angle), np.sin(angle)], axis=-1), np.full(16, 1 / 16)
    cosine, weights = np.polynomial.legendre.leggauss(8)
    turn = 2 * np.pi * np.arange(12) / 12
    sine = np.sqrt(1 - cosine**2)
    vectors = np.stack(
        [np.outer(sine, np.cos(turn)), np.outer(sine, np.sin(turn)), np.outer(cosine, np.ones(12))], axis=-1
    )
    return vectors.reshape(-1, 3), np.repeat(weights / 2, 12) / 12


def kernel(cosine: np.ndarray, dimension: int) -> np.ndarray:
    """What a function of the direction of g loses in collisions, as a kernel: each harmonic its share q_l."""
    if dimension == 2:
        return sum(2.0 * q * np.polynomial.chebyshev.Chebyshev.basis(l)(cosine) for l, q in LAW.items())
    return sum((2.0 * l + 1.0) * q * np.polynomial.legendre.Legendre.basis(l)(cosine) for l, q in LAW.items())


def shear(C: np.ndarray) -> np.ndarray:
    """C_x C_y, of unit norm over the Maxwellian."""
    return 2.0 * C[..., 0] * C[..., 1]


def plain_average(share: float, left_part, right_part, which: str, dimension: int) -> float:
    """< F(C) (G(C) - G(C')) |g| d(cross section) >, the direction of g' all over the circle or sphere."""
    G, G_weights = velocities(dimension)
    n, n_weights = directions(dimension)
    g2, g_weights = gauss_laguerre(8, weight_power(dimension))
    g_weights = g_weights / gauss_laguerre(8, 0.5 * dimension - 1.0)[1].sum() * (1.0 + 0.3 * g2)
    turned = n_weights[:, None] * n_weights * kernel(n @ n.T, dimension)
    one, two = np.sqrt(share), np.sqrt(1.0 - share)
    total = 0.0
    for size, weight in zip(np.sqrt(g2), g_weights):
        first = one * G[:, None, :] + two * size * n
        second = two * G[:, None, :] - one * size * n
        left, right = {"first": (first, first), "second": (second, second), "cross": (first, second)}[which]
        total += weight * np.einsum("k,ki,ij,kj->", G_weights, left_part(left), turned, right_part(right))
    return total


def law_moments(dimension: int) -> np.ndarray:
    """M_lr of LAW."""
    a = weight_power(dimension)
    g2, weights = gauss_laguerre(12, a)
    return np.outer([*LAW.values()], laguerre_values(2 * ORDER + 2, a, g2) @ (weights * (1.0 + 0.3 * g2)))


@pytest.mark.parametrize("dimension", [2, 3])
@pytest.mark.parametrize(
    "p, q, which",
    [(0, 0, "first"), (0, 1, "first"), (1, 2, "first"), (2, 2, "second"), (0, 2, "cross"), (2, 1, "cross")],
)
def test_brackets_are_averages_over_collisions(p, q, which, dimension):
    share = 0.2
    brackets, M = pair_brackets(share, ORDER, dimension), law_moments(dimension)
    table = {"first": brackets.own_first, "second": brackets.own_second, "cross": brackets.cross}[which]
    wanted = plain_average(share, lambda C: sonine(C, p), lambda C: sonine(C, q), which, dimension)
    assert np.sum(table[p, q] * M) == pytest.approx(wanted, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("dimension", [2, 3])
@pytest.mark.parametrize("which", ["first", "second", "cross"])
def test_brackets_of_the_shear_are_averages_over_collisions(which, dimension):
    share = 0.2
    brackets = pair_brackets(share, ORDER, dimension)
    table = {"first": brackets.shear_first, "second": brackets.shear_second, "cross": brackets.shear_cross}[which]
    wanted = plain_average(share, shear, shear, which, dimension)
    assert np.sum(table * law_moments(dimension)[:2]) == pytest.approx(wanted, rel=1e-10)


@pytest.mark.parametrize("dimension", [2, 3])
def test_momentum_is_kept(dimension):
    """sqrt(m_1) C_1 + sqrt(m_2) C_2 is no unknown: its brackets with everything vanish."""
    share = 0.3
    brackets = pair_brackets(share, 3, dimension)
    one, two = np.sqrt(share), np.sqrt(1.0 - share)
    assert one * brackets.own_first[0] + two * np.moveaxis(brackets.cross, 1, 0)[0] == pytest.approx(0, abs=1e-13)
    assert one * brackets.cross[0] + two * brackets.own_second[0] == pytest.approx(0, abs=1e-13)


@pytest.mark.parametrize("dimension", [2, 3])
def test_heat_fluxes_decay(dimension):
    """Among like molecules the whole matrix is symmetric and positive, but for the momentum."""
    both = pair_brackets(0.5, 4, dimension)
    matrix = np.einsum("pqlr,l,r->pq", both.own_first + both.cross, np.ones(5), np.eye(10)[0])
    assert matrix[0] == pytest.approx(0, abs=1e-13)
    assert matrix == pytest.approx(matrix.T, abs=1e-13)
    assert np.linalg.eigvalsh(matrix[1:, 1:]).min() > 0.1
