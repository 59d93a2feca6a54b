"""Reciprocity, second law and entropy production of any set of laws, by probing them with unit gradients.

Near equilibrium every flux is linear in the gradients, J = J0 - K grad u; with the metric G of the mixture, X = -G grad u,
the laws have Onsager's matrix L = K G^-1. Arrays have shape (balances, balances, faces).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .exchange import ExchangeView
from .system import System
from .views import FaceView

__all__ = ["Audit", "Onsager", "audit", "conductances", "entropy_by_law", "in_cells", "probe", "scaled"]

_ASYMMETRY = 1e-6
_INDEFINITE = -1e-9
_NOISE = 1e-10


@dataclass(frozen=True)
class Onsager:
    """Onsager's matrix of each law by its name, on the faces where the metric is regular; all other faces are skipped."""

    by_law: dict[str, np.ndarray]
    faces: np.ndarray

    @property
    def total(self) -> np.ndarray:
        """That of all laws together."""
        return sum(self.by_law.values())


@dataclass(frozen=True)
class Audit:
    """What holds on every face that could be judged: the worst of all states looked at.

    asymmetry is |L_ij - L_ji| / (|L_ij| + |L_ji|), from 0 to 1; margin the smallest eigenvalue of the symmetric part of
    L_ij / sqrt(L_ii L_jj), 1 without cross-effects and 0 on the verge. remarks say what was not judged.
    """

    asymmetry: float
    margin: float
    violations: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def symmetric(self) -> bool:
        """Whether reciprocity holds."""
        return not self.asymmetry > _ASYMMETRY

    @property
    def positive(self) -> bool:
        """Whether no gradients could destroy entropy."""
        return not self.margin < _INDEFINITE


def audit(system: System, states: Iterable[tuple[float, np.ndarray]]) -> Audit | None:
    """Hold the laws of a system against reciprocity and the second law at states (t, values of shape (balances, nodes)).

    None where the mixture states no metric. In a linearised model the metric is that of the state it is linearised
    about, as in its fluxes.
    """
    asymmetry = margin = float("nan")
    broken: dict[str, str] = {}
    judged = skipped = 0
    for t, values in states:
        found = probe(system, t, values)
        if found is None:
            return None
        judged, skipped = judged + found.faces.size, skipped + system.geometry.faces.area.size - found.faces.size
        if found.faces.size and found.by_law:
            worst, text = _reciprocity(system, t, found)
            if not worst <= asymmetry:
                asymmetry, broken["reciprocity"] = worst, text
            least, text = _second_law(system, t, found)
            if not least >= margin:
                margin, broken["second law"] = least, text
    remarks = _remarks(system, judged, skipped)
    return Audit(asymmetry, margin, tuple(text for text in broken.values() if text), remarks)


def probe(system: System, t: float, values: np.ndarray) -> Onsager | None:
    """Onsager's matrix of every law; None where the mixture states no metric."""
    with np.errstate(all="ignore"):
        metric = _metric(system, t, _halfway(system, values))
        if metric is None:
            return None
        by_law = conductances(system, t, values)
        regular = np.isfinite(metric).all(axis=(0, 1)) & (np.einsum("iin->in", metric) > 0.0).all(axis=0)
        for part in by_law.values():
            regular &= np.isfinite(part).all(axis=(0, 1))
        inverse = np.linalg.inv(np.moveaxis(metric[..., regular], -1, 0))
        matrices = {name: np.einsum("ijn,njk->ikn", part[..., regular], inverse) for name, part in by_law.items()}
    return Onsager(matrices, np.flatnonzero(regular))


def conductances(system: System, t: float, values: np.ndarray) -> dict[str, np.ndarray]:
    """K of every law that has a flux: how it answers to a gradient of each field by itself, on all faces."""
    faces, count = system.geometry.faces, len(system.balances)
    mean = _halfway(system, values)
    size = np.abs(mean).max(axis=1, keepdims=True)
    unit = np.where(size > 0.0, size, 1.0) * faces.inverse_distance
    gradient = np.zeros((count, 1 + count, faces.area.size))
    for j in range(count):
        gradient[j, 1 + j] = unit[j]
    found = {}
    for name, flux in system.probe(t, np.repeat(mean[:, None], 1 + count, axis=1), gradient, system.laws).items():
        change = flux[:, 1:] - flux[:, :1]
        change[np.abs(change) <= _NOISE * np.abs(flux[:, :1])] = 0.0
        found[name] = -change / unit
    return found


def scaled(matrix: np.ndarray) -> np.ndarray:
    """The symmetric part of L_ij / sqrt(L_ii L_jj); a flux that its own force does not drive is scaled by its others."""
    diagonal = np.sqrt(np.abs(np.einsum("iin->in", matrix)))
    symmetric = 0.5 * (matrix + matrix.swapaxes(0, 1))
    safe = np.where(diagonal > 0.0, diagonal, 1.0)
    reach = np.abs(symmetric / safe[None]).max(axis=1)
    size = np.where(diagonal > 0.0, diagonal, np.where(reach > 0.0, reach, 1.0))
    return symmetric / (size[:, None] * size[None])


