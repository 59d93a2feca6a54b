"""Least-squares gradients in cells: sparse linear maps of the values at the nodes, exact for linear fields.

The neighbours of a cell are the nodes that a face joins to it, boundary nodes among them; where they determine the
gradient poorly, the neighbours of those that are cells count too. A node that is no cell leads no further, so nothing
is reached across a boundary or an interface.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from .geometry import Geometry

__all__ = ["cell_gradients"]

# Smallest over largest eigenvalue of the sum of d d^T / d^2 over the neighbours below which there are too few, by
# dimension: four neighbours of a tetrahedron leave a rough gradient, four of a skewed quadrilateral do not.
_POOR = (0.0, 0.0, 0.02, 0.3)
_UNDETERMINED = 1e-8


def cell_gradients(geometry: Geometry) -> tuple[sparse.csr_array, ...]:
    """One map (nodes, nodes) for each axis from the values at the nodes to the gradient there [1/m]; 0 off cells."""
    every, count = np.arange(geometry.nodes), geometry.nodes
    left, right = every[geometry.faces.left], every[geometry.faces.right]
    is_cell, apart = geometry.is_cell, geometry.faces.apart[: geometry.dimension]
    own, other = np.concatenate([left, right]), np.concatenate([right, left])
    ways = np.concatenate([apart, -apart], axis=1)
    inside = is_cell[own]
    own, other, ways = own[inside], other[inside], ways[:, inside]
    spread = np.linalg.eigvalsh(_moments(own, ways, count))
    poor = is_cell & (spread[:, 0] < _POOR[geometry.dimension] * spread[:, -1])
    if poor.any():
        own, other, ways = _extended(own, other, ways, poor)
    inverse = np.linalg.pinv(_moments(own, ways, count), rcond=_UNDETERMINED, hermitian=True)
    weights = np.einsum("nij,jn->in", inverse[own], ways) / (ways**2).sum(axis=0)
    rows, columns = np.concatenate([own, own]), np.concatenate([other, own])
    return tuple(
        sparse.csr_array((np.concatenate([weight, -weight]), (rows, columns)), shape=(count, count))
        for weight in weights
    )


def _moments(own: np.ndarray, ways: np.ndarray, count: int) -> np.ndarray:
    """Sum of d d^T / d^2 over the neighbours of every node, (nodes, dimension, dimension)."""
    unit = ways / np.linalg.norm(ways, axis=0)
    products = np.einsum("in,jn->ijn", unit, unit)
    sums = [np.bincount(own, each, count) for each in products.reshape(-1, own.size)]
    return np.stack(sums, axis=-1).reshape(count, len(ways), len(ways))


def _extended(
    own: np.ndarray, other: np.ndarray, ways: np.ndarray, poor: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs of neighbours, and for the cells that have too few also the neighbours of their neighbours."""
    order = np.argsort(own, kind="stable")
    own, other, ways = own[order], other[order], ways[:, order]
    starts = np.searchsorted(own, np.arange(poor.size + 1))
    first = np.flatnonzero(poor[own])
    lengths = starts[other[first] + 1] - starts[other[first]]
    second = np.repeat(starts[other[first]] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    first = np.repeat(first, lengths)
    far = own[first] != other[second]
    first, second = first[far], second[far]
    pairs = np.stack([np.concatenate([own, own[first]]), np.concatenate([other, other[second]])])
    reached = np.concatenate([ways, ways[:, first] + ways[:, second]], axis=1)
    _, once = np.unique(pairs, axis=1, return_index=True)
    return pairs[0, once], pairs[1, once], reached[:, once]
