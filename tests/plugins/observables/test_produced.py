"""What sources have produced of a balance since the start."""

from fvtransport.plugins.handles import energy
from fvtransport.plugins.observables.produced import Produced


def test_each_balance_has_its_own(snapshot, species):
    assert (Produced(of=energy).measure(snapshot), Produced(of=species).measure(snapshot)) == (3.0, -0.2)


def test_it_is_an_amount_and_needs_a_run_in_time(species):
    assert Produced(of=species).reading_unit == "mol" and Produced.needs_time
