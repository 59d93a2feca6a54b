"""Solved states as the audit sees them: many instants at once, every face of each a place to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..discretisation.flux_record import fluxes_by_law
from ..discretisation.snapshot import Snapshot
from ..discretisation.system import System

__all__ = ["AT_ONCE", "States", "place_of", "states_of"]

AT_ONCE = 20_000
_SAME = 1e-12


@dataclass(frozen=True)
class States:
    """Instants of one system under laws that are the same at all of them.

    values (balances, instants, nodes); flux, the total as solved, and the dissipative flux of each law (balances,
    places); a place is one face at one instant, the faces of the first instant first.
    """

    system: System
    times: np.ndarray
    values: np.ndarray
    flux: np.ndarray
    dissipative: Mapping[str, np.ndarray]

    @property
    def t(self) -> float:
        """An instant at which the laws are those of all of them."""
        return float(self.times[0])

    @property
    def places(self) -> int:
        """Number of faces times number of instants."""
        return self.flux.shape[1]

    def flat(self, array: np.ndarray) -> np.ndarray:
        """An array (..., instants, faces) with one axis for all places."""
        return array.reshape(*array.shape[:-2], self.places)

    def at(self, place: int) -> str:
        """Where and when, in words."""
        instant, face = divmod(int(place), self.places // self.times.size)
        geometry = self.system.geometry
        return place_of(geometry.faces.centres[: geometry.dimension, face], self.times[instant])


def place_of(position: Iterable[float], t: float) -> str:
    """A position along the axes of the mesh and a time, in words."""
    where = ", ".join(f"{axis} = {value:.4g}" for axis, value in zip("xyz", position))
    return f"at {where}, t = {t:.4g}"


def states_of(snapshots: Sequence[Snapshot]) -> Iterator[States]:
    """Snapshots of one system, as many at once as memory allows, one by one where the laws depend on time."""
    count = max(1, AT_ONCE // snapshots[0].system.geometry.faces.area.size)
    for first in range(0, len(snapshots), count):
        whole, is_steady = _stacked(snapshots[first : first + count])
        if is_steady:
            yield whole
        else:
            yield from (_stacked([each])[0] for each in snapshots[first : first + count])


def _stacked(snapshots: Sequence[Snapshot]) -> tuple[States, bool]:
    """The states of some snapshots under the laws of the first, and whether the laws are the same at all of them."""
    system, t = snapshots[0].system, snapshots[0].t
    values = np.stack([each.values for each in snapshots], axis=1)
    flux = np.stack([each.evaluation.flux for each in snapshots], axis=1)
    convective = [part for each in snapshots if (part := each.evaluation.convective_flux) is not None]
    carried = np.stack(convective, axis=1) if convective else None
    left, right, slopes = system.fluxes.on_faces(values)
    by_law, dissipative = fluxes_by_law(system, t, values, system.fluxes.view(t, left, right, flux, carried, slopes))
    times, shape = np.array([each.t for each in snapshots]), (flux.shape[0], -1)
    by_place = {name: part.reshape(shape) for name, part in dissipative.items()}
    states = States(system, times, values, flux.reshape(shape), by_place)
    return states, times.size == 1 or _are_same(system, sum(by_law.values(), start=np.zeros(flux.shape)), flux)


def _are_same(system: System, flux: np.ndarray, solved: np.ndarray) -> bool:
    """Whether the laws at one time give the fluxes that were solved at other times, where none is imposed."""
    by_laws = np.ones((flux.shape[0], 1, flux.shape[2]), bool)
    for equation in system.boundary_equations:
        if equation.prescribes:
            by_laws[equation.row, :, equation.boundary.faces] = False
    size = np.abs(solved).max(axis=(1, 2), keepdims=True)
    return bool(by_laws.any() and ((np.abs(flux - solved) <= _SAME * size) | ~by_laws).all())
