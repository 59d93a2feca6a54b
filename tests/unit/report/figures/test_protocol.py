"""Figures of a protocol: one for each file, a row of panels for each phase of the last cycle."""

import pytest

import fvtransport
from fvtransport.report.figures.protocol import draw_cycle, draw_cycles, draw_fluxes, draw_phases, drawing_functions
from tests.tools.cases import PURE, case_text, line

CASE = case_text(
    PURE,
    mesh=line(1, 4),
    initial="{T: 2.0}",
    boundaries="{left: {T: {dirichlet: 3}}, right: {T: no_flux}}",
    solve="{transient: {samples: 4}}",
    protocol="{phases: {heating: {duration: 0.5}, "
    "resting: {duration: 0.2, boundaries: {left: {T: no_flux}}}}, repeat: 4}",
    observe="{Q: {heat_from: left}, Q_cycle: {heat_from: left, over: cycle}}",
)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("cycles") / "case.yaml"
    path.write_text(CASE)
    return fvtransport.run(path)


def test_profiles_are_drawn_on_lines_only():
    assert list(drawing_functions(True)) == ["fields", "fluxes", "observables", "cycles"]
    assert list(drawing_functions(False)) == ["observables", "cycles"]


def test_a_row_for_each_phase(result):
    figure = draw_phases(result)
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert [title for title in titles if title] == ["heating", "resting"]
    assert all(len(axes.lines) >= 2 for axes in figure.axes)
    assert len(draw_fluxes(result).axes) == 2


def test_the_last_cycle_and_all_cycles(result):
    assert draw_cycle(result).axes and draw_cycles(result).axes
