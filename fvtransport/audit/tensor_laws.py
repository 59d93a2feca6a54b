"""Reciprocity and the second law of laws that depend on the gradient along a face, as with a tensor.

The flux of balance i along the axis b is -sum_aj K_baij d_aj, with driving forces d_aj of the fields along all axes;
L_(bi)(ak) = sum_j K_baij (G^-1)_jk must be symmetric under the exchange of (b, i) and (a, k), and positive definite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ..discretisation.conductance import shrunk_faces, step_of
from ..discretisation.face_fluxes import FaceStates
from ..discretisation.system import System
from ..mesh.reconstruction import FaceSlopes
from .linear_laws import ASYMMETRY, INDEFINITE, NOISE, extent, listed
from .onsager import SHRUNK, Onsager, scaled
from .states import States
from .verdict import Finding, Verdict

__all__ = ["TensorLaws", "axis_conductances"]


@dataclass
class TensorLaws:
    """What was seen of the laws of one system along all axes; `see` each state, then ask for the findings."""

    system: System
    asymmetry: float = 0.0
    margin: float = float("nan")
    _laws: dict[str, None] = field(default_factory=dict)
    _worst: dict[tuple[str, str], Finding] = field(default_factory=dict)
    _judged: int = 0

    def see(self, states: States, found: Onsager, omitted: np.ndarray, along: Mapping[str, np.ndarray]) -> None:
        """Judge some states by their conductances `along` all axes, (axes, axes, balances, balances, places).

        omitted are the coefficients of the partners that one-way laws lack.
        """
        by_law = {
            name: _blocks(np.einsum("baijn,jkn->baikn", part[..., found.faces], found.inverse))
            for name, part in along.items()
        }
        total = np.asarray(sum(by_law.values()))
        axes = len(next(iter(along.values())))
        own = np.sqrt(np.abs(np.einsum("iin->in", total)))
        size = own[:, None] * own[None]
        between = ~np.kron(np.eye(axes) != 0.0, np.ones((total.shape[0] // axes,) * 2, bool))
        turning = {name: np.where(between[..., None], part, 0.0) for name, part in by_law.items()}
        laws = [name for name, part in turning.items() if (np.abs(part) > NOISE * size).any()]
        if not laws or not found.faces.size:
            return
        self._laws |= dict.fromkeys(laws)
        self._judged += found.faces.size
        self._see_symmetry(states, found, {name: turning[name] for name in laws}, size)
        completed = total + np.kron(np.eye(axes), np.moveaxis(omitted, -1, 0)).transpose(1, 2, 0)
        self._see_sign(states, found, by_law, completed)

    def _see_symmetry(self, states: States, found: Onsager, by_law: Mapping[str, np.ndarray], size: np.ndarray) -> None:
        total = np.asarray(sum(by_law.values()))
        both = np.abs(total) + np.abs(total.swapaxes(0, 1))
        counts = both > NOISE * size
        apart = np.divide(np.abs(total - total.swapaxes(0, 1)), both, out=np.zeros(both.shape), where=counts)
        row, column, face = np.unravel_index(apart.argmax(), apart.shape)
        worst = float(apart[row, column, face])
        if not worst > max(ASYMMETRY, self.asymmetry):
            self.asymmetry = max(self.asymmetry, worst)
            return
        self.asymmetry = worst
        parts = {name: abs(part[row, column, face] - part[column, row, face]) for name, part in by_law.items()}
        culprits = [name for name, part in parts.items() if part > ASYMMETRY * max(parts.values())]
        one, other = self._name(int(row)), self._name(int(column))
        text = (
            f"reciprocity is broken by {listed(culprits)}: the {one} depends on the force of the {other} with"
            f" {total[row, column, face]:.6g}, the {other} on that of the {one} with {total[column, row, face]:.6g}"
            f" (Onsager coefficients, which must be equal), {states.at(int(found.faces[face]))}; relative asymmetry"
            f" {worst:.3g}, at most {ASYMMETRY:g} is allowed"
        )
        self._keep(culprits, "reciprocity", text, worst)

    def _see_sign(self, states: States, found: Onsager, by_law: Mapping[str, np.ndarray], total: np.ndarray) -> None:
        values, vectors = np.linalg.eigh(np.moveaxis(scaled(total), -1, 0))
        face = int(values[:, 0].argmin())
        least = float(values[face, 0])
        is_worse = not least >= self.margin
        self.margin = float(np.fmin(self.margin, least))
        if not (is_worse and least < INDEFINITE):
            return
        size = np.sqrt(np.abs(np.einsum("ii->i", total[..., face])))
        direction = vectors[face, :, 0] / np.where(size > 0.0, size, 1.0)
        parts = {name: float(direction @ part[..., face] @ direction) for name, part in by_law.items()}
        culprits = [name for name, part in parts.items() if part < 0.0] or list(parts)
        text = (
            f"the second law is broken by {listed(culprits)}: gradients in some direction would destroy entropy,"
            f" {states.at(found.faces[face])}; {extent(least)}"
        )
        self._keep(culprits, "second law", text, -least)

    def _keep(self, culprits: list[str], rule: str, text: str, value: float) -> None:
        self._worst |= {(name, rule): Finding(name, rule, Verdict.VIOLATED, text, value) for name in culprits}

    def _name(self, index: int) -> str:
        axis, row = divmod(int(index), len(self.system.balances))
        return f"{self.system.balances[row].name} flux along {'xyz'[axis]}"

    def findings(self) -> Iterator[Finding]:
        """Those on every law that depends on the gradient along a face, the worst of all states seen."""
        yield from self._worst.values()
        for name in self._laws:
            if not any(each.term == name for each in self._worst.values()):
                text = (
                    f"along all axes together: relative asymmetry {self.asymmetry:.2g}, at most {ASYMMETRY:g} is"
                    f" allowed; {extent(self.margin)}"
                )
                yield Finding(name, "directions", Verdict.PASSED, text, self.margin, judged=self._judged)


def axis_conductances(seen: States, mean: np.ndarray) -> dict[str, np.ndarray]:
    """K of each law along all axes (b, a, i, j, places): the flux of balance i along axis b is less K times the driving
    force of field j along axis a; at the states mean (balances, places) of the faces.
    """
    system, count = seen.system, len(mean)
    dimension = system.geometry.dimension
    mean = mean.reshape(count, seen.times.size, -1)
    step = step_of(system, mean, SHRUNK)
    rows = [[_probed(system, seen.t, mean, step, b, a) for a in range(dimension)] for b in range(dimension)]
    return {
        name: np.stack([np.stack([part[name] for part in row]) for row in rows]).reshape(
            dimension, dimension, count, count, -1
        )
        for name in rows[0][0]
    }


def _probed(system: System, t: float, mean: np.ndarray, step: np.ndarray, b: int, a: int) -> dict[str, np.ndarray]:
    """Minus the derivative of the fluxes along axis b by the gradients along axis a, (balances, fields, ..., faces)."""
    count, unit = len(mean), np.eye(3)
    normal = unit[:, [b]] * np.ones(mean.shape[-1])
    faces = shrunk_faces(replace(system.geometry.faces, normal=normal), SHRUNK)
    rise = np.zeros((count, 2 * count, *mean.shape[1:]))
    for j in range(count):
        rise[j, j], rise[j, count + j] = step[j], -step[j]
    base = np.repeat(mean[:, None], 2 * count, axis=1)
    slope = 2.0 * rise * faces.inverse_distance
    states = FaceStates(base - rise, base + rise) if a == b else FaceStates(base, base)
    tangential = np.zeros((3, *slope.shape))
    if a == b:
        slope = (states.right - states.left) * faces.inverse_distance
    else:
        tangential[a] = slope
    parts, _ = system.fluxes.with_faces(faces).local(t, states, FaceSlopes(tangential=tangential))
    own = np.stack([slope[j, j] for j in range(count)])
    return {name: -0.5 * (flux[:, :count] - flux[:, count:]) / own for name, flux in parts.items()}


def _blocks(matrix: np.ndarray) -> np.ndarray:
    """(axes, axes, balances, balances, places) as a matrix (axes x balances, axes x balances, places)."""
    axes, _, count, _, places = matrix.shape
    return matrix.transpose(0, 2, 1, 3, 4).reshape(axes * count, axes * count, places)
