"""Loops of reactions: what turns without a net change."""

import numpy as np

from fvtransport.audit.reaction_loops import null_space


def test_a_ring_of_three_has_one_loop():
    """A -> B -> C -> A."""
    ring = np.array([[-1.0, 0.0, 1.0], [1.0, -1.0, 0.0], [0.0, 1.0, -1.0]])
    (loop,) = null_space(ring)
    np.testing.assert_allclose(loop @ ring, 0.0, atol=1e-12)
    assert np.ptp(loop / loop[0]) < 1e-12


def test_reactions_that_are_independent_have_none():
    assert not null_space(np.array([[-1.0, 1.0, 0.0], [0.0, -1.0, 1.0]]))
