"""The `mesh:` block: its kind, and the names of boundaries and regions that it gives."""

from __future__ import annotations

from ...errors import CaseError, Problem
from ...mesh.spec import MOST_CELLS, MeshSpec
from ..reading.builder import CaseBuilder
from ..reading.make_plugin import build
from ..reading.selection import Selection
from ..text.problems import InvalidValue, unknown
from ..text.yaml_tree import Node, Scalar
from .mesh_kinds import MESHES, Gmsh, MeshKind

__all__ = ["read_mesh"]


def read_mesh(builder: CaseBuilder) -> None:
    """The mesh that the case asks for, with the names of its boundaries and regions."""
    entries = builder.mapping("mesh")
    if not entries:
        return
    node = builder.block("mesh")
    kind = entries.get("type")
    if kind is None or not isinstance(kind.value, Scalar):
        at = node.key_mark if kind is None else kind.mark
        builder.diagnostics.error(at, "mesh lacks type", f"type: {' or '.join(MESHES)}")
        return
    name = kind.value.text
    if name not in MESHES:
        builder.diagnostics.problems.append(unknown("mesh type", name, kind.mark, MESHES))
        return
    rest = {key: value for key, value in entries.items() if key != "type"}
    body = Node(rest, node.mark, node.key_mark)
    builder.know(axes=MESHES[name].axes)
    made = builder.diagnostics.attempt(build, MESHES[name], Selection("mesh", node.key_mark, body), builder.reader)
    builder.mesh_kind = made
    builder.mesh = made and builder.diagnostics.attempt(_spec_of, made, name, builder)
    if builder.mesh is not None:
        builder.know(boundaries=builder.mesh.boundaries, regions=tuple(builder.mesh.regions))
    elif "inner_radius" not in rest and not name.startswith("Periodic"):
        has_axis = "inner_radius" in MESHES[name].model_fields
        builder.know(boundaries=MESHES[name].boundaries[has_axis:] or None)


def _spec_of(kind: MeshKind, name: str, builder: CaseBuilder) -> MeshSpec:
    """The specification of the mesh; InvalidValue where its file cannot be used or it has too many cells."""
    folder = builder.path.parent
    try:
        spec = kind.spec(name, folder, builder.allow_geo) if isinstance(kind, Gmsh) else kind.spec(name, folder)
    except CaseError as error:
        raise InvalidValue(*error.problems) from None
    except (OSError, ValueError) as error:
        mark = builder.mark("mesh", "file")
        raise InvalidValue(Problem(mark, f"this file cannot be read: {error}", "a .geo or .msh file")) from None
    if spec.cells > MOST_CELLS:
        message = f"{' x '.join(str(axis.cells) for axis in spec.axes)} are {spec.cells:.3g} cells in all"
        raise InvalidValue(Problem(builder.mark("mesh", "cells"), message, f"at most {MOST_CELLS:,} in all"))
    return spec
