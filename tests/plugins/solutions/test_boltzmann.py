"""Gases at rest in a field: Boltzmann's distribution of each, the moles of the content, and what is no content."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.boltzmann import at_rest, content_mistakes

CONTENT, REACH = {"A": 0.3, "B": 0.7}, np.array([2.0, 0.5])
SHARE = (np.arange(4000) + 0.5) / 4000
FIELDS = at_rest(CONTENT, REACH, -REACH[:, None] * SHARE, 2e5)


def test_each_gas_by_itself_falls_exponentially():
    for name, reach in zip("AB", REACH):
        partial = FIELDS["p"] * FIELDS[f"x_{name}"]
        assert partial / partial[0] == pytest.approx(np.exp(-reach * (SHARE - SHARE[0])), rel=1e-12)


def test_each_gas_has_the_moles_of_the_content():
    partial = FIELDS["p"] * FIELDS["x_A"]
    assert partial.mean() / FIELDS["p"].mean() == pytest.approx(0.3, rel=1e-6)


def test_the_pressure_is_that_at_the_datum():
    found = at_rest(CONTENT, REACH, np.zeros((2, 1)), 2e5)
    assert found["p"] == pytest.approx([2e5], rel=1e-14) and found["x_A"] + found["x_B"] == pytest.approx([1.0])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"A": 0.5}, "content names A; expected A, B"),
        ({"A": 0.5, "C": 0.5}, "content names A, C; expected A, B"),
        ({"A": 0.5, "B": 0.6}, "the shares of the content sum to 1.1; expected 1"),
    ],
)
def test_a_content_that_is_none_is_refused(content, says):
    assert content_mistakes(content, {"A": 0.1, "B": 0.2}) == [says]
    assert content_mistakes({"B": 0.4, "A": 0.6}, {"A": 0.1, "B": 0.2}) == []
