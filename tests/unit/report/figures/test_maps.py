"""Figures in the plane and in space: the right panels, the colours of what was solved, arrows along the flux."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.contour import ContourSet

from fvtransport.report.figures import maps as plot_maps
from fvtransport.report.figures.labels import position_text
from tests.tools.flat import RECTANGLE, maps_of


def test_a_map_has_the_cells_the_isolines_and_the_borders(run):
    result = run(RECTANGLE)
    figure = plot_maps.draw_fields(result)
    (axes,) = maps_of(figure)
    (cells,) = (c for c in axes.collections if isinstance(c, QuadMesh))
    expected = result.snapshots[-1].cells(result.system.medium.fields[0])
    np.testing.assert_array_equal(np.ravel(cells.get_array()), expected)
    assert cells.get_coordinates()[-1, -1].tolist() == pytest.approx([3.0, 2.0]) and axes.get_aspect() == 1.0
    assert axes.get_xlabel() == "position $x$ [m]" and axes.get_ylabel() == "position $y$ [m]"
    assert any(isinstance(c, ContourSet) for c in axes.collections)
    (borders,) = (c for c in axes.collections if isinstance(c, LineCollection) and not isinstance(c, ContourSet))
    assert len(borders.get_segments()) == 5 and all(np.all(s[:, 0] == 1.0) for s in borders.get_segments())
    labels = [axes.get_ylabel() for axes in figure.axes for axes in (axes, *axes.child_axes)]
    assert "temperature $T$ [K]" in labels


def test_up_to_three_times_share_their_colours(run):
    figure = plot_maps.draw_fields(run(RECTANGLE, "{transient: {until: 10, times: [0.1, 0.2, 0.5, 1]}}"))
    maps = maps_of(figure)
    assert [axes.get_title(loc="left") for axes in maps] == ["$t$ = 0.2 s", "$t$ = 0.5 s", "$t$ = 10 s"]
    assert len({tuple(axes.collections[0].get_clim()) for axes in maps}) == 1
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        f"$t$ = {t} s" for t in ("0", "0.1", "0.2", "0.5", "1", "10")
    ]


def test_a_place_that_is_zero_but_for_round_off_is_called_zero(triangles):
    positions = [position_text(position, triangles, 0) for position in (3.469e-18, -3.469e-18, 1e-3, 0.5)]
    assert positions == ["$x$ = 0", "$x$ = 0", "$x$ = 0.001", "$x$ = 0.5"]