def entropy_by_law(system: System, t: float, values: np.ndarray, view: ExchangeView) -> dict[str, np.ndarray]:
    """Entropy production per volume on the faces, (faces,), of each law: its own flux with all forces.

    A law alone may destroy entropy, all together may not. What a law moves without any gradient is left out.
    """
    mean = _halfway(system, values)
    conveyed = system.probe(t, mean, np.zeros(mean.shape), system.conveying)
    force = np.stack([view.force(balance) for balance in system.balances])
    parts = system.flux_by_law(t, values)
    return {name: ((flux - conveyed.get(name, 0.0)) * force).sum(axis=0) for name, flux in parts.items()}


def in_cells(system: System, density: np.ndarray) -> np.ndarray:
    """A density on the faces shared out among the cells beside them, per volume; the integral stays the same."""
    geometry = system.geometry
    faces, every = geometry.faces, np.arange(geometry.nodes)
    amount = np.bincount(every[faces.left], density * faces.span * faces.share, geometry.nodes)
    amount += np.bincount(every[faces.right], density * faces.span * (1.0 - faces.share), geometry.nodes)
    return amount[geometry.cells] / geometry.volume


def _halfway(system: System, values: np.ndarray) -> np.ndarray:
    """The state halfway between the nodes of each face."""
    faces = system.geometry.faces
    return 0.5 * (values[:, faces.left] + values[:, faces.right])


def _metric(system: System, t: float, mean: np.ndarray) -> np.ndarray | None:
    view = FaceView(system.medium, t, mean, mean, system.geometry.faces).at(system.reference)
    entries = system.medium.mixture.metric(view)
    metric = np.zeros((len(mean), *mean.shape))
    for (row, column), value in entries.items():
        metric[system.medium.slot[row], system.medium.slot[column]] = value
    return metric if entries else None


def _reciprocity(system: System, t: float, found: Onsager) -> tuple[float, str]:
    """The worst asymmetry and, where it breaks reciprocity, which laws break it, where and by how much."""
    total = found.total
    turned = total.swapaxes(0, 1)
    size = np.abs(total) + np.abs(turned)
    diagonal = np.sqrt(np.abs(np.einsum("iin->in", total)))
    counts = size > _NOISE * diagonal[:, None] * diagonal[None]
    apart = np.divide(np.abs(total - turned), size, out=np.zeros(size.shape), where=counts)
    worst = float(apart.max())
    if not worst > _ASYMMETRY:
        return worst, ""
    i, j, face = np.unravel_index(apart.argmax(), apart.shape)
    parts = {name: abs(matrix[i, j, face] - matrix[j, i, face]) for name, matrix in found.by_law.items()}
    culprits = [name for name, part in parts.items() if part > _ASYMMETRY * max(parts.values())]
    one, other = system.balances[i], system.balances[j]
    text = (
        f"reciprocity is broken by {_list(culprits)}: the {one.name} flux answers to {other.field.name} with"
        f" {total[i, j, face]:.6g}, the {other.name} flux to {one.field.name} with {total[j, i, face]:.6g} (Onsager"
        f" coefficients, which must be equal), {_place(system, t, found.faces[face])}; relative asymmetry {worst:.3g}"
    )
    return worst, text


def _second_law(system: System, t: float, found: Onsager) -> tuple[float, str]:
    """The smallest margin and, where entropy could be destroyed, by which laws, where and by how much."""
    whole = scaled(found.total)
    values, vectors = np.linalg.eigh(np.moveaxis(whole, -1, 0))
    least = float(values[:, 0].min())
    if not least < _INDEFINITE:
        return least, ""
    face = int(values[:, 0].argmin())
    size = np.sqrt(np.abs(np.einsum("ii->i", found.total[..., face])))
    direction = vectors[face, :, 0] / np.where(size > 0.0, size, 1.0)
    parts = {name: float(direction @ matrix[..., face] @ direction) for name, matrix in found.by_law.items()}
    culprits = [name for name, part in parts.items() if part < 0.0]
    text = (
        f"the second law is broken by {_list(culprits)}: some gradients would destroy entropy, for the Onsager matrix is"
        f" not positive definite, {_place(system, t, found.faces[face])}; margin {least:.3g}, which must not be negative"
    )
    return least, text


def _remarks(system: System, judged: int, skipped: int) -> tuple[str, ...]:
    remarks = []
    if skipped:
        remarks.append(
            f"{skipped} of {judged + skipped} faces were not judged: there the forces are not defined, as where a mole"
            " fraction is 0 or 1"
        )
    if system.conveying:
        remarks.append(f"what {_list(system.conveying)} moves without any gradient was left out")
    if system.has_sources:
        remarks.append("entropy produced by sources was left out")
    return tuple(remarks)


def _place(system: System, t: float, face: int) -> str:
    centre = system.geometry.faces.centres[: system.geometry.dimension, face]
    where = ", ".join(f"{axis} = {value:.4g}" for axis, value in zip("xyz", centre))
    return f"at {where}, t = {t:.4g}"


def _list(names: Iterable[str]) -> str:
    names = list(names)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
