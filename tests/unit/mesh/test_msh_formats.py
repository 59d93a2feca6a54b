"""Mesh files that are damaged or announce too much end with their file and, where they are text, their line."""

from __future__ import annotations

import struct
import time

import pytest

from fvtransport.mesh import msh_formats
from fvtransport.mesh.msh_cells import refuse_bad_cells
from fvtransport.mesh.msh_file import group_names, read_msh
from fvtransport.mesh.spec import MeshError

TEXT_2 = """$MeshFormat
2.2 0 8
$EndMeshFormat
$Nodes
4
1 0 0 0
2 1 0 0
3 1 1 0
4 0 1 0
$EndNodes
$Elements
2
1 2 2 3 1 1 2 3
2 2 2 3 1 1 3 4
$EndElements
"""
TEXT_4 = """$MeshFormat
4.1 0 8
$EndMeshFormat
$Entities
0 0 1 0
1 0 0 0 1 1 0 1 3 0
$EndEntities
$Nodes
1 4 1 4
2 1 0 4
1
2
3
4
0 0 0
1 0 0
1 1 0
0 1 0
$EndNodes
$Elements
1 2 1 2
2 1 2 2
1 1 2 3
2 1 3 4
$EndElements
"""
HUGE = 10**15


def told(text: str | bytes) -> str:
    """What a mesh file is refused with, soon."""
    begin = time.monotonic()
    with pytest.raises(MeshError) as raised:
        read_msh(text if isinstance(text, bytes) else text.encode(), "body.msh")
    assert time.monotonic() - begin < 5.0
    return str(raised.value)


def test_both_are_read():
    for text in (TEXT_2, TEXT_4):
        mesh = read_msh(text.encode(), "body.msh")
        assert [block.nodes.tolist() for block in mesh.blocks] == [[[1, 2, 3], [1, 3, 4]]]
        refuse_bad_cells(mesh, 2, "body.msh")


@pytest.mark.parametrize(
    "text, old, new, says",
    [
        (TEXT_2, "3 1 1 0", "2 1 1 0", ":8: two nodes have the same number 2"),
        (TEXT_2, "3 1 1 0", "-3 1 1 0", ":8: a node has the number -3; numbers begin with 1"),
        (TEXT_2, "3 1 1 0", "0 1 1 0", ":8: a node has the number 0"),
        (TEXT_2, "3 1 1 0", "3 1 nan 0", ":8: node 3 has a coordinate that is not finite"),
        (TEXT_2, "3 1 1 0", "3 1 1e999 0", ":8: node 3 has a coordinate that is not finite"),
        (TEXT_2, "3 1 1 0", "3 1 1e200 0", ":8: node 3 has a coordinate that is not finite, or beyond 1e+100"),
        (TEXT_2, "3 1 1 0", "3 1 -Inf 0", ":8: node 3 has a coordinate that is not finite"),
        (TEXT_2, "3 1 1 0", "3 1 x 0", ":8: this mesh file is damaged, $Nodes holds what is no number"),
        (TEXT_2, "3 1 1 0", "3 1 1_0 0", ":8: this mesh file is damaged, $Nodes holds what is no number"),
        (TEXT_2, "3 1 1 0", "3.5 1 1 0", ":8: this mesh file is damaged, a number that is not whole"),
        (TEXT_2, "3 1 1 0", "1e30 1 1 0", ":8: this mesh file is damaged, a number that is not whole, or too large"),
        (TEXT_2, "3 1 1 0\n", "", ":9: this mesh file is damaged, $Nodes is cut short"),
        (TEXT_2, "\n4\n1 0", "\nfour\n1 0", ":5: this mesh file is damaged, $Nodes does not begin with a count"),
        (TEXT_2, "\n4\n1 0", "\n-4\n1 0", ":5: this mesh file is damaged, $Nodes does not begin with a count"),
        (TEXT_2, "1 3 4\n", "1 3 9\n", "an element has the node 9, which is not in the file"),
        (TEXT_2, "1 3 4\n", "1 3 -4\n", "an element has the node -4, which is not in the file"),
        (TEXT_2, "2 2 2 3 1 1 3 4", "2 2 -2 3 1 1 3 4", ":14: this mesh file is damaged, a number of tags below 0"),
        (TEXT_2, "2 2 2 3 1 1 3 4", "2 2 2 3 1 1 3.5 4", ":14: this mesh file is damaged, a number that is not whole"),
        (TEXT_2, "2 2 2 3 1 1 3 4", "2 2 2 3 1 1", ":15: this mesh file is damaged, $Elements is cut short"),
        (TEXT_2, "$EndElements", "", ":11: this mesh file is damaged, $Elements has no end"),
        (TEXT_2, "\n4\n1 0", f"\n{HUGE}\n1 0", "it announces 1,000,000,000,000,000 nodes; at most 32,000,000 are read"),
        (TEXT_2, "\n2\n1 2", f"\n{HUGE}\n1 2", "it announces 1,000,000,000,000,000 elements; at most 12,000,000 are"),
        (TEXT_2, "\n2\n1 2", "\n9000000\n1 2", ":15: this mesh file is damaged, $Elements is cut short"),
        (TEXT_4, "\n3\n4\n", "\n2\n4\n", ":13: two nodes have the same number 2"),
        (TEXT_4, "\n3\n4\n", "\n-3\n4\n", ":13: a node has the number -3"),
        (TEXT_4, "1 1 0\n0 1", "1 nan 0\n0 1", ":17: node 3 has a coordinate that is not finite"),
        (TEXT_4, "1 1 0\n0 1", "1 one 0\n0 1", ":17: this mesh file is damaged, $Nodes holds what is no number"),
        (TEXT_4, "0 1 0\n$End", "$End", ":18: this mesh file is damaged, $Nodes is cut short"),
        (TEXT_4, "2 1 3 4\n$", "2 1 3 7\n$", "an element has the node 7, which is not in the file"),
        (TEXT_4, "1 4 1 4", f"1 {HUGE} 1 4", "it announces 1,000,000,000,000,000 nodes"),
        (TEXT_4, "1 4 1 4", f"{HUGE} 4 1 4", "it announces 1,000,000,000,000,000 blocks of nodes; at most 1,000,000"),
        (TEXT_4, "1 2 1 2", f"1 {HUGE} 1 2", "it announces 1,000,000,000,000,000 elements"),
        (TEXT_4, "1 2 1 2\n", "", "this mesh file is damaged"),
        (TEXT_4, "0 0 1 0", f"0 0 {HUGE} 0", "it announces 1,000,000,000,000,000 shapes; at most 1,000,000 are read"),
        (TEXT_4, "0 0 1 0", "0 zero 1 0", ":5: this mesh file is damaged, $Entities does not begin with four counts"),
        (TEXT_4, "2 1 0 4\n", f"2 1 0 {HUGE}\n", "$Nodes is cut short"),
        (TEXT_4, "2 1 0 4\n", "2 1 0 -4\n", "$Nodes is cut short"),
        (TEXT_4, "2 1 2 2\n", f"2 1 2 {HUGE}\n", "$Elements is cut short"),
        (TEXT_4, "2 1 2 2\n", "2 1 9 2\n", "elements of second order (triangles of 6 nodes)"),
    ],
)  # fmt: skip
def test_text_is_told_with_its_line(text, old, new, says):
    assert old in text
    message = told(text.replace(old, new, 1))
    assert message.startswith("body.msh") and says in message
    if says.startswith(":"):
        assert message.startswith(f"body.msh{says}")


