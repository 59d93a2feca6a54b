"""Moments of cross sections: converged, and as good in series as the integrals."""

from __future__ import annotations

import time

import numpy as np
import pytest
from fvtransport.plugins.theory.kinetic.collisions import Pair, moments
from fvtransport.plugins.theory.kinetic.lennard_jones import LennardJones
from fvtransport.plugins.theory.kinetic.potentials import Hertzian

FINE = {
    Hertzian: Hertzian(impacts=96, path=60, step=0.08),
    LennardJones: LennardJones(impacts=160, path=80, panel=0.35, per_panel=10),
}


@pytest.mark.parametrize(
    "kind, dimension, tolerance", [(Hertzian, 2, 1e-11), (Hertzian, 3, 1e-11), (LennardJones, 3, 4e-8)]
)
def test_moments_have_converged(kind, dimension, tolerance):
    _, found = moments(kind(), 2, dimension)
    _, fine = moments(FINE[kind], 2, dimension)
    assert found == pytest.approx(fine, rel=0, abs=tolerance * np.abs(fine).max())


@pytest.mark.parametrize("potential, T", [(Hertzian(), 2.3e-5), (LennardJones(), 1.7)])
def test_series_in_temperature_are_as_good_as_the_integrals(potential, T):
    """A bracket at a temperature between the nodes, and the same from a range of temperatures that is made for it."""
    wide = Pair(potential, (1.0, 10.0), 1.0, 1.0, 2, 3).rates(T, 1.0, False)
    near = type(potential)(low=T / 1.3, high=T * 1.3)
    narrow = Pair(near, (1.0, 10.0), 1.0, 1.0, 2, 3).rates(T, 1.0, False)
    for position in ((0, 0), (0, 1), (1, 2)):
        assert wide.own(*position) == pytest.approx(narrow.own(*position), rel=1e-8, abs=1e-9)


def test_the_first_call_takes_less_than_a_second():
    moments.cache_clear()
    start = time.process_time()
    Pair(Hertzian(), (1.0, 10.0), 1.0, 1e5, 1, 2).rates(np.array([1.0]), 1.0, False)
    assert time.process_time() - start < 1.0
