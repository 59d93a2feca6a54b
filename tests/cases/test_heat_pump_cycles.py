"""The cycles of the heat pump: closed forms under refinement, the first law by phase, what each model says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fvtransport.plugins.solutions.heat_pump_theory import Pump, heat_drawn, work_done

from fvtransport import check, run

CASES = Path(__file__).parents[2] / "cases" / "heat_pump"
CYCLES = ("cycle", "figures_3_to_6", "cycle_dT", "gravity", "centrifuge")
PUMP = Pump(n=0.1, L=40.0, L_y=25.0, k_T=-0.13657, conductivity=0.419877, capacity=0.2)


def found(case: str, *changes: str) -> dict[str, float]:
    """Observables of a case by name."""
    return {name: reading.value for name, reading in run(CASES / f"{case}.yaml", changes).observables.items()}


def alternatives(case: str) -> list[str]:
    """The lines of a case that stand in it as comments, each for another model."""
    lines = (CASES / f"{case}.yaml").read_text().splitlines()
    return [line[2:].split("  #")[0] for line in lines if re.match(r"# (mixture|laws): ", line)]


def test_the_linear_cycle_is_exact_when_refined():
    """Between full drift and linear mixing nothing is left out: Richardson's extrapolation meets the closed form."""
    coarse, fine = (found("cycle_linear", f"mesh.cells={cells}", "solve.transient.rtol=1e-10") for cells in (50, 100))
    exact = {"Qc_cycle": heat_drawn(PUMP, 0.05, profile="uniform"), "W_cycle": work_done(PUMP, 0.05, profile="uniform")}
    exact["Qh_cycle"] = exact["Qc_cycle"] + exact["W_cycle"]
    for name, value in exact.items():
        assert (4 * fine[name] - coarse[name]) / 3 == pytest.approx(value, rel=1e-6, abs=0), name
    assert fine["cop"] == pytest.approx(2 * 0.13657 / (40 * 0.05), rel=1e-6, abs=0)


@pytest.mark.parametrize(
    "case", [pytest.param("cycle", marks=pytest.mark.long), pytest.param("cycle_dT", marks=pytest.mark.slow)]
)
def test_the_first_law_holds_in_every_phase(case):
    """Qh - Qc - W + dU = 0 to 1e-8 of what is turned over, with U thermal energy only, in mechanical equilibrium."""
    changes = ["mesh.cells=50", *(["protocol.repeat=2"] if case == "cycle_dT" else [])]
    table = run(CASES / f"{case}.yaml", changes).summary()["protocol"]["observables"]
    for record in ("separating", "mixing", "cycle"):
        left, size = (np.abs(table[name][record]) for name in ("first_law", "W_cycle"))
        assert np.all(left <= 1e-8 * size), (record, left, size)
    assert case == "cycle" or np.abs(table["dU_cycle"]["mixing"]).min() > 0.1


def test_at_uniform_density_it_does_not_hold_between_two_temperatures():
    """c_p dT at constant n in a rigid box: the gas takes up c_p dT, though its energy changes by c_v dT only."""
    (mixture, _) = alternatives("cycle_dT")
    table = run(CASES / "cycle_dT.yaml", [mixture.replace(": ", "=", 1), "mesh.cells=50"]).summary()["protocol"][
        "observables"
    ]
    left, energy = table["first_law"]["mixing"][-1], table["dU_cycle"]["mixing"][-1]
    assert left == pytest.approx(-energy, rel=1e-6, abs=0) and abs(energy) > 0.1


@pytest.mark.slow
def test_mechanical_equilibrium_ends_in_32_and_34():
    mixture, pump = alternatives("separating")[0].replace(": ", "=", 1), replace(PUMP, x_mean=0.4)
    ends = [
        run(CASES / "separating.yaml", [mixture, f"mesh.cells={cells}", "parameters.x_mean=0.4"]) for cells in (50, 100)
    ]
    errors = []
    for end in ends:
        snapshot = end.snapshots[-1]
        position, (_, x, p) = snapshot.system.geometry.position[0], snapshot.values
        for share, sign in ((x, -1), (1 - x, 1)):
            assert np.ptp(np.log(share * p) - sign * 0.05 * position) < 2e-8
        density, fraction = pump.separated(position, 0.05)
        errors.append(np.abs(p - density).max() / np.ptp(density))
        assert np.allclose(x, fraction, rtol=1e-8, atol=0)
        assert end.observables["W"].value == pytest.approx(end.observables["Qh"].value, rel=1e-7, abs=0)
    assert errors[1] < 1e-3 and np.log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.02)
    coarse, fine = (end.observables["W"].value for end in ends)
    assert (4 * fine - coarse) / 3 == pytest.approx(work_done(pump, 0.05), rel=2e-5, abs=0)


def test_gravity_at_uniform_density_draws_by_44():
    """Small forces, F_B - F_A = (M_Xe - M_He) g:  Qc = -c k_T (F_B - F_A) L^2 A/12, with k_T of kinetic
    theory at the mean state.
    """
    uniform = alternatives("gravity")[0].replace(": ", "=", 1)
    drawn = found("gravity", uniform, "mesh.cells=50")
    c, force = 101325 / (8.31446261815324 * 300), (0.131293 - 0.0040026) * 9.80665
    assert drawn["Qc_cycle"] == pytest.approx(c * 0.10253396 * force / 12, rel=1e-3, abs=0)
    assert drawn["cop"] == pytest.approx(2 * 0.10253396 * 8.31446261815324 * 300 / force * 2, rel=3e-2, abs=0)


@pytest.mark.parametrize("case", ("separating", *CYCLES))
def test_other_models_are_one_line_away(case):
    """Full at uniform density by one line, linearised there by one more; `separating` is at
    uniform density as it stands.
    """
    mixture, laws = (line.replace(": ", "=", 1) for line in alternatives(case))
    assert check(CASES / f"{case}.yaml", [mixture])
    assert check(CASES / f"{case}.yaml", [laws] if case == "separating" else [mixture, laws])


def test_observables_have_the_same_names():
    names = {"Qc_cycle", "Qh_cycle", "W_cycle", "cooling_power", "cop"}
    for case in (*CYCLES, "cycle_linear"):
        assert names <= {
            *(each.name for each in check(CASES / f"{case}.yaml").observe),
            *check(CASES / f"{case}.yaml").derived,
        }
