"""All blocks of a case: keys, required blocks, and mistakes in one that do not stop the others."""

import pytest

from fvtransport.case.blocks.read_case import read_blocks
from tests.tools.reading import builder_of, messages, whole

CLOSED = "{default: {T: no_flux, x_A: no_flux}}"


def test_a_whole_case():
    builder = whole(boundaries=CLOSED, solve="{transient: 1}", observe="{m: {mean: T}}")
    assert not messages(builder) and builder.scope.units.name == "reduced"
    assert [read.name for read in builder.laws] == ["conduction", "fick", "soret_dufour"]
    assert builder.is_transient and len(builder.observe) == 1 and builder.initial_known


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"laws": None}, ["laws is missing"]),
        ({"solve": None}, ["solve is missing"]),
        ({"boundaries": None}, ["boundaries is missing"]),
        ({"units": "cgs"}, ['unknown units "cgs"']),
        ({"title": "[a]"}, ["title: found a list"]),
    ],
)
def test_what_is_missing_or_wrong(changes, says):
    assert messages(whole(**{"boundaries": CLOSED, **changes})) == says


def test_a_misspelt_key_is_not_called_missing():
    builder = builder_of(lawz="[fick]", mesh="{type: Grid1D, length: 1, cells: 3}")
    read_blocks(builder)
    assert 'unknown key "lawz"' in messages(builder) and "laws is missing" not in messages(builder)


def test_mistakes_of_several_blocks_are_found_at_once():
    wrong = messages(whole(boundaries=CLOSED, laws="[fik]", mesh="{type: Grid1D, length: -1, cells: 2}"))
    assert len(wrong) == 2
