"""Linear algebra off the line: sparse factors of the Jacobian, alone in Newton's method or inside GMRES in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import SuperLU, splu

__all__ = ["Factored", "Solver", "determinant_sign", "factorise"]

Solver = Callable[[np.ndarray], np.ndarray]


def factorise(matrix: sparse.csc_array) -> Solver:
    """A function that solves with the matrix; RuntimeError where it is singular."""
    return _factors(matrix).solve


def _factors(matrix: sparse.csc_array) -> SuperLU:
    # A nearly symmetric pattern: ordering on A + A^T fills in two to three times less than the default.
    return splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.001, options={"SymmetricMode": True})


def determinant_sign(matrix: sparse.csc_array) -> int:
    """1 or -1; 0 where the matrix is singular."""
    try:
        factors = _factors(matrix)
    except RuntimeError:
        return 0
    negative = int((factors.U.diagonal() < 0.0).sum())
    return -1 if (negative + _parity(factors.perm_r) + _parity(factors.perm_c)) % 2 else 1


def _parity(order: np.ndarray) -> int:
    """0 for an even permutation, 1 for an odd one: a cycle of n takes n - 1 swaps."""
    count = order.size
    graph = sparse.csr_array((np.ones(count), (np.arange(count), order)), shape=(count, count))
    return (count - connected_components(graph, directed=False)[0]) % 2


class _Parts(NamedTuple):
    """The Jacobian stiffness + cj mass, and a solver with its factored part at the cj of the factorisation."""

    stiffness: sparse.csc_array
    mass: sparse.csc_array
    solve: Solver


class Factored:
    """The Jacobian stiffness + cj mass, factored now and then, as preconditioner and as operator of a Krylov method.

    Because the operator follows cj while the factors lag behind, the integrator needs far fewer factorisations.
    assemble gives the matrix and the part of it that is factored: the couplings of neighbours, which fill in less.
    """

    def __init__(
        self, assemble: Callable[[float, np.ndarray, float], tuple[sparse.csc_array, sparse.csc_array]]
    ) -> None:
        self._assemble = assemble
        self._parts: _Parts | None = None

    def setup(self, t: float, y: np.ndarray, rate: np.ndarray, res: np.ndarray, cj: float) -> None:
        """Assemble and factor at a state."""
        (stiffness, _), (matrix, near) = self._assemble(t, y, 0.0), self._assemble(t, y, cj)
        self._parts = _Parts(stiffness, (matrix - stiffness) / cj, factorise(near))

    def solve(
        self,
        t: float,
        y: np.ndarray,
        rate: np.ndarray,
        res: np.ndarray,
        right: np.ndarray,
        out: np.ndarray,
        cj: float,
        delta: float,
    ) -> None:
        """Apply the inverse of the factored matrix."""
        out[:] = self._current.solve(right)

    def multiply(
        self, t: float, y: np.ndarray, rate: np.ndarray, res: np.ndarray, vector: np.ndarray, out: np.ndarray, cj: float
    ) -> None:
        """Apply the Jacobian at the present cj."""
        parts = self._current
        out[:] = parts.stiffness @ vector + cj * (parts.mass @ vector)

    @property
    def _current(self) -> _Parts:
        if self._parts is None:
            raise RuntimeError("set up the factors before they are applied")
        return self._parts
