"""Flow with the pressure as a field: Darcy, dusty gas, mechanical equilibrium."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import pressure
from fvtransport.plugins.theory.frames import molar_flux
from fvtransport.plugins.theory.knudsen import bosanquet, knudsen_diffusivity, mean_free_path
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from tests.tools.cases import PURE, case_text

R, T, P = 8.31446261815324, 300.0, 101325.0
MASSES = np.array([4.0026e-3, 39.948e-3])
LENGTH, PORE, MUTUAL, VISCOSITY = 0.01, 1e-6, 7.3e-5, 2.2e-5
CASE = case_text(
    PURE,
    title="pore",
    mesh="{type: Grid1D, length: 0.01, cells: %d}",
    mixture="""
  gas:
    species: [He, Ar]
    pressure: 101325
    temperature: 300
    molar_masses: {He: 4.0026e-3, Ar: 39.948e-3}
    bulk_flow: %s""",
    properties="{%s}",
    laws="[maxwell_stefan: {diffusivities: {He-Ar: %s*101325/p}}]",
    boundaries="{left: {x_He: {dirichlet: %s}, p: {dirichlet: %s}}, right: {x_He: {dirichlet: %s}, p: %s}}",
    units=None,
)


def pore(
    run_text,
    flow,
    cells=100,
    properties="viscosity: 2.2e-5",
    mutual="7.3e-5",
    left=("1", "101325"),
    right=("0", "no_flux"),
):
    return run_text(CASE % (cells, flow, properties, mutual, *left, *right)).snapshots[-1]


def boundaries() -> np.ndarray:
    """Friction 1/D_K of both gases."""
    return 3.0 / PORE / np.sqrt(8.0 * R * T / (np.pi * MASSES))


def test_open_pore(run_text):
    """N_A (1/D + 1/D_K,A - x_A (1 - r)/D) = -c x_A',  N_B = -r N_A,  r = sqrt(M_A/M_B)."""
    flow = "{dusty_gas: {pore_diameter: 1e-6, viscous_flow: false}}"
    flux = molar_flux(pore(run_text, flow, right=("0", "{dirichlet: 101325}")), "left")
    ratio, slope = np.sqrt(MASSES[0] / MASSES[1]), 1.0 / MUTUAL + boundaries()[0]
    change = (1.0 - ratio) / MUTUAL
    expected = P / (R * T) / LENGTH / change * np.log(slope / (slope - change))
    assert flux == pytest.approx([expected, -ratio * expected], rel=1e-5)


def test_open_pore_at_uniform_pressure_obeys_graham_to_round_off(run_text):
    text = CASE % (100, "{dusty_gas: {pore_diameter: 1e-6, uniform_pressure: true}}", "", "7.3e-5", "1", "0", "0", "0")
    text = text.replace(", p: {dirichlet: 0}", "").replace(", p: 0", "")
    flux = molar_flux(run_text(text).snapshots[-1], "left")
    assert flux[1] / flux[0] == pytest.approx(-np.sqrt(MASSES[0] / MASSES[1]), rel=1e-12)
    assert flux == pytest.approx(
        molar_flux(
            pore(
                run_text, "{dusty_gas: {pore_diameter: 1e-6, viscous_flow: false}}", right=("0", "{dirichlet: 101325}")
            ),
            "left",
        ),
        rel=1e-5,
    )


def closed_pore() -> tuple[float, float]:
    """N_He and the pressure rise without a net flux, by shooting."""
    friction = boundaries()

    def slopes(_, y, flux):
        x, p = y
        mean = x * friction[0] + (1.0 - x) * friction[1]
        darcy = p / (R * T) * PORE**2 / 32.0 / VISCOSITY
        rise = -(friction[0] - friction[1]) * flux / (1.0 / (R * T) + mean * darcy)
        first, second = flux + x * darcy * rise, -flux + (1.0 - x) * darcy * rise
        drag = ((1.0 - x) * first - x * second) * p / (MUTUAL * P) + friction[0] * first
        return [(-R * T * drag - x * rise) / p, rise]

    def end(flux):
        return solve_ivp(slopes, (0.0, LENGTH), [1.0, P], args=(flux,), rtol=1e-11, atol=1e-13).y[:, -1]

    flux = brentq(lambda flux: end(flux)[0], 1e-2, 1.0, xtol=1e-15)
    return flux, end(flux)[1] - P


