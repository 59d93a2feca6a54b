"""What the pages on irreversible thermodynamics promise: numbers, orders, orders of magnitude."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from fvtransport import run
from fvtransport.cli.app import app

CASES = Path(__file__).parents[2] / "cases"


def errors(name: str, *overrides: str) -> dict[str, float]:
    """The worst error of every field and observable of a case."""
    summary = run(CASES / f"{name}.yaml", overrides=overrides).summary()
    assert summary["status"] == "converged", summary["message"]
    return {key: max(norms.values()) for key, norms in summary["comparison"]["errors"].items()}


@pytest.mark.parametrize(
    ("name", "cells", "precise"),
    [
        ("lit/dufour_gas_transient", 200, ["solve.transient.rtol=1e-10"]),
        (
            "lit/dufour_gas_step",
            200,
            ["mixture.gas.bulk_flow={mechanical_equilibrium: {stiffness: 1e7}}", "solve.transient.rtol=1e-8"],
        ),
        ("lit/ternary_soret_cell", 50, []),
    ],
)
def test_errors_are_second_order(name, cells, precise):
    """The step with a gas so stiff that what its pressure is off does not show."""
    coarse, fine = (errors(name, f"mesh.cells={count}", *precise) for count in (cells, 2 * cells))
    orders = {key: np.log2(coarse[key] / fine[key]) for key in fine if key != "entropy_produced"}
    assert min(orders.values()) > 1.85, orders


def test_the_transient_has_the_numbers_of_its_page():
    result = run(CASES / "lit" / "dufour_gas_transient.yaml")
    exact = result.case.comparison.solution.observables()
    np.testing.assert_allclose(exact["T_end_minus_T0"], [0.7369228, 3.8627323, 1.1171278], rtol=5e-8)
    assert exact["T_peak"] == pytest.approx(4.0605585, rel=2e-8)
    assert exact["t_peak"] == pytest.approx(13.968369, rel=4e-8)
    assert exact["entropy_produced"] == pytest.approx(5.404, rel=1e-7)
    assert result.observables["entropy_produced"].value == pytest.approx(exact["entropy_produced"], rel=5e-8)


@pytest.mark.parametrize("name", ["lit/dufour_gas_transient", "lit/dufour_gas_step"])
def test_entropy_production_falls_and_stays_positive(name):
    result = run(CASES / f"{name}.yaml")
    rates = [
        sum(
            part.sum()
            for part in (each @ result.system.geometry.faces.volume for each in result.entropy_production(s).values())
        )
        for s in result.snapshots[1:]
    ]
    assert len(rates) > 10 and min(rates) >= 0.0
    assert all(after <= before * (1 + 1e-9) for before, after in itertools.pairwise(rates))


PAIRS = {
    "H2 in N2": ((40.62, 7.8e-5, 0.08, -1.0e-3, 2.016e-3, 28.0134e-3), (-2.371, 9.464, -2.979e-9, -29.6, 7.41e-3)),
    "N2 in CO2": (
        (40.62, 1.65e-5, 0.021, -1.8e-4, 28.0134e-3, 44.01e-3),
        (-0.0903, 0.0950, -1.033e-9, -4.30, 1.9345e-4),
    ),
    "CCl4 in cyclohexane": (
        (9720, 1.39e-9, 0.11, 5.8e-3, 153.82e-3, 84.16e-3),
        (0.0586, -0.0641, 2.131e-9, 0.533, 7.73e-4),
    ),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_orders_of_magnitude_are_those_of_the_page(pair):
    given, (B, D_F, d_ST, kelvin, share) = PAIRS[pair]
    names = ("concentration", "diffusivity", "conductivity", "soret_coefficient", "M_A", "M_B")
    overrides = [f"parameters.{name}={value}" for name, value in zip(names, given)]
    path = CASES / "liquid_gas_orders.yaml"
    result = run(path, overrides)
    assert result.comparison.passed
    seen = result.summary()["observables"]
    assert seen["B"]["value"] == pytest.approx(B, rel=1e-3)
    assert seen["equivalent"]["value"] / 0.2 == pytest.approx(kelvin, rel=2e-3)
    assert seen["share"]["value"] == pytest.approx(share, rel=2e-3)
    ran = CliRunner().invoke(
        app, ["check", str(path), "--format", "json", *(word for text in overrides for word in ("--set", text))]
    )
    found = {entry["name"]: entry["value"] for entry in json.loads(ran.stdout)["coefficients"]}
    assert found["D_F"] == pytest.approx(D_F, rel=1e-3)
    assert found["d_ST"] == pytest.approx(d_ST, rel=1e-3)
    assert 1.0 - found["lambda"] / found["kappa"] == pytest.approx(share, rel=2e-3)


def test_a_gas_that_cannot_move_is_refused_for_the_step():
    from fvtransport import CaseError, check

    with pytest.raises(CaseError, match="concentration depends on T and would change in time"):
        check(CASES / "lit" / "dufour_gas_step.yaml", ["mixture.gas.bulk_flow=null"])


def test_heat_of_transport_against_the_mean_decides_where_a_species_goes():
    seen = run(CASES / "lit" / "ternary_soret_cell.yaml")
    cold = {name: reading.value for name, reading in seen.observables.items()}
    assert cold["A_hot"] > cold["A_cold"] and cold["B_cold"] > cold["B_hot"]
    assert seen.audit.symmetric and seen.audit.margin == pytest.approx(0.246, abs=1e-3)
