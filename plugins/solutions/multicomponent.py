"""Maxwell-Stefan fluxes and spectral elements for the reference solutions that have no closed form."""

from collections.abc import Mapping, Sequence

import numpy as np

__all__ = ["GAS_CONSTANT", "diffusive_fluxes", "lobatto", "pair_matrix", "pair_mistakes"]

GAS_CONSTANT = 8.31446261815324


def pair_mistakes(species: Sequence[str], pairs: Mapping[str, float]) -> list[str]:
    """Why the pairs are not those of the species, each once in either order; empty when they are."""
    wanted = {frozenset((a, b)) for n, a in enumerate(species) for b in species[:n]}
    given = [frozenset(name.split("-")) for name in pairs]
    found = [f"diffusivities lack {'-'.join(sorted(pair))}" for pair in wanted.difference(given)]
    found += [f"{name} is not a pair of {', '.join(species)}" for name, pair in zip(pairs, given) if pair not in wanted]
    return found + [f"{name} is given twice" for n, name in enumerate(pairs) if given[n] in given[:n]]


def pair_matrix(species: Sequence[str], pairs: Mapping[str, float]) -> np.ndarray:
    """Symmetric matrix of D_ij by the order of the species, from a mapping "A-B" -> D_AB; infinite on the diagonal."""
    row = {name: n for n, name in enumerate(species)}
    matrix = np.full((len(row), len(row)), np.inf)
    for names, value in pairs.items():
        a, b = (row[name] for name in names.split("-"))
        matrix[a, b] = matrix[b, a] = value
    return matrix


def diffusive_fluxes(x: np.ndarray, slopes: np.ndarray, inverse: np.ndarray) -> np.ndarray:
    """J_i/c of all but the last species where sum J = 0, from  sum_j (x_i J_j - x_j J_i)/(c D_ij) = dx_i/dz.

    x (species, n) and slopes (species - 1, n); inverse = 1/D_ij, zero on the diagonal.
    """
    count = len(x) - 1
    matrix = x[:count, None] * (inverse[:count, count:] - inverse[:count, :count])[:, :, None]
    matrix[range(count), range(count)] += inverse[:count] @ x
    return -np.linalg.solve(np.moveaxis(matrix, -1, 0), slopes.T[:, :, None])[:, :, 0].T


def lobatto(degree: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gauss-Lobatto nodes and weights on [0, 1], and the matrix of derivatives between the nodes."""
    legendre = np.polynomial.Legendre.basis(degree)
    nodes = np.concatenate([[-1.0], np.sort(legendre.deriv().roots().real), [1.0]])
    peak = legendre(nodes)
    gap = nodes[:, None] - nodes[None, :] + np.eye(degree + 1)
    slopes = peak[:, None] / peak[None, :] / gap
    np.fill_diagonal(slopes, 0.0)
    np.fill_diagonal(slopes, -slopes.sum(axis=1))
    return 0.5 * (1.0 + nodes), 1.0 / (degree * (degree + 1) * peak**2), 2.0 * slopes
