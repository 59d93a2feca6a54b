"""Figures of runs in the plane and in space, as files, from a run and from its folder."""

from __future__ import annotations

import pytest

import fvtransport
from fvtransport.report.figures import draw as plot
from fvtransport.results import write as store
from tests.tools.cases import PURE, case_text

PLANE = case_text(
    PURE,
    title="plane",
    units="SI",
    mesh="%s",
    properties="{conductivity: 2.0, heat_capacity: 1.0}",
    initial="{T: 300}",
    boundaries='{default: {T: {dirichlet: "300 + 20*x - 10*y"}}}',
    solve="{transient: {until: 0.1}}",
)
SPACE = case_text(
    PURE,
    title="space",
    mesh="{type: Grid3D, length: [3, 2, 4], cells: [3, 4, 2]}",
    properties="{conductivity: 2.0, heat_capacity: 1.0}",
    laws="[conduction, source: {balance: energy, rate: 0.7}]",
    initial='{T: "1 + x"}',
    boundaries='{default: {T: {robin: {coefficient: 1.0, reference: "2 + x"}}}}',
    solve="{transient: {until: 0.2}}",
)


@pytest.mark.parametrize(
    "mesh",
    [
        "{type: Grid2D, length: [3, 2], cells: [6, 5], regions: {core: 'x < 1'}}",
        "{type: Grid3D, length: [3, 2, 4], cells: [3, 4, 2]}",
        "{type: CylindricalGrid2D, length: [1, 2], cells: [3, 4]}",
    ],
    ids=["plane", "box", "cylinder"],
)
def test_all_figures_are_written(run_text, mesh, tmp_path):
    paths = plot.draw(run_text(PLANE % mesh), tmp_path)
    assert [path.name for path in paths] == ["fields.png", "fluxes.png"]
    assert all(path.stat().st_size > 10_000 for path in paths)


def test_figures_are_drawn_again_from_the_folder(run_text, tmp_path):
    store.write(run_text(SPACE), tmp_path / "out")
    loaded = fvtransport.load(tmp_path / "out").result
    assert [path.name for path in plot.draw(loaded, tmp_path)] == ["fields.png", "fluxes.png"]
