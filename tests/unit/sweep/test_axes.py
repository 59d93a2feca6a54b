"""Ranges as they are typed: values, units, and mistakes marked where they are."""

from __future__ import annotations

import math

import pytest

from fvtransport.case.text.yaml_tree import parse
from fvtransport.errors import CaseError
from fvtransport.sweep.axes import check_paths, read_axes

CASE = """
parameters: {E: 1, n: 2}
protocol: {phases: {mixing: {duration: 5, parameters: {E: 3}}, separating: {duration: 1}}}
observe: {cop: {formula: a}}
"""


def axis(text):
    (made,) = read_axes([text])
    return made


def data(text):
    return [value.data for value in axis(text).values]


def test_a_range_has_evenly_spaced_points_with_both_ends_and_no_binary_tails():
    assert data("parameters.E=0.01:0.1:10") == [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1]
    assert data("mesh.cells=400:100:4") == [400, 300, 200, 100]
    assert [type(value) for value in data("mesh.cells=100:200:2")] == [int, int]
    assert [value.text for value in axis("a.b=-1:1:3").values] == ["-1", "0", "1"]


def test_a_logarithmic_range_has_equal_ratios():
    assert data("a.b=1e-3:10:5:log") == pytest.approx([1e-3, 1e-2, 0.1, 1.0, 10.0], rel=1e-14)
    assert data("a.b=-1:-100:3:log") == pytest.approx([-1.0, -10.0, -100.0], rel=1e-14)


def test_bounds_have_values_at_fractions():
    bounds = axis("a.b=2:6")
    assert bounds.values == () and bounds.bounds == (2.0, 6.0) and bounds.at(0.25).data == 3
    assert axis("a.b=1:100:log").at(0.5).data == pytest.approx(10.0, rel=1e-14)
    assert bounds.at(1.0).data == 6 and axis("a.b=0.3:0.1").at(1.0).data == 0.1


def test_units_go_into_the_heading_and_into_the_case():
    made = axis("a.T=300 K:310 K:3")
    assert made.column == "a.T [K]" and data("a.T=300 K:310 K:3") == [300, 305, 310]
    assert [made.override(value) for value in made.values] == ["a.T=300 K", "a.T=305 K", "a.T=310 K"]
    assert axis("a.x=1:2 mm:2").values[0].text == "1 mm"
    listed = axis("a.x=[1 mm, 5 mm]")
    assert (listed.column, [value.data for value in listed.values]) == ("a.x [mm]", [1, 5])
    mixed = axis("a.x=[1 mm, 5 cm]")
    assert (mixed.column, [value.data for value in mixed.values]) == ("a.x", ["1 mm", "5 cm"])


def test_a_list_may_hold_anything_that_a_case_may_hold():
    made = axis('a.b=[1e2, fick, "1", {soret_dufour: {at: [T, 1]}}, "two: words"]')
    assert [value.text for value in made.values] == [
        "1e2",
        "fick",
        '"1"',
        '{"soret_dufour": {"at": [T, 1]}}',
        '"two: words"',
    ]
    assert data("a.b=[1, 2.5]") == [1, 2.5]


WRONG = {
    "a.b": (1, 'missing "="'), "a..b=1:2": (3, "empty"), "a.b=3": (5, "not a range"), "a.b=": (5, "missing range"),
    "a.b=1:2:3:4": (5, "not a range"), "a.b=1:2:3:4:log": (5, "not a range"), "a.b=x:2:3": (5, '"x" is not a number'),
    "a.b=1: y:3": (8, '"y" is not a number'), "a.b=1e999:2:3": (5, "not a number"),
    "a.b=1:2:0": (9, "number of points"),
    "a.b=1:2:1": (9, "number of points"), "a.b=1:2:2.5": (9, "number of points"),
    "a.b=1:2:9999999": (9, "number of points"),
    "a.b=0:1:5:log": (5, "zero"), "a.b=-1:1:5:log": (8, "zero"), "a.b=2:2:5": (7, "equal"),
    "a.b=1 K:2 m:3": (9, "K and m"), "a.b=[]": (5, "no values"), "a.b=[1, 2": (5, "not closed"),
    "a.b=1:2:3\n": (1, "single line"),
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_mistake_is_marked_in_the_text_as_typed(text):
    column, says = WRONG[text]
    with pytest.raises(CaseError) as caught:
        axis(text)
    (problem,) = caught.value.problems
    assert says in problem.render() and problem.mark.source == f"--over {text}" and problem.mark.text == text
    assert problem.mark.column == column or says == "not closed"


def test_all_mistakes_at_once_and_no_path_twice():
    with pytest.raises(CaseError) as caught:
        read_axes(["a.b", "c=1:1:2", "d=1:2:2", "d=3:4:2", "d.e=1:2:2"])
    assert len(caught.value.problems) == 5 and "already varied by --over d=1:2:2" in str(caught.value)


PATHS = {
    "parameters.e=1:2:2": 'parameters has no e; expected one of E, n; did you mean "E"?',
    "protocol.phases.mixin.duration=1:2:2": 'did you mean "mixing"',
    "protocol.phases.mixing.parameters.m=1:2:2": "expected one of E, n",
    "observe.cap.formula=[a, b]": 'did you mean "cop"',
}


@pytest.mark.parametrize("text", PATHS)
def test_a_name_of_the_user_must_be_there(text):
    with pytest.raises(CaseError) as caught:
        check_paths(read_axes([text]), parse(CASE, "case.yaml"))
    assert PATHS[text] in str(caught.value)


def test_other_names_are_left_to_the_checker():
    good = [
        "parameters.E",
        "protocol.phases.mixing.duration",
        "protocol.phases.separating.parameters.n",
        "solve.transient.rtol",
    ]
    check_paths(read_axes([f"{path}=1:2:2" for path in good]), parse(CASE, "case.yaml"))


def test_infinity_is_no_end():
    with pytest.raises(CaseError):
        axis(f"a.b=0:{math.inf}:3")
