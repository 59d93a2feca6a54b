"""The friction between species: linear algebra of the Maxwell-Stefan equations, on arrays of faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

__all__ = ["friction_matrix", "hold_back", "pairs_of", "solve", "symmetric"]

Rows = list[list[Any]]


def pairs_of(names: Sequence[str], given: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Which species each name of a pair `A-B` means; KeyError for a name that is not a pair of different species."""
    known = {f"{one}-{other}": (i, j) for i, one in enumerate(names) for j, other in enumerate(names) if i != j}
    return {name: known[name] for name in given}


def symmetric(count: int, values: Mapping[tuple[int, int], Any], sign: float = 1.0) -> Rows:
    """Rows a_ij of all pairs with a_ji = sign a_ij; what is not given is zero."""
    rows: Rows = [[0.0] * count for _ in range(count)]
    for (i, j), value in values.items():
        rows[i][j], rows[j][i] = value, sign * value
    return rows


def friction_matrix(x: Sequence[Any], diffusivities: Rows) -> Rows:
    """B [s/m^2] of  B J = -c d  without the last species:

        B_ii = x_i/D_iN + sum_{k != i} x_k/D_ik ,    B_ij = -x_i (1/D_ij - 1/D_iN)

    Regular wherever no mole fraction is negative, even where some vanish.
    """
    last = len(x) - 1
    rows: Rows = [[0.0] * last for _ in range(last)]
    for i in range(last):
        to_last = 1.0 / diffusivities[i][last]
        rows[i][i] = x[i] * to_last + x[last] * to_last
        for k in range(last):
            if k != i:
                inverse = 1.0 / diffusivities[i][k]
                rows[i][i] = rows[i][i] + x[k] * inverse
                rows[i][k] = -x[i] * (inverse - to_last)
    return rows


def hold_back(rows: Rows, x: Sequence[Any], knudsen: Sequence[Any]) -> list[Any]:
    """Add the friction at the walls, 1/D_K,i, to the matrix of the fluxes J_i relative to the molar-average velocity.

    Returns w_i of the force  -w_i grad p / (R T)  that the pressure adds on the right-hand side:
    w_i = x_i (1 - W_i/sum x_k W_k).
    """
    friction = [1.0 / each for each in knudsen]
    mean = sum(share * each for share, each in zip(x, friction))
    for i, row in enumerate(rows):
        for j in range(len(row)):
            row[j] = row[j] - x[i] * friction[i] * (friction[j] - friction[-1]) / mean
        row[i] = row[i] + friction[i]
    return [share * (1.0 - each / mean) for share, each in zip(x[:-1], friction)]


def solve(rows: Rows, right: Sequence[Any]) -> list[Any]:
    """The solution of a small system on every face; one and two unknowns in closed form."""
    if len(right) == 1:
        return [right[0] / rows[0][0]]
    if len(right) == 2:
        (a, b), (c, d) = rows
        determinant = a * d - b * c
        return [(d * right[0] - b * right[1]) / determinant, (a * right[1] - c * right[0]) / determinant]
    matrix = np.stack([np.stack(np.broadcast_arrays(*row), axis=-1) for row in _alike(rows, right)], axis=-2)
    shape = matrix.shape[:-2]
    column = np.stack([np.broadcast_to(each, shape) for each in right], axis=-1)
    return list(np.moveaxis(np.linalg.solve(matrix, column[..., None])[..., 0], -1, 0))


def _alike(rows: Rows, right: Sequence[Any]) -> Rows:
    """The same entries, all of one shape."""
    shape = np.broadcast_shapes(*(np.shape(each) for row in rows for each in row), *(np.shape(each) for each in right))
    return [[np.broadcast_to(each, shape) for each in row] for row in rows]
