"""FiPy's meshes, and the way from one of them to the plain arrays of a Geometry.

FiPy is imported here and nowhere else, because it reads `sys.argv` and the environment at import.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .faces import Faces, compact
from .geometry import BoundaryFaces, Geometry
from .mesh_file import read_mesh
from .msh_topology import topology_of
from .spec import MOST_CELLS, MeshError, MeshSpec
from .unstructured import centroids, corners, inner_groups, oriented, spatial

__all__ = ["MeshError", "build_mesh", "geometry_of", "import_fipy"]

_INWARD = frozenset({"left", "bottom", "front"})


def import_fipy() -> Any:
    """FiPy, shielded from our command line, from solver choices in the environment and from matplotlib."""
    if "fipy" in sys.modules:
        return sys.modules["fipy"]
    arguments, sys.argv = sys.argv, sys.argv[:1]
    solvers = os.environ.pop("FIPY_SOLVERS", None)
    os.environ["FIPY_SOLVERS"] = "scipy"
    hidden = "matplotlib" not in sys.modules  # its viewers, which nothing here uses, do without
    if hidden:
        sys.modules["matplotlib"] = None  # type: ignore[assignment]
    try:
        import fipy
    finally:
        if hidden:
            del sys.modules["matplotlib"]
        sys.argv = arguments
        os.environ.pop("FIPY_SOLVERS")
        if solvers is not None:
            os.environ["FIPY_SOLVERS"] = solvers
    return fipy


def build_mesh(spec: MeshSpec) -> Any:
    """The FiPy mesh of a checked `mesh:` block."""
    if spec.cells > MOST_CELLS:
        raise MeshError(f"{spec.cells:.3g} cells are more than {MOST_CELLS:,}, which is the most a mesh may have")
    if spec.file is not None:
        return _unstructured(spec)
    make = getattr(import_fipy(), spec.type)
    letters = [axis.name for axis in spec.axes]
    steps = {f"d{name}": _step(axis) for name, axis in zip(letters, spec.axes)}
    counts = {f"n{name}": axis.cells for name, axis in zip(letters, spec.axes)}
    start = spec.axes[0].start
    origin = {"origin": [[start], [0.0]][: len(letters)]} if start else {}
    return make(**steps, **counts, **origin)


def _unstructured(spec: MeshSpec) -> Any:
    """The mesh of a file. FiPy's own classes for Gmsh are avoided, because they start Gmsh without limits."""
    shape = topology_of(read_mesh(spec), spec.dimension)
    meshes = import_fipy().meshes
    make = meshes.mesh2D.Mesh2D if spec.dimension == 2 else meshes.mesh.Mesh
    mesh = make(vertexCoords=shape.vertices, faceVertexIDs=shape.faces, cellFaceIDs=shape.cells)
    mesh.physicalCells, mesh.physicalFaces = shape.named_cells, shape.named_faces
    return mesh


def _step(axis: Any) -> Any:
    """One cell size, or all of them on a graded axis."""
    return axis.length / axis.cells if axis.ratio == 1.0 else axis.spacing()


@dataclass(frozen=True)
class _Numbering:
    """The nodes of a FiPy mesh, its cells and then one on each face of a boundary, and the faces between them.

    boundaries has the faces of each, exterior those of all in order, kept those that are used in theirs. pairs
    (2, faces) has the nodes beside every face; order (nodes) is the final one, rank the place of each node in it.
    """

    cells: int
    boundaries: dict[str, np.ndarray]
    exterior: np.ndarray
    kept: np.ndarray
    pairs: np.ndarray
    position: np.ndarray
    order: np.ndarray

    @cached_property
    def rank(self) -> np.ndarray:
        rank = np.empty_like(self.order)
        rank[self.order] = np.arange(self.order.size)
        return rank


def geometry_of(mesh: Any, spec: MeshSpec) -> Geometry:
    """Plain arrays of a FiPy mesh; exterior faces that belong to no boundary (axis, periodic seam) are left out."""
    is_line = mesh.dim == 1 and bool(spec.boundaries) and not spec.type.startswith("Periodic")
    found = _numbering(mesh, spec, is_line)
    areas, volumes = _sizes(mesh, spec)
    faces = _faces(mesh, found, areas, bool(spec.axes))
    index_of = np.full(mesh.numberOfFaces, -1)
    index_of[found.kept] = np.arange(found.kept.size)
    return Geometry(
        dimension=mesh.dim,
        nodes=found.position.shape[1],
        cells=compact(found.rank[: found.cells]),
        position=found.position[:, found.order],
        volume=volumes,
        faces=faces,
        boundaries={
            name: _boundary(name, found.rank[found.cells + np.searchsorted(found.exterior, ids)], index_of[ids], faces)
            for name, ids in found.boundaries.items()
        },
        is_line=is_line,
        axes=spec.axes,
        corners=corners(mesh) if spec.file is not None else None,
    )


