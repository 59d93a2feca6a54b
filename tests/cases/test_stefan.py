"""What the cases of Stefan flow promise: order, the fixed numbers by another formula, two
closures that agree, refusals.
"""

from pathlib import Path

import numpy as np
import pytest

from fvtransport import CaseError, check, run

CASES = Path(__file__).parents[2] / "cases"
SECOND_ORDER = {
    "emcd/soret_18_percent": 200, "emcd/temperature_dependent_D": 100, "stefan/acetone_methanol_air": 200,
    "reaction/stefan_slab_1": 200, "reaction/stefan_slab_3": 400, "reaction/stefan_slab_10": 400,
    "reaction/second_order_slab": 400, "reaction/stiff": 800,
}  # fmt: skip


def outcome(name: str, *overrides: str) -> dict:
    summary = run(CASES / f"{name}.yaml", overrides=overrides).summary()
    assert summary["status"] == "converged", summary["message"]
    return summary


def errors(name: str, *overrides: str) -> dict[str, float]:
    return {key: max(norms.values()) for key, norms in outcome(name, *overrides)["comparison"]["errors"].items()}


def observables(name: str, *overrides: str) -> dict:
    return {key: entry["value"] for key, entry in outcome(name, *overrides)["observables"].items()}


@pytest.mark.parametrize(("name", "cells"), SECOND_ORDER.items(), ids=list(SECOND_ORDER))
def test_errors_are_second_order(name, cells):
    """Quartered where cells are halved in place: the ratio of a graded mesh stays, the step
    between neighbours falls.
    """
    coarse, fine = errors(name, f"mesh.cells={cells // 2}"), errors(name)
    orders = {key: np.log2(coarse[key] / fine[key]) for key in fine}
    assert min(orders.values()) > 1.85, orders


def test_washcoat_is_second_order():
    coarse, fine = (errors("2d/washcoat", f"mesh.cells={cells}") for cells in ("[30, 20]", "[60, 40]"))
    orders = {key: np.log2(coarse[key] / fine[key]) for key in fine}
    assert min(orders.values()) > 1.85, orders


@pytest.mark.parametrize(
    ("name", "observable", "exact"),
    [
        ("stefan/tube", "N_A", 40.0 * 2e-5 / 0.1 * np.log(10.0)),
        ("stefan/tube_limit", "N_A", 40.0 * 2e-5 / 0.1 * np.log(1e6)),
        ("stefan/dissociation", "N_A", 12.1866 * 1e-4 / 1e-3 * np.log(1.9)),
        ("emcd/neumann_limit", "N_N2", 40.87 * 1.65e-5 / 0.1),
    ],
)
def test_exact_cases_are_exact(name, observable, exact):
    assert observables(name)[observable] == pytest.approx(exact, rel=1e-10)
    assert observables(name, "mesh.cells=7")[observable] == pytest.approx(exact, rel=1e-10)


def test_arnold_improves_with_the_mesh():
    coarse, fine = errors("stefan/arnold", "mesh.cells=200"), errors("stefan/arnold")
    assert coarse["N_A"] / fine["N_A"] > 3.0 and coarse["evaporated"] / fine["evaporated"] > 3.5


@pytest.mark.parametrize("phi", [1, 3, 10])
def test_the_pressure_finds_the_ratio_of_the_fluxes(phi):
    """Solved for the pressure, the slab has the same uptake as with N_B = -2 N_A stated."""
    name = f"reaction/stefan_slab_{phi}"
    given = observables(name, "mesh.cells=400")["effectiveness"]
    found = observables(
        name,
        "mesh.cells=400",
        "mixture.gas.bulk_flow={mechanical_equilibrium: {stiffness: 1e6}}",
        "boundaries.right.p=no_flux",
        "boundaries.left.p={dirichlet: concentration*gas_constant*temperature}",
    )["effectiveness"]
    assert found == pytest.approx(given, rel=1e-6)


def test_the_bulk_flow_produces_no_entropy():
    """sigma is that of J alone:  the integral of R J^2/(c D x (1 - x)) over the tube, times its cross-section."""
    coarse, fine = (
        outcome("stefan/tube", "parameters.x_right=0.1", f"mesh.cells={cells}")["audit"]["entropy_production"]
        for cells in (400, 800)
    )
    z, (left, right) = np.linspace(0.0, 1.0, 20001), (0.1, 0.9)
    rest = left * (right / left) ** z
    density = np.log(right / left) ** 2 * rest / (1.0 - rest)
    exact = 8.31446261815324 * 40.0 * 2e-5 / 0.1 * np.trapezoid(density, z) * 1e-4
    assert fine["by_law"]["bulk_flow"] == 0.0
    assert fine["total"] == pytest.approx(exact, rel=1.5e-5)
    assert np.log2((coarse["total"] - exact) / (fine["total"] - exact)) == pytest.approx(2.0, abs=0.1)


def test_a_film_may_be_stated_by_maxwell_and_stefan_too():
    by_fick = observables("stefan/tube")["N_A"]
    by_friction = observables("stefan/tube", "laws=[maxwell_stefan: {diffusivities: {A-B: 2.0e-5 m^2/s}}]")["N_A"]
    assert by_friction == pytest.approx(by_fick, rel=1e-12)


def test_a_large_soret_coefficient_moves_the_temperature_and_may_break_the_second_law():
    seen = observables("emcd/soret_18_percent")
    assert seen["soret_share"] == pytest.approx(0.1675, abs=1e-4)
    assert seen["heat_ratio"] == pytest.approx(5.823, abs=1e-3)
    gas = observables("emcd/soret_18_percent", "parameters.soret_coefficient=1.8e-4 1/K")
    assert gas["soret_share"] == pytest.approx(0.0026, abs=1e-4)
    straight = observables("emcd/soret_18_percent", "parameters.conductivity=20 W/m/K")
    assert straight["soret_share"] == pytest.approx(0.18, abs=0.003)


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("reaction/stefan_slab_3", ["mixture.gas.bulk_flow=equimolar"], r"div N = R_T; give the mixture bulk_flow"),
        (
            "reaction/stefan_slab_3",
            ["mixture.gas.bulk_flow={flux_ratio: {A: 1, B: 1}}"],
            "that the bulk flow cannot carry",
        ),
        ("stefan/tube", ["parameters.x_left=1.0"], "leaves the total flux without bound"),
        ("stefan/tube", ["mixture.gas.bulk_flow={stagnant: C}"], "the mixture has no species C"),
        ("stefan/tube", ["mixture.gas.bulk_flow=darcy"], "permeability"),
        (
            "stefan/acetone_methanol_air",
            ["laws.0.maxwell_stefan.diffusivities={acetone-air: 1e-5, methanol-air: 1e-5}"],
            "lack",
        ),
        (
            "stefan/arnold",
            ["boundaries.left.x_B={saturated: {species: A, vapour_pressure: 1e4}}"],
            "is a condition of p",
        ),
        ("emcd/neumann_limit", ["parameters.share=1.01"], "exceeds c D/L"),
        ("emcd/neumann_limit", ["boundaries.right.x_N2.neumann=0.9*flux"], "unbalanced fluxes"),
    ],
)
def test_wrong_combinations_are_refused_with_the_reason(name, changes, words):
    with pytest.raises(CaseError, match=words):
        check(CASES / f"{name}.yaml", overrides=changes)


def test_the_mean_of_the_neumann_limit_leaves_no_choice():
    summary = run(CASES / "emcd" / "neumann_limit.yaml", overrides=["parameters.x_mean=0.4"]).summary()
    assert summary["status"] == "out of physical range"
