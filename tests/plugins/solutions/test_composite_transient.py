"""Series solutions against Galerkin's method in space and matrix exponentials in time, which
know no eigenvalue equation.
"""

import numpy as np
import pytest
from fvtransport.plugins.solutions.biot import Biot
from fvtransport.plugins.solutions.composite_transient import CompositeTransient
from fvtransport.plugins.solutions.ring import Ring
from fvtransport.plugins.solutions.roots import bracketed_roots, tangent_roots
from fvtransport.plugins.solutions.soret_sealed_cell_transient import SoretSealedCellTransient
from scipy.linalg import eigh, expm

from tests.tools.issues import issue_texts

TIMES = (0.05, 0.2, 1.0)
LAYERS = {
    "thicknesses": (0.3, 1.0),
    "conductivities": (1.0, 5.0),
    "heat_capacities": (3.0, 1.0),
    "T_start": 1.0,
    "T_left": 0.0,
    "T_right": 3.0,
}
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


def galerkin(shape: str, biot: float, t: float, x: np.ndarray) -> tuple[np.ndarray, float]:
    """u at x, and its mean, by Legendre polynomials in x^2 with the weight of the volume."""
    power = {"slab": 0, "cylinder": 1, "sphere": 2}[shape]
    nodes, weights = np.polynomial.legendre.leggauss(120)
    r, w = 0.5 * (1.0 + nodes), 0.5 * weights * (0.5 * (1.0 + nodes)) ** power
    basis = [np.polynomial.Legendre.basis(n) for n in range(32)]
    values = np.array([each(2.0 * r**2 - 1.0) for each in basis])
    slopes = np.array([each.deriv()(2.0 * r**2 - 1.0) * 4.0 * r for each in basis])
    mass, stiff = values * w @ values.T, slopes * w @ slopes.T + biot  # every polynomial is 1 at the surface
    decay, modes = eigh(stiff, mass)
    start = np.eye(32)[0]
    now = modes @ (np.exp(-decay * t) * (modes.T @ mass @ start))
    mean = float(now @ values @ w / w.sum())
    return now @ np.array([each(2.0 * x**2 - 1.0) for each in basis]), mean


@pytest.mark.parametrize("biot", [0.01, 1.0, 30.0])
@pytest.mark.parametrize("shape", ["slab", "cylinder", "sphere"])
def test_biot(shape, biot):
    body, x = Biot(shape=shape, biot=biot, times=TIMES), np.linspace(0.0, 1.0, 21)
    exact = body.observables()
    for i, t in enumerate(TIMES):
        u, mean = galerkin(shape, biot, t, x)
        np.testing.assert_allclose(body.fields(x, t)["x_A"], u, rtol=0, atol=1e-8)
        assert [exact[name][i] for name in ("centre", "surface", "mean")] == pytest.approx(
            [u[0], u[-1], mean], abs=1e-8
        )


@pytest.mark.parametrize("shape", ["slab", "cylinder", "sphere"])
def test_biot_begins_at_one_and_misses_no_root(shape):
    body = Biot(shape=shape, biot=1.0)
    np.testing.assert_allclose(body.fields(np.linspace(0.0, 0.7, 9), 2e-3)["x_A"], 1.0, rtol=0, atol=1e-6)
    assert np.all(body.fields(np.array([0.0, 1.0]), 0.0)["x_A"] == 1.0)
    assert np.all(np.abs(np.diff(body._roots) - np.pi) < 0.8)


def test_roots():
    found = bracketed_roots(np.cos, np.array([1.0, 4.0]), np.array([2.0, 5.0]))
    np.testing.assert_allclose(found, [0.5 * np.pi, 1.5 * np.pi], rtol=1e-15)
    for ratio, first, second in ((0.1, 1.0, 2.7), (1.0, 1.0, 1.0), (300.0, 0.4, 0.4), (5.0, 3.0, 0.2)):
        m = tangent_roots(ratio, first, second, 50)
        assert np.all(np.diff(m) > 0.0)

        def surplus(m, ratio=ratio, first=first, second=second):
            return ratio * np.sin(first * m) * np.cos(second * m) + np.sin(second * m) * np.cos(first * m)

        np.testing.assert_allclose(surplus(m), 0.0, atol=1e-11 * max(ratio, 1.0))
        fine = np.linspace(1e-9, m[-1] + 1e-9, 400_000)
        assert np.count_nonzero(np.diff(np.sign(surplus(fine)))) in (49, 50)


