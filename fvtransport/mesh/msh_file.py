"""Mesh files of Gmsh, formats 4.1 and 2.2, as text and binary; written in format 2.2 as text, which FiPy reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from .msh_formats import Bytes, TooShortError, Words, read_2, read_4
from .msh_tables import MshMesh
from .spec import MeshError

__all__ = ["group_names", "is_mesh_file", "read_msh", "write_msh"]

_HEADER = re.compile(rb"\s*\$MeshFormat\s*\n\s*(\S+)[ \t]+([01])[ \t]+(\d+)[ \t]*\r?\n")
_NAME = re.compile(rb'^[ \t]*([0-3])[ \t]+(\d+)[ \t]+"([^"\n]*)"', re.MULTILINE)
_SECTION = re.compile(rb"^\$(?!End)(\w+)[ \t]*\r?\n", re.MULTILINE)


def is_mesh_file(data: bytes) -> bool:
    """Whether the content is that of a mesh file; Gmsh takes everything else for its language."""
    return data.lstrip().startswith(b"$MeshFormat")


def group_names(data: bytes) -> dict[int, list[str]]:
    """Names of the physical groups of each dimension of a mesh file, in order, without repeats."""
    names: dict[int, list[str]] = {dimension: [] for dimension in range(4)}
    for dimension, _, name in _groups(data):
        if name not in names[dimension]:
            names[dimension].append(name)
    return names


def _groups(data: bytes) -> list[tuple[int, int, str]]:
    begin = data.find(b"$PhysicalNames")
    section = data[begin : data.find(b"$EndPhysicalNames", begin)] if begin >= 0 else b""
    return [(int(each), int(n), name.decode("utf-8", "replace")) for each, n, name in _NAME.findall(section)]


def read_msh(data: bytes, file: str) -> MshMesh:
    """The mesh of a file; MeshError names another format, elements of second order, and a file that is cut short."""
    header = _HEADER.match(data)
    if header is None:
        raise MeshError(f"{file}: this is no mesh file, $MeshFormat is incomplete")
    version, is_binary = header[1].decode("ascii", "replace"), header[2] == b"1"
    if version not in ("4.1", "2.2", "2.1"):
        raise MeshError(f"{file}: format {version} is not read; save the mesh in format 4.1 or 2.2")
    order = ">" if is_binary and data[header.end() : header.end() + 4] == b"\x00\x00\x00\x01" else "<"
    try:
        sections = dict(_sections(data, header.end()))
        if not sections.keys() >= {"Nodes", "Elements"}:
            raise MeshError(f"{file}: the sections $Nodes and $Elements are needed")
        source = partial(Bytes, order=order) if is_binary else Words
        numbers, coordinates, blocks = (read_4 if version == "4.1" else read_2)(sections, source, file)
    except (TooShortError, ValueError, OverflowError, MemoryError) as error:
        raise MeshError(f"{file}: this mesh file is damaged, a section is cut short or holds no numbers") from error
    if np.unique(numbers).size < numbers.size:
        raise MeshError(f"{file}: two nodes have the same number")
    rising = np.argsort(numbers, kind="stable")
    return MshMesh(
        numbers[rising],
        coordinates[rising],
        tuple(block for block in blocks if block.groups.size),
        tuple(_groups(data)),
    )


def _sections(data: bytes, at: int) -> Iterator[tuple[str, bytes]]:
    """Sections with their contents, those after the header."""
    while (match := _SECTION.search(data, at)) is not None:
        at = data.find(b"$End" + match[1], match.end())
        if at < 0:
            raise TooShortError
        if match[1] in (b"Nodes", b"Elements", b"Entities"):
            yield match[1].decode(), data[match.end() : at]
        at += 1


def write_msh(mesh: MshMesh, path: Path) -> None:
    """Write format 2.2 as text."""
    with path.open("w", encoding="utf-8") as file:
        file.write("$MeshFormat\n2.2 0 8\n$EndMeshFormat\n")
        names = "".join(f'{dimension} {number} "{name}"\n' for dimension, number, name in mesh.groups)
        file.write(f"$PhysicalNames\n{len(mesh.groups)}\n{names}$EndPhysicalNames\n")
        file.write(f"$Nodes\n{mesh.numbers.size}\n")
        for number, (x, y, z) in zip(mesh.numbers.tolist(), mesh.coordinates.tolist()):
            file.write(f"{number} {x!r} {y!r} {z!r}\n")
        count = sum(block.groups.size for block in mesh.blocks)
        file.write(f"$EndNodes\n$Elements\n{count}\n")
        number = 0
        for block in mesh.blocks:
            for group, shape, nodes in zip(block.groups.tolist(), block.shapes.tolist(), block.nodes.tolist()):
                number += 1
                file.write(f"{number} {block.kind} 2 {group} {shape} {' '.join(map(str, nodes))}\n")
        file.write("$EndElements\n")
