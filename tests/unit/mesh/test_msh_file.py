"""Mesh files in the formats 4.1 and 2.2, as text and binary, give the same mesh; others are named."""

from __future__ import annotations

import random
import struct
from contextlib import suppress
from itertools import chain

import numpy as np
import pytest

from fvtransport.mesh.msh_cells import refuse_bad_cells
from fvtransport.mesh.msh_file import group_names, is_mesh_file, read_msh
from fvtransport.mesh.msh_topology import topology_of
from fvtransport.mesh.spec import MeshError

NAMES = '$PhysicalNames\n3\n1 7 "edge"\n2 3 "left half"\n2 4 "right"\n$EndPhysicalNames\n'
PLACES = {3: (0.0, 0.0, 0.0), 1: (1.0, 0.0, 0.0), 5: (1.0, 1.0, 0.0), 2: (0.0, 1.0 / 3.0, 0.0)}
LINES, TRIANGLES = [(3, 1), (1, 5)], [(3, 1, 5), (3, 5, 2)]
TEXT_2 = f"""$MeshFormat
2.2 0 8
$EndMeshFormat
{NAMES}$Nodes
4
{"".join(f"{n} {x!r} {y!r} {z!r}" + chr(10) for n, (x, y, z) in PLACES.items())}$EndNodes
$Elements
4
1 1 2 7 1 3 1
2 1 2 7 2 1 5
3 2 2 3 1 3 1 5
4 2 2 4 2 3 5 2
$EndElements
"""
ENTITIES = "0 2 2 0\n1 0 0 0 1 0 0 1 7 0\n2 0 0 0 1 1 0 1 -7 2 1 -5\n1 0 0 0 1 1 0 1 3 0\n2 0 0 0 1 1 0 1 4 1 1\n"
TEXT_4 = f"""$MeshFormat
4.1 0 8
$EndMeshFormat
{NAMES}$Entities
{ENTITIES}$EndEntities
$Nodes
2 4 1 5
0 1 0 2
3
1
0 0 0
1 0 0
2 1 1 2
5
2
1 1 0 0.5 0.5
0 {1.0 / 3.0!r} 0 0.25 0.5
$EndNodes
$Elements
4 4 1 4
1 1 1 1
1 3 1
1 2 1 1
2 1 5
2 1 2 1
3 3 1 5
2 2 2 1
4 3 5 2
$EndElements
"""


def binary_2(order: str) -> bytes:
    nodes = b"".join(struct.pack(f"{order}i3d", n, *place) for n, place in PLACES.items())
    lines = [(n, 7, n, *nodes) for n, nodes in enumerate(LINES, 1)]
    cells = [(n + 2, n + 2, n, *nodes) for n, nodes in enumerate(TRIANGLES, 1)]
    blocks = [(1, 2, 2, *chain(*lines)), (2, 1, 2, *cells[0]), (2, 1, 2, *cells[1])]
    elements = b"".join(struct.pack(f"{order}{len(block)}i", *block) for block in blocks)
    return b"".join([
        b"$MeshFormat\n2.2 1 8\n", struct.pack(f"{order}i", 1), b"\n$EndMeshFormat\n", NAMES.encode(),
        b"$Nodes\n4\n", nodes, b"\n$EndNodes\n$Elements\n4\n", elements, b"\n$EndElements\n",
    ])  # fmt: skip


def binary_4(order: str) -> bytes:
    def pack(kinds: str, *values: float) -> bytes:
        return struct.pack(order + kinds, *values)

    box = (0.0, 0.0, 0.0, 1.0, 1.0, 0.0)
    entities = pack("4Q", 0, 2, 2, 0) + pack("i6dQiQ", 1, *box, 1, 7, 0) + pack("i6dQiQ2i", 2, *box, 1, -7, 2, 1, -5)
    entities += pack("i6dQiQ", 1, *box, 1, 3, 0) + pack("i6dQiQi", 2, *box, 1, 4, 1, 1)
    nodes = pack("4Q", 1, 4, 1, 5) + pack("3iQ4Q12d", 2, 1, 0, 4, *PLACES, *chain(*PLACES.values()))
    elements = pack("4Q", 4, 4, 1, 4)
    for n, (dimension, shape, corners) in enumerate([(1, 1, LINES[0]), (1, 2, LINES[1]), (2, 1, TRIANGLES[0]),
                                                     (2, 2, TRIANGLES[1])]):  # fmt: skip
        elements += pack(f"3iQQ{len(corners)}Q", dimension, shape, dimension, 1, n + 1, *corners)
    parts = {"Entities": entities, "Nodes": nodes, "Elements": elements}
    sections = b"".join(b"$%b\n%b\n$End%b\n" % (name.encode(), part, name.encode()) for name, part in parts.items())
    return b"$MeshFormat\n4.1 1 8\n" + pack("i", 1) + b"\n$EndMeshFormat\n" + NAMES.encode() + sections


