"""Figures: there, readable, and showing what was solved."""

import dataclasses

import numpy as np
import pytest

from fvtransport.case.model import TransientSpec
from fvtransport.outcome import Ending, Outcome
from fvtransport.report.figures import draw as plot


def _labels(figure):
    return [(axes.get_xlabel(), axes.get_ylabel()) for axes in figure.axes]


def _entries(figure):
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def _png_size(path):
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def test_a_run_in_time_has_three_figures(pump, tmp_path):
    paths = plot.draw(pump, tmp_path)
    assert [path.name for path in paths] == ["fields.png", "fluxes.png", "observables.png"]
    for path in paths:
        width, height = _png_size(path)
        assert width > 500 and height > 400
        assert path.stat().st_size > 10_000


def test_a_steady_state_has_two(slab, tmp_path):
    assert [path.name for path in plot.draw(slab, tmp_path)] == ["fields.png", "fluxes.png"]


def test_profiles_at_the_explicit_times(pump):
    figure = plot.draw_fields(pump)
    assert _labels(figure) == [
        ("position $x$ (reduced units)", "temperature $T$ (reduced units)"),
        ("position $x$ (reduced units)", r"mole fraction of A $x_\mathrm{A}$"),
    ]
    assert _entries(figure) == ["$t$ = 0", "$t$ = 50", "$t$ = 200", "$t$ = 500", "$t$ = 3000"]
    for row, axes in enumerate(figure.axes):
        for line, t in zip(axes.get_lines(), (0.0, 50.0, 200.0, 500.0, 3000.0)):
            expected = next(snapshot for snapshot in pump.snapshots if snapshot.t == t).values[row]
            np.testing.assert_array_equal(line.get_ydata(), expected)


def test_without_explicit_times_a_few_telling_ones_are_chosen(made):
    result = made.run(made.pump(solve=TransientSpec(until=3000.0, samples=40), observe=()))
    entries = _entries(plot.draw_fields(result))
    assert entries[0] == "$t$ = 0" and entries[-1] == "$t$ = 3000" and 4 <= len(entries) <= 7


def test_units_and_the_closed_form_are_shown(slab):
    figure = plot.draw_fields(slab)
    assert _labels(figure) == [("position $x$ [m]", r"mole fraction of A $x_\mathrm{A}$")]
    assert _entries(figure) == ["computed", "closed form"]
    computed, circles = figure.axes[0].get_lines()
    np.testing.assert_allclose(circles.get_ydata(), 0.9 - 0.4 * circles.get_xdata(), rtol=1e-12)
    assert circles.get_marker() == "o" and circles.get_linestyle() == "None"
    assert computed.get_marker() == "None"


def test_a_failed_run_is_drawn_without_the_closed_form(slab):
    failed = dataclasses.replace(slab, ending=Ending(Outcome.STALLED))
    assert _entries(plot.draw_fields(failed)) == ["computed"]


def test_histories_with_the_asked_times_and_the_exact_value(pump):
    figure = plot.draw_observables(pump)
    axes = figure.axes[0]
    assert len(figure.axes) == 1 and axes.get_ylabel() == "Qc, Qc_total (reduced units)"
    history, marks, exact = axes.get_lines()
    np.testing.assert_array_equal(history.get_ydata(), pump.history(pump.case.observe[0].observable))
    assert list(marks.get_xdata()) == [50.0, 200.0, 500.0, 1000.0, 3000.0]
    assert exact.get_ydata()[0] == pytest.approx(0.13657 * 100 * 0.035 * 40 / 6, rel=1e-12)
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["Qc, Qc_total", "closed form"]
    assert axes.get_xscale() == "log"


def test_observables_of_one_unit_and_size_share_a_panel(pump):
    first = pump.case.observe[0]
    heat_from = type(first.observable)
    both = [dataclasses.replace(first, name=f"Q{w[0]}", observable=heat_from(boundary=w)) for w in ("left", "right")]
    result = dataclasses.replace(pump, case=dataclasses.replace(pump.case, observe=tuple(both), comparison=None))
    (axes,) = plot.draw_observables(result).axes
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["Ql", "Qr"]
    styles = {(line.get_color(), line.get_linestyle()) for line in axes.get_lines() if line.get_marker() == "None"}
    assert len(styles) == 2


def test_figures_need_no_display_and_leave_the_settings_alone(slab, tmp_path, monkeypatch):
    import matplotlib

    monkeypatch.delenv("DISPLAY", raising=False)
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        before = dict(matplotlib.rcParams)
        plot.draw(slab, tmp_path)
        assert dict(matplotlib.rcParams) == before


def test_a_run_without_any_state_has_no_figures(pump, tmp_path):
    assert plot.draw(dataclasses.replace(pump, snapshots=[]), tmp_path) == []


def test_a_run_that_stopped_at_its_start_is_drawn(pump, tmp_path):
    stopped = dataclasses.replace(pump, snapshots=pump.snapshots[:1], ending=Ending(Outcome.STALLED))
    assert [path.name for path in plot.draw(stopped, tmp_path)] == ["fields.png", "fluxes.png"]
