"""Heat drawn from the surroundings: positive where it has come in."""

from fvtransport.plugins.observables.heat_from import HeatFrom


def test_its_sign(snapshot):
    """7 J have come in on the left, 5 J have left on the right."""
    assert HeatFrom(boundary="left").measure(snapshot) == 7.0
    assert HeatFrom(boundary="right").measure(snapshot) == -5.0


def test_it_is_an_amount_and_needs_a_run_in_time():
    assert HeatFrom(boundary="left").reading_unit == "J" and HeatFrom.needs_time and HeatFrom.shorthand == "boundary"
