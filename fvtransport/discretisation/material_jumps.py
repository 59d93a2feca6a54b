"""Where the material jumps: the faces on whose two sides a coefficient differs, and the mesh cut there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from ..mesh.cut_faces import Cut, cut_faces
from ..mesh.geometry import Geometry
from ..model.law import Law
from ..model.medium import Medium
from ..model.property import Property, properties_in
from ..model.views import CellView

__all__ = ["cut_at_jumps", "entries_of", "jumping_faces"]

_DIFFERENT = 1e-6


def cut_at_jumps(
    geometry: Geometry, is_jump: np.ndarray, regions: Mapping[str, int], two_sided: Iterable[tuple[str, str]] = ()
) -> Geometry:
    """The mesh with nodes on the faces where the material jumps (faces,), and on those between two named regions.

    Faces between two regions form an interface `left-right`; its left side is the region named first, in a pair of
    two_sided or else in the case. Faces within one region form the interface of no name.
    """
    names = {number: name for name, number in regions.items()}
    left, right = geometry.faces.left_position[3], geometry.faces.right_position[3]
    inner, free, cuts = _inner_faces(geometry), is_jump.copy(), []
    for first, second in two_sided:
        straight, turned = (
            inner & (left == regions[one]) & (right == regions[other])
            for one, other in ((first, second), (second, first))
        )
        cuts.append(_cut((first, second), straight, turned, is_two_sided=True))
        free &= ~(straight | turned)
    low, high = np.minimum(left, right), np.maximum(left, right)
    for pair in {(a, b) for a, b in zip(low[free].tolist(), high[free].tolist())}:
        here = free & (low == pair[0]) & (high == pair[1])
        between = ("", "") if pair[0] == pair[1] else (names.get(int(pair[0]), ""), names.get(int(pair[1]), ""))
        cuts.append(_cut(between, here & (left <= right), here & (left > right)))
    return cut_faces(geometry, sorted(cuts, key=lambda cut: "-".join(cut.regions)))


def _cut(regions: tuple[str, str], straight: np.ndarray, turned: np.ndarray, is_two_sided: bool = False) -> Cut:
    faces = np.flatnonzero(straight | turned)
    return Cut(regions, faces, turned[faces], is_two_sided)


def jumping_faces(geometry: Geometry, medium: Medium, laws: Iterable[Law], t: float, states: np.ndarray) -> np.ndarray:
    """Whether some coefficient differs between the two sides of each face between cells, (faces,).

    states (states, balances, nodes) are those at which the coefficients are compared: a coefficient that jumps may
    have the same value on both sides at one of them.
    """
    found = np.zeros(geometry.faces.area.size, bool)
    inner = np.flatnonzero(_inner_faces(geometry))
    own = [prop for law in laws for prop in properties_in(law)]
    placed = [
        prop
        for prop in (*medium.properties(), *own)
        if medium.depends_on("position", prop, states[0, :, :1], geometry.position[:, :1])
    ]
    if not placed or not inner.size:
        return found
    sides = [position[:, inner] for position in geometry.faces.beside_centres()]
    for values in states:
        left, right = geometry.faces.left_right(values)
        mean = 0.5 * (left + right)[:, inner]
        for prop in placed:
            found[inner] |= _differs(*(entries_of(prop, medium, t, mean, position) for position in sides))
    return found


def entries_of(prop: Property, medium: Medium, t: float, values: np.ndarray, position: np.ndarray) -> np.ndarray:
    """The number, or the entries of a tensor, (entries, places)."""
    view = CellView(medium, t, values, position)
    rows = prop.tensor(view)
    entries = [prop(view)] if rows is None else [entry for row in rows for entry in row]
    return np.stack([np.broadcast_to(np.asarray(each, float), values.shape[1:]) for each in entries])


def _differs(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    size = np.maximum(np.abs(left), np.abs(right)).max(axis=0)
    return (np.abs(right - left) > _DIFFERENT * size).any(axis=0)


def _inner_faces(geometry: Geometry) -> np.ndarray:
    """Whether each face lies between two cells, (faces,)."""
    return geometry.is_cell[geometry.faces.left] & geometry.is_cell[geometry.faces.right]
