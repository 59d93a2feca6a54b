"""Finite elements on a line, for closed forms to be held against."""

from __future__ import annotations

import numpy as np


def elements(edges: list[float], degree: int) -> tuple[np.ndarray, np.ndarray, list[np.ndarray], list[slice]]:
    """Gauss-Lobatto elements: nodes, and for each element its weights, matrix of
    derivatives and place among the nodes.
    """
    legendre = np.polynomial.Legendre.basis(degree)
    nodes = np.concatenate([[-1.0], np.sort(legendre.deriv().roots().real), [1.0]])
    peak = legendre(nodes)
    gap = nodes[:, None] - nodes[None, :] + np.eye(degree + 1)
    slopes = peak[:, None] / peak[None, :] / gap
    np.fill_diagonal(slopes, 0.0)
    np.fill_diagonal(slopes, -slopes.sum(axis=1))
    weights = 2.0 / (degree * (degree + 1) * peak**2)
    halves = 0.5 * np.diff(edges)
    x = np.concatenate([[edges[0]], *(a + h * (1.0 + nodes[1:]) for a, h in zip(edges, halves))])
    records = [slice(i * degree, (i + 1) * degree + 1) for i in range(len(halves))]
    return x, [h * weights for h in halves], [slopes / h for h in halves], records
