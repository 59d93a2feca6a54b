"""Errors: the rendered text, its caret, the order and count of problems, and the nearest name."""

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvtransport.errors import CaseError, FvtransportError, Mark, PluginError, Problem, nearest


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def test_rendering_of_a_problem():
    mark = Mark("cases/a.yaml", 12, 20, 6, "laws: [conduction, sorret]")
    problem = Problem(mark, 'unknown law "sorret"', "one of conduction, soret", "soret")
    assert problem.render() == (
        'cases/a.yaml:12:20: unknown law "sorret"; expected one of conduction, soret; did you mean "soret"?\n'
        "   12 | laws: [conduction, sorret]\n"
        "      |                    ^~~~~~"
    )


@pytest.mark.parametrize(
    "line, word",
    [
        ("\ta:\tvalue", "value"),
        ("日本: value", "value"),
        ("x: 日本", "日本"),
        ("y" * 500 + " value " + "z" * 500, "value"),
    ],
)
def test_caret_stands_below_the_word(line, word):
    mark = Mark("a.yaml", 1, line.index(word) + 1, len(word), line)
    shown, caret = mark.excerpt().split("\n")
    assert columns(shown[: shown.index(word)]) == caret.index("^")
    assert len(caret) - caret.index("^") == columns(word)
    assert len(shown) < 130


@given(st.text(), st.integers(-3, 300), st.integers(-3, 300))
def test_no_text_breaks_the_excerpt(text, column, length):
    rendered = Problem(Mark("s", 1, column, length, text), text).render()
    assert rendered.startswith(f"s:1:{column}: ") and rendered.encode("utf-8")


def test_problems_are_sorted_counted_and_unique():
    late, early = (Problem(Mark("a.yaml", line, 1), "wrong") for line in (10, 9))
    override = Problem(Mark("--set a=b", 1, 1), "odd", warning=True)
    error = CaseError([override, late, early, late])
    assert error.problems == (early, late, override)
    assert str(error).splitlines()[-1] == "2 mistakes and 1 warning in a.yaml, --set a=b"
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    assert error.problems[0].as_dict()["line"] == 9


def test_exit_codes():
    assert [kind.exit_code for kind in (FvtransportError, PluginError, CaseError)] == [1, 2, 2]


@pytest.mark.parametrize(
    "word, expected",
    [
        ("xA", "x_A"),
        ("X_a", "x_A"),
        ("sorret", "soret"),
        ("T", "T"),
        ("zzzz", ""),
        ("", ""),
        ("s" * 10**6, ""),
    ],
)
def test_nearest(word, expected):
    assert nearest(word, ["soret", "x_A", "x_B", "T", "conduction"]) == expected


def test_underscores_count_less_than_letters():
    assert nearest("xA", ["xA1", "x_A"]) == "x_A"
