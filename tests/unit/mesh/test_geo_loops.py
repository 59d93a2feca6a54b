"""How often a loop of a geometry file turns."""

import math

import pytest

from fvtransport.mesh.geo_loops import EndlessError, turns_of
from fvtransport.mesh.geo_tokens import Token


def loop(*bounds: str) -> list[Token]:
    """For i In {...} as words."""
    words = ["For", "i", "In", "{", *":".join(bounds).replace(":", " : ").split(), "}"]
    return [Token("number" if word[0].isdigit() else "sign" if len(word) == 1 else "name", word, 0) for word in words]


@pytest.mark.parametrize(
    ("bounds", "turns"), [(("0", "3"), 4.0), (("0", "3", "2"), 2.5), (("3", "0"), 0.0), (("0", "unknown"), 1.0)]
)
def test_turns(bounds, turns):
    assert turns_of(loop(*bounds), {}) == turns


@pytest.mark.parametrize("bounds", [("0",), ("0", "1", "0"), ("0", "1e300", "1e-300")])
def test_loops_without_an_end(bounds):
    with pytest.raises(EndlessError) as refused:
        turns_of(loop(*bounds), {})
    assert refused.value.cure and math.isfinite(len(str(refused.value)))