FILES = {
    "2.2 text": TEXT_2.encode(),
    "2.2 with returns": TEXT_2.replace("\n", "\r\n").encode(),
    "2.2 binary": binary_2("<"),
    "2.2 binary, big-endian": binary_2(">"),
    "4.1 text": TEXT_4.encode(),
    "4.1 binary": binary_4("<"),
    "4.1 binary, big-endian": binary_4(">"),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_formats_give_one_mesh(data):
    assert is_mesh_file(data)
    assert group_names(data) == {0: [], 1: ["edge"], 2: ["left half", "right"], 3: []}
    mesh = read_msh(data, "body.msh")
    assert mesh.numbers.tolist() == [1, 2, 3, 5]
    assert np.array_equal(mesh.coordinates, [PLACES[n] for n in (1, 2, 3, 5)])
    assert mesh.groups == ((1, 7, "edge"), (2, 3, "left half"), (2, 4, "right"))
    rows = [
        (block.kind, int(group), tuple(nodes))
        for block in mesh.blocks
        for group, nodes in zip(block.groups, block.nodes.tolist())
    ]
    assert rows == [(1, 7, LINES[0]), (1, 7, LINES[1]), (2, 3, TRIANGLES[0]), (2, 4, TRIANGLES[1])]


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("2.2 0 8", "1.0 0 8", "format 1.0 is not read; save the mesh in format 4.1 or 2.2"),
        ("2.2 0 8", "4.0 0 8", "format 4.0 is not read"),
        ("2.2 0 8\n", "", "MeshFormat is incomplete"),
        (
            "3 2 2 3 1 3 1 5",
            "3 9 2 3 1 3 1 5 2 2 2",
            "elements of second order .triangles of 6 nodes.*ElementOrder = 1",
        ),
        ("3 2 2 3 1 3 1 5", "3 31 2 3 1 3 1 5", "of a kind that is not read"),
        ("$EndElements", "", "damaged"),
        ("4 2 2 4 2 3 5 2\n", "", "damaged"),
        ("4 2 2 4 2 3 5 2\n", "4 2 -1 4 2 3 5 2\n", "damaged"),
        ("1.0 0.0 0.0", "one 0.0 0.0", "damaged"),
        ("5 1.0", "3 1.0", "two nodes have the same number"),
        ("Nodes\n", "Knots\n", "Nodes and .Elements are needed"),
    ],
)
def test_what_cannot_be_read_is_named(old, new, says):
    assert old in TEXT_2
    with pytest.raises(MeshError, match=says):
        read_msh(TEXT_2.replace(old, new).encode(), "body.msh")


def test_format_4_needs_its_shapes():
    with pytest.raises(MeshError, match="the section .Entities is needed"):
        read_msh(TEXT_4.replace("Entities", "Others").encode(), "body.msh")


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_file_that_is_cut_short_is_named_at_any_length(data):
    for length in range(len(data) - 16):
        with pytest.raises(MeshError):
            read_msh(data[:length], "body.msh")


def test_a_geometry_is_no_mesh_file():
    assert not is_mesh_file(b"// $MeshFormat\nPoint(1) = {0, 0, 0};")


def test_mutants_are_meshes_or_are_refused():
    chance = random.Random(1)
    for _ in range(600):
        data = bytearray(chance.choice(list(FILES.values())))
        for _ in range(chance.randint(1, 4)):
            at, end = chance.randrange(len(data)), chance.randint(1, 12)
            data[at : at + chance.choice([0, 1, end])] = chance.choice(
                [b"-", b"9", b"\n", b"nan", b"\xff" * 8, data[:end]]
            )
        with suppress(MeshError):
            mesh = read_msh(bytes(data), "body.msh")
            refuse_bad_cells(mesh, 2, "body.msh")
            assert topology_of(mesh, 2).cells.min() >= 0
