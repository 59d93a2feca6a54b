"""Solved states as the audit sees them: many instants at once, every face of each a place to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

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
        whole = _stacked(snapshots[first : first + count])
        if _is_steady(whole):
            yield whole
        else:
            yield from (_stacked([each]) for each in snapshots[first : first + count])


def _stacked(snapshots: Sequence[Snapshot]) -> States:
    records = [each.fluxes for each in snapshots]
    flux = np.stack([each.evaluation.flux for each in snapshots], axis=1)
    by_law = {name: np.stack([each.dissipative[name] for each in records], axis=1) for name in records[0].dissipative}
    shape = (flux.shape[0], -1)
    return States(
        snapshots[0].system,
        np.array([each.t for each in snapshots]),
        np.stack([each.values for each in snapshots], axis=1),
        flux.reshape(shape),
        {name: part.reshape(shape) for name, part in by_law.items()},
    )


def _is_steady(states: States) -> bool:
    """Whether every law gives at one and the same time what it gave at the time of each instant."""
    if states.times.size == 1:
        return True
    fluxes = states.system.fluxes
    found = fluxes.of_laws(states.t, *fluxes.on_faces(states.values))
    still = fluxes.at_zero_gradient(states.t, fluxes.average(states.values))
    for name, flux in found.items():
        now = states.flat(flux - still.get(name, 0.0))
        size = np.abs(states.dissipative[name]).max(axis=1, keepdims=True)
        if not (np.abs(now - states.dissipative[name]) <= _SAME * size).all():
            return False
    return True