def test_closed_pore(run_text):
    snapshot = pore(run_text, "{dusty_gas: 1e-6}", cells=200)
    flux, rise = closed_pore()
    assert molar_flux(snapshot, "left") == pytest.approx([flux, -flux], rel=1e-6)
    assert snapshot.on_boundary(pressure, "right")[0] - snapshot.on_boundary(pressure, "left")[0] == pytest.approx(
        rise, rel=1e-6
    )


def test_free_molecules_pass_as_if_alone(run_text):
    """N_i = D_K,i (p_i,0 - p_i,L)/(R T L) where molecules meet the walls alone."""
    flow = "{dusty_gas: {knudsen_diffusivities: {He: 2e-4, Ar: 5e-5}, viscous_flow: false}}"
    snapshot = pore(run_text, flow, mutual="1e6", left=("0.8", "101325"), right=("0.1", "{dirichlet: 40000}"))
    expected = np.array([2e-4 * (0.8 * P - 4000.0), 5e-5 * (0.2 * P - 36000.0)]) / (R * T * LENGTH)
    assert molar_flux(snapshot, "right") == pytest.approx(expected, rel=1e-6)


def test_wide_pores_leave_graham(run_text):
    flow = "{dusty_gas: {pore_diameter: 1e-1, uniform_pressure: true}}"
    text = (
        (CASE % (100, flow, "", "7.3e-5", "1", "0", "0", "0")).replace(", p: {dirichlet: 0}", "").replace(", p: 0", "")
    )
    flux = molar_flux(run_text(text).snapshots[-1], "left")
    a, b = np.sqrt(MASSES)
    assert flux[0] == pytest.approx(P / (R * T) * MUTUAL / LENGTH * b / (b - a) * np.log(b / a), rel=1e-4)


def test_darcy_slab(run_text):
    """N = B (p_0^2 - p_L^2)/(2 mu R T L), and the flow carries x_A by the exact exponential."""
    properties = "viscosity: 2.2e-5, permeability: 1e-13"
    snapshot = pore(run_text, "darcy", 40, properties, left=("0.3", "120000"), right=("0.6", "{dirichlet: 80000}"))
    total = molar_flux(snapshot, "right").sum()
    assert total == pytest.approx(1e-13 * (120000.0**2 - 80000.0**2) / (2.0 * VISCOSITY * R * T * LENGTH), rel=1e-9)
    peclet = total * LENGTH / (P / (R * T) * MUTUAL)
    share = np.expm1(peclet * snapshot.system.geometry.position[0] / LENGTH) / np.expm1(peclet)
    assert snapshot.values[0] == pytest.approx(0.3 + 0.3 * share, abs=1e-6)


@pytest.mark.parametrize("permeability", ["1e-12", "1e-10", "1e-8"])
def test_what_flows_stays_between_its_ends(run_text, permeability):
    """However fast the flow, mole fractions neither overshoot nor oscillate."""
    snapshot = pore(
        run_text,
        "darcy",
        20,
        f"viscosity: 2.2e-5, permeability: {permeability}",
        left=("0.3", "110000"),
        right=("0.6", "{dirichlet: 101325}"),
    )
    x = snapshot.values[0]
    assert x.min() >= 0.3 - 1e-12 and x.max() <= 0.6 + 1e-12 and (np.diff(x) >= -1e-12).all()


SEALED = case_text(
    {},
    title="sealed tube",
    mesh="{type: Grid1D, length: 0.1, cells: 40}",
    mixture="{gas: {species: [A, B], pressure: 101325, temperature: 300, bulk_flow: %s}}",
    properties="{diffusivity: 2e-5, viscosity: 2e-5, permeability: 1e-12}",
    laws="[fick%s]",
    initial="{x_A: 0.5 + 0.3*sin(40*x)}",
    boundaries="{default: {x_A: no_flux}}",
    solve="{transient: {until: 30, rtol: 1e-7}}",
)