def elements(edges: list[float], degree: int) -> tuple[np.ndarray, np.ndarray, list[np.ndarray], list[slice]]:
    """Gauss-Lobatto elements: nodes, and for each element its weights, matrix of
    derivatives and place among the nodes.
    """
    legendre = np.polynomial.Legendre.basis(degree)
    nodes = np.concatenate([[-1.0], np.sort(legendre.deriv().roots().real), [1.0]])
    peak = legendre(nodes)
    gap = nodes[:, None] - nodes[None, :] + np.eye(degree + 1)
    slopes = peak[:, None] / peak[None, :] / gap
    np.fill_diagonal(slopes, 0.0)
    np.fill_diagonal(slopes, -slopes.sum(axis=1))
    weights = 2.0 / (degree * (degree + 1) * peak**2)
    halves = 0.5 * np.diff(edges)
    x = np.concatenate([[edges[0]], *(a + h * (1.0 + nodes[1:]) for a, h in zip(edges, halves))])
    records = [slice(i * degree, (i + 1) * degree + 1) for i in range(len(halves))]
    return x, [h * weights for h in halves], [slopes / h for h in halves], records


@pytest.mark.parametrize(
    "changes", [{}, {"thicknesses": (1.0, 1.0), "conductivities": (2.0, 2.0), "heat_capacities": (1.0, 1.0)}]
)
def test_composite_transient(changes):
    layers = CompositeTransient(**{**LAYERS, **changes}, times=TIMES)
    (l_1, l_2), kappa, capacity = layers.thicknesses, layers.conductivities, layers.heat_capacities
    x, weights, slopes, records = elements([0.0, 0.5 * l_1, l_1, l_1 + 0.5 * l_2, l_1 + l_2], 16)
    mass, stiff = np.zeros(x.size), np.zeros((x.size, x.size))
    for i, (w, d, record) in enumerate(zip(weights, slopes, records)):
        mass[record] += capacity[i // 2] * w
        stiff[record, record] += kappa[i // 2] * d.T @ (w[:, None] * d)
    inside = slice(1, -1)
    ends = stiff[:, [0, -1]] @ [layers.T_left, layers.T_right]
    # one more unknown: the heat that has passed the right wall, whose own node takes its part at once
    rates = np.zeros((x.size, x.size))
    rates[:-2, :-2], rates[:-2, -1] = -stiff[inside, inside] / mass[inside, None], -ends[inside] / mass[inside]
    rates[-2, :-2], rates[-2, -1] = -stiff[-1, inside], -ends[-1]
    taken = mass[-1] * (layers.T_start - layers.T_right)
    start = np.concatenate([np.full(x.size - 2, layers.T_start), [taken, 1.0]])
    exact = layers.observables()
    for i, t in enumerate(TIMES):
        now = expm(rates * t) @ start
        T = np.concatenate([[layers.T_left], now[:-2], [layers.T_right]])
        np.testing.assert_allclose(layers.fields(x, t)["T"], T, rtol=0, atol=1e-7)
        assert exact["q_left"][i] == pytest.approx(float(stiff[0] @ T), rel=1e-7)
        assert exact["q_right"][i] == pytest.approx(-float(stiff[-1] @ T), rel=1e-7)
        assert exact["heat"][i] == pytest.approx(now[-2], rel=1e-7)


def test_composite_transient_begins_and_ends_well():
    layers = CompositeTransient(**LAYERS)
    inner = np.linspace(0.1, 0.9, 9)
    np.testing.assert_allclose(layers.fields(inner, 1e-3)["T"], 1.0, rtol=0, atol=1e-3)
    assert np.all(layers.fields(inner, 0.0)["T"] == 1.0)
    flux = (0.0 - 3.0) / (0.3 / 1.0 + 1.0 / 5.0)
    late = CompositeTransient(**LAYERS, times=(50.0,)).observables()
    assert [late["q_left"][0], late["q_right"][0]] == pytest.approx([flux, flux], rel=1e-12)


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


def test_ring():
    ring, t = Ring(diffusivity=0.3, length=2.0, mean=0.5, amplitude=0.4, waves=2, times=(0.1, 0.2)), 0.2
    x = np.arange(64) / 32.0
    k = 2.0 * np.pi * np.fft.fftfreq(64, 2.0 / 64)
    start = ring.fields(x, 0.0)["x_A"]
    later = np.fft.ifft(np.fft.fft(start) * np.exp(-0.3 * k**2 * t)).real
    np.testing.assert_allclose(ring.fields(x, t)["x_A"], later, rtol=0, atol=1e-14)
    assert ring.observables()["crest"][1] == pytest.approx(ring.fields(np.array([0.25]), t)["x_A"][0], rel=1e-14)
    assert np.ptp(start) == pytest.approx(0.8)
