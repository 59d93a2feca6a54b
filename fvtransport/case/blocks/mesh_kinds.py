"""The kinds of mesh of a case, declared like the parameters of a plugin, and the specification of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

from ...mesh.mesh_file import names_in
from ...mesh.spec import Axis, MeshSpec
from ...model.formula import Inside
from ...model.parameters import Declared, parameter

__all__ = ["MESHES", "Gmsh", "MeshKind"]

_LENGTH = "length of the domain along each axis"
_CELLS = "number of cells along each axis"
_GRADING = "cells that are smaller at an end; without it all are alike"
_REGIONS = "named parts of the domain, each a condition on position; a later one covers an earlier one"
_RADIUS = "radius at which the mesh begins; 0 begins at the axis, which needs no condition"


class Grading(Declared):
    """Cell sizes that grow geometrically."""

    ratio: float = parameter(minimum=1.0, maximum=1e6, meaning="size of the largest cell over the smallest")
    towards: Literal["left", "right", "both"] = parameter("left", meaning="where along the axis the cells are small")


class MeshKind(Declared):
    """One kind of mesh; axes names its coordinates, boundaries the two ends of each axis."""

    axes: ClassVar[tuple[str, ...]] = ()
    boundaries: ClassVar[tuple[str, ...]] = ()

    def spec(self, name: str, folder: Path) -> MeshSpec:
        """The mesh that the engine builds, for the FiPy class of that name; files are relative to the folder."""
        raise NotImplementedError


def _spec(kind: Any, name: str, thickness: float, start: float = 0.0) -> MeshSpec:
    """The mesh of a structured kind; a full cylinder or sphere has no boundary at r = 0."""
    lengths, cells, gradings = (
        value if isinstance(value, tuple) else (value,) for value in (kind.length, kind.cells, kind.grading)
    )
    if gradings == (None,):
        gradings = (None,) * len(lengths)
    axes = tuple(
        Axis(axis, length, count, start if i == 0 else 0.0, *((g.ratio, g.towards) if g else ()))
        for i, (axis, length, count, g) in enumerate(zip(kind.axes, lengths, cells, gradings))
    )
    boundaries = _boundaries(kind, name)
    if "inner_radius" in type(kind).model_fields and start == 0.0:
        boundaries = tuple(boundary for boundary in boundaries if boundary != "left")
    return MeshSpec(name, axes, thickness, boundaries, dict(kind.regions))


def _boundaries(kind: MeshKind, name: str) -> tuple[str, ...]:
    """Boundaries of a structured mesh, without those that a periodic one joins."""
    if not name.startswith("Periodic"):
        return kind.boundaries
    left = {"PeriodicGrid2DLeftRight": ("bottom", "top"), "PeriodicGrid2DTopBottom": ("left", "right")}
    return left.get(name, ())


class Line(MeshKind):
    """A line from x = 0 to x = length; periodic, its ends are joined."""

    axes = ("x",)
    boundaries = ("left", "right")
    length: float = parameter(unit="m", above=0.0, meaning="length of the domain")
    cells: int = parameter(minimum=1, maximum=1_000_000, meaning="number of cells")
    cross_section: float = parameter(1.0, unit="m^2", above=0.0, meaning="area that fluxes are multiplied by")
    grading: Grading | None = parameter(None, meaning=_GRADING)
    regions: Mapping[str, Inside] = parameter({}, meaning=_REGIONS)

    def spec(self, name: str, folder: Path) -> MeshSpec:
        return _spec(self, name, self.cross_section)


class Rectangle(MeshKind):
    """A rectangle from the origin; depth is its extent along z."""

    axes = ("x", "y")
    boundaries = ("left", "right", "bottom", "top")
    length: tuple[float, float] = parameter(unit="m", above=0.0, meaning=_LENGTH)
    cells: tuple[int, int] = parameter(minimum=1, maximum=100_000, meaning=_CELLS)
    depth: float = parameter(1.0, unit="m", above=0.0, meaning="extent along z")
    grading: tuple[Grading | None, Grading | None] | None = parameter(None, meaning=_GRADING)
    regions: Mapping[str, Inside] = parameter({}, meaning=_REGIONS)

    def spec(self, name: str, folder: Path) -> MeshSpec:
        return _spec(self, name, self.depth)


class Box(MeshKind):
    """A box from the origin."""

    axes = ("x", "y", "z")
    boundaries = ("left", "right", "bottom", "top", "front", "back")
    length: tuple[float, float, float] = parameter(unit="m", above=0.0, meaning=_LENGTH)
    cells: tuple[int, int, int] = parameter(minimum=1, maximum=10_000, meaning=_CELLS)
    grading: tuple[Grading | None, Grading | None, Grading | None] | None = parameter(None, meaning=_GRADING)
    regions: Mapping[str, Inside] = parameter({}, meaning=_REGIONS)

    def spec(self, name: str, folder: Path) -> MeshSpec:
        return _spec(self, name, 1.0)


class CylinderRadius(MeshKind):
    """The radius of a full cylinder or cylindrical shell of a given height."""

    axes = ("r",)
    boundaries = ("left", "right")
    length: float = parameter(unit="m", above=0.0, meaning="radial extent")
    inner_radius: float = parameter(0.0, unit="m", minimum=0.0, meaning=_RADIUS)
    cells: int = parameter(minimum=1, maximum=1_000_000, meaning="number of cells")
    height: float = parameter(1.0, unit="m", above=0.0, meaning="height of the cylinder")
    grading: Grading | None = parameter(None, meaning=_GRADING)
    regions: Mapping[str, Inside] = parameter({}, meaning=_REGIONS)

    def spec(self, name: str, folder: Path) -> MeshSpec:
        return _spec(self, name, self.height, self.inner_radius)


class Cylinder(MeshKind):
    """Radius and height of a full cylinder or cylindrical shell."""

    axes = ("r", "z")
    boundaries = ("left", "right", "bottom", "top")
    length: tuple[float, float] = parameter(unit="m", above=0.0, meaning="radial extent and height")
    inner_radius: float = parameter(0.0, unit="m", minimum=0.0, meaning=_RADIUS)
    cells: tuple[int, int] = parameter(minimum=1, maximum=100_000, meaning=_CELLS)
    grading: tuple[Grading | None, Grading | None] | None = parameter(None, meaning=_GRADING)
    regions: Mapping[str, Inside] = parameter({}, meaning=_REGIONS)

    def spec(self, name: str, folder: Path) -> MeshSpec:
        return _spec(self, name, 1.0, self.inner_radius)


class SphereRadius(MeshKind):
    """The radius of a full sphere or spherical shell."""

    axes = ("r",)
    boundaries = ("left", "right")
    length: float = parameter(unit="m", above=0.0, meaning="radial extent")
    inner_radius: float = parameter(0.0, unit="m", minimum=0.0, meaning=_RADIUS)
    cells: int = parameter(minimum=1, maximum=1_000_000, meaning="number of cells")
    grading: Grading | None = parameter(None, meaning=_GRADING)
    regions: Mapping[str, Inside] = parameter({}, meaning=_REGIONS)

    def spec(self, name: str, folder: Path) -> MeshSpec:
        return _spec(self, name, 1.0, self.inner_radius)


class Gmsh(MeshKind):
    """An unstructured mesh by Gmsh; physical curves (2D) or surfaces (3D) name boundaries, the others regions."""

    file: str = parameter(meaning="a .geo or .msh file, relative to the case")
    depth: float = parameter(1.0, unit="m", above=0.0, meaning="extent along z of a two-dimensional mesh")
    time_limit: float = parameter(
        120.0, above=0.0, maximum=1e6, meaning="seconds after which Gmsh is ended that has made no mesh of a .geo file"
    )

    def spec(self, name: str, folder: Path, allow_geo: bool = False) -> MeshSpec:
        """The mesh of the file; CaseError with every statement that does more than describe a mesh."""
        dimension, file = int(name[-2]), folder / self.file
        names = names_in(file, allow_geo)
        boundaries, regions = tuple(names[dimension - 1]), dict.fromkeys(names[dimension])
        return MeshSpec(
            name, (), self.depth, boundaries, regions, file, dimension, time_limit=self.time_limit, allow_geo=allow_geo
        )


MESHES: Mapping[str, type[MeshKind]] = {
    "Grid1D": Line,
    "Grid2D": Rectangle,
    "Grid3D": Box,
    "CylindricalGrid1D": CylinderRadius,
    "CylindricalGrid2D": Cylinder,
    "SphericalGrid1D": SphereRadius,
    "PeriodicGrid1D": Line,
    "PeriodicGrid2D": Rectangle,
    "PeriodicGrid2DLeftRight": Rectangle,
    "PeriodicGrid2DTopBottom": Rectangle,
    "Gmsh2D": Gmsh,
    "Gmsh3D": Gmsh,
}
