"""Membranes of which two conditions are one: what contradicts is refused with its line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import fvtransport
from fvtransport.audit.interfaces import interface_production, interface_totals

R = 8.31446261815324
CASE = Path(__file__).parents[3] / "cases" / "interfaces" / "membrane_osmosis.yaml"


def of(solute: str, pressure: str | None) -> str:
    """The block of both interfaces: a condition on x_N2, and one on p or none."""
    own = f"x_N2: {{membrane: {{{solute}}}}}" + (f", p: {{membrane: {{{pressure}}}}}" if pressure else "")
    return f"interfaces={{closed-middle: {{{own}}}}}"


SOLUTE = "hydraulic_conductivity: L_p, reflection_coefficient: sigma_1, solute_permeability: omega"
CONTRADICTIONS = {
    ("hydraulic_conductivity: 2*L_p, reflection_coefficient: sigma_1, solute: N2"): "hydraulic_conductivity differs",
    ("hydraulic_conductivity: L_p, solute: N2"): "reflection_coefficient differs",
    ("hydraulic_conductivity: L_p, reflection_coefficient: 0.9, solute: N2"): "reflection_coefficient differs",
    (SOLUTE.replace("omega", "2*omega") + ", solute: N2"): "solute_permeability differs",
    (SOLUTE + ", pressure_difference: 1e4, solute: N2"): "pressure_difference differs",
    (SOLUTE + ", solute: H2"): "solute: H2 is not the species of x_N2",
    None: "a membrane for p as well, with the same coefficients and solute: N2",
}


@pytest.mark.parametrize("pressure", CONTRADICTIONS)
def test_two_conditions_that_are_not_one_membrane_are_refused(pressure):
    with pytest.raises(fvtransport.CaseError) as caught:
        fvtransport.check(CASE, of(SOLUTE, pressure))
    assert CONTRADICTIONS[pressure] in str(caught.value) and ":1:" in str(caught.value)


@pytest.mark.parametrize("more", ("", ", solute_permeability: omega"))
def test_the_same_coefficients_in_both_are_one_membrane(more):
    text = "hydraulic_conductivity: L_p*T/300, reflection_coefficient: sigma_1"
    fvtransport.check(CASE, of(f"{text}, solute_permeability: omega", f"{text}{more}, solute: N2"))


def test_no_reflection_is_the_same_as_one_of_zero():
    fvtransport.check(CASE, of("hydraulic_conductivity: L_p, solute_permeability: omega",
                               "hydraulic_conductivity: L_p, reflection_coefficient: 0, solute: N2"))  # fmt: skip


@pytest.mark.parametrize("sigma", (0.0, 0.4, 1.0))
def test_the_entropy_of_a_leak_in_a_gas_is_that_of_both_partial_pressures(sigma):
    """Without a volume flow N_H2 = -N_N2: N_N2 R [ln(p_N2/p_H2)], left less right."""
    result = fvtransport.run(CASE, overrides=(f"parameters.sigma_1={sigma}", "compare=null"))
    read = {name: float(each.value) for name, each in result.observables.items()}
    left, right = ((read[f"x_{k}"] * read[f"p_{k}"], (1.0 - read[f"x_{k}"]) * read[f"p_{k}"]) for k in (1, 2))
    expected = 1e-4 * read["J"] * R * (np.log(left[0] / right[0]) - np.log(left[1] / right[1]))
    parts = interface_production(result.snapshots[-1])
    total = interface_totals(result.snapshots[-1])["closed-middle"]
    assert total == pytest.approx(expected, rel=1e-8) and total > 0.0
    assert {"membrane of x_N2 at closed-middle", "membrane of p at closed-middle"} <= set(parts)
    assert not result.audit.violations and not any("membrane" in each for each in result.audit.remarks)
