"""Onsager's matrix of any set of laws, by probing them with a gradient of one field at a time.

Near equilibrium every flux is linear in the gradients, J = J0 - K grad u; with the metric G of the mixture, X = -G grad
u, the laws have Onsager's matrix L = K G^-1. Arrays have shape (balances, balances, faces). K is that of vanishing
distance between the nodes, so that exponential fitting, which is numerical, does not enter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..discretisation.conductance import bounds_like, composition_rows, conductances
from ..discretisation.system import System
from ..model.views import FaceView
from .small_matrices import inverses

__all__ = ["SHRUNK", "Onsager", "onsager_matrices", "scaled"]

SHRUNK = 1e-3
_INSIDE = 1e-6
_LOST = 1e-6


@dataclass(frozen=True)
class Onsager:
    """Onsager's matrix of each law by its name, on the faces where it is defined; all other faces are skipped.

    conductances are the K of each law on all faces, mean the states (balances, places) at which they were taken;
    metric and inverse are G and G^-1 on the faces where they are defined.
    """

    by_law: dict[str, np.ndarray]
    faces: np.ndarray
    conductances: dict[str, np.ndarray]
    mean: np.ndarray
    metric: np.ndarray
    inverse: np.ndarray

    @cached_property
    def total(self) -> np.ndarray:
        """That of all laws together."""
        return np.asarray(sum(self.by_law.values()))


def onsager_matrices(system: System, t: float, values: np.ndarray, inside: float = _INSIDE) -> Onsager | None:
    """Onsager's matrix of every law at states (balances, nodes) or (balances, instants, nodes), all of whose faces are
    taken in one row; None where the mixture states no metric.

    In a linearised model the metric is that of the state it is linearised about, as in its fluxes. A mole fraction of 0
    or 1 is replaced by the nearest one that is `inside` its range.
    """
    with np.errstate(all="ignore"):
        mean = _inside(system, system.fluxes.average(values), inside)
        metric = _metric(system, t, mean)
        if metric is None:
            return None
        flat = (*metric.shape[:2], -1)
        metric = metric.reshape(flat)
        by_law = {name: part.reshape(flat) for name, part in conductances(system, t, mean, SHRUNK).items()}
        regular, inverse = _inverted(metric)
        for part in by_law.values():
            regular &= np.isfinite(part).all(axis=(0, 1))
        faces = np.flatnonzero(regular)
        inverse = inverse.take(faces, axis=-1)
        matrices = {
            name: np.einsum("ijn,jkn->ikn", part.take(faces, axis=-1), inverse) for name, part in by_law.items()
        }
        own = mean.reshape(len(mean), -1), metric.take(faces, axis=-1), inverse
    return Onsager(matrices, faces, by_law, *own)


def scaled(matrix: np.ndarray) -> np.ndarray:
    """The symmetric part of L_ij / sqrt(L_ii L_jj); a flux that its own force does not
    drive is scaled by its others.
    """
    diagonal = np.sqrt(np.abs(np.einsum("iin->in", matrix)))
    symmetric = 0.5 * (matrix + matrix.swapaxes(0, 1))
    safe = np.where(diagonal > 0.0, diagonal, 1.0)
    reach = np.abs(symmetric / safe[None]).max(axis=1)
    size = np.where(diagonal > 0.0, diagonal, np.where(reach > 0.0, reach, 1.0))
    return symmetric / (size[:, None] * size[None])


def _inverted(metric: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where gradients follow from forces, (places,), and the inverse of the metric there, (balances, balances, places).

    That excludes what is not finite and, as on a spinodal, what is singular to round-off.
    """
    inverse = inverses(metric)
    product = np.einsum("ijn,jkn->ikn", inverse, metric)
    lost = np.abs(product - np.eye(len(metric))[..., None]).max(axis=(0, 1))
    return np.isfinite(metric).all(axis=(0, 1)) & (lost < _LOST), inverse


def _inside(system: System, mean: np.ndarray, inside: float) -> np.ndarray:
    """The same states, but just inside the range of a field that is at its end or beyond,
    where forces are not defined.
    """
    low, high = bounds_like(system, mean)
    margin = np.where(np.isfinite(high - low), inside * (high - low), 0.0)
    moved = np.clip(mean, low + margin, high - margin)
    own, last = composition_rows(system, moved)
    count = len(own) + 1
    is_short = own.size and np.minimum(last, moved[own].min(axis=0)) < inside
    moved[own] = np.where(is_short, (1.0 - count * inside) * np.clip(mean[own], 0.0, 1.0) + inside, moved[own])
    return moved


def _metric(system: System, t: float, mean: np.ndarray) -> np.ndarray | None:
    view = FaceView(system.medium, t, mean, mean, system.geometry.faces).at(system.reference)
    entries = system.medium.mixture.metric(view)
    metric = np.zeros((len(mean), *mean.shape))
    for (row, column), value in entries.items():
        metric[system.medium.row[row], system.medium.row[column]] = value
    return metric if entries else None
