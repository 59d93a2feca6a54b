"""How far a mesh is from an orthogonal one, on which two nodes determine the gradient through their face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .geometry import Geometry
from .spec import MeshSpec

__all__ = ["Quality", "quality_of", "split_warnings"]

_STRAIGHT = 1e-6
_POOR_ANGLE, _POOR_SKEWNESS, _POOR_RATIO = 30.0, 0.5, 4.0


@dataclass(frozen=True)
class Quality:
    """Angles [degrees] between the normal of a face and the line through its nodes; skewness, the distance from the
    centre of a face to that line relative to the distance of the nodes; largest ratio of the volumes of neighbours.
    """

    cells: int
    non_orthogonality: float
    mean_non_orthogonality: float
    skewness: float
    volume_ratio: float

    @property
    def is_orthogonal(self) -> bool:
        """Whether the two states beside a face give the whole gradient through it."""
        return self.non_orthogonality <= _STRAIGHT and self.skewness <= _STRAIGHT

    def remarks(self) -> list[str]:
        """What the shapes and sizes of the cells mean for the result, in words; empty where all is well."""
        texts = []
        if self.non_orthogonality > _POOR_ANGLE or self.skewness > _POOR_SKEWNESS:
            texts.append(
                f"the mesh is far from orthogonal ({self.non_orthogonality:.3g} degrees): gradients along faces are "
                "reconstructed from the cells around, so errors fall with the square of the cell size, but they grow "
                "with the angle, and near steep fronts a field may leave the range of the values around it"
            )
        if self.volume_ratio > _POOR_RATIO:
            texts.append(
                f"neighbouring cells differ in volume by up to {self.volume_ratio:.3g}: errors are large where they do"
            )
        return texts


def split_warnings(spec: MeshSpec, geometry: Geometry) -> list[str]:
    """A warning where an edge of a region cuts cells, so that errors are of the order of the cell size."""
    count = _split_cells(spec, geometry)
    text = f"the edge of a region cuts through {count} cells, each of which counts to one region as a whole: "
    return [f"{text}place cell faces on the interfaces"] if count else []


def quality_of(mesh: Any, geometry: Geometry) -> Quality:
    """Measure a FiPy mesh."""
    exterior = np.asarray(mesh.exteriorFaces.value)
    first, second = np.ma.getdata(mesh.faceCellIDs)
    second = np.where(exterior, first, second)
    cells, faces = np.asarray(mesh.cellCenters), np.asarray(mesh.faceCenters)
    start, end = cells[:, first], np.where(exterior, faces, cells[:, second])
    along, to_face, normal = end - start, faces - start, np.asarray(mesh.faceNormals)
    length = np.linalg.norm(along, axis=0)
    through = np.abs(np.einsum("in,in->n", normal, along))
    across = np.sqrt(np.maximum(length**2 - through**2, 0.0))
    angle = np.degrees(np.arctan2(across, through))
    part = np.einsum("in,in->n", normal, to_face) / np.einsum("in,in->n", normal, along)
    off = np.linalg.norm(to_face - part * along, axis=0) / length
    inside = ~exterior
    pair = geometry.volume[first[inside]], geometry.volume[second[inside]]
    ratio = np.maximum(pair[0] / pair[1], pair[1] / pair[0]).max(initial=1.0)
    return Quality(cells.shape[1], float(angle.max()), float(angle.mean()), float(off.max()), float(ratio))


def _split_cells(spec: MeshSpec, geometry: Geometry) -> int:
    """Number of cells of a structured mesh that an edge of a region cuts: all of such a cell counts to one region."""
    if not spec.regions or spec.file is not None:
        return 0
    faces, split = geometry.faces, np.zeros(geometry.nodes, bool)
    is_cell = np.zeros(geometry.nodes, bool)
    is_cell[geometry.cells] = True
    for side, position in ((faces.left, faces.left_position), (faces.right, faces.right_position)):
        nodes = np.arange(geometry.nodes)[side]
        towards_face = position[:3] + 0.999 * (faces.centres[:3] - position[:3])
        split[nodes] |= geometry.is_cell[nodes] & (spec.region_of(towards_face) != position[3])
    return int(split.sum())
