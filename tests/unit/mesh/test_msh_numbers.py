"""Numbers in the sections of a mesh file."""

import pytest

from fvtransport.mesh.msh_numbers import DamagedError, Section, Words


def test_the_count_and_what_follows():
    count, rest = Section("Nodes", b"\n12\n1 0 0 0\n", 5).count()
    assert (count, rest.data, rest.line) == (12, b"1 0 0 0\n", 7)


@pytest.mark.parametrize("data", [b"", b"x\n", b"-1\n", b"1.5\n", b"9" * 30 + b"\n"])
def test_a_section_without_a_count_names_its_line(data):
    with pytest.raises(DamagedError, match=r"\$Nodes does not begin with a count") as refused:
        Section("Nodes", data, 5).count()
    assert refused.value.line == 5


def test_words_are_taken_in_order():
    words = Words(Section("Nodes", b"1 2\n3 4\n", 3))
    assert words.take("i", 3).tolist() == [1, 2, 3]
    with pytest.raises(DamagedError):
        words.take("i", 2)
