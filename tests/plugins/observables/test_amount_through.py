"""What has passed a boundary since the start, counted outward."""

from fvtransport.plugins.handles import energy
from fvtransport.plugins.observables.amount_through import AmountThrough


def test_what_has_left_is_positive(snapshot, species):
    assert AmountThrough(of=species, through="left").measure(snapshot) == -0.3
    assert AmountThrough(of=species, through="right").measure(snapshot) == 0.1
    assert AmountThrough(of=energy, through="right").measure(snapshot) == 5.0


def test_it_is_an_amount_and_needs_a_run_in_time(species):
    assert AmountThrough(of=species, through="left").reading_unit == "mol" and AmountThrough.needs_time
