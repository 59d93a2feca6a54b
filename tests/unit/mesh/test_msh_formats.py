"""Numbers of mesh files as text and as bytes: the same blocks, and sections that end too soon."""

import numpy as np
import pytest

from fvtransport.mesh.msh_formats import Bytes, TooShortError, Words, read_2, read_4
from fvtransport.mesh.spec import MeshError

NODES_2 = b"3\n1 0 0 0\n2 1 0 0\n5 0 1 0\n"
ELEMENTS_2 = b"2\n1 1 2 7 1 1 2\n2 2 2 9 3 1 2 5\n"
ENTITIES_4 = b"0 1 1 0\n1 0 0 0 1 0 0 1 -7 0\n3 0 0 0 1 1 0 1 9 0\n"
NODES_4 = b"1 3 1 5\n2 3 0 3\n1 2 5\n0 0 0\n1 0 0\n0 1 0\n"
ELEMENTS_4 = b"2 2 1 2\n1 1 1 1\n1 1 2\n2 3 2 1\n2 1 2 5\n"


def of_2(**changes: bytes):
    return read_2({"Nodes": NODES_2, "Elements": ELEMENTS_2, **changes}, Words, "a.msh")


def of_4(**changes: bytes):
    return read_4({"Entities": ENTITIES_4, "Nodes": NODES_4, "Elements": ELEMENTS_4, **changes}, Words, "a.msh")


def test_words_are_taken_in_turn():
    words = Words(b"3 0.5\n 7")
    assert words.take("i", 1).tolist() == [3] and words.take("d", 1).tolist() == [0.5]
    assert words.take("z", 1).dtype == np.int64
    with pytest.raises(TooShortError):
        words.take("i", 1)


@pytest.mark.parametrize("order", ["<", ">"])
def test_bytes_have_an_order(order):
    section = np.array([3, 4], f"{order}i4").tobytes() + np.array([0.5], f"{order}f8").tobytes()
    numbers = Bytes(section, order)
    assert numbers.take("i", 2).tolist() == [3, 4] and numbers.take("d", 1).tolist() == [0.5]
    with pytest.raises(TooShortError):
        numbers.take("z", 1)


@pytest.mark.parametrize("read", [of_2, of_4])
def test_both_formats_give_the_same_parts(read):
    numbers, coordinates, blocks = read()
    assert numbers.tolist() == [1, 2, 5] and coordinates[2].tolist() == [0.0, 1.0, 0.0]
    assert [(each.kind, each.groups.tolist(), each.shapes.tolist(), each.nodes.tolist()) for each in blocks] == [
        (1, [7], [1], [[1, 2]]),
        (2, [9], [3], [[1, 2, 5]]),
    ]


def test_what_cannot_be_read():
    with pytest.raises(MeshError, match="of second order"):
        of_2(Elements=b"1\n1 8 2 7 1 1 2 5\n")
    with pytest.raises(MeshError, match=r"of a kind that is not read \(number 99\)"):
        of_2(Elements=b"1\n1 99 2 7 1 1 2 5\n")
    with pytest.raises(TooShortError):
        of_4(Nodes=NODES_4[:-6])
    with pytest.raises(MeshError, match=r"the section \$Entities is needed"):
        read_4({"Nodes": NODES_4, "Elements": ELEMENTS_4}, Words, "a.msh")
