"""Where a field falls to zero, read off profiles whose front is known."""

from types import SimpleNamespace

import numpy as np
import pytest
from fvtransport.plugins.handles import species
from fvtransport.plugins.observables.front import Front

A = species("A").field


def snapshot(x: np.ndarray, u: np.ndarray) -> SimpleNamespace:
    return SimpleNamespace(along_x=lambda field: (x, {A: u}[field]))


def test_exact_for_a_parabola_wherever_it_is_cut_off():
    x = np.sort(np.concatenate([[0.0, 4.0], np.random.default_rng(5).uniform(0.0, 4.0, 60)]))
    for front in (0.5, 1.234, 1.9):
        u = np.maximum(1.0 - ((x - 1.5) / front) ** 2, 0.0)
        assert Front(of=A, start=1.5).measure(snapshot(x, u)) == pytest.approx(front, rel=1e-9)


def test_exact_for_a_straight_profile():
    x = np.linspace(0.0, 2.0, 41)
    assert Front(of=A).measure(snapshot(x, np.maximum(1.0 - x / 1.3, 0.0))) == pytest.approx(1.3, rel=1e-12)


def test_third_order_in_the_distance_carried_on():
    errors = []
    for share in (0.2, 0.1, 0.05):
        x = np.linspace(0.0, 1.0, 4001)
        u = np.where(x < 0.8, np.sin(0.5 * np.pi * (1.0 - x / 0.8)) * (1.0 + x), 0.0)
        errors.append(abs(Front(of=A, share=share).measure(snapshot(x, u)) - 0.8))
    assert np.log2(errors[0] / errors[1]) > 2.6 and np.log2(errors[1] / errors[2]) > 2.6, errors


def test_spoiled_nodes_at_the_foot_do_not_matter():
    x = np.linspace(0.0, 2.0, 81)
    u = np.maximum(1.0 - (x / 1.1) ** 2, 0.0)
    spoiled = np.where(u < 0.05, 0.02, u)
    assert Front(of=A).measure(snapshot(x, spoiled)) == pytest.approx(1.1, rel=1e-12)


def test_without_a_front_it_is_the_end_of_the_line():
    x = np.linspace(0.0, 2.0, 21)
    assert Front(of=A, start=0.5).measure(snapshot(x, np.ones(21))) == 1.5
