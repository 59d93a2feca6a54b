"""The block `laws:`: names, laws that occur twice, laws that count twice."""

import pytest

from fvtransport.case.blocks.laws import read_laws
from tests.tools.reading import messages, read_through


def read(text: str):
    builder = read_through(laws=text)
    read_laws(builder)
    return builder, messages(builder)


def test_laws_have_the_names_of_the_case():
    builder, wrong = read("[fick, source: {balance: A, rate: 1}, source: {balance: A, rate: 2}]")
    assert [each.name for each in builder.laws] == ["fick", "source", "source_2"] and not wrong and builder.laws_valid


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fick", "laws: found"),
        ("[fick, fick]", "fick is given twice (first on line "),
        ("[fik]", 'unknown law "fik"'),
    ],
)
def test_mistakes(text, says):
    builder, wrong = read(text)
    assert wrong[0].startswith(says) and not builder.laws_valid


def test_a_part_of_another_law_would_count_twice():
    _, wrong = read("[soret, soret_dufour]")
    assert len(wrong) == 1 and wrong[0].startswith("soret is part of soret_dufour on line ")
