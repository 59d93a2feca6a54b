"""Heat given to the surroundings: positive where it has gone out."""

from fvtransport.plugins.observables.heat_to import HeatTo


def test_its_sign(snapshot):
    """7 J have come in on the left, 5 J have left on the right."""
    assert HeatTo(boundary="left").measure(snapshot) == -7.0
    assert HeatTo(boundary="right").measure(snapshot) == 5.0


def test_it_is_an_amount_and_needs_a_run_in_time():
    assert HeatTo(boundary="left").reading_unit == "J" and HeatTo.needs_time and HeatTo.shorthand == "boundary"
