"""Interfaces between materials in profiles along a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...mesh.geometry import Geometry

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["broken", "mark_interfaces", "side_nodes"]

_SAME_PLACE = 1e-7


def broken(x: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions and values (n,) of a curve, interrupted by NaN where two nodes lie at one place."""
    (first,) = np.nonzero(np.diff(x) <= _SAME_PLACE * np.ptp(x))
    return np.insert(x, first + 1, x[first]), np.insert(np.asarray(values, float), first + 1, np.nan)


def side_nodes(geometry: Geometry) -> np.ndarray:
    """Indices of the nodes on both sides of all interfaces."""
    nodes = np.arange(geometry.nodes)
    sides = [nodes[side] for each in geometry.interfaces for side in (each.left_nodes, each.right_nodes)]
    return np.unique(np.concatenate(sides)) if sides else np.zeros(0, int)


def mark_interfaces(axes: Axes, geometry: Geometry) -> None:
    """A dotted line at each interface of a one-dimensional mesh."""
    style: Any = {"color": "0.75", "linewidth": 0.7, "linestyle": (0, (1, 2)), "zorder": 0.5}
    for place in np.unique(geometry.position[0][side_nodes(geometry)]):
        axes.axvline(place, **style)
