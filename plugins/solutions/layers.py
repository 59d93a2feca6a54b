"""Positions on a line through layers, in which an interface has two nodes at one place."""

from collections.abc import Sequence

import numpy as np

_SAME_PLACE = 1e-9


def layer_of(x: np.ndarray, interfaces: Sequence[float]) -> np.ndarray:
    """Number of the layer, from 0, at positions x (n,) in ascending order; interfaces in ascending order [m].

    Of the nodes at an interface the first belongs to the layer on the left, the others to that on the right.
    """
    x = np.atleast_1d(np.asarray(x, float))
    layer = np.searchsorted(interfaces, x)
    for number, place in enumerate(interfaces):
        (there,) = np.nonzero(np.abs(x - place) <= _SAME_PLACE * np.abs(x).max())
        layer[there[:1]], layer[there[1:]] = number, number + 1
    return layer
