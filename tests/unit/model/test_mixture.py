"""Mixtures and bulk flows: what they state by default, and what follows from their species."""

from functools import cached_property

import numpy as np
import pytest

from fvtransport.model.handles import Field, Species
from fvtransport.model.mixture import BulkFlow, Mixture

A, B = Field("x_A", lower=0.0, upper=1.0), Field("x_B", lower=0.0, upper=1.0)


class Pair(Mixture):
    """Two species, of which one has a molar mass."""

    @cached_property
    def components(self):
        return (Species("A", A, 0.028), Species("B", B))


def test_what_follows_from_the_species():
    mixture = Pair()
    assert mixture.mole_fractions == (A, B) and mixture.species_names == ("A", "B")
    assert mixture.known_molar_masses == {"A": 0.028}
    assert mixture.component("B").field is B
    with pytest.raises(KeyError):
        mixture.component("C")


def test_a_mixture_states_its_balances_and_storage():
    mixture = Mixture()
    with pytest.raises(NotImplementedError):
        _ = mixture.balances
    for call in (lambda: mixture.storage(None, None), lambda: mixture.molar_enthalpies(None)):
        with pytest.raises(NotImplementedError):
            call()


def test_a_mixture_at_rest_convects_nothing():
    mixture = Mixture()
    assert mixture.total_flux(None) == 0.0 and mixture.flow is None and mixture.flux_weights is None
    assert mixture.convective_flux(None) == mixture.dissipative_part(None) == mixture.metric(None) == {}
    assert not mixture.components and not mixture.closures and not mixture.known() and not mixture.provides()
    assert mixture.internal_energy(None) is None and not mixture.keeps_moles and not mixture.has_enthalpies


def test_the_driving_force_is_the_gradient():
    class Face:
        def grad(self, field):
            return np.array([2.0, 3.0]) if field is A else None

    assert Mixture().driving_force(Face(), A).tolist() == [2.0, 3.0]


def test_a_bulk_flow_states_its_total_and_binds_nothing_else():
    flow = BulkFlow()
    with pytest.raises(NotImplementedError):
        flow.total_flux(None)
    assert flow.upwind_flux(None, np.ones(3)) == 0.0
    assert flow.weights(Pair()) is None and not flow.provides(Pair())
    assert not flow.solves_pressure and not flow.keeps_moles and not flow.has_wall_friction
