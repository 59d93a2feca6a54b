"""Heat through a dissociating gas: second order, the reaction nearly at rest, and what wrong rate constants cost."""

from pathlib import Path

import numpy as np
import pytest

from fvtransport import run
from fvtransport.audit.reactions import reaction_findings
from fvtransport.audit.verdict import Verdict

CASE = Path(__file__).parents[2] / "cases" / "reaction" / "dissociating_gas.yaml"
R, HEAT, ORDER, RISE, T0 = 8.31446261815324, 57111.0, 175.692, -3.308, 298.15
K0 = float(1e5 / (R * T0) * np.exp((ORDER - HEAT / T0) / R))
"""K_c at 298.15 K [mol/m^3]."""


def heat_flux(result) -> float:
    summary = result.summary()
    assert summary["status"] == "converged"
    return summary["observables"]["q"]["value"]


def verdicts(result) -> dict[str, Verdict]:
    last = result.snapshots[-1]
    return {each.rule: each.verdict for each in reaction_findings(last.system, [(last.t, last.values)])}


def test_second_order():
    errors = []
    for cells in (25, 50, 100):
        errors.append(run(CASE, [f"mesh.cells={cells}"]).summary()["comparison"]["errors"]["q"])
    worst = [max(each.values()) for each in errors]
    assert np.log2(worst[0] / worst[1]) > 1.9 and np.log2(worst[1] / worst[2]) > 1.9, worst


def test_data_cannot_be_at_odds():
    assert set(verdicts(run(CASE)).values()) == {Verdict.PASSED}


@pytest.mark.parametrize(
    "moles_counted, cost", [(True, 0.0), (False, 0.01347)], ids=["with sum nu", "E_r = E_f - Delta_H"]
)
def test_activation_energies_that_differ_by_the_heat(moles_counted, cost):
    """K_c by two Arrhenius constants holds at constant volume: the gas at constant pressure has a factor T_0/T more."""
    right = heat_flux(run(CASE))
    factor = (
        f"{K0!r}*exp(-({HEAT - RISE * T0!r})/{R!r}*(1/T - 1/{T0!r}))*(T/{T0!r})**({RISE / R!r} - {int(moles_counted)})"
    )
    kinetics = "reactants: {N2O4: 1}, products: {NO2: 2}, heat_of_reaction: heat"
    kinetics += ", rate_constant: {arrhenius: {pre_exponential_factor: 1e12, activation_energy: 46e3}}"
    overrides = [f"laws.2.reaction={{{kinetics}, equilibrium_constant: '{factor}'}}"]
    if not moles_counted:
        overrides += [
            f"boundaries.{side}.x_N2O4.dirichlet={_wrong_fraction(T)}"
            for side, T in (("left", 380.0), ("right", 300.0))
        ]
    found = run(CASE, overrides)
    assert abs(heat_flux(found) / right - 1.0) == pytest.approx(cost, rel=1e-3, abs=1e-12)
    assert verdicts(found)["van 't Hoff"] is (Verdict.PASSED if moles_counted else Verdict.VIOLATED)


def _wrong_fraction(T: float) -> float:
    """x of N2O4 at equilibrium with K_c = K_0 exp(-integral of Delta_H d(1/T)/R), at 1 atm."""
    K = K0 * np.exp(-(HEAT - RISE * T0) / R * (1 / T - 1 / T0)) * (T / T0) ** (RISE / R) * R * T / 101325.0
    return float(1 + K / 2 - np.sqrt(K + K**2 / 4))
