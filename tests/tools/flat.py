"""Cases in the plane and in space, and a mesh of triangles, to be drawn."""

from __future__ import annotations

from matplotlib.collections import QuadMesh
from matplotlib.quiver import Quiver

CASE = """
title: plane
units: SI
mesh: {mesh}
mixture: pure
properties: {{conductivity: 2.0, heat_capacity: 1.0}}
laws: [conduction]
initial: {{T: 300}}
boundaries: {{default: {{T: {{dirichlet: "300 + 20*x - 10*y"}}}}}}
solve: {solve}
"""
RECTANGLE = "{type: Grid2D, length: [3, 2], cells: [6, 5], regions: {core: 'x < 1'}}"
BOX = "{type: Grid3D, length: [3, 2, 4], cells: [3, 4, 2]}"


def maps_of(figure):
    return [axes for axes in figure.axes if any(isinstance(c, (QuadMesh, Quiver)) for c in axes.collections)]


def area_of(corners):
    (a, b), (c, d) = corners[1] - corners[0], corners[2] - corners[0]
    return 0.5 * abs(a * d - b * c)
