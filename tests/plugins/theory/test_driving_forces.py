"""The driving force of any number of species, built on the logarithmic mean."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import gas_constant, linearised_drift, molar_forces, species, temperature
from fvtransport.plugins.theory.driving_forces import driving_force

from fvtransport.model.averages import Averages

SPECIES = tuple(species(name).field for name in "ABCD")


class Face(Averages):
    """A row of faces with nodes on both sides, as the driving force sees it."""

    def __init__(self, left, right, forces, T=1.5, distance=0.1, at=None):
        self.species = SPECIES[: len(left)]
        self.left, self.right = dict(zip(self.species, left)), dict(zip(self.species, right))
        self._distance = distance
        self._values = {molar_forces: forces, gas_constant: 2.0, temperature: T, linearised_drift: at}

    def __getitem__(self, handle):
        if handle not in self._values:
            self._values[handle] = handle.evaluate(self)
        return self._values[handle]

    def grad(self, field):
        return (self.right[field] - self.left[field]) / self._distance


def fractions(count, faces=6, seed=3):
    x = np.random.default_rng(seed).uniform(0.05, 1.0, (count, faces))
    return x / x.sum(axis=0)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_it_vanishes_for_ratios_of_boltzmann_and_sums_to_zero(count):
    forces = tuple(np.array([-4.0, 9.0, 1.0, 30.0][:count]))
    left = fractions(count)
    right = left * np.exp(np.array(forces)[:, None] * 0.1 / (2.0 * 1.5))
    face = Face(left, right / right.sum(axis=0), forces)
    assert max(np.abs(driving_force(face, field)).max() for field in face.species) < 1e-13
    face = Face(left, fractions(count, seed=4), forces)
    assert np.abs(sum(driving_force(face, field) for field in face.species)).max() < 1e-13


@pytest.mark.parametrize("count", [2, 3])
def test_on_fine_meshes_it_is_the_formula_and_without_forces_the_gradient(count):
    left, slope, forces = fractions(count), np.zeros((count, 6)), (3.0, -2.0, 7.0)[:count]
    slope[0], slope[1] = 0.2, -0.2
    face = Face(left, left + 1e-6 * slope, forces, distance=1e-6)
    mean = sum(x * F for x, F in zip(left, forces))
    for i, field in enumerate(face.species):
        assert np.allclose(
            driving_force(face, field), slope[i] - left[i] * (forces[i] - mean) / 3.0, rtol=1e-5, atol=1e-6
        )
        still = Face(left, fractions(count, seed=7), None)
        assert np.array_equal(driving_force(still, field), still.grad(field))


def test_a_trial_state_out_of_range_gives_a_number():
    face = Face(np.array([[-1e-6], [1.0 + 1e-6]]), np.array([[0.2], [0.8]]), (-1.0, 1.0))
    assert np.isfinite(driving_force(face, face.species[0])).all()


def test_frozen_at_a_state_it_is_linear():
    face = Face(fractions(2), fractions(2, seed=5), (-1.0, 1.0))
    A, B = face.species
    face._values[linearised_drift] = {A: 0.4, B: 0.6, temperature: 1.25, gas_constant: 2.0}
    assert np.allclose(driving_force(face, A), face.grad(A) + 2 * 0.4 * 0.6 / 2.5, rtol=1e-13, atol=0)
    assert np.allclose(driving_force(face, B), -driving_force(face, A), rtol=1e-13, atol=0)
