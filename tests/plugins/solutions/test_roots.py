"""Roots in brackets: none escapes."""

import numpy as np
from fvtransport.plugins.solutions.roots import bracketed_roots, tangent_roots


def test_roots():
    found = bracketed_roots(np.cos, np.array([1.0, 4.0]), np.array([2.0, 5.0]))
    np.testing.assert_allclose(found, [0.5 * np.pi, 1.5 * np.pi], rtol=1e-15)
    for ratio, first, second in ((0.1, 1.0, 2.7), (1.0, 1.0, 1.0), (300.0, 0.4, 0.4), (5.0, 3.0, 0.2)):
        m = tangent_roots(ratio, first, second, 50)
        assert np.all(np.diff(m) > 0.0)

        def surplus(m, ratio=ratio, first=first, second=second):
            return ratio * np.sin(first * m) * np.cos(second * m) + np.sin(second * m) * np.cos(first * m)

        np.testing.assert_allclose(surplus(m), 0.0, atol=1e-11 * max(ratio, 1.0))
        fine = np.linspace(1e-9, m[-1] + 1e-9, 400_000)
        assert np.count_nonzero(np.diff(np.sign(surplus(fine)))) in (49, 50)
