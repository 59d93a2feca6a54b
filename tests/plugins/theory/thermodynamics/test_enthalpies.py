"""Heat fluxes that do or do not count the enthalpies carried along, as input, as output, and in the balance."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fvtransport.plugins.theory.thermodynamics.enthalpies import enthalpy_differences, molar_enthalpies
from scipy.integrate import solve_bvp
from typer.testing import CliRunner

from fvtransport.cli.app import app
from tests.tools.views import binary, gas, medium
from tests.tools.views import cells as cells_of

R, P, D, KAPPA, ALPHA, L = 8.31446261815324, 101325.0, 7e-5, 0.05, -0.36, 0.01
CP, T_0, RATIO = np.array([20.786, 29.12]), 298.15, 2.65
CASE = f"""
title: helium through nitrogen in a pore
parameters: {{P: {P}, Rg: {R}, D: {D}, k: {KAPPA}, a: {ALPHA}, MA: 4.0026e-3, MB: 28.0134e-3}}
mesh: {{type: Grid1D, length: {L}, cells: 100}}
mixture:
  gas:
    species: [A, B]
    pressure: P
    molar_heat_capacity: {{A: {CP[0]}, B: {CP[1]}}}
    molar_masses: {{A: MA, B: MB}}
    bulk_flow: {{flux_ratio: {{A: 1, B: {RATIO}}}}}
properties: {{diffusivity: D, conductivity: k, thermal_diffusion_factor: a}}
laws: [conduction, fick, soret_dufour]
boundaries:
  left: {{T: {{dirichlet: 380}}, x_A: {{dirichlet: 0.9}}}}
  right: {{T: {{dirichlet: 300}}, x_A: {{dirichlet: 0.1}}}}
solve: steady
observe:
  energy: {{flux: {{of: energy, through: left}}}}
  energy_right: {{flux: {{of: energy, through: right}}}}
  reduced: {{heat_flux: {{through: left}}}}
  total: {{heat_flux: {{through: left, convention: total}}}}
  N_A: {{flux: {{of: A, through: left}}}}
"""
C, DH = "(P/(Rg*T))", f"(({CP[0]} - {CP[1]})*(T - {T_0}))"
LQQ, LQA, LAA = "(k*T**2)", f"({C}*T*x_A*x_B*a*D)", f"({C}*x_A*x_B*D/Rg)"
M = "(x_A*MA + x_B*MB)"
D_F, RHO_D, D_ST = f"(-P*a*D*{M}**2/(MA*MB))", f"({C}*{M}*D)", f"({C}*x_A*x_B*MA*MB/{M}*a*D/T)"
REDUCED = f'{{phenomenological: {{L_qq: "{LQQ}", L_qi: {{A: "{LQA}"}}, L_ij: {{A-A: "{LAA}"}}}}}}'
TOTAL = (
    f'{{phenomenological: {{heat_flux: total, L_qq: "{LQQ} + 2*{DH}*{LQA} + {DH}**2*{LAA}", L_qi: {{A: '
    f'"{LQA} + {DH}*{LAA}"}},'
    f' L_ij: {{A-A: "{LAA}"}}}}}}'
)
MASS = (
    f'{{mass_fraction_form: {{heat_flux: total, k: "k + {DH}*{M}/(MA*MB)*{D_ST}", rho_D: "{RHO_D}", d_ST: "{D_ST}",'
    f' D_F: "{D_F} - {DH}*{M}/(MA*MB)*{RHO_D}"}}}}'
)


def reference() -> dict[str, float]:
    """Fluxes at x = 0 from a boundary-value solve of q' = e - sum h_i N_i and J_A = N_A - x_A N."""

    def rates(z, y, unknown):
        (T, x), (N_A, energy) = y, unknown
        N_B = -N_A / RATIO
        c, soret = P / (R * T), ALPHA * D / T
        heat = energy - (T - T_0) * (CP[0] * N_A + CP[1] * N_B)
        flux = N_A - x * (N_A + N_B)
        cross = c * x * (1 - x) * soret
        slope_T = (-heat + R * T**2 * soret * flux / D) / (KAPPA - R * T**2 * soret * cross / D)
        return np.stack([slope_T, -(flux + cross * slope_T) / (c * D)])

    z = np.linspace(0.0, L, 41)
    guess = np.stack([380.0 - 8000.0 * z, 0.9 - 80.0 * z])
    ends = lambda a, b, unknown: np.array([a[0] - 380.0, a[1] - 0.9, b[0] - 300.0, b[1] - 0.1])
    found = solve_bvp(rates, ends, z, guess, p=[0.3, 100.0], tol=1e-11, max_nodes=50000)
    assert found.success
    (N_A, energy), N = found.p, np.array([found.p[0], -found.p[0] / RATIO])
    h = CP * (380.0 - T_0)
    mean = np.array([0.9, 0.1]) @ h
    return {"energy": energy, "reduced": energy - h @ N, "total": energy - N.sum() * mean, "N_A": N_A}


