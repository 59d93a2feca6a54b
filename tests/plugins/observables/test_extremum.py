"""Extremes of a field: exact for a parabola between nodes, that of a node in more dimensions."""

from types import SimpleNamespace

import numpy as np
import pytest
from fvtransport.plugins.handles import temperature
from fvtransport.plugins.observables.extremum import Extremum


def state(values: np.ndarray, x: np.ndarray, dimension: int = 1) -> SimpleNamespace:
    return SimpleNamespace(at_nodes=lambda field: values, along_x=lambda field: (x, values), dimension=dimension)


X = np.array([0.0, 0.1, 0.4, 0.5, 0.9, 1.0])
HILL = 300.0 + 8.0 - 50.0 * (X - 0.42) ** 2


def test_the_top_of_a_parabola_between_unequal_nodes():
    assert Extremum(of=temperature).measure(state(HILL, X)) == pytest.approx(308.0, rel=1e-13)


def test_the_bottom_of_a_parabola_relative_to_a_datum():
    own = Extremum(of=temperature, kind="lowest", relative_to=280.0)
    assert own.measure(state(600.0 - HILL, X)) == pytest.approx(12.0, rel=1e-12) and own.reading_unit == "K"


def test_an_extreme_at_an_end_is_that_of_the_node():
    assert Extremum(of=temperature).measure(state(300.0 + X, X)) == 301.0
    assert Extremum(of=temperature, kind="lowest").measure(state(HILL, X)) == HILL[-1]


def test_in_more_dimensions_it_is_that_of_a_node():
    assert Extremum(of=temperature).measure(state(HILL, X, dimension=2)) == HILL.max() < 308.0