def test_binary_counts_are_checked_before_they_are_read():
    head = b"$MeshFormat\n4.1 1 8\n" + struct.pack("<i", 1) + b"\n$EndMeshFormat\n"
    entities = b"$Entities\n" + struct.pack("<4Q", 0, 0, 0, 0) + b"\n$EndEntities\n"

    def file(nodes: bytes, elements: bytes) -> bytes:
        return head + entities + b"$Nodes\n" + nodes + b"\n$EndNodes\n$Elements\n" + elements + b"\n$EndElements\n"

    none = struct.pack("<4Q", 0, 0, 0, 0)
    assert "announces 1,000,000,000,000,000 nodes" in told(file(struct.pack("<4Q", 1, HUGE, 1, 1), none))
    assert "announces 1,000,000,000,000,000 blocks of nodes" in told(file(struct.pack("<4Q", HUGE, 1, 1, 1), none))
    assert "holds a number that is too large" in told(file(struct.pack("<4Q", 2**63, 1, 1, 1), none))
    block = struct.pack("<4Q3iQ", 1, 4, 1, 4, 2, 1, 0, HUGE)
    assert "$Nodes is cut short" in told(file(block, none))
    old = b"$MeshFormat\n2.2 1 8\n" + struct.pack("<i", 1) + b"\n$EndMeshFormat\n$Nodes\n0\n$EndNodes\n$Elements\n2\n"
    assert "a wrong count" in told(old + struct.pack("<3i", 2, 2**31 - 1, 2) + b"\n$EndElements\n")


def test_groups_do_not_multiply_elements_without_bound(monkeypatch):
    monkeypatch.setattr(msh_formats, "MOST_ELEMENTS", 100)
    many = " ".join(str(n) for n in range(1, 52))
    text = TEXT_4.replace("1 0 0 0 1 1 0 1 3 0", f"1 0 0 0 1 1 0 51 {many} 0")
    assert "announces 102 elements in its physical groups; at most 100 are read" in told(text)


def test_sections_without_number_are_read_once():
    assert "are needed" in told("$MeshFormat\n2.2 0 8\n$EndMeshFormat\n" + "$A\n$EndA\n" * 200_000)


def test_names_without_number_are_read_once():
    names = "".join(f'2 {n} "group {n}"\n' for n in range(1, 100_001))
    begin = time.monotonic()
    assert len(group_names(f"$MeshFormat\n$PhysicalNames\n1\n{names}$EndPhysicalNames\n".encode())[2]) == 100_000
    assert time.monotonic() - begin < 5.0


def test_elements_of_alternating_kinds_keep_their_order_and_end_soon():
    count = 20_000
    rows = "".join(f"{n} 2 2 3 1 1 2 3\n{n} 1 1 3 1 2\n" for n in range(count))
    text = TEXT_2.replace("\n2\n1 2 2 3 1 1 2 3\n2 2 2 3 1 1 3 4\n", f"\n{2 * count}\n{rows}")
    begin = time.monotonic()
    mesh = read_msh(text.encode(), "body.msh")
    assert [(block.kind, *block.order[:2]) for block in mesh.blocks] == [(2, 0, 2), (1, 1, 3)]
    with pytest.raises(MeshError, match="there twice"):
        refuse_bad_cells(mesh, 2, "body.msh")
    assert time.monotonic() - begin < 20.0
