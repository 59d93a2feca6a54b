"""The mesh as a result folder holds it: positions of cells, faces and boundaries, and which cells are neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..mesh.geometry import Geometry
from .fields import shown_unit
from .result import Result

__all__ = ["cell_dimension", "coordinates_of", "described", "order_of_cells"]


def described(long_name: str, unit: str | None = None) -> dict[str, str]:
    """Attributes of a variable; a pure number has the unit 1."""
    return {"long_name": long_name} if unit is None else {"long_name": long_name, "units": unit or "1"}


def cell_dimension(geometry: Geometry) -> str:
    """Name of the dimension of the cells."""
    return "x" if geometry.dimension == 1 else "cell"


def order_of_cells(geometry: Geometry) -> dict[str, Any]:
    """How to fold the cells of a structured mesh in more than one dimension into its axes."""
    if geometry.dimension == 1 or not geometry.axes:
        return {}
    axes = geometry.axes[::-1]
    return {"shape": [axis.cells for axis in axes], "shape_axes": " ".join(axis.name for axis in axes)}


def coordinates_of(result: Result) -> dict[str, Any]:
    """Coordinates of a dataset, in xarray's form: name -> (dimension, values, attributes)."""
    geometry, units = result.system.geometry, result.case.units
    area = shown_unit("m^2", units)
    cells = cell_dimension(geometry)
    faces = np.concatenate(
        [np.arange(geometry.faces.area.size)[w.faces] for w in geometry.boundaries.values()] or [np.zeros(0, int)]
    ).astype(int)
    names = [name for name, boundary in geometry.boundaries.items() for _ in boundary.area]
    coordinates: dict[str, Any] = {
        "boundary": ("boundary", np.array(list(geometry.boundaries), str), described("boundary")),
        "boundary_of": ("boundary_face", np.array(names, str), described("boundary of the boundary face")),
        "boundary_area": ("boundary_face", geometry.faces.area[faces], described("area of the boundary face", area)),
        "volume": (cells, geometry.volume, described("volume of the cell", shown_unit("m^3", units))),
        "area": ("face", geometry.faces.area, described("area of the face", area)),
    }
    if result.case.mesh.regions:
        numbered = ", ".join(f"{i} {name}" for i, name in enumerate(result.case.mesh.regions, start=1))
        coordinates["region"] = (
            cells,
            geometry.cell_positions[3].astype(int),
            described(f"region: 0 none, {numbered}"),
        )
    return {
        **coordinates,
        **_positions(result, cells, faces),
        **(_cells_beside_faces(geometry) if geometry.dimension > 1 else {}),
    }


def _positions(result: Result, cells: str, boundaries: np.ndarray) -> dict[str, Any]:
    """Centres of cells, faces and boundary faces, normals of faces; along a line a face is its position."""
    geometry, positions = result.system.geometry, {}
    unit = shown_unit("m", result.case.units)
    for axis, name in enumerate("xyz"[: geometry.dimension]):
        letter = geometry.axes[axis].name if geometry.axes else name
        where = "position" if letter == name else "radius" if letter == "r" else "height"
        centre = geometry.faces.centres[axis]
        positions[name] = (cells, geometry.cell_positions[axis], described(f"{where} of the cell centre", unit))
        face = "face" if geometry.dimension == 1 else f"face_{name}"
        positions[face] = ("face", centre, described(f"{where} of the face", unit))
        if geometry.dimension > 1:
            text = f"component {letter} of the unit normal, along which fluxes are positive"
            positions[f"normal_{name}"] = ("face", geometry.faces.normal[axis], described(text))
            positions[f"boundary_{name}"] = (
                "boundary_face",
                centre[boundaries],
                described(f"{where} of the boundary face", unit),
            )
    return positions


def _cells_beside_faces(geometry: Geometry) -> dict[str, Any]:
    """Numbers of the cells beside each face."""
    number, every = np.full(geometry.nodes, -1), np.arange(geometry.nodes)
    number[geometry.cells] = np.arange(geometry.volume.size)
    text = "number of the cell {} the face, along its normal; -1 outside"
    return {
        "face_from": ("face", number[every[geometry.faces.left]], described(text.format("before"))),
        "face_to": ("face", number[every[geometry.faces.right]], described(text.format("behind"))),
    }