def _numbering(mesh: Any, spec: MeshSpec, is_line: bool) -> _Numbering:
    """Nodes and faces in order: along a line by their position, otherwise as FiPy has them."""
    boundaries, cells = _boundary_faces(mesh, spec), mesh.numberOfCells
    exterior = np.sort(np.concatenate([*boundaries.values(), np.zeros(0, int)]))
    kept = np.sort(np.concatenate([np.flatnonzero(~np.asarray(mesh.exteriorFaces.value)), exterior]))
    pairs = np.ma.getdata(mesh.faceCellIDs).copy()
    pairs[1, exterior] = cells + np.arange(exterior.size)
    for name in _INWARD.intersection(boundaries):
        pairs[:, boundaries[name]] = pairs[::-1, boundaries[name]]
    centres = spatial(mesh.faceCenters)
    position = spatial(mesh.cellCenters) if spec.axes else centroids(mesh, centres)
    position = np.concatenate([position, centres[:, exterior]], axis=1)
    order = np.arange(position.shape[1])
    if is_line:
        order = np.argsort(position[0], kind="stable")
        kept = kept[np.argsort(centres[0, kept], kind="stable")]
    position = np.concatenate([position, _regions(mesh, spec, position, cells, pairs, exterior)[None]])
    return _Numbering(cells, boundaries, exterior, kept, pairs, position, order)


def _distances(mesh: Any, found: _Numbering) -> tuple[np.ndarray, np.ndarray]:
    """From each face to its first and second node; an exterior face is its own node."""
    apart, part = np.asarray(mesh._cellDistances, float), np.asarray(mesh._faceToCellDistanceRatio, float)
    to_left, to_right = apart * part, apart * (1.0 - part)
    to_left[found.exterior], to_right[found.exterior] = apart[found.exterior], 0.0
    for name in _INWARD.intersection(found.boundaries):
        flip = found.boundaries[name]
        to_left[flip], to_right[flip] = to_right[flip], to_left[flip]
    return to_left, to_right


def _faces(mesh: Any, found: _Numbering, areas: np.ndarray, along_axes: bool) -> Faces:
    kept, cells, centres = found.kept, found.cells, spatial(mesh.faceCenters)
    first, second = found.pairs[:, kept]
    left, right = found.position[:, first], found.position[:, second]
    inside = [np.where(side < cells, side, other) for side, other in ((first, second), (second, first))]
    apart = right[:3] - left[:3]
    if along_axes:  # from left to right is up the axis, across a periodic seam too
        normal = np.abs(apart) / np.linalg.norm(apart, axis=0)
        to_left, to_right = (each[kept] for each in _distances(mesh, found))
    else:
        normal, to_left, to_right = oriented(spatial(mesh.faceNormals)[:, kept], centres[:, kept], left, right)
    distance = to_left + to_right
    return Faces(
        left=compact(found.rank[first]),
        right=compact(found.rank[second]),
        area=areas[kept],
        inverse_distance=1.0 / distance,
        left_weight=to_left / distance,
        centres=np.concatenate([centres[:, kept], found.position[3:, inside[0]]]),
        normal=normal,
        left_position=left,
        right_position=right,
    )


def _boundary(name: str, nodes: np.ndarray, faces: np.ndarray, every: Faces) -> BoundaryFaces:
    mine = compact(faces)
    return BoundaryFaces(
        name, compact(nodes), mine, -1.0 if name in _INWARD else 1.0, every.area[mine], every.centres[:, mine]
    )


def _boundary_faces(mesh: Any, spec: MeshSpec) -> dict[str, np.ndarray]:
    """Face numbers of each boundary that takes conditions."""
    if spec.file is not None:
        return _physical_faces(mesh, spec, spec.file.name)
    return {name: np.flatnonzero(np.asarray(getattr(mesh, f"faces{name.title()}").value)) for name in spec.boundaries}


def _physical_faces(mesh: Any, spec: MeshSpec, file: str) -> dict[str, np.ndarray]:
    """Exterior faces of each physical group; every one must be in a group."""
    exterior = np.asarray(mesh.exteriorFaces.value)
    groups = {name: exterior & mesh.physicalFaces[name] for name in spec.boundaries}
    where = inner_groups(mesh, spec.boundaries, spec.regions)
    for name, group in groups.items():
        if not group.any():
            text = f'{file}: the physical group "{name}" has no exterior face of its own'
            raise MeshError(f"{text}; {where.get(name, 'name boundaries and regions only, each once')}")
    free = np.flatnonzero(exterior & ~np.logical_or.reduce([*groups.values(), np.zeros_like(exterior)]))
    if free.size:
        position = ", ".join(f"{value:g}" for value in np.asarray(mesh.faceCenters)[:, free[0]])
        raise MeshError(f"{file}: {free.size} exterior faces are in no physical group, the first at ({position})")
    return {name: np.flatnonzero(group) for name, group in groups.items()}


def _sizes(mesh: Any, spec: MeshSpec) -> tuple[np.ndarray, np.ndarray]:
    """Areas and volumes of whole bodies: FiPy gives cylinders per radian, spheres per
    steradian and with wrong volumes.
    """
    areas, volumes = np.asarray(mesh._faceAreas, float), np.asarray(mesh.cellVolumes, float)
    factor = spec.thickness
    if spec.type.startswith("Cylindrical"):
        factor *= 2.0 * np.pi
    elif spec.type.startswith("Spherical"):
        factor *= 4.0 * np.pi
        edges = spec.axes[0].start + np.concatenate([[0.0], np.cumsum(spec.axes[0].spacing())])
        volumes = np.diff(edges**3) / 3.0
    return areas * factor, volumes * factor


def _regions(
    mesh: Any, spec: MeshSpec, position: np.ndarray, cells: int, pairs: np.ndarray, exterior: np.ndarray
) -> np.ndarray:
    """Number of the region of every node; a boundary node belongs to the region of the cell beside it."""
    if spec.file is None:
        number = spec.region_of(position)
    else:
        number = np.zeros(position.shape[1])
        for i, name in enumerate(spec.regions, start=1):
            number[:cells][mesh.physicalCells[name]] = i
    number[cells:] = number[pairs[:, exterior].min(axis=0)]
    return number
