"""Snapshots that figures show: those asked for, or such that the fields change evenly between them."""

from types import SimpleNamespace

import numpy as np

from fvtransport.case.model import SteadySpec, TransientSpec
from fvtransport.report.figures.snapshots import chosen_snapshots, evenly_changing, midway_snapshot


def _snapshots(*levels, others=0.0):
    """One at each second: a field at these levels, and another that does not change."""
    return [SimpleNamespace(t=float(k), values=np.array([[each, each], [others] * 2])) for k, each in enumerate(levels)]


def _result(snapshots, solve):
    return SimpleNamespace(snapshots=snapshots, case=SimpleNamespace(solve=solve))


def test_all_are_shown_where_they_are_few():
    snapshots = _snapshots(0.0, 5.0, 6.0)
    assert evenly_changing(snapshots, 3) == snapshots


def test_the_fields_change_evenly_between_those_chosen():
    """A fast start and a slow end: the first quarter of the change takes one step, the last one most of the time."""
    snapshots = _snapshots(0.0, 50.0, 100.0, *np.linspace(101.0, 200.0, 100))
    levels = [each.values[0, 0] for each in evenly_changing(snapshots, 5)]
    assert levels == [0.0, 50.0, 100.0, 150.0, 200.0]


def test_a_field_that_does_not_change_does_not_count():
    snapshots = _snapshots(0.0, 50.0, 100.0, others=1e6)
    snapshots[1].values[1] += 1e-9
    assert midway_snapshot(snapshots) is snapshots[1]


def test_midway_is_half_of_the_change_and_not_of_the_time():
    snapshots = _snapshots(0.0, 6.0, 9.0, 11.0, 12.0)
    assert midway_snapshot(snapshots) is snapshots[1]
    there_and_back = _snapshots(0.0, 10.0, 0.0)
    assert midway_snapshot(there_and_back) is there_and_back[1]


def test_times_that_were_asked_for_stand_between_start_and_end():
    snapshots = _snapshots(*range(20))
    shown = chosen_snapshots(_result(snapshots, TransientSpec(until=19.0, times=(7.0, 3.0, 3.0))))
    assert [each.t for each in shown] == [0.0, 3.0, 7.0, 19.0]


def test_without_times_a_few_are_chosen():
    snapshots = _snapshots(*range(19))
    assert [each.t for each in chosen_snapshots(_result(snapshots, SteadySpec()))] == [0, 3, 6, 9, 12, 15, 18]
