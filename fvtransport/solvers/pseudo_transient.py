"""Pseudo-transient continuation: implicit steps in time, longer as the fields approach a steady state, from which
Newton's method goes on.

Switched evolution relaxation: W. A. Mulder, B. van Leer, J. Comput. Phys. 59 (1985) 232; C. T. Kelley, D. E. Keyes,
SIAM J. Numer. Anal. 35 (1998) 508.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..discretisation.jacobian import Jacobian
from ..discretisation.layout import Layout
from ..discretisation.mass_matrix import Storage
from ..discretisation.system import System
from ..errors import PluginError
from .linear import Solver, determinant_sign

__all__ = ["PseudoTime", "is_unstable", "mass_of"]

_STEPS = 400
_FIRST_CHANGE = 0.1
_LARGEST_CHANGE = 0.5
_CONVERGED = 1e-6
_FASTEST = 10.0
_RUNAWAY = 1e3
_RETRIES = 40


def mass_of(system: System, values: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """What the cells store per field, (balances, balances, cells); one per volume where the case gives no storage."""
    try:
        with np.errstate(all="ignore"):
            mass = Storage(system, 0.0, values, scale).matrix(0.0, values[:, system.geometry.cells])
        if np.isfinite(mass).all() and np.isfinite(np.linalg.inv(np.moveaxis(mass, -1, 0))).all():
            return mass
    except (PluginError, np.linalg.LinAlgError):
        pass
    return np.eye(len(scale))[:, :, None] * system.geometry.volume


@dataclass
class PseudoTime:
    """The fields of a steady problem on their way in pseudo-time.

    residual and factorise are those of Newton's method, the latter for the Jacobian + rate x mass. runaway is '' or
    says which field grows without bound, and where.
    """

    system: System
    scale: np.ndarray
    layout: Layout
    mass: np.ndarray
    residual: Callable[[np.ndarray], np.ndarray]
    factorise: Callable[[np.ndarray, float, np.ndarray], Solver]
    runaway: str = ""

    def march(self, y: np.ndarray) -> tuple[np.ndarray, bool]:
        """The last state, and whether it is at rest; the inverse of the step in time
        follows the speed of the fields.
        """
        out = self.residual(y)
        speed = slowest = self._speed(out)
        first = inverse = speed / _FIRST_CHANGE
        retries = 0
        for _ in range(_STEPS):
            if not np.isfinite(speed) or not speed:
                return y, speed == 0.0
            change = self.factorise(y, inverse, self.mass)(out)
            trial = y - change
            moved, ahead = self._size(change), self.residual(trial)
            if not np.isfinite(ahead).all() or not moved <= _LARGEST_CHANGE:
                inverse, retries = 4.0 * inverse, retries + 1
                if retries > _RETRIES:
                    break
                continue
            y, out, before, speed, retries = trial, ahead, speed, self._speed(ahead), 0
            inverse *= float(np.clip(speed / before, 1.0 / _FASTEST, _FASTEST)) if before else 1.0
            slowest = min(slowest, speed)
            if moved <= _CONVERGED and inverse < first:
                return y, True
            if speed > _RUNAWAY * slowest:
                break
        self._name_runaway(y, out, speed > _RUNAWAY * slowest)
        return y, False

    def _rates(self, out: np.ndarray) -> np.ndarray:
        cells = self.layout.values(out[: self.layout.size])[:, self.system.geometry.cells]
        rates = np.linalg.solve(np.moveaxis(self.mass, -1, 0), -cells.T[..., None])[..., 0].T
        return rates / self.scale[:, None]

    def _speed(self, out: np.ndarray) -> float:
        return float(np.abs(self._rates(out)).max())

    def _size(self, change: np.ndarray) -> float:
        values = self.layout.values(change[: self.layout.size])[:, self.system.geometry.cells]
        return float(np.abs(values / self.scale[:, None]).max())

    def _name_runaway(self, y: np.ndarray, out: np.ndarray, is_runaway: bool) -> None:
        if not is_runaway:
            return
        rates = self._rates(out)
        row, cell = np.unravel_index(np.argmax(np.abs(rates)), rates.shape)
        value = self.layout.values(y[: self.layout.size])[:, self.system.geometry.cells][row, cell]
        position = ", ".join(
            f"{x:.3g}" for x in self.system.geometry.cell_positions[: self.system.geometry.dimension, cell]
        )
        name = self.system.balances[row].field.name
        word = "grows" if rates[row, cell] > 0.0 else "falls"
        self.runaway = f"{name} {word} without bound, past {value:.3g} at ({position})"


def is_unstable(system: System, jacobian: Jacobian, values: np.ndarray, mass: np.ndarray) -> bool:
    """Whether an odd number of real modes grow in time: the Jacobian's determinant has the other sign than its mass's.

    Asked only where a source feeds on what it makes; an even number of growing modes goes unnoticed.
    """
    made = jacobian.differences.differentiate(0.0, values).sources
    if made is None:
        return False
    loops = made * np.swapaxes(made, 0, 1)
    of_itself = np.einsum("iin->in", made)
    others = loops * (1.0 - np.eye(len(made)))[:, :, None]
    if not ((of_itself > 0.0).any() or (others > 0.0).any()):
        return False
    rest = jacobian.matrix(0.0, values, 0.0, np.zeros_like(mass))
    size = np.einsum("iin->in", np.abs(mass)).min()
    fast = 10.0 * float(abs(rest).sum(axis=1).max()) / size
    return determinant_sign(rest) != determinant_sign(jacobian.matrix(0.0, values, fast, mass))
