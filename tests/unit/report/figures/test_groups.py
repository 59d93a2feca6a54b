"""Curves of one unit and similar size share a panel."""

from types import SimpleNamespace

import numpy as np

from fvtransport.report.figures.groups import group_histories


def _grouped(*curves):
    """Names by panel and curve, of curves (name, unit, values)."""
    histories = [
        (SimpleNamespace(name=name, observable=SimpleNamespace(reading_unit=unit)), np.array(values))
        for name, unit, values in curves
    ]
    groups = group_histories(None, histories)
    return [[[observed.name for observed in names] for names, _ in group] for group in groups]


def test_units_do_not_mix():
    assert _grouped(("a", "W", [1.0]), ("b", "J", [2.0]), ("c", "W", [3.0])) == [[["a"], ["c"]], [["b"]]]


def test_sizes_that_differ_by_more_than_twenty_do_not_share():
    assert _grouped(("a", "W", [0.0, -1.0]), ("b", "W", [20.0, 1.0])) == [[["a"], ["b"]]]
    assert _grouped(("a", "W", [0.0, -1.0]), ("b", "W", [20.5, 1.0])) == [[["a"]], [["b"]]]
    assert _grouped(("a", "W", [20.5]), ("b", "W", [-1.0])) == [[["a"]], [["b"]]]


def test_equal_curves_are_drawn_once_with_both_names():
    assert _grouped(("a", "W", [1.0]), ("b", "W", [2.0]), ("c", "W", [1.0])) == [[["a", "c"], ["b"]]]


def test_a_panel_has_four_curves_at_most():
    curves = [(str(k), "W", [1.0 + k]) for k in range(5)]
    assert _grouped(*curves) == [[["0"], ["1"], ["2"], ["3"]], [["4"]]]
