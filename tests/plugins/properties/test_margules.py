"""The thermodynamic factor of a regular solution against differences of its activity coefficients."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.mixtures.gas import Gas
from fvtransport.plugins.properties.margules import Margules

from fvtransport import PointView

NAMES = ("A", "B", "C", "D")
INTERACTIONS = {"A-B": 0.8, "C-A": -0.4, "B-C": 1.1, "C-D": 0.3}


class OfMixture:
    """As much of a medium as a view of mole fractions asks for."""

    def __init__(self, mixture):
        self.mixture, self.species = mixture, mixture.mole_fractions


def factor(count: int, x: np.ndarray) -> np.ndarray:
    gas = Gas(species=NAMES[:count], pressure=1.0, temperature=1.0)
    named = {pair: each for pair, each in INTERACTIONS.items() if set(pair.split("-")) <= set(NAMES[:count])}
    return np.array(Margules(interactions=named)(PointView(OfMixture(gas), dict(zip(gas.mole_fractions, x)))))


def logarithms(count: int, x: np.ndarray) -> np.ndarray:
    """ln gamma_i = d(n G^E/(R T))/dn_i, by differences of the extensive excess energy."""
    pairs = {tuple(sorted(NAMES.index(name) for name in pair.split("-"))): each for pair, each in INTERACTIONS.items()}

    def excess(n):
        return sum(each * n[i] * n[j] for (i, j), each in pairs.items() if j < count) / n.sum()

    step = 1e-4 * np.eye(count)
    return np.array([(excess(x + each) - excess(x - each)) / 2e-4 for each in step])


@pytest.mark.parametrize("count", [2, 3, 4])
def test_rows_are_slopes_of_the_activity_coefficients(count):
    x = np.array([0.2, 0.3, 0.35, 0.15][:count])
    x /= x.sum()
    found, last = factor(count, x), count - 1
    for j in range(last):
        step = np.zeros(count)
        step[j], step[last] = 1e-4, -1e-4
        slope = (logarithms(count, x + step) - logarithms(count, x - step)) / 2e-4
        assert found[:, j] == pytest.approx(np.eye(last)[:, j] + x[:last] * slope[:last], abs=1e-6)


def test_a_binary_factor():
    assert factor(2, np.array([0.3, 0.7])) == pytest.approx(np.array([[1.0 - 2.0 * 0.8 * 0.21]]), rel=1e-14)
