"""Mesh files whose cells are not orthogonal: skewed and perturbed quadrilaterals, triangles and tetrahedra by Gmsh."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np

__all__ = ["quadrilaterals", "tetrahedra", "triangles", "write_skewed"]

SIDES = ("left", "right", "bottom", "top")


def quadrilaterals(cells: int, degrees: float = 0.0, moved: float = 0.0, seed: int = 0) -> str:
    """A rhombus of unit sides as a .msh text, cells x cells; its angle is 90 degrees less the given ones.

    Inner vertices are moved at random by up to the given part of a cell along either axis of the rhombus.
    """
    ticks = np.linspace(0.0, 1.0, cells + 1)
    along = np.stack(np.meshgrid(ticks, ticks, indexing="ij"))
    along[:, 1:-1, 1:-1] += np.random.default_rng(seed).uniform(-moved, moved, (2, cells - 1, cells - 1)) / cells
    angle = np.radians(degrees)
    x, y = along[0] + np.sin(angle) * along[1], np.cos(angle) * along[1]
    number = 1 + np.arange(x.size).reshape(x.shape)
    ends = [number[0], number[-1], number[:, 0], number[:, -1]]
    lines = [(1, i, *pair) for i, end in enumerate(ends, start=1) for pair in itertools.pairwise(end)]
    corners = np.stack([number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:]], axis=-1)
    lines += [(3, 5, *quad) for quad in corners.reshape(-1, 4)]
    names = "".join(f'1 {i} "{name}"\n' for i, name in enumerate(SIDES, start=1)) + '2 5 "inside"\n'
    nodes = "".join(f"{n} {a:.17g} {b:.17g} 0\n" for n, a, b in zip(number.ravel(), x.ravel(), y.ravel()))
    elements = "".join(
        f"{n} {kind} 2 {group} {group} {' '.join(map(str, ids))}\n" for n, (kind, group, *ids) in enumerate(lines, 1)
    )
    return (
        f"$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n5\n{names}$EndPhysicalNames\n"
        f"$Nodes\n{x.size}\n{nodes}$EndNodes\n$Elements\n{len(lines)}\n{elements}$EndElements\n"
    )


def triangles(size: float) -> str:
    """The unit square as a .geo text, with triangles of that size."""
    return f"""
h = {size};
Point(1) = {{0, 0, 0, h}}; Point(2) = {{1, 0, 0, h}}; Point(3) = {{1, 1, 0, h}}; Point(4) = {{0, 1, 0, h}};
Line(1) = {{1, 2}}; Line(2) = {{2, 3}}; Line(3) = {{3, 4}}; Line(4) = {{4, 1}};
Curve Loop(1) = {{1, 2, 3, 4}}; Plane Surface(1) = {{1}}; Physical Surface("inside") = {{1}};
Physical Curve("bottom") = {{1}}; Physical Curve("right") = {{2}};
Physical Curve("top") = {{3}}; Physical Curve("left") = {{4}};
"""


def tetrahedra(size: float) -> str:
    """The unit cube as a .geo text, with tetrahedra of that size."""
    return f"""
SetFactory("OpenCASCADE");
Box(1) = {{0, 0, 0, 1, 1, 1}};
MeshSize{{ PointsOf{{ Volume{{1}}; }} }} = {size};
Physical Volume("inside") = {{1}};
Physical Surface("left") = {{1}}; Physical Surface("right") = {{2}};
Physical Surface("sides") = {{3, 4, 5, 6}};
"""


def write_skewed(folder: Path, text: str) -> Path:
    """The mesh file in a folder, by the name that the case has for it."""
    path = folder / ("body.msh" if text.startswith("$MeshFormat") else "body.geo")
    path.write_text(text, encoding="utf-8")
    return path
