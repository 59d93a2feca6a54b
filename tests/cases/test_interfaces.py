"""What the cases of interfaces promise on their pages, beyond the tolerance of the comparison."""

from pathlib import Path

import numpy as np
import pytest

from fvtransport import run

CASES = Path(__file__).parents[2] / "cases" / "interfaces"


def solved(name: str, *overrides: str):
    result = run(CASES / f"{name}.yaml", overrides=overrides)
    assert result.ending.succeeded and all(line.closes(1e-10) for line in result.balance), result.ending
    return result


def worst(result) -> float:
    """The largest error of any field or observable against the closed form."""
    return max(error for norms in result.summary()["comparison"]["errors"].values() for error in norms.values())


def values(result) -> dict[str, float]:
    return {name: float(reading.value) for name, reading in result.observables.items()}


@pytest.mark.parametrize("cells", (8, 16, 80))
@pytest.mark.parametrize("contrast", ("0.6", "1e-3", "1e3"))
def test_two_layers_are_exact_on_any_mesh_at_any_contrast(cells, contrast):
    result = solved("two_layers", f"mesh.cells={cells}", f"parameters.c_clay={contrast}*water")
    assert worst(result) < 1e-11
    assert values(result)["J_Cl"] == pytest.approx(
        1e-3 / (0.3 / (0.35 * 55300 * 1e-9) + 0.5 / (float(contrast) * 55300 * 2.5e-10)), rel=1e-11
    )


@pytest.mark.parametrize("cells", (2, 20, 64))
def test_a_jump_by_sieverts_and_henry_is_exact_on_any_mesh(cells):
    result = solved("sieverts_henry", f"mesh.cells={cells}")
    seen = values(result)
    assert worst(result) < 1e-12
    assert (seen["J"], seen["p_interface"]) == pytest.approx((1.80566492, 1.20377661), abs=5e-9)
    assert (seen["c_metal"], seen["c_salt"]) == pytest.approx((2.19433508, 0.60188831), abs=5e-9)


def test_hydrogen_enters_layers_that_hold_none():
    result = solved("sieverts_henry", "initial={x_H: 0}", "solve={transient: {until: 20, rtol: 1e-9}}")
    assert values(result)["J"] == pytest.approx(1.80566492, rel=1e-6)


def test_the_pin_is_second_order_and_its_fluxes_are_exact():
    coarse, fine = (solved("fuel_gap_cladding", f"mesh.cells={cells}") for cells in (47, 94))
    errors = [result.summary()["comparison"]["errors"] for result in (coarse, fine)]
    for name in ("T", "T_centre", "T_fuel", "T_inner"):
        assert np.log2(max(errors[0][name].values()) / max(errors[1][name].values())) > 1.9, name
    for name in ("q_gap", "T_surface"):
        assert errors[0][name]["relative"] < 1e-13, name


def test_the_gap_takes_its_part_of_the_temperature():
    seen = values(solved("fuel_gap_cladding"))
    assert seen["T_fuel"] - seen["T_inner"] == pytest.approx(seen["q_gap"] / 5000.0, rel=1e-12)
    assert seen["T_centre"] - seen["T_fuel"] == pytest.approx(2e4 / (4.0 * np.pi * 3.0), rel=1e-4)


def test_the_sealed_plugs_are_second_order_and_the_jump_is_exact():
    coarse, fine = (solved("kapitza_soret", f"mesh.cells={cells}") for cells in (50, 100))
    assert np.log2(worst(coarse) / worst(fine)) > 1.9
    seen = values(coarse)
    assert seen["T_1"] - seen["T_2"] == pytest.approx(0.1 * seen["q"], rel=1e-12)


def test_cross_effects_lower_the_heat_of_the_sealed_plugs():
    with_effects = values(solved("kapitza_soret"))["q"]
    without = values(solved("kapitza_soret", "parameters.S_fine=0", "parameters.S_coarse=0"))["q"]
    assert without == pytest.approx(150.0 / (0.1 + 0.1 + 0.0625), rel=1e-12)
    assert with_effects < 0.997 * without


@pytest.mark.parametrize("sigma", ((1.0, 0.0), (0.0, 1.0), (0.0, 0.0), (1.0, 1.0), (0.4, 0.9)))
@pytest.mark.parametrize("cells", (3, 30))
def test_membranes_hold_their_part_of_the_osmotic_pressure(sigma, cells):
    given = [f"parameters.sigma_{i + 1}={each}" for i, each in enumerate(sigma)]
    result = solved("membrane_osmosis", f"mesh.cells={cells}", *given)
    assert worst(result) < 1e-11
    seen = values(result)
    steps = seen["p_1"] - seen["p_2"], seen["p_3"] - seen["p_4"]
    osmotic = np.multiply(sigma, (seen["osmotic_1"], seen["osmotic_2"]))
    assert steps == pytest.approx(tuple(osmotic), rel=1e-10, abs=1e-6)


@pytest.mark.parametrize("sigma", (0.0, 1.0))
def test_sealed_chambers_end_with_the_osmotic_pressure_of_what_they_hold(sigma):
    """Without leaks: nitrogen stays where it is behind sigma = 1, and hydrogen evens out its partial pressure."""
    closed = "{x_N2: no_flux, p: no_flux}"
    result = solved(
        "membrane_osmosis", f"boundaries={{left: {closed}, right: {closed}}}", "parameters.omega=0", "compare=null",
        f"parameters.sigma_1={sigma}", f"parameters.sigma_2={sigma}",
        'initial={x_N2: "where(x < 0.01, 0.6, 0.1)", p: 1 bar}', "solve={transient: {until: 3e4, rtol: 1e-9}}",
    )  # fmt: skip
    seen = values(result)
    if sigma == 1.0:
        hydrogen = 1e5 * (0.4 + 0.9 + 0.9) / 3.0
        assert seen["p_1"] == pytest.approx(hydrogen + 0.6e5, rel=1e-6)
        assert seen["p_1"] - seen["p_2"] == pytest.approx(seen["osmotic_1"], rel=1e-6) and seen["osmotic_1"] > 4e4
    else:
        assert (seen["p_1"], seen["osmotic_1"]) == pytest.approx((1e5, 0.5e5), rel=1e-6)
