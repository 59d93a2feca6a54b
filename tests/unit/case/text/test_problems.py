"""Mistakes are collected, unreadable values stop quietly, and failed checks count where nothing else is wrong."""

import pytest

from fvtransport.case.text.problems import Diagnostics, InvalidValue, culprit, kind_of, part_of, unknown
from fvtransport.case.text.renamed import KEYS
from fvtransport.case.text.yaml_tree import Node, Scalar
from fvtransport.errors import CaseError, Mark, PluginError, Problem

HERE = Mark("a.yaml", 2, 5, 3, "T0: 'x_A + y'")


def _raise(error):
    raise error


def _messages(caught):
    return [problem.message for problem in caught.value.problems]


@pytest.fixture
def diagnostics():
    return Diagnostics()


def test_warnings_are_no_mistakes(diagnostics):
    diagnostics.warn(HERE, "odd")
    assert not diagnostics.errors and not diagnostics.losses and len(diagnostics.warnings) == 1
    diagnostics.conclude()
    diagnostics.error(HERE, "wrong", "right", "wring")
    (problem,) = diagnostics.errors
    assert (problem.expected, problem.nearest, problem.warning) == ("right", "wring", False)
    assert diagnostics.losses == 1
    with pytest.raises(CaseError) as caught:
        diagnostics.conclude()
    assert _messages(caught) == ["wrong"]


def test_a_value_that_cannot_be_read_is_none_and_is_noted(diagnostics):
    assert diagnostics.attempt(lambda a, b: a + b, 1, 2) == 3 and not diagnostics.losses
    assert diagnostics.attempt(_raise, InvalidValue(Problem(HERE, "no number"))) is None
    assert [problem.message for problem in diagnostics.errors] == ["no number"] and diagnostics.losses == 2
    assert diagnostics.attempt(_raise, InvalidValue()) is None
    assert len(diagnostics.errors) == 1 and diagnostics.losses == 3


def test_a_check_that_fails_matters_only_without_mistakes(diagnostics):
    failure = PluginError("no value")
    assert diagnostics.check("the storage", _raise, failure) is None
    with pytest.raises(PluginError) as raised:
        diagnostics.conclude()
    assert raised.value is failure
    diagnostics.error(HERE, "wrong")
    with pytest.raises(CaseError) as caught:
        diagnostics.conclude()
    assert _messages(caught) == ["wrong"] and caught.value.skipped == ("the storage",)


def test_problems_that_a_check_raises_are_those_of_the_case(diagnostics):
    diagnostics.check("the mesh", _raise, CaseError([Problem(HERE, "too fine")]))
    diagnostics.check("the bounds", _raise, PluginError("no value"))
    with pytest.raises(CaseError) as caught:
        diagnostics.conclude()
    assert _messages(caught) == ["too fine"] and caught.value.skipped == ("the bounds",)


def test_what_nobody_expected_is_kept_as_the_cause(diagnostics):
    """An exception that no plugin raised is not blamed on one."""
    diagnostics.check("the states", int, "three")
    ((_, failure),) = diagnostics.failures
    assert isinstance(failure, ValueError)
    diagnostics.error(HERE, "wrong")
    with pytest.raises(CaseError) as caught:
        diagnostics.conclude()
    assert caught.value.__cause__ is failure


def test_an_exception_of_a_plugin_is_told_with_its_line(tmp_path, diagnostics):
    path = tmp_path / "mine.py"
    path.write_text("def flux(face):\n    return 1.0 / face\n")
    space = {}
    exec(compile(path.read_text(), str(path), "exec"), space)
    diagnostics.check("law mine", space["flux"], 0.0)
    ((what, failure),) = diagnostics.failures
    assert what == "law mine" and isinstance(failure, PluginError)
    assert str(failure).startswith("law mine failed: ZeroDivisionError") and f"{path}:2: return 1.0 / face" in str(
        failure
    )


def test_an_exception_without_a_frame_has_no_culprit():
    assert culprit(ValueError("never raised")) == ""


def test_an_unknown_name_is_told_with_its_nearest():
    problem = unknown("law", "condction", HERE, ["conduction", "fick"])
    assert problem.message == 'unknown law "condction"' and problem.nearest == "conduction"
    assert problem.expected == "one of conduction, fick"
    assert unknown("law", "x", HERE, [], "there is no gas").message == 'unknown law "x": there is no gas'
    assert unknown("law", "x", HERE, []).expected == "no law here"


def test_a_name_that_was_changed_is_told_with_its_new_one():
    old, new = next(iter(KEYS.items()))
    problem = unknown("key", old, HERE, [new, "other"])
    assert f'it is now "{new}"' in problem.message and problem.expected == new
    assert "it is now" not in unknown("key", old, HERE, ["other"]).message


@pytest.mark.parametrize(
    "value, words",
    [
        (Scalar("3", False), '"3"'),
        (Scalar("", False), "nothing"),
        (Scalar("", True), '""'),
        ({}, "a mapping"),
        ([], "a list"),
    ],
)
def test_values_in_words(value, words):
    assert kind_of(Node(value, HERE)) == words


def test_the_mark_of_a_part_of_a_text():
    node = Node(Scalar("x_A + y", True), HERE)
    mark = part_of(node, 6)
    assert mark.text[mark.column - 1] == "y" and mark.length == 1
    assert part_of(node, 0, 3).column == HERE.column + 1
    folded = Node(Scalar("x_A  + y", True), HERE)
    assert part_of(folded, 6) == HERE
