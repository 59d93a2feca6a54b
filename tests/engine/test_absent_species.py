"""A species that is absent changes nothing, wherever it stands in the list: entropy, audit, and the time they take."""

from __future__ import annotations

import pytest

from tests.tools.cases import case_text

D = {"AB": 2e-6, "AD": 3e-5, "AE": 1.2e-5, "BD": 9e-6, "BE": 4.1e-5, "DE": 2.2e-5}
CASE = case_text(
    {},
    mesh="{type: Grid1D, length: 0.1, cells: 20}",
    mixture="{gas: {species: [SPECIES], pressure: 1e5, temperature: 300, bulk_flow: equimolar}}",
    laws="[maxwell_stefan: {diffusivities: {PAIRS}}]",
    initial="{START}",
    boundaries="{default: {WALLS}}",
    solve="{transient: {until: 500, rtol: 1e-6, max_steps: 3000}}",
    observe="{produced: entropy_produced}",
)
START = {"A": "0.5 + 0.4*cos(pi*x/0.1)", "B": "0.3 - 0.25*cos(pi*x/0.1)", "D": "0.2 - 0.15*cos(pi*x/0.1)", "E": "0"}


def run_with(run_text, order: str):
    pairs = ", ".join(f"{a}-{b}: {D[''.join(sorted(a + b))]}" for i, a in enumerate(order) for b in order[i + 1 :])
    text = CASE.replace("SPECIES", ", ".join(order)).replace("PAIRS", pairs)
    text = text.replace("START", ", ".join(f"x_{name}: {START[name]}" for name in order[:-1]))
    return run_text(text.replace("WALLS", ", ".join(f"x_{name}: no_flux" for name in order[:-1])))


@pytest.mark.parametrize("order", ["ABDE", "ABED", "EABD", "BEDA"])
def test_an_absent_species_changes_nothing(run_text, order):
    result, without = run_with(run_text, order), run_with(run_text, "ABD")
    assert result.ending.succeeded, result.ending.message
    assert result.observables["produced"].value == pytest.approx(without.observables["produced"].value, rel=1e-4)
    assert result.audit.asymmetry < 1e-8 and result.audit.positive and not result.messages.warnings
