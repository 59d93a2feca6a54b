"""Work: what sources have produced of energy, as a force that pulls diffusing species does."""

import pytest
from fvtransport.plugins.observables.work import Work

CASE = """
units: reduced
mesh: {type: Grid1D, length: 2.0, cells: 10, cross_section: 3.0}
mixture: {binary: {species: [A, B], concentration: 0.5}}
properties: {diffusivity: 1.0, conductivity: 1.0, heat_capacity: 1.5}
laws: [conduction, fick, source: {balance: energy, rate: 2.0 + x}]
initial: {T: 1.0, x_A: 0.2}
boundaries: {default: {T: no_flux, x_A: no_flux}}
solve: {transient: {until: 0.5, rtol: 1.0e-8}}
observe: {W: work}
"""


def test_it_is_the_energy_that_was_produced(snapshot):
    assert Work().measure(snapshot) == 3.0 and Work.needs_time and Work().reading_unit == "J"


def test_a_source_works_at_its_rate(run_text):
    """The integral of 2 + x over a volume of 6, for 0.5."""
    assert run_text(CASE).observables["W"].value == pytest.approx((2.0 * 2.0 + 2.0) * 3.0 * 0.5, rel=1e-12)
