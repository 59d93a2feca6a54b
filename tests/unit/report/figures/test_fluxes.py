"""Fluxes drawn by law."""

import numpy as np

from fvtransport.report.figures import draw as plot


def _entries(figure):
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def test_fluxes_of_the_laws_sum_to_the_total(pump):
    figure = plot.draw_fluxes(pump)
    assert _entries(figure) == ["total", "conduction", "soret dufour", "fick"]
    total, *laws = figure.axes[0].get_lines()[:3]
    summed = sum(line.get_ydata() for line in laws)
    np.testing.assert_allclose(summed, total.get_ydata(), rtol=1e-12, atol=1e-18)
    assert np.ptp(total.get_ydata()) > 0.0
    assert figure.axes[0].get_ylabel() == "flux of energy (reduced units)"


def test_a_steady_flux_is_a_flat_line_on_an_axis_with_zero(slab):
    axes = plot.draw_fluxes(slab).axes[0]
    assert axes.get_ylabel() == "flux of A [mol m$^{-2}$ s$^{-1}$]"
    low, high = axes.get_ylim()
    assert low < 0.0 < 3.2e-4 < high
