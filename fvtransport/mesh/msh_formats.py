"""Nodes and elements in the formats 4.1 and 2.2 of Gmsh's mesh files, as text or binary."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from .msh_numbers import Section, Source
from .msh_tables import CORNERS, HIGHER, Block
from .spec import MOST_CELLS, MeshError

__all__ = ["MOST_ELEMENTS", "MOST_NODES", "MOST_SHAPES", "read_2", "read_4"]

MOST_ELEMENTS = 3 * MOST_CELLS
"""Elements of a file: cells, and the faces and lines that name boundaries."""

MOST_NODES = 8 * MOST_CELLS
"""Nodes of a file, more than any mesh needs: a cell has at most eight."""

MOST_SHAPES = 1_000_000
"""Points, curves, surfaces and volumes of a file, and blocks of elements."""

Parts = tuple[np.ndarray, np.ndarray, list[Block]]
Opener = Callable[[Section], Source]


def read_4(sections: Mapping[str, Section], source: Opener, file: str) -> Parts:
    """Numbers and coordinates of the nodes, and the elements, in format 4.1."""
    if "Entities" not in sections:
        raise MeshError(f"{file}: the section $Entities is needed, it says which group a cell belongs to")
    shapes, nodes, elements = (source(sections[name]) for name in ("Entities", "Nodes", "Elements"))
    _refuse_more(sum(shapes.counts()), MOST_SHAPES, "shapes", file)
    for part, most, what in ((nodes, MOST_NODES, "nodes"), (elements, MOST_ELEMENTS, "elements")):
        blocks, count, *_ = part.counts()
        _refuse_more(blocks, MOST_SHAPES, f"blocks of {what}", file)
        _refuse_more(count, most, what, file)
    groups = _entities_4(shapes)
    return *_nodes_4(nodes), _elements_4(elements, groups, file)


def read_2(sections: Mapping[str, Section], source: Opener, file: str) -> Parts:
    """Numbers and coordinates of the nodes, and the elements, in format 2.2, whose counts are text in any case."""
    (nodes, places), (elements, cells) = (sections[name].count() for name in ("Nodes", "Elements"))
    _refuse_more(nodes, MOST_NODES, "nodes", file)
    _refuse_more(elements, MOST_ELEMENTS, "elements", file)
    return *source(places).nodes(nodes), _elements_2(source(cells), elements, file)


def _refuse_more(count: int, most: int, what: str, file: str) -> None:
    """Refuse a file by what it announces, before it is read."""
    if count > most:
        raise MeshError(f"{file}: it announces {count:,} {what}; at most {most:,} are read")


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
        width = 3 + (min(max(dimension, 0), 3) if is_parametric else 0)
        numbers.append(source.take("z", count))
        coordinates.append(source.take("d", count * width).reshape(count, width)[:, :3])
    return np.concatenate(numbers), np.concatenate(coordinates)


def _elements_4(source: Source, groups: Mapping[tuple[int, int], list[int]], file: str) -> list[Block]:
    """A block for each group of a shape: an element of two groups is there twice, as in format 2.2."""
    found: list[Block] = []
    total = 0
    for _ in range(int(source.take("z", 4)[0])):
        dimension, shape, kind = source.take("i", 3).tolist()
        count = _one(source, "z")
        width = _width(kind, file)
        nodes = source.take("z", count * (1 + width)).reshape(count, 1 + width)[:, 1:]
        mine = groups.get((dimension, shape), []) or [0]
        _refuse_more(total + count * len(mine), MOST_ELEMENTS, "elements in its physical groups", file)
        for group in mine:
            order = np.arange(total, total + count)
            found.append(Block(kind, np.full(count, group), np.full(count, shape), nodes, order))
            total += count
    return found


def _elements_2(source: Source, count: int, file: str) -> list[Block]:
    found = []
    for kind, tags, order, numbers in source.elements(count, lambda kind: _width(kind, file)):
        labels = np.zeros((len(numbers), 2), np.int64)
        labels[:, : min(tags, 2)] = numbers[:, : min(tags, 2)]
        found.append(Block(kind, np.abs(labels[:, 0]), labels[:, 1], numbers[:, tags:], order))
    return found


def _width(kind: int, file: str) -> int:
    """Nodes of an element; elements of higher order are refused."""
    if kind not in CORNERS:
        which = f"of second order ({HIGHER[kind]})" if kind in HIGHER else f"of a kind that is not read (number {kind})"
        cure = "their faces may be curved, and a balance needs plane ones: set Mesh.ElementOrder = 1"
        raise MeshError(f"{file}: the mesh has elements {which}; {cure}")
    return CORNERS[kind]
