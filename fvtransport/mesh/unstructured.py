"""Shapes of the cells and faces of an unstructured FiPy mesh, as plain arrays of shape (3, n)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

__all__ = ["centroids", "corners", "inner_groups", "oriented", "spatial"]


def oriented(
    normals: np.ndarray, centres: np.ndarray, left: np.ndarray, right: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Unit normals that point from the left to the right node, and along them the distances of both to the face [m]."""
    normal = normals * np.sign(np.einsum("if,if->f", normals, right[:3] - left[:3]))
    to_left, to_right = (
        np.einsum("if,if->f", normal, way) for way in (centres[:3] - left[:3], right[:3] - centres[:3])
    )
    return normal, to_left, to_right


def centroids(mesh: Any, face_centres: np.ndarray) -> np.ndarray:
    """Centres of mass of the cells, (3, cells): FiPy takes the mean of the face centres, which is another point in a
    quadrilateral. The integral of x over a cell is 1/(dimension + 1) times that of x (x . n) over its faces.
    """
    about, sides = spatial(mesh.cellCenters), mesh._cellFaceIDs
    missing, ids = np.ma.getmaskarray(sides), np.ma.getdata(sides)
    away = face_centres[:, ids] - about[:, None]
    outward = spatial(mesh.faceNormals)[:, ids] * np.ma.getdata(mesh._cellToFaceOrientations)
    share = np.where(missing, 0.0, np.einsum("iks,iks->ks", away, outward) * np.asarray(mesh._faceAreas)[ids])
    return about + mesh.dim / (mesh.dim + 1.0) * (share * away).sum(axis=1) / share.sum(axis=0)


def corners(mesh: Any) -> np.ndarray:
    """Corners of every cell, (3, most corners, cells); a cell with fewer repeats one."""
    ids = mesh._cellVertexIDs
    ids = np.where(np.ma.getmaskarray(ids), np.ma.getdata(ids)[:1], np.ma.getdata(ids))
    return spatial(mesh.vertexCoords)[:, ids]


def inner_groups(mesh: Any, boundaries: Iterable[str], regions: Iterable[str]) -> dict[str, str]:
    """Where each physical group of faces lies that has faces inside the domain alone, in words with what to do."""
    exterior, beside = np.asarray(mesh.exteriorFaces.value), np.ma.getdata(mesh.faceCellIDs)
    found = {}
    for name in boundaries:
        group = np.asarray(mesh.physicalFaces[name])
        if group.any() and not (group & exterior).any():
            cells = beside[:, group]
            sides = [each for each in regions if np.asarray(mesh.physicalCells[each])[cells].any()]
            found[name] = f"it lies inside the region {sides[0]}; leave its name out of the file"
            if len(sides) > 1:
                pair = "-".join(sides[:2])
                found[name] = (
                    f"it lies between the regions {' and '.join(sides)}; conditions there are given under interfaces: "
                    f"{pair}, and its name must be left out of the file"
                )
    return found


def spatial(vectors: Any) -> np.ndarray:
    """Coordinates of shape (3, n), with zeros for the dimensions that the mesh lacks."""
    values = np.asarray(vectors, float)
    return np.concatenate([values, np.zeros((3 - values.shape[0], values.shape[1]))])
