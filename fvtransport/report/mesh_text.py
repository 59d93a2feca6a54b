"""The description of a mesh as text."""

from __future__ import annotations

from collections.abc import Iterator

from ..case.model import Case
from ..mesh.quality import Quality
from ..mesh.spec import Axis

__all__ = ["mesh_lines"]

_THICKNESS = {"Grid1D": ("cross-section", "m^2"), "CylindricalGrid1D": ("height", "m")}
_FLAT = ("Grid2D", "Gmsh2D")


def mesh_lines(case: Case, quality: Quality | None) -> Iterator[tuple[str, str]]:
    """Labels and texts: the type and extent of the mesh and, where it has been built, its quality."""
    yield "mesh", _kind(case)
    if quality is not None:
        angles = f"max. {quality.non_orthogonality:.3g} deg, mean {quality.mean_non_orthogonality:.3g} deg"
        shape = f"non-orthogonality {angles}, max. skewness {quality.skewness:.3g}"
        shape = "orthogonal" if quality.is_orthogonal else shape
        yield "quality", f"{quality.cells} cells, {shape}, max. volume ratio of neighbours {quality.volume_ratio:.4g}"


def _kind(case: Case) -> str:
    """Type, cells and extents of a mesh, and its thickness in the directions not resolved."""
    mesh, reduced = case.mesh, case.units.name == "reduced"
    length = "" if reduced else " m"
    parts = [mesh.type]
    if mesh.file is not None:
        parts = [f"{mesh.type} from {mesh.file.name}"]
    else:
        extents = " x ".join(_extent(axis) for axis in mesh.axes)
        parts.append(f"{' x '.join(str(axis.cells) for axis in mesh.axes)} cells over {extents}{length}")
    plain = mesh.type.removeprefix("Periodic")
    label, unit = ("depth", "m") if plain.startswith(_FLAT) else _THICKNESS.get(plain, ("", ""))
    if label and (mesh.thickness != 1.0 or label == "cross-section"):
        parts.append(f"{label} {mesh.thickness:g}" + ("" if reduced else f" {unit}"))
    parts += (f"{a.name} graded 1:{a.ratio:g} towards {a.towards}" for a in mesh.axes if a.ratio != 1.0)
    parts += [f"regions {', '.join(mesh.regions)}"] if mesh.regions else []
    return ", ".join(parts)


def _extent(axis: Axis) -> str:
    if axis.start == 0.0:
        return f"{axis.length:g}"
    return f"({axis.start:g} to {axis.start + axis.length:g})"
