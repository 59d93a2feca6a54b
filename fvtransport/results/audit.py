"""Reciprocity and the second law for any set of laws, by probing them with a gradient of one field at a time.

Near equilibrium every flux is linear in the gradients, J = J0 - K grad u; with the metric G of the mixture, X = -G grad
u, the laws have Onsager's matrix L = K G^-1. Arrays have shape (balances, balances, faces).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..discretisation.conductance import composition_rows, conductances
from ..discretisation.system import System
from ..model.views import FaceView

__all__ = ["Audit", "Onsager", "audit", "onsager_matrices", "scaled"]

_ASYMMETRY = 1e-6
_INDEFINITE = -1e-9
_NOISE = 1e-10
_INSIDE = 1e-6


@dataclass(frozen=True)
class Onsager:
    """Onsager's matrix of each law by its name, on the faces where it is defined; all other faces are skipped."""

    by_law: dict[str, np.ndarray]
    faces: np.ndarray

    @property
    def total(self) -> np.ndarray:
        """That of all laws together."""
        return np.asarray(sum(self.by_law.values()))


@dataclass(frozen=True)
class Audit:
    """What holds on every face that could be judged: the worst of all states that were evaluated.

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

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as `summary.json` holds it."""
        verdicts = {
            "symmetric": self.symmetric,
            "asymmetry": self.asymmetry,
            "positive": self.positive,
            "margin": self.margin,
        }
        return {**verdicts, "violations": list(self.violations), "remarks": list(self.remarks)}


def audit(system: System, states: Iterable[tuple[float, np.ndarray]]) -> Audit | None:
    """Hold the laws of a system against reciprocity and the second law at states (t, values of
    shape (balances, nodes)).

    None where the mixture states no metric. In a linearised model the metric is that of the state it is linearised
    about, as in its fluxes. A mole fraction of 0 or 1 is judged by the limit, 1e-6 inside.
    """
    asymmetry = margin = float("nan")
    broken: dict[str, str] = {}
    judged = skipped = 0
    for t, values in states:
        found = onsager_matrices(system, t, values)
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


def onsager_matrices(system: System, t: float, values: np.ndarray) -> Onsager | None:
    """Onsager's matrix of every law; None where the mixture states no metric."""
    with np.errstate(all="ignore"):
        mean = _inside(system, system.geometry.faces.average(values))
        metric = _metric(system, t, mean)
        if metric is None:
            return None
        by_law = conductances(system, t, mean)
        regular = np.isfinite(metric).all(axis=(0, 1)) & (np.einsum("iin->in", metric) > 0.0).all(axis=0)
        for part in by_law.values():
            regular &= np.isfinite(part).all(axis=(0, 1))
        inverse = np.linalg.inv(np.moveaxis(metric[..., regular], -1, 0))
        matrices = {name: np.einsum("ijn,njk->ikn", part[..., regular], inverse) for name, part in by_law.items()}
    return Onsager(matrices, np.flatnonzero(regular))


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


def _inside(system: System, mean: np.ndarray) -> np.ndarray:
    """The same states, but just inside the range of a field that is at its end or beyond,
    where forces are not defined.
    """
    bounds = np.array([(field.lower, field.upper) for field in system.medium.fields])
    width = np.diff(bounds, axis=1)
    margin = np.where(np.isfinite(width), _INSIDE * width, 0.0)
    inside = np.clip(mean, bounds[:, :1] + margin, bounds[:, 1:] - margin)
    own, last = composition_rows(system, inside)
    count = len(own) + 1
    is_short = own.size and np.minimum(last, inside[own].min(axis=0)) < _INSIDE
    inside[own] = np.where(is_short, (1.0 - count * _INSIDE) * np.clip(mean[own], 0.0, 1.0) + _INSIDE, inside[own])
    return inside


def _metric(system: System, t: float, mean: np.ndarray) -> np.ndarray | None:
    view = FaceView(system.medium, t, mean, mean, system.geometry.faces).at(system.reference)
    entries = system.medium.mixture.metric(view)
    metric = np.zeros((len(mean), *mean.shape))
    for (row, column), value in entries.items():
        metric[system.medium.row[row], system.medium.row[column]] = value
    return metric if entries else None


def _reciprocity(system: System, t: float, found: Onsager) -> tuple[float, str]:
    """The worst asymmetry and, where it breaks reciprocity, which laws break it, where and by how much."""
    total = found.total
    turned = total.swapaxes(0, 1)
    size = np.abs(total) + np.abs(turned)
    diagonal = np.sqrt(np.abs(np.einsum("iin->in", total)))
    scale = diagonal[:, None] * diagonal[None]
    counts = size > _NOISE * scale
    apart = np.divide(np.abs(total - turned), size, out=np.zeros(size.shape), where=counts)
    worst = float(apart.max())
    if not worst > _ASYMMETRY:
        return worst, ""
    strength = np.where(apart >= 0.999 * worst, size / np.where(scale > 0.0, scale, 1.0), 0.0)
    i, j, face = np.unravel_index(strength.argmax(), apart.shape)
    parts = {name: abs(matrix[i, j, face] - matrix[j, i, face]) for name, matrix in found.by_law.items()}
    culprits = [name for name, part in parts.items() if part > _ASYMMETRY * max(parts.values())]
    one, other = system.balances[i], system.balances[j]
    text = (
        f"reciprocity is broken by {_list(culprits)}: the {one.name} flux depends on grad({other.field.name}) with"
        f" {total[i, j, face]:.6g}, the {other.name} flux to {one.field.name} with {total[j, i, face]:.6g} (Onsager"
        f" coefficients, which must be equal), {_position(system, t, found.faces[face])}; relative "
        f"asymmetry {worst:.3g}"
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
        f"the second law is broken by {_list(culprits)}: some gradients would destroy entropy, because the "
        "Onsager matrix is"
        f" not positive definite, {_position(system, t, found.faces[face])}; margin {least:.3g}, which "
        "must not be negative"
    )
    return least, text


def _remarks(system: System, judged: int, skipped: int) -> tuple[str, ...]:
    remarks = []
    if skipped:
        remarks.append(
            f"{skipped} of {judged + skipped} faces were not judged, because forces or fluxes are not defined there"
        )
    if system.fluxes.zero_gradient_laws:
        remarks.append(f"what {_list(system.fluxes.zero_gradient_laws)} moves without any gradient was left out")
    if system.has_local_sources:
        remarks.append("entropy produced by sources was left out")
    return tuple(remarks)


def _position(system: System, t: float, face: int) -> str:
    centre = system.geometry.faces.centres[: system.geometry.dimension, face]
    where = ", ".join(f"{axis} = {value:.4g}" for axis, value in zip("xyz", centre))
    return f"at {where}, t = {t:.4g}"


def _list(names: Iterable[str]) -> str:
    names = list(names)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
