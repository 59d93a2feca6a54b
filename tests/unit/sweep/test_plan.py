"""Points and their order, lines of neighbours, and what tells one sweep from another."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.case.text.yaml_tree import read
from fvtransport.errors import CaseError
from fvtransport.sweep.axes import read_axes
from fvtransport.sweep.plan import Method, SweepError, identity, make_plan


def plan(method, *over, samples=None, seed=0):
    return make_plan(Method(method), read_axes(over), samples, seed)


def values(made):
    return [tuple(value.data for value in point) for point in made.points]


def test_a_grid_is_the_product_last_axis_fastest():
    made = plan("grid", "a=1:2:2", "b=[x, y, z]")
    assert values(made) == [(1, "x"), (1, "y"), (1, "z"), (2, "x"), (2, "y"), (2, "z")]
    assert made.task(3, made.points[2]).overrides == ("a=1", "b=z")
    assert made.task(3, made.points[2]).values == {"a": 1, "b": "z"}


def test_a_list_goes_together():
    assert values(plan("list", "a=1:3:3", "b=[x, y, z]")) == [(1, "x"), (2, "y"), (3, "z")]
    with pytest.raises(CaseError, match="4 values, but 3 of a"):
        plan("list", "a=1:3:3", "b=1:4:4")


def test_a_latin_sample_has_one_point_in_each_slice_of_each_axis_and_is_that_of_its_seed():
    made = plan("latin", "a=0:10", "b=1:1e4:log", samples=20, seed=3)
    a, b = np.array(values(made)).T
    assert sorted(np.floor(a / 0.5)) == list(range(20)) and sorted(np.floor(np.log10(b) / 0.2)) == list(range(20))
    assert values(made) == values(plan("latin", "a=0:10", "b=1:1e4:log", samples=20, seed=3))
    assert values(made) != values(plan("latin", "a=0:10", "b=1:1e4:log", samples=20, seed=4))


@pytest.mark.parametrize(
    ("method", "over"),
    [("grid", "a=1:2"), ("list", "a=1:2"), ("latin", "a=1:2:3"), ("latin", "a=[1, 2]"), ("optimise", "a=1:2:3")],
)
def test_ranges_must_suit_the_method(method, over):
    with pytest.raises(CaseError) as caught:
        plan(method, over)
    (problem,) = caught.value.problems
    assert problem.mark.column == 3 and problem.expected


def test_options_must_suit_the_method():
    for refused in (
        lambda: plan("grid", "a=1:2:3", samples=5),
        lambda: plan("grid"),
        lambda: plan("grid", "a=1:2:2000", "b=1:2:2000"),
    ):
        with pytest.raises(SweepError):
            refused()


def test_neighbours_follow_each_other_along_the_last_axis():
    lines = list(plan("grid", "a=1:8:8", "b=1:10:10").batches(warm_start=True))
    assert [[task.number for task in line] for line in lines] == [list(range(i, i + 10)) for i in range(1, 80, 10)]
    assert [len(line) for line in plan("grid", "a=1:2:2", "b=1:10:10").batches(warm_start=False)] == [1] * 20
    assert [len(line) for line in plan("latin", "a=1:9", samples=4).batches(warm_start=True)] == [1] * 4


def test_few_lines_are_cut_so_that_there_is_work_for_several_processes():
    def lengths(method, *over):
        return [len(line) for line in plan(method, *over).batches(warm_start=True)]

    assert lengths("grid", "a=1:2:2", "b=1:10:10") == [5, 5, 5, 5] and lengths("list", "a=1:9:9") == [5, 4]
    assert lengths("grid", "a=1:100:100") == [13] * 4 + [12] * 4 and lengths("grid", "a=1:3:3") == [3]
    numbers = [task.number for line in plan("grid", "a=1:3:3", "b=1:25:25").batches(warm_start=True) for task in line]
    assert numbers == list(range(1, 76))


def test_probes_are_points_all_over_the_plan():
    made = plan("grid", "a=1:100:100")
    points = made.representative_points()
    assert [point[0].data for point in points][::7] == [1, 100] and len(points) == 8
    assert [point[0].data for point in plan("optimise", "a=1:3").representative_points()] == [2, 1, 3]


def test_an_identity_changes_with_whatever_changes_the_answers(slab):
    def known(over="parameters.D=1:2:3", overrides=(), method="grid"):
        return identity(plan(method, over), slab, read(slab), overrides, "max:N_A")

    first = known()
    assert first == known() and first["files"].keys() == {"trap.py"}
    assert known("parameters.D=1:2:4") != first and known(overrides=["mesh.cells=5"]) != first
    (slab.parent / "trap.py").write_text("# other")
    assert {name for name, value in known().items() if value != first[name]} == {"files"}
    slab.write_text(slab.read_text() + "\n")
    assert {name for name, value in known().items() if value != first[name]} == {"files", "case"}
    assert first["--objective"] == "" and known("parameters.D=1:2", method="optimise")["--objective"] == "max:N_A"