def values(result) -> dict[str, float]:
    return {name: reading.value for name, reading in result.observables.items()}


def test_both_heat_fluxes_are_those_of_a_boundary_value_solve_at_second_order(run_text):
    exact = reference()
    errors = []
    for cells in (100, 200):
        seen = values(run_text(CASE, f"mesh.cells={cells}"))
        assert seen["energy"] == pytest.approx(seen["energy_right"], rel=1e-10)
        errors.append({name: abs(seen[name] / exact[name] - 1.0) for name in exact})
    assert max(errors[1].values()) < 2e-4, errors
    for name, error in errors[1].items():
        assert np.log2(errors[0][name] / error) == pytest.approx(2.0, abs=0.1), name
    assert abs(exact["total"] - exact["reduced"]) > 50.0


@pytest.mark.parametrize(
    ("law", "rel"), [(REDUCED, 1e-9), (TOTAL, 3e-6), (MASS, 3e-6)], ids=["reduced", "total", "total by mass"]
)
def test_coefficients_in_either_convention_give_the_same_case(run_text, law, rel):
    """But for how far the temperature of a face leans to the node upstream, which asks for the
    conductivity as it is given.
    """
    plain, own = values(run_text(CASE)), values(run_text(CASE, f"laws=[{law}]", "properties={}"))
    assert own == pytest.approx(plain, rel=rel)


def test_enthalpies_counted_twice_would_be_seen(run_text):
    """The coefficients of the total heat flux taken for those of the reduced one."""
    plain, wrong = (
        values(run_text(CASE, law)) for law in ("title=plain", f"laws=[{TOTAL.replace('heat_flux: total, ', '')}]")
    )
    assert abs(wrong["energy"] / plain["energy"] - 1.0) > 0.03


def test_check_states_both_conventions(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE + "initial: {T: 350, x_A: 0.5}\n", encoding="utf-8")
    found = json.loads(CliRunner().invoke(app, ["check", str(path), "--format", "json"]).stdout)["coefficients"]
    total = {entry["name"]: entry["value"] for entry in found if "convention I)" in entry["form"]}
    c, h = P / (R * 350.0), (CP[0] - CP[1]) * (350.0 - T_0)
    LAA, LqA = c * 0.25 * D / R, c * 350.0 * 0.25 * ALPHA * D
    expected = {"L_qq": KAPPA * 350.0**2 + 2 * h * LqA + h**2 * LAA, "L_qi A": LqA + h * LAA, "L_ij A-A": LAA}
    assert total == pytest.approx(expected, rel=1e-9)


def test_a_mixture_without_enthalpies_has_one_heat_flux(run_text):
    binary = 'mixture={binary: {species: [A, B], concentration: "P/(Rg*T)"}}'
    seen = values(run_text(CASE, binary))
    assert seen["reduced"] == seen["total"] == pytest.approx(seen["energy"], rel=1e-12)


def test_a_mixture_that_carries_its_enthalpies_is_not_advected_besides(complaints):
    found = complaints(CASE, "laws=[conduction, fick, soret_dufour, {advection: {velocity: 0.01}}]")
    assert any("would count them twice; expected a bulk_flow" in text for text in found), found


@pytest.mark.parametrize("mixture", ['{binary: {species: [A, B], concentration: "P/(Rg*T)"}}'])
def test_total_coefficients_need_enthalpies(complaints, mixture):
    found = complaints(CASE, f"mixture={mixture}", f"laws=[{TOTAL}]", "properties={}")
    assert any("states no enthalpies h_i to subtract" in text for text in found), found


def test_enthalpies_are_those_that_the_mixture_states():
    """c_p,i (T - T_0) at 310 K, T_0 = 298.15 K."""
    own = gas(species=("A", "B", "C"), molar_heat_capacity={"A": 20.0, "B": 30.0, "C": 50.0})
    view = cells_of(medium(own), [310.0, 0.2, 0.3])
    assert np.ravel(molar_enthalpies(view)) == pytest.approx(11.85 * np.array([20.0, 30.0, 50.0]), rel=1e-12)
    assert np.ravel(enthalpy_differences(view)) == pytest.approx(11.85 * np.array([-30.0, -20.0]), rel=1e-12)
    assert molar_enthalpies(cells_of(medium(binary()), [310.0, 0.2])) is None
