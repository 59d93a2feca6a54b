"""Mesh files of Gmsh, formats 4.1 and 2.2, as text and binary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

import numpy as np

from .msh_formats import read_2, read_4
from .msh_numbers import Bytes, DamagedError, Section, Words
from .msh_tables import Block, MshMesh, by_kind
from .spec import MeshError

__all__ = ["group_names", "is_mesh_file", "read_msh"]

_HEADER = re.compile(rb"\s*\$MeshFormat\s*\n\s*(\S+)[ \t]+([01])[ \t]+(\d+)[ \t]*\r?\n")
_NAME = re.compile(rb'^[ \t]*([0-3])[ \t]+(\d{1,18})[ \t]+"([^"\n]*)"', re.MULTILINE)
_SECTION = re.compile(rb"^\$(?!End)(\w+)[ \t]*\r?\n", re.MULTILINE)
_HEAD = 4096
_FAR = 1e100
_NODE_2, _NODE_4 = rb"^[ \t]*%d[ \t]", rb"^[ \t]*%d[ \t\r]*$"


def is_mesh_file(data: bytes) -> bool:
    """Whether the content is that of a mesh file; Gmsh takes everything else for its language."""
    return data[:_HEAD].lstrip().startswith(b"$MeshFormat")


def group_names(data: bytes) -> dict[int, list[str]]:
    """Names of the physical groups of each dimension of a mesh file, in order, without repeats."""
    names: dict[int, dict[str, None]] = {dimension: {} for dimension in range(4)}
    for dimension, _, name in _groups(data):
        names[dimension][name] = None
    return {dimension: list(each) for dimension, each in names.items()}


def _groups(data: bytes) -> list[tuple[int, int, str]]:
    begin = data.find(b"$PhysicalNames")
    section = data[begin : data.find(b"$EndPhysicalNames", begin)] if begin >= 0 else b""
    return [(int(each), int(n), name.decode("utf-8", "replace")) for each, n, name in _NAME.findall(section)]


def read_msh(data: bytes, file: str) -> MshMesh:
    """The mesh of a file; MeshError names another format, elements of second order, too many of anything, what cannot
    be read and nodes that are no use, with the line where the file is text.
    """
    header = _HEADER.match(data)
    if header is None:
        raise MeshError(f"{file}: this is no mesh file, $MeshFormat is incomplete")
    version, is_binary = header[1].decode("ascii", "replace"), header[2] == b"1"
    if version not in ("4.1", "2.2", "2.1"):
        raise MeshError(f"{file}: format {version} is not read; save the mesh in format 4.1 or 2.2")
    order = ">" if is_binary and data[header.end() : header.end() + 4] == b"\x00\x00\x00\x01" else "<"
    try:
        sections = {section.name: section for section in _sections(data, header.end())}
        if not sections.keys() >= {"Nodes", "Elements"}:
            raise MeshError(f"{file}: the sections $Nodes and $Elements are needed")
        source = partial(Bytes, order=order) if is_binary else Words
        numbers, coordinates, parts = (read_4 if version == "4.1" else read_2)(sections, source, file)
    except DamagedError as error:
        raise _error(file, error.line, f"this mesh file is damaged, {error}") from error
    node = _NODE_4 if version == "4.1" else _NODE_2
    _refuse_nodes(numbers, coordinates, file, None if is_binary else sections["Nodes"], node)
    rising = np.argsort(numbers, kind="stable")
    numbers, coordinates = numbers[rising], coordinates[rising]
    blocks = by_kind(parts)
    _refuse_strangers(blocks, numbers, file)
    return MshMesh(numbers, coordinates, blocks, tuple(_groups(data)))


def _sections(data: bytes, at: int) -> Iterator[Section]:
    """Sections with their contents, those after the header."""
    line, counted = 1, 0
    while (match := _SECTION.search(data, at)) is not None:
        line, counted = line + data.count(b"\n", counted, match.end()), match.end()
        at = data.find(b"$End" + match[1], match.end())
        name = match[1].decode()
        if at < 0:
            raise DamagedError(f"${name} has no end", line - 1)
        if name in ("Nodes", "Elements", "Entities"):
            yield Section(name, data[match.end() : at], line)
        at += 1


def _error(file: str, line: int, message: str) -> MeshError:
    return MeshError(f"{file}:{line}: {message}" if line else f"{file}: {message}")


def _line(section: Section | None, pattern: bytes, turn: int = 0) -> int:
    """The line of the file that fits a pattern for the first time or a later one; 0 if none does, as in binary."""
    if section is None:
        return 0
    found = islice(re.finditer(pattern, section.data, re.MULTILINE | re.IGNORECASE), turn, None)
    return next((section.line_at(match.start()) for match in found), 0)


def _refuse_nodes(
    numbers: np.ndarray, coordinates: np.ndarray, file: str, section: Section | None, node: bytes
) -> None:
    """Refuse nodes without a number or a place of their own; section is that of the nodes if it is text, in which the
    line of a node looks as the pattern says.
    """
    bad = np.flatnonzero(numbers < 1)
    if bad.size:
        number = int(numbers[bad[0]])
        raise _error(file, _line(section, node % number), f"a node has the number {number}; numbers begin with 1")
    known, counts = np.unique(numbers, return_counts=True)
    if known.size < numbers.size:
        number = int(known[counts.argmax()])
        raise _error(file, _line(section, node % number, 1), f"two nodes have the same number {number}")
    bad = np.flatnonzero(~(np.abs(coordinates) < _FAR).all(axis=1))
    if bad.size:
        where = _line(section, rb"\b(nan|inf)") or _line(section, node % int(numbers[bad[0]]))
        raise _error(file, where, f"node {numbers[bad[0]]} has a coordinate that is not finite, or beyond {_FAR:g}")


def _refuse_strangers(blocks: Sequence[Block], numbers: np.ndarray, file: str) -> None:
    """Refuse elements of nodes that are not in the file."""
    for block in blocks:
        rows = np.minimum(np.searchsorted(numbers, block.nodes), max(numbers.size - 1, 0))
        strange = block.nodes[numbers[rows] != block.nodes] if numbers.size else block.nodes.ravel()
        if strange.size:
            raise MeshError(f"{file}: an element has the node {strange[0]}, which is not in the file")
