"""A prescribed value: the equation is the departure from it, whatever the flux."""

from fvtransport.plugins.boundaries.dirichlet import Dirichlet

from fvtransport import Constant
from tests.tools.views import at_boundary, binary, medium


def test_the_equation_is_the_departure_from_the_value():
    condition = Dirichlet(value=Constant(value=300.0))
    for flux in (0.0, 50.0):
        view = at_boundary(medium(binary()), [310.0, 0.2], row=0, flux=flux)
        assert condition.residual(view).tolist() == [10.0]


def test_it_is_that_of_its_own_field():
    view = at_boundary(medium(binary()), [310.0, 0.75], row=1)
    assert Dirichlet(value=Constant(value=0.25)).residual(view).tolist() == [0.5]


def test_its_value_may_be_given_alone_and_is_prescribed():
    assert Dirichlet.shorthand == Dirichlet.prescribed == "value"
