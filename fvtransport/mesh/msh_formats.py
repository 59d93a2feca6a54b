"""Nodes and elements in the formats 4.1 and 2.2 of Gmsh's mesh files, as text or binary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from .msh_tables import CORNERS, HIGHER, Block
from .spec import MeshError

__all__ = ["Bytes", "Source", "TooShortError", "Words", "read_2", "read_4"]

Parts = tuple[np.ndarray, np.ndarray, list[Block]]


class TooShortError(Exception):
    """A section ends before it is complete."""


class Source(Protocol):
    """Numbers one after another: whole numbers (i), sizes (z), coordinates (d)."""

    def take(self, kind: str, count: int) -> np.ndarray:
        """The next numbers; TooShortError where there are fewer."""
        ...

    def nodes(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Numbers (n,) and coordinates (n, 3) of the next nodes, one beside the other."""
        ...


class Words:
    """The numbers of a section of text."""

    def __init__(self, section: bytes) -> None:
        self._words, self._at = section.split(), 0

    def take(self, kind: str, count: int) -> np.ndarray:
        """The next numbers; TooShortError where there are fewer."""
        found = self._words[self._at : self._at + count]
        if count < 0 or len(found) < count:
            raise TooShortError
        self._at += count
        return np.array(found, "S").astype(float if kind == "d" else np.int64) if count else np.zeros(0, np.int64)

    def nodes(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Numbers (n,) and coordinates (n, 3) of the next nodes."""
        rows = self.take("d", 4 * count).reshape(count, 4)
        return rows[:, 0].astype(np.int64), rows[:, 1:].astype(float)


class Bytes:
    """The numbers of a binary section."""

    def __init__(self, section: bytes, order: str) -> None:
        self._section, self._order, self._at = section, order, 0

    def take(self, kind: str, count: int) -> np.ndarray:
        """The next numbers; TooShortError where there are fewer."""
        found = self._next(np.dtype(self._order + {"i": "i4", "z": "u8", "d": "f8"}[kind]), count)
        return found.astype(float if kind == "d" else np.int64)

    def nodes(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Numbers (n,) and coordinates (n, 3) of the next nodes."""
        found = self._next(np.dtype([("n", self._order + "i4"), ("x", self._order + "f8", 3)]), count)
        return found["n"].astype(np.int64), found["x"].astype(float)

    def _next(self, each: np.dtype, count: int) -> np.ndarray:
        if count < 0 or self._at + count * each.itemsize > len(self._section):
            raise TooShortError
        found = np.frombuffer(self._section, each, count, self._at)
        self._at += count * each.itemsize
        return found


def read_4(sections: Mapping[str, bytes], source: Callable[[bytes], Source], file: str) -> Parts:
    """Numbers and coordinates of the nodes, and the elements, in format 4.1."""
    if "Entities" not in sections:
        raise MeshError(f"{file}: the section $Entities is needed, it says which group a cell belongs to")
    groups = _entities_4(source(sections["Entities"]))
    numbers, coordinates = _nodes_4(source(sections["Nodes"]))
    return numbers, coordinates, _elements_4(source(sections["Elements"]), groups, file)


def _one(source: Source, kind: str) -> int:
    return int(source.take(kind, 1)[0])


def _entities_4(source: Source) -> dict[tuple[int, int], list[int]]:
    """The physical groups of each shape, by its dimension and number."""
    found: dict[tuple[int, int], list[int]] = {}
    for dimension, count in enumerate(source.take("z", 4).tolist()):
        for _ in range(count):
            number = _one(source, "i")
            source.take("d", 6 if dimension else 3)
            found[dimension, number] = np.abs(source.take("i", _one(source, "z"))).tolist()
            if dimension:
                source.take("i", _one(source, "z"))
    return found


def _nodes_4(source: Source) -> tuple[np.ndarray, np.ndarray]:
    numbers, coordinates = [np.zeros(0, np.int64)], [np.zeros((0, 3))]
    for _ in range(int(source.take("z", 4)[0])):
        dimension, _, is_parametric = source.take("i", 3).tolist()
        count = _one(source, "z")
        width = 3 + (dimension if is_parametric else 0)
        numbers.append(source.take("z", count))
        coordinates.append(source.take("d", count * width).reshape(count, width)[:, :3])
    return np.concatenate(numbers), np.concatenate(coordinates)


def _elements_4(source: Source, groups: Mapping[tuple[int, int], list[int]], file: str) -> list[Block]:
    """A block for each group of a shape: an element of two groups is there twice, as in format 2.2."""
    found = []
    for _ in range(int(source.take("z", 4)[0])):
        dimension, shape, kind = source.take("i", 3).tolist()
        count = _one(source, "z")
        width = _width(kind, file)
        nodes = source.take("z", count * (1 + width)).reshape(count, 1 + width)[:, 1:]
        for group in groups.get((dimension, shape), []) or [0]:
            found.append(Block(kind, np.full(count, group), np.full(count, shape), nodes))
    return found


def read_2(sections: Mapping[str, bytes], source: Callable[[bytes], Source], file: str) -> Parts:
    """Numbers and coordinates of the nodes, and the elements, in format 2.2, whose counts are text in any case."""
    first, _, rest = sections["Nodes"].lstrip().partition(b"\n")
    numbers, coordinates = source(rest).nodes(int(first))
    first, _, rest = sections["Elements"].lstrip().partition(b"\n")
    return numbers, coordinates, _elements_2(source(rest), int(first), source is Words, file)


def _elements_2(source: Source, count: int, is_text: bool, file: str) -> list[Block]:
    """Elements of one kind in a row are a block; in binary a header tells how many follow, in text each has its own."""
    found: list[tuple[int, list[list[int]]]] = []
    while count > 0:
        if is_text:
            kind, tags = source.take("i", 3)[1:].tolist()
            follow, lead = 1, 0
        else:
            kind, follow, tags = source.take("i", 3).tolist()
            lead = 1
        if follow < 1 or tags < 0:
            raise TooShortError
        width = _width(kind, file)
        rows = source.take("i", follow * (lead + tags + width)).reshape(follow, -1)[:, lead:]
        if not found or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].extend([*([*row[:tags], 0, 0][:2] if tags < 2 else row[:2]), *row[tags:]] for row in rows.tolist())
        count -= follow
    tables = [(kind, np.array(rows, np.int64)) for kind, rows in found]
    return [Block(kind, np.abs(table[:, 0]), table[:, 1], table[:, 2:]) for kind, table in tables]


def _width(kind: int, file: str) -> int:
    """Nodes of an element; elements of higher order are refused."""
    if kind not in CORNERS:
        which = f"of second order ({HIGHER[kind]})" if kind in HIGHER else f"of a kind that is not read (number {kind})"
        cure = "their faces may be curved, and a balance needs plane ones: set Mesh.ElementOrder = 1"
        raise MeshError(f"{file}: the mesh has elements {which}; {cure}")
    return CORNERS[kind]
