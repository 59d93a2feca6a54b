"""What must hold before a manufactured solution is solved for: finite laws, fluxes down their gradients.

Also the cell Peclet number, which distinguishes slow convergence on coarse meshes from a wrong law.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..discretisation.system import System
from ..errors import FvtransportError
from ..model.state import Terms
from ..model.views import CellView

__all__ = ["IllPosed", "NotFinite", "cell_peclet", "check_finite", "check_posed"]

_STEP = 1e-6


class IllPosed(FvtransportError):
    """The laws of a case let a quantity flow up its own gradient: no solution could be approached."""

    exit_code = 2


class NotFinite(FvtransportError):
    """A law or a manufactured source has no value at the exact fields."""

    exit_code = 2


def check_finite(system: System, values: np.ndarray, t: float) -> None:
    """Raise NotFinite with the first law that has no value at a state (balances, nodes), the place and the fields."""
    geometry = system.geometry
    left, right = geometry.faces.left_right(values)
    face = system.fluxes.face_view(t, *system.fluxes.on_faces(values))
    cell = CellView(system.medium, t, values[:, geometry.cells], geometry.cell_positions)
    with np.errstate(all="ignore"):
        for name, law in system.laws.items():
            for what, place, terms, state, position in (
                ("flux", "on the face", law.flux(face), 0.5 * (left + right), geometry.faces.centres),
                ("source", "in the cell", law.source(cell), values[:, geometry.cells], geometry.cell_positions),
            ):
                for key, i, value in _not_finite(terms, state.shape[1]):
                    where = f"{place} at {_at(position[: geometry.dimension, i])}, where {_fields(system, state[:, i])}"
                    raise NotFinite(f"law {name}: its {what} of {key} is {value:g} {where}")


def _not_finite(terms: Terms, count: int) -> Iterator[tuple[str, int, float]]:
    for key, term in terms.items():
        values = np.broadcast_to(np.asarray(term, float), (count,))
        wrong = np.flatnonzero(~np.isfinite(values))
        if wrong.size:
            yield key.name, int(wrong[0]), float(values[wrong[0]])


def _at(position: np.ndarray) -> str:
    return ", ".join(f"{axis} = {value:.4g}" for axis, value in zip("xyz", position))


def _fields(system: System, state: np.ndarray) -> str:
    return ", ".join(f"{field.name} = {value:.6g}" for field, value in zip(system.medium.fields, state))


def check_posed(system: System, values: np.ndarray, t: float) -> None:
    """Refuse laws by which a field flows up its own gradient, or cross-effects that outweigh the direct ones."""
    matrix = _conductances(system, values, t)
    own = np.einsum("fii->fi", matrix)
    for balance, conductance in zip(system.balances, own.T):
        if conductance.min() < 0.0:
            position = system.geometry.faces.centres[0, conductance.argmin()]
            text = f"{balance.name} flows up the gradient of {balance.field.name}, at x = {position:g}: a sign is wrong"
            raise IllPosed(text)
    scaled = matrix / np.where(own > 0.0, own, 1.0)[:, :, None]
    if np.linalg.eigvals(scaled).real.min() < -1e-12:
        raise IllPosed("the cross-effects outweigh the direct ones: the laws together do not diffuse")


def _conductances(system: System, values: np.ndarray, t: float) -> np.ndarray:
    """Minus the derivative of each flux by each gradient, (faces, balances, balances)."""
    mean, columns = system.geometry.faces.average(values), []
    for row, size in enumerate(np.abs(values).max(axis=1)):
        half = np.zeros(mean.shape)
        half[row] = 0.5e-4 * size
        parts = [system.fluxes.of_laws(t, mean - sign * half, mean + sign * half).values() for sign in (1.0, -1.0)]
        rising, falling = (sum(each, np.zeros(mean.shape)) for each in parts)
        columns.append((falling - rising) / (2e-4 * size * system.geometry.faces.inverse_distance))
    return np.moveaxis(np.stack(columns, axis=1), -1, 0)


def cell_peclet(system: System, values: np.ndarray, t: float) -> float:
    """The largest |dJ/du| d / |dJ/d(grad u)| of all balances and faces, d the distance of the nodes.

    J is the total flux of a balance and u its field: for convection and drift v u beside diffusion that is |v| d / D.
    """
    bare = System(system.medium, system.laws, system.geometry, ())
    left, right = system.geometry.faces.left_right(values)
    largest = 0.0
    with np.errstate(all="ignore"):
        for row, size in enumerate(np.abs(values).max(axis=1)):
            step = np.zeros(left.shape)
            step[row] = _STEP * (size or 1.0)
            by_value = _change(bare, t, left, right, step, step)[row]
            by_fall = _change(bare, t, left, right, 0.5 * step, -0.5 * step)[row]
            ratio = np.abs(by_value[by_fall != 0.0] / by_fall[by_fall != 0.0])
            largest = max(largest, float(ratio[np.isfinite(ratio)].max(initial=0.0)))
    return largest


def _change(
    system: System, t: float, left: np.ndarray, right: np.ndarray, on_left: np.ndarray, on_right: np.ndarray
) -> np.ndarray:
    up, down = (system.evaluate_faces(t, left + s * on_left, right + s * on_right).flux for s in (1.0, -1.0))
    return up - down
