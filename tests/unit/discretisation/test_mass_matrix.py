"""Derivatives of the stored amounts, where they are linear in the fields and where they are not."""

import numpy as np
import pytest

from fvtransport.discretisation.mass_matrix import Storage
from tests.tools.built import CLOSED, PLANE, SEALED, built
from tests.tools.cases import COUPLED, binary

TRANSIENT = {"solve": "{transient: 1.0}", "initial": "{T: 2.0}", "boundaries": CLOSED}


def _storage(problem):
    return Storage(problem.system, 0.0, problem.values, problem.scale)


def test_linear_storage_is_recognised_and_exact(tmp_path):
    problem = built(
        tmp_path,
        COUPLED,
        mesh=PLANE,
        mixture=binary(3.0),
        properties=COUPLED["properties"].replace("heat_capacity: 1.0", "heat_capacity: 5.0"),
        solve="{transient: 1.0}",
        boundaries=SEALED,
    )
    storage, volume = _storage(problem), problem.system.geometry.volume
    assert storage.is_linear
    matrix = storage.matrix(0.0, problem.values[:, problem.system.geometry.cells] * 1.1)
    assert np.allclose(matrix[0, 0], 5.0 * volume, rtol=1e-14)
    assert np.allclose(matrix[1, 1], 3.0 * volume, rtol=1e-14)
    assert not matrix[0, 1].any() and not matrix[1, 0].any()
    change = np.random.default_rng(7).uniform(-1.0, 1.0, (2, volume.size))
    assert np.allclose(storage.rate(change), [5.0 * volume * change[0], 3.0 * volume * change[1]], rtol=1e-14)


def test_linear_storage_that_couples_fields(tmp_path):
    """Besides c x_A an amount of 0.5 T is stored: the matrix is not diagonal, and the rate has both parts."""
    problem = built(
        tmp_path,
        COUPLED,
        laws="[conduction, fick, storage: {balance: A, amount: 0.5*T}]",
        solve="{transient: 1.0}",
        boundaries=SEALED,
    )
    storage, volume = _storage(problem), problem.system.geometry.volume
    change = np.random.default_rng(8).uniform(-1.0, 1.0, (2, volume.size))
    assert storage.is_linear
    heat, amount = storage.rate(change) / volume
    assert np.allclose(heat, change[0], rtol=1e-13)
    assert np.allclose(amount, 0.5 * change[0] + storage.matrix(0.0, change)[1, 1] / volume * change[1], rtol=1e-13)
    assert np.allclose(storage.matrix(0.0, change)[1, 0], 0.5 * volume, rtol=1e-13)


def test_a_heat_capacity_that_varies_is_followed(tmp_path):
    properties, mixture = "{conductivity: 1.0, heat_capacity: 1 + T**2}", "{pure: {reference_temperature: 1.0}}"
    problem = built(tmp_path, mesh=PLANE, mixture=mixture, properties=properties, **TRANSIENT)
    storage, volume = _storage(problem), problem.system.geometry.volume
    assert not storage.is_linear
    for value in (1.0, 3.0):
        matrix = storage.matrix(0.0, np.full((1, volume.size), value))
        assert np.allclose(matrix[0, 0], (1.0 + value**2) * volume, rtol=1e-7)
    with pytest.raises(ValueError, match="not linear"):
        storage.rate(np.ones((1, volume.size)))