@pytest.mark.parametrize("flow", ["mechanical_equilibrium", "darcy"])
def test_a_sealed_tube_at_one_temperature_stays_at_rest(run_text, flow):
    """Equimolar counterdiffusion is what closed walls make of it, whatever the masses (a closed tube
    has no net *molar* flux).
    """
    result, equimolar = (
        run_text(SEALED % (flow, "")),
        run_text(SEALED.replace(", viscosity: 2e-5, permeability: 1e-12", "") % ("equimolar", "")),
    )
    last = result.snapshots[-1]
    assert last.values[0] == pytest.approx(equimolar.snapshots[-1].values[0], abs=1e-6)
    assert last.values[1] == pytest.approx(101325.0, rel=1e-8)
    assert all(line.relative_error < 1e-12 for line in result.balance)


@pytest.mark.parametrize("flow", ["mechanical_equilibrium", "darcy"])
def test_a_reaction_raises_the_pressure_of_a_closed_vessel(run_text, flow):
    """A -> 2 B to the end: as many moles as there was B, and twice A."""
    text = SEALED % (flow, ", reaction: {reactants: {A: 1}, products: {B: 2}, rate_constant: 1.0}")
    result = run_text(text, "solve.transient.rtol=1e-9")
    first, last = result.snapshots[0], result.snapshots[-1]
    (a, moles) = last.system.balances
    assert last.amount(moles) == pytest.approx(first.amount(moles) + first.amount(a), rel=1e-9)
    assert last.values[1] == pytest.approx(101325.0 * (1.0 + first.amount(a) / first.amount(moles)), rel=1e-6)
    assert all(line.relative_error < 1e-12 for line in result.balance)


@pytest.mark.parametrize(
    "flow, says",
    [
        ("{dusty_gas: {}}", "neither of pore_diameter and knudsen_diffusivities"),
        ("{dusty_gas: {pore_diameter: 1e-6, knudsen_diffusivities: {He: 1, Ar: 1}}}", "both of pore_diameter and"),
        ("{dusty_gas: {knudsen_diffusivities: {He: 1}}}", "expected one number for each of He, Ar"),
        ("{dusty_gas: 0}", "must be above 0"),
        ("darcy", "needs permeability"),
    ],
)
def test_mistakes(complaints, flow, says):
    found = complaints(CASE % (10, flow, "viscosity: 2.2e-5", "7.3e-5", "1", "101325", "0", "no_flux"))
    assert any(says in each for each in found), found


def test_thermal_transpiration_is_not_silently_left_out(complaints):
    text = (CASE % (10, "{dusty_gas: 1e-6}", "viscosity: 2.2e-5", "7.3e-5", "1", "101325", "0", "no_flux")).replace(
        "temperature: 300", "molar_heat_capacity: 20.8"
    )
    assert any("thermal transpiration" in each for each in complaints(text))


def test_rarefied_gas():
    assert knudsen_diffusivity(1e-6, 300.0, 4.0026e-3, R) == pytest.approx(4.199e-4, rel=1e-3)
    assert bosanquet(3.0, 6.0) == pytest.approx(2.0)
    assert mean_free_path(1.846e-5, 101325.0, 300.0, 28.97e-3, R) == pytest.approx(67e-9, rel=0.02)


def test_a_pressure_that_is_given_takes_no_condition_and_the_cure_is_told(complaints):
    found = complaints(CASE % (10, "graham", "", "7.3e-5", "1", "101325", "0", "no_flux"))
    assert any(
        "p takes no condition" in each and "remove it, or choose a mixture or a bulk_flow that solves for p" in each
        for each in found
    ), found


def test_a_pressure_gradient_in_darcy_separates_nothing(run_text):
    """d_i has no term in grad p: what enters at one composition has it everywhere, however unlike the masses."""
    snapshot = pore(
        run_text,
        "darcy",
        20,
        "viscosity: 2.2e-5, permeability: 1e-14",
        left=("0.3", "120000"),
        right=("0.3", "{dirichlet: 80000}"),
    )
    assert snapshot.values[0] == pytest.approx(0.3, abs=1e-12)
