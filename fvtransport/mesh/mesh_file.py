"""A mesh file of a case: the names in it, and the checked mesh that it holds or describes."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

from .geo_language import read_geo
from .gmsh_process import MOST_BYTES, make_mesh
from .msh_cells import refuse_bad_cells
from .msh_file import group_names, is_mesh_file, read_msh
from .msh_tables import MshMesh
from .spec import MeshError, MeshSpec

__all__ = ["MOST_GEOMETRY", "names_in", "read_mesh"]

MOST_GEOMETRY = 16 * 2**20
"""Bytes of a geometry file; a mesh file may have as many as Gmsh may write."""

_NAMED = re.compile(r'Physical\s+(Point|Curve|Line|Surface|Volume)\s*\(\s*"([^"]+)"')
_DIMENSIONS = {"Point": 0, "Curve": 1, "Line": 1, "Surface": 2, "Volume": 3}


def names_in(file: Path, allow_geo: bool = False) -> dict[int, list[str]]:
    """Names of the physical groups of each dimension, in order.

    OSError or ValueError where the file cannot be read; CaseError with every statement of a geometry that does more
    than describe a mesh, unless allow_geo is given.
    """
    data = _content(file)
    if is_mesh_file(data):
        return group_names(data)
    text = data.decode("utf-8", errors="replace")
    if not allow_geo:
        return read_geo(text, str(file)).names
    names: dict[int, list[str]] = {dimension: [] for dimension in range(4)}
    for kind, name in _NAMED.findall(re.sub(r"//[^\n]*|/\*.*?\*/", " ", text, flags=re.DOTALL)):
        if name not in names[_DIMENSIONS[kind]]:
            names[_DIMENSIONS[kind]].append(name)
    return names


def read_mesh(spec: MeshSpec) -> MshMesh:
    """The mesh of a file, whose cells are checked; what Gmsh writes on the way lies in a folder that is removed.

    MeshError or, for statements of a geometry that are refused, CaseError.
    """
    source = spec.file
    if source is None:
        raise MeshError(f"{spec.type} needs a file")
    try:
        data = _content(source)
    except (OSError, ValueError) as error:
        raise MeshError(f"{source.name}: this file cannot be read: {error}") from error
    if not is_mesh_file(data):
        with TemporaryDirectory(prefix="fvtransport-", ignore_cleanup_errors=True) as directory:
            folder = Path(directory)
            geometry = _geometry(source, data, folder, spec.allow_geo)
            data = make_mesh(geometry, source.name, spec.dimension, spec.time_limit, folder).read_bytes()
    mesh = read_msh(data, source.name)
    refuse_bad_cells(mesh, spec.dimension, source.name)
    return mesh


def _content(file: Path) -> bytes:
    """What a file holds; OSError, or ValueError where it is no file, empty, or larger than any mesh needs."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise ValueError("it is a folder" if file.is_dir() else "it is a device or a pipe, not a file")
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    most = MOST_BYTES if is_mesh_file(data) else MOST_GEOMETRY
    if len(data) > most:
        raise ValueError(f"it has more than {most:,} bytes")
    if not data.strip():
        raise ValueError("it is empty")
    return data


def _geometry(file: Path, data: bytes, folder: Path, allow_geo: bool) -> Path:
    """What Gmsh is to read: the words that were checked or, where all is allowed, the file itself."""
    if allow_geo:
        return file.resolve()
    copy = folder / "geometry.geo"
    copy.write_text(read_geo(data.decode("utf-8", errors="replace"), str(file)).text, encoding="utf-8")
    return copy
