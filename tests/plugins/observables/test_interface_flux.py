"""The flux through an interface: layers in series, and a difference of its sides that the interface makes."""

import pytest
from fvtransport.plugins.handles import energy
from fvtransport.plugins.observables.interface_flux import InterfaceFlux

from tests.tools.cases import PURE, case_text, line

CASE = case_text(
    PURE,
    mesh=line(2, 6, regions='{a: "x < 1", b: "x >= 1"}'),
    properties="{conductivity: {by_region: {a: 1, b: 4}}, heat_capacity: 1.0}",
    boundaries="{left: {T: {dirichlet: 3}}, right: {T: {dirichlet: 1}}}",
    interfaces="{a-b: {T: {contact_resistance: 0.5}}}",
    observe="""
  left: {interface_flux: {of: energy, interface: a-b}}
  right: {interface_flux: {of: energy, interface: a-b, side: right}}""",
)


def test_heat_through_layers_in_series(run_text):
    """2/(1/1 + 0.5 + 1/4) on both sides."""
    seen = {name: reading.value for name, reading in run_text(CASE).observables.items()}
    assert seen["left"] == pytest.approx(2.0 / 1.75, rel=1e-10) == pytest.approx(seen["right"], rel=1e-12)


def test_it_reads_the_side_that_is_asked_for():
    class State:
        def interface_flux(self, balance, interface, side):
            return {"left": 1.0, "right": 4.0}[side]

    for side, value in (("left", 1.0), ("right", 4.0)):
        own = InterfaceFlux(of=energy, interface="a-b", side=side)
        assert own.measure(State()) == value and own.reading_unit == "W/m^2"
