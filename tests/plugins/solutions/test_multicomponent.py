"""Maxwell-Stefan fluxes, spectral elements and pairs of species."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.multicomponent import diffusive_fluxes, lobatto, pair_matrix, pair_mistakes


def test_diffusive_fluxes_satisfy_the_equations_of_every_species():
    rng = np.random.default_rng(1)
    x = rng.dirichlet(np.ones(4), 5).T
    slopes = rng.normal(size=(3, 5))
    inverse = 1.0 / pair_matrix(
        "ABCD", {f"{a}-{b}": rng.uniform(1.0, 9.0) for n, a in enumerate("ABCD") for b in "ABCD"[:n]}
    )
    fluxes = diffusive_fluxes(x, slopes, inverse)
    fluxes = np.vstack([fluxes, -fluxes.sum(axis=0)])
    friction = x * (inverse @ fluxes) - fluxes * (inverse @ x)
    np.testing.assert_allclose(friction, np.vstack([slopes, -slopes.sum(axis=0)]), rtol=0.0, atol=1e-13)


def test_lobatto_is_exact_for_polynomials():
    nodes, weights, slopes = lobatto(6)
    np.testing.assert_allclose(weights @ nodes**11, 1.0 / 12.0, rtol=1e-13)
    np.testing.assert_allclose(slopes @ nodes**6, 6.0 * nodes**5, rtol=0.0, atol=1e-12)


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ({"A-B": 1.0, "A-C": 1.0}, "lack B-C"),
        ({"A-B": 1.0, "C-A": 1.0, "B-C": 1.0, "B-D": 1.0}, "B-D is not a pair"),
        ({"A-B": 1.0, "B-A": 1.0, "A-C": 1.0, "B-C": 1.0}, "B-A is given twice"),
    ],
)
def test_pairs_that_do_not_fit_are_told(pairs, words):
    (found,) = pair_mistakes("ABC", pairs)
    assert words in found
