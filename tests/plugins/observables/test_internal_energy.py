"""Work, what sources produce, thermal energy: against sums by hand."""

from __future__ import annotations

import pytest
from fvtransport.plugins.handles import concentration, heat_capacity, temperature
from fvtransport.plugins.mixtures.binary import Binary
from fvtransport.plugins.observables.internal_energy import InternalEnergy

from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    mesh="{type: Grid1D, length: 2.0, cells: 10, cross_section: 3.0}",
    mixture="{binary: {species: [A, B], concentration: 0.5}}",
    properties="{diffusivity: 1.0, conductivity: 1.0, heat_capacity: 1.5}",
    laws='[conduction, fick, source: {balance: energy, rate: 2.0}, source: {balance: A, rate: "0.1*x"}]',
    initial="{T: 1 + x, x_A: 0.2}",
    boundaries="{default: {T: no_flux, x_A: no_flux}}",
    solve="{transient: {until: 0.5, rtol: 1.0e-8}}",
    observe="""
  W: work
  heat: {produced: energy}
  moles: {produced: A}
  U: internal_energy
  stored: {amount: energy}""",
)


def test_what_is_produced(run_text):
    found = {name: reading.value for name, reading in run_text(CASE).observables.items()}
    assert found["W"] == found["heat"] == pytest.approx(2.0 * 6.0 * 0.5, rel=1e-12)
    assert found["moles"] == pytest.approx(0.1 * 1.0 * 6.0 * 0.5, rel=1e-12)


def test_thermal_energy_is_what_the_mixture_says(run_text, monkeypatch):
    """c_p - c R per volume, where the mixture says so; what is stored where it says nothing."""
    snapshot = run_text(CASE).snapshots[-1]
    stored = snapshot.amount(snapshot.system.balances[0])
    assert stored == pytest.approx(1.5 * 2.0 * 6.0 + 6.0, rel=1e-12)
    monkeypatch.setattr(Binary, "internal_energy", lambda self, cell: None)
    assert InternalEnergy().measure(snapshot) == stored
    monkeypatch.setattr(
        Binary, "internal_energy", lambda self, cell: (cell[heat_capacity] - cell[concentration]) * cell[temperature]
    )
    assert InternalEnergy().measure(snapshot) == pytest.approx(stored / 1.5, rel=1e-12)


def test_work_needs_a_run_in_time(complaints):
    found = complaints(
        CASE, "solve=steady", "observe={W: work}", "boundaries.default={T: {dirichlet: 1.0}, x_A: {dirichlet: 0.5}}"
    )
    assert any("work is an amount since the start of a run" in each for each in found)
