"""Series solutions against Galerkin's method in space and matrix exponentials in time, which
know no eigenvalue equation.
"""

import numpy as np
import pytest
from fvtransport.plugins.solutions.composite_transient import CompositeTransient
from scipy.linalg import expm

from tests.tools.elements import elements

TIMES = (0.05, 0.2, 1.0)
LAYERS = {
    "thicknesses": (0.3, 1.0),
    "conductivities": (1.0, 5.0),
    "heat_capacities": (3.0, 1.0),
    "T_start": 1.0,
    "T_left": 0.0,
    "T_right": 3.0,
}


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
