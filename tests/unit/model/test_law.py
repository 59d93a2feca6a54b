"""A law states nothing unless it says so, and may be frozen at a state."""

from fvtransport.plugins.handles import temperature

from fvtransport.model.law import Law
from fvtransport.model.parameters import parameter
from fvtransport.model.state import State
from tests.tools.views import binary

AT = State(((temperature, 300.0),))


class Frozen(Law):
    """Nothing."""

    factor: float = parameter(1.0, meaning="a factor")
    at: State | None = parameter(None, meaning="a state")


def test_a_bare_law_states_nothing():
    law = Law()
    assert not any((law.storage(None), law.flux(None), law.source(None), law.face_source(None)))
    assert law.provides(binary()) == {} and law.needs == law.covers == ()


def test_a_law_is_linearised_where_a_parameter_is_a_state():
    assert Frozen(at=AT).linearised_about is AT and Frozen(at=AT).is_linearised
    assert Frozen().linearised_about is None and not Frozen().is_linearised and not Law().is_linearised
