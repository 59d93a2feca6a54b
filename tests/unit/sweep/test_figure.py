"""The picture: what it shows of one axis, two, many, and of points that failed."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.sweep import figure
from fvtransport.sweep.axes import read_axes
from fvtransport.sweep.objective import Objective
from fvtransport.sweep.plan import Method, make_plan
from fvtransport.sweep.run import SweepResult


def outcome(folder, *over, method="grid", samples=None, objective=Objective("Q"), of=lambda *x: sum(x)):
    plan = make_plan(Method(method), read_axes(over), samples)
    rows = []
    for number, point in enumerate(plan.points, start=1):
        task = plan.task(number, point)
        value = of(*(value.data for value in point))
        status = "stalled" if value is None else "converged"
        seen = {"Q": 99.0 if value is None else value, "R": 1.0}
        rows.append({"number": number, "values": task.values, "status": status, "observables": seen})
    return SweepResult("made", plan, objective, folder, rows, {"Q": "J", "R": ""})


@pytest.fixture
def drawn(monkeypatch):
    """The panels of the next figures."""
    made = []
    panels = figure.panels

    def keep(count):
        found = panels(count)
        made.append(found[1])
        return found

    monkeypatch.setattr(figure, "panels", keep)
    return made


def test_one_axis_is_a_curve_with_the_best_point_and_the_failed_ones_at_the_bottom(tmp_path, drawn):
    path = figure.draw(outcome(tmp_path, "a.b=1:4:4", of=lambda x: None if x == 2 else 9.0 - x))
    ((axes,),) = drawn
    curve, _, best, failed = axes.lines
    assert path == tmp_path / "sweep.png" and path.stat().st_size > 5000
    assert curve.get_xdata().tolist() == [1, 3, 4] and curve.get_ydata().tolist() == [8, 6, 5]
    assert (best.get_xdata()[0], best.get_ydata()[0]) == (1, 8)
    assert failed.get_xdata().tolist() == [2] and failed.get_ydata()[0] == axes.get_ylim()[0]
    assert axes.get_xlabel() == "a.b" and axes.get_ylabel() == "Q [J]"


def test_two_axes_are_a_map(tmp_path, drawn):
    figure.draw(outcome(tmp_path, "a=1:3:3", "b=10:1000:3:log", of=lambda a, b: None if (a, b) == (2, 10) else a * b))
    ((axes,),) = drawn
    table = axes.collections[0].get_array().reshape(3, 3)
    assert table[:, 0].tolist() == [10.0, 100.0, 1000.0] and bool(np.ma.getmaskarray(np.ma.masked_invalid(table))[0, 1])
    assert axes.get_yscale() == "log" and axes.get_xscale() == "linear"


@pytest.mark.parametrize(
    "method, over, samples",
    [("grid", ["a=1:3:3", "b=1:3:3", "c=[7, 8]"], None), ("latin", ["a=1:3", "b=2:1", "c=7:8"], 40)],
)
def test_more_axes_are_a_panel_each_with_the_envelope(tmp_path, drawn, method, over, samples):
    made = outcome(tmp_path, *over, method=method, samples=samples)
    figure.draw(made)
    (panels,) = drawn
    assert [axes.get_xlabel() for axes in panels] == ["a", "b", "c"]
    for axes in panels:
        points, envelope = axes.lines[:2]
        assert len(points.get_xdata()) == len(made.rows)
        assert max(envelope.get_ydata()) == made.objective.value(made.best)


def test_without_an_objective_every_observable_is_shown(tmp_path, drawn):
    figure.draw(outcome(tmp_path, "a=1:4:4", objective=None))
    assert [axes.get_ylabel() for axes in drawn[0]] == ["Q [J]", "R"]


def test_nothing_to_show_is_no_figure(tmp_path):
    assert figure.draw(outcome(tmp_path, "a=1:4:4", of=lambda x: None)) is None, "all failed"
    assert figure.draw(outcome(tmp_path, "a=[fick, soret]", of=lambda x: 1.0)) is None
