"""Coefficients that jump inside cells, where no face can have a state on each side of the jump."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from ..case.model import Case
from ..case.text.yaml_tree import Node
from ..errors import Mark, Problem
from ..mesh.geometry import Geometry
from ..model.medium import Medium
from ..model.parameters import Declared, parameters_of
from ..model.property import Property, properties_among
from .initial_state import sample_times
from .material_jumps import entries_of

__all__ = ["inner_jump_warnings"]

_RATIO = 0.01
_SAMPLES, _HALVINGS = 8, 30


class _Named(NamedTuple):
    """A property with what a message calls it and its place in the case."""

    name: str
    mark: Mark
    prop: Property


class _Jump(NamedTuple):
    """The largest jump that was found: its place (3,), and the values before and behind it."""

    place: np.ndarray
    before: float
    after: float


def inner_jump_warnings(case: Case, geometry: Geometry, medium: Medium, states: np.ndarray) -> list[str]:
    """A warning for each coefficient that jumps inside cells by more than a hundredth of its value, with its line.

    Each is sampled from the centre of every cell to the centres of its faces, at states (states, balances, nodes) and,
    where it depends on time, at several times. A steep but continuous coefficient is none: the difference must remain
    when the interval is halved again and again.
    """
    rays, found = _Rays(geometry), []
    for named in _properties_of(case):
        first = states[0, :, :1], geometry.position[:, :1]
        if not medium.depends_on("coordinates", named.prop, *first):
            continue
        times = sample_times(case) if medium.depends_on("time", named.prop, *first) else sample_times(case)[:1]
        jumps = [jump for t in times for state in states if (jump := rays.largest_jump(named.prop, medium, t, state))]
        if jumps:
            found.append(_text(named, max(jumps, key=lambda jump: abs(jump.after - jump.before)), geometry.dimension))
    return list(dict.fromkeys(found))


def _text(named: _Named, jump: _Jump, dimension: int) -> str:
    where = ", ".join(f"{axis} = {place:.4g}" for axis, place in zip("xyz", jump.place[:dimension]))
    text = (
        f"{named.name} jumps from {jump.before:.4g} to {jump.after:.4g} inside a cell, at {where}: errors are of the "
        "order of the cell size there, and a finer mesh removes them slowly"
    )
    cure = "regions under mesh with a value in each, and faces of cells on their edges"
    return Problem(named.mark, text, cure).render().partition("\n")[0]


def _properties_of(case: Case) -> Iterator[_Named]:
    """The coefficients of a case: shared ones, and those among the parameters of the mixture and of the laws."""
    block = _keys(_keys(case.root).get("properties"))
    for handle, prop in case.properties.items():
        names = (handle.name, *(convention.name for convention in handle.conventions))
        name = next((each for each in names if each in block), handle.name)
        yield _Named(name, case.mark("properties", name), prop)
    yield from _parameters(case.mixture, "", case.mark("mixture", key=True))
    for number, (name, law) in enumerate(case.laws.items()):
        yield from _parameters(law, f" of {name}", case.mark("laws", number))


def _keys(node: Node | None) -> Mapping[str, Node]:
    """The entries of a mapping in the text of the case; none where there is no text."""
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _parameters(plugin: Declared, of: str, mark: Mark) -> Iterator[_Named]:
    for declared, value in parameters_of(plugin):
        for prop in properties_among(value):
            yield _Named(f"{declared.name}{of}", mark, prop)


class _Rays:
    """Straight ways from the centres of cells to the centres of their faces, without the faces themselves."""

    def __init__(self, geometry: Geometry) -> None:
        every, faces = np.arange(geometry.nodes), geometry.faces
        nodes = np.concatenate([every[faces.left], every[faces.right]])
        chosen = geometry.is_cell[nodes]
        self._nodes = nodes[chosen]
        self._start = np.concatenate([faces.left_position, faces.right_position], axis=1)[:, chosen]
        self._way = np.concatenate(faces.beside_centres(), axis=1)[:, chosen] - self._start

    def largest_jump(self, prop: Property, medium: Medium, t: float, state: np.ndarray) -> _Jump | None:
        """The largest jump of a property at a state (balances, nodes); None where it is continuous in all cells."""

        def at(part: np.ndarray, rays: np.ndarray) -> np.ndarray:
            position = self._start[:, rays] + part * self._way[:, rays]
            return entries_of(prop, medium, t, state[:, self._nodes[rays]], position)

        every = np.arange(self._nodes.size)
        low, size, change = np.zeros(every.size), np.zeros(every.size), np.zeros(every.size)
        before = at(low, every)
        for k in range(1, _SAMPLES + 1):
            value = at(np.full(every.size, k / _SAMPLES), every)
            size = np.fmax(size, np.fmax(np.abs(before).max(axis=0), np.abs(value).max(axis=0)))
            apart = np.abs(value - before).max(axis=0)
            low, change, before = np.where(apart > change, (k - 1) / _SAMPLES, low), np.fmax(change, apart), value
        rays = np.flatnonzero(change > _RATIO * size)
        low, ends = _narrowed(lambda part: at(part, rays), low[rays])
        apart = np.abs(ends[1] - ends[0])
        apart[:, ~(apart.max(axis=0) > _RATIO * size[rays])] = 0.0
        if not apart.any():
            return None
        entry, ray = (int(each) for each in np.unravel_index(apart.argmax(), apart.shape))
        place = self._start[:3, rays[ray]] + low[ray] * self._way[:3, rays[ray]]
        return _Jump(place, float(ends[0][entry, ray]), float(ends[1][entry, ray]))


def _narrowed(
    at: Callable[[np.ndarray], np.ndarray], low: np.ndarray
) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """The interval from each low on, halved again and again towards the larger change: its begin, and the values at
    both ends, (entries, rays).
    """
    high = low + 1.0 / _SAMPLES
    ends = at(low), at(high)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        value = at(middle)
        is_first = np.abs(value - ends[0]).max(axis=0) > np.abs(ends[1] - value).max(axis=0)
        low, high = np.where(is_first, low, middle), np.where(is_first, middle, high)
        ends = np.where(is_first, ends[0], value), np.where(is_first, value, ends[1])
    return low, ends
