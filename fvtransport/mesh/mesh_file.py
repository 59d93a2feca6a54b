"""A mesh file of a case: the names in it, and the checked mesh that it holds or describes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .geo_language import read_geo
from .gmsh_process import make_mesh
from .msh_cells import refuse_bad_cells
from .msh_file import group_names, is_mesh_file, read_msh, write_msh
from .spec import MeshError, MeshSpec

__all__ = ["names_in", "prepared"]

_NAMED = re.compile(r'Physical\s+(Point|Curve|Line|Surface|Volume)\s*\(\s*"([^"]+)"')
_DIMENSIONS = {"Point": 0, "Curve": 1, "Line": 1, "Surface": 2, "Volume": 3}


def names_in(file: Path, allow_geo: bool = False) -> dict[int, list[str]]:
    """Names of the physical groups of each dimension, in order.

    OSError where the file cannot be read; CaseError with every statement of a geometry that does more than describe a
    mesh, unless allow_geo is given.
    """
    data = file.read_bytes()
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


@contextmanager
def prepared(spec: MeshSpec) -> Iterator[Path]:
    """The mesh of a file as FiPy reads it, in a folder that lasts as long as the context; its cells are checked.

    MeshError or, for statements of a geometry that are refused, CaseError.
    """
    source = spec.file
    if source is None:
        raise MeshError(f"{spec.type} needs a file")
    name = source.name
    with TemporaryDirectory(prefix="fvtransport-") as directory:
        folder = Path(directory)
        data = source.read_bytes()
        if not is_mesh_file(data):
            made = make_mesh(
                _geometry(source, data, folder, spec.allow_geo), name, spec.dimension, spec.time_limit, folder
            )
            data = made.read_bytes()
        mesh = read_msh(data, name)
        refuse_bad_cells(mesh, spec.dimension, name)
        ready = folder / "ready.msh"
        write_msh(mesh, ready)
        yield ready


def _geometry(file: Path, data: bytes, folder: Path, allow_geo: bool) -> Path:
    """What Gmsh is to read: the words that were checked or, where all is allowed, the file itself."""
    if allow_geo:
        return file.resolve()
    copy = folder / "geometry.geo"
    copy.write_text(read_geo(data.decode("utf-8", errors="replace"), str(file)).text, encoding="utf-8")
    return copy
