"""The algebra of the Maxwell-Stefan equations against the full, redundant system of all species."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.theory.friction import friction_matrix, hold_back, pairs_of, solve, symmetric

FACES = 7


def mixture(count: int, seed: int = 3):
    """Mole fractions, diffusivities and forces that sum to zero, on some faces."""
    random = np.random.default_rng(seed)
    x = random.uniform(0.05, 1.0, (count, FACES))
    x /= x.sum(axis=0)
    pairs = {(i, j): random.uniform(1e-6, 1e-4, FACES) for i in range(count) for j in range(i + 1, count)}
    forces = random.normal(size=(count, FACES))
    forces -= forces.mean(axis=0)
    return x, symmetric(count, pairs), forces


def all_species(x, diffusivities, right, boundaries=None):
    """Fluxes N_i of  sum_j (x_i N_j - x_j N_i)/D_ij - N_i W_i = right_i, one face at a time; sum N = 0
    where there are no walls.
    """
    count, out = len(x), []
    for face in range(x.shape[1]):
        matrix = np.zeros((count, count))
        for i in range(count):
            for j in range(count):
                if i != j:
                    inverse = 1.0 / diffusivities[i][j][face]
                    matrix[i, j] += x[i, face] * inverse
                    matrix[i, i] -= x[j, face] * inverse
        own = right[:, face].copy()
        if boundaries is None:
            matrix[-1], own[-1] = 1.0, 0.0
        else:
            matrix -= np.diag(1.0 / boundaries[:, face])
        out.append(np.linalg.solve(matrix, own))
    return np.array(out).T


@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_fluxes_satisfy_the_equations_of_all_species(count):
    x, diffusivities, forces = mixture(count)
    found = -np.array(solve(friction_matrix(x, diffusivities), list(forces[:-1])))
    expected = all_species(x, diffusivities, forces)
    assert found == pytest.approx(expected[:-1], rel=1e-10, abs=1e-12 * np.abs(expected).max())


@pytest.mark.parametrize("count", [2, 3, 5])
def test_walls_take_part(count):
    """J_i = N_i - x_i sum N, with N of the dusty gas; forces that do not sum to zero are
    those of a pressure gradient.
    """
    x, diffusivities, forces = mixture(count)
    random = np.random.default_rng(5)
    boundaries, push = random.uniform(1e-6, 1e-4, (count, FACES)), random.normal(size=FACES)
    rows = friction_matrix(x, diffusivities)
    shares = hold_back(rows, x, boundaries)
    found = -np.array(solve(rows, [force + share * push for force, share in zip(forces, shares)]))
    total = all_species(x, diffusivities, forces + x * push, boundaries)
    expected = total - x * total.sum(axis=0)
    assert found == pytest.approx(expected[:-1], rel=1e-9, abs=1e-12 * np.abs(expected).max())
    friction = 1.0 / boundaries
    diffusive = -(push + (np.vstack([found, -found.sum(axis=0)]) * friction).sum(axis=0)) / (x * friction).sum(axis=0)
    assert diffusive == pytest.approx(total.sum(axis=0), rel=1e-9, abs=1e-12 * np.abs(total).max())


@pytest.mark.parametrize("count", [2, 3, 4])
def test_species_may_vanish(count):
    x, diffusivities, forces = mixture(count)
    x[0], x[-1] = 0.0, 1.0 - x[1:-1].sum(axis=0)
    rows = friction_matrix(x, diffusivities)
    found = np.array(solve(rows, list(forces[:-1])))
    assert np.isfinite(found).all()
    x[0] = 1e-9
    assert np.array(solve(friction_matrix(x, diffusivities), list(forces[:-1]))) == pytest.approx(found, rel=1e-6)


def test_a_trace_diffuses_against_the_others_in_series():
    """1/D = sum_k x_k/D_ik for a species that is rare."""
    x = [np.array([0.0]), np.array([0.3]), np.array([0.7])]
    rows = friction_matrix(x, symmetric(3, {(0, 1): 2e-5, (0, 2): 5e-5, (1, 2): 1e-5}))
    (first, _) = solve(rows, [1.0, 0.0])
    assert 1.0 / first[0] == pytest.approx(0.3 / 2e-5 + 0.7 / 5e-5, rel=1e-14)


def test_names_of_pairs_with_dashes():
    names = ["n-C4H10", "N2"]
    assert pairs_of(names, {"N2-n-C4H10": 1.0}) == {"N2-n-C4H10": (1, 0)}
    with pytest.raises(KeyError):
        pairs_of(names, {"N2-N2": 1.0})
