"""Units and instants that files and figures share."""

from fvtransport.case.text.units import UnitSystem
from fvtransport.results.fields import shown_unit, snapshot_at


def test_units_shown():
    assert shown_unit("J", UnitSystem("SI")) == "J"
    assert shown_unit("J", UnitSystem("reduced")) == "reduced"
    assert shown_unit("", UnitSystem("reduced")) == ""


def test_snapshots_are_found_by_time_and_never_guessed(pump):
    assert snapshot_at(pump.snapshots, 200.0).t == 200.0
    assert snapshot_at(pump.snapshots, 200.1) is None
    assert snapshot_at([], 0.0) is None
