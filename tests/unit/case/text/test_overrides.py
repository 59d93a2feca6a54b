"""Overrides: values placed in the tree, marks of their own, and paths that lead nowhere."""

import pytest

from fvtransport.case.text.overrides import apply
from fvtransport.case.text.yaml_reader import parse
from fvtransport.case.text.yaml_tree import locate, plain
from fvtransport.errors import CaseError

CASE = "mesh: {cells: 200}\nlaws: [fick, {soret_dufour: {at: 1}}]\nobserve:\n"


def changed(*settings):
    return plain(apply(parse(CASE, "a.yaml"), settings))


def test_values_are_placed_and_the_tree_is_not_changed():
    tree = parse(CASE, "a.yaml")
    before = plain(tree)
    after = plain(apply(tree, ["mesh.cells=1e2", "laws.1.soret_dufour.at={T: 1.5}", "observe.Qc=x=y", "new.deep=no"]))
    assert after == {
        "mesh": {"cells": 100.0},
        "laws": ["fick", {"soret_dufour": {"at": {"T": 1.5}}}],
        "observe": {"Qc": "x=y"},
        "new": {"deep": "no"},
    }
    assert plain(tree) == before


def test_last_one_wins_and_empty_is_null():
    assert changed("mesh.cells=1", "mesh.cells=")["mesh"] == {"cells": None}


def test_marks_quote_the_override():
    tree = apply(parse(CASE, "a.yaml"), ["mesh.cels={a: 12}"])
    key, value = locate(tree, ("mesh", "cels"), key=True), locate(tree, ("mesh", "cels", "a"))
    assert (key.source, key.line, key.column, key.length) == ("--set mesh.cels={a: 12}", 1, 6, 4)
    assert (value.column, value.length, value.text) == (15, 2, "mesh.cels={a: 12}")
    assert locate(tree, ("mesh", "cells")).source == "a.yaml"


@pytest.mark.parametrize(
    "text, column, words",
    [
        ("mesh", 1, '"="'),
        ("msh:3", 1, 'did you mean "mesh"'),
        ("a..b=1", 3, "empty"),
        ("=1", 1, "empty"),
        ("mesh.cells.x=1", 12, 'value "200"'),
        ("laws.2=x", 6, "from 0 to 1"),
        ("laws.-1=x", 6, "from 0 to 1"),
        ("laws.soret_dufor.at=2", 6, 'did you mean "laws.1"'),
        ("mesh.cells=[1", 12, "not closed"),
        ("mesh.cells=!!python/name:os x", 12, "not allowed"),
        ("title=#1", 7, "comment"),
        ("a=1\nb: 2", 1, "one line"),
    ],
)
def test_refused(text, column, words):
    with pytest.raises(CaseError) as caught:
        changed(text)
    (problem,) = caught.value.problems
    assert words in problem.render() and problem.mark.text == text
    if "not closed" not in words:
        assert (problem.mark.line, problem.mark.column) == (1, column)


def test_all_bad_overrides_at_once():
    with pytest.raises(CaseError) as caught:
        changed("mesh", "laws.9=1", "mesh.cells=1")
    assert len(caught.value.problems) == 2
