"""Gases of three species that move are of second order: Maxwell-Stefan with Soret and Dufour in
every bulk flow, 1D and 2D.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import sympy
from fvtransport.plugins.bulk_flow.stagnant import Stagnant

import fvtransport
from fvtransport.discretisation.build import build
from fvtransport.verification import contract
from fvtransport.verification.manufactured import manufacture
from fvtransport.verification.numeric_laws import NumericLaws
from fvtransport.verification.symbolic import number_functions

PAGE = Path(__file__).parents[2] / "docs" / "numerics" / "orders.md"
PARTS = ("inside", "on boundaries", "through boundaries")
CASE = """
title: manufactured
units: reduced
mesh: {MESH}
mixture:
  gas:
    species: [A, B, C]
    molar_masses: {A: 1.0, B: 3.0, C: 7.0}
    pressure: 1.0
    MIXTURE
    bulk_flow: FLOW
properties: {PROPERTIES, permeability: 0.5*(1 + 0.1*x), viscosity: 1.0 + 0.2*x_A}
laws:
  - maxwell_stefan: {diffusivities: {A-B: 1.0, A-C: 0.7*T, B-C: DIFFUSIVITY}, FACTORS}
LAWS
initial: {INITIAL, x_A: 0.3, x_B: 0.3}
boundaries:
WALLS
solve: steady
"""
ROBIN = "{robin: {coefficient: 3.0, reference: 0.4}}"
LINE = {
    "left": {"T": "{dirichlet: 1.1}", "x_A": "{dirichlet: 0.3}", "x_B": ROBIN, "p": "{dirichlet: 1.0}"},
    "right": {"T": ROBIN, "x_A": ROBIN, "x_B": "{neumann: 0.1}", "p": ROBIN},
}
PLANE = {
    "left": {"T": "{dirichlet: 1.0}", "x_A": "{dirichlet: 0.3}", "x_B": "{dirichlet: 0.3}", "p": "{dirichlet: 1.0}"},
    "right": {"T": ROBIN, "x_A": ROBIN, "x_B": ROBIN, "p": ROBIN},
    "bottom": {"T": ROBIN, "x_A": "no_flux", "x_B": "{neumann: 0.1}", "p": "no_flux"},
    "top": {"T": "no_flux", "x_A": ROBIN, "x_B": ROBIN, "p": "no_flux"},
}
MESHES = {
    "line": ("type: Grid1D, length: 1.0, cells: 20", LINE),
    "plane": ("type: Grid2D, length: [1.0, 0.7], cells: [8, 8]", PLANE),
    "shell": ("type: SphericalGrid1D, length: 1.0, inner_radius: 0.5, cells: 20", LINE),
}
AT_GIVEN_PRESSURE = ["equimolar", "{stagnant: C}", "{flux_ratio: {A: 2, C: 1}}", "mass", "graham"]
PRESSED = ["darcy", "{mechanical_equilibrium: {stiffness: 10}}"]
DUSTY = "{dusty_gas: {knudsen_diffusivities: {A: 1.0, B: 0.5, C: 0.4}, WHICH}}"
FACTORS = "thermal_diffusion_factors: {A-B: 0.3, A-C: 0.5*x_B, B-C: -0.2}"


@pytest.fixture
def case_of(tmp_path):
    """A function that checks the gas on a mesh, with a bulk flow and more laws; isothermal where it is said so."""

    def make(mesh: str, flow: str, laws: tuple[str, ...] = (), isothermal: bool = False):
        shape, boundaries = MESHES[mesh]
        solved = ["x_A", "x_B"] + ([] if isothermal else ["T"]) + (["p"] if pressed(flow) else [])
        lines = [
            f"  {boundary}: {{{', '.join(f'{f}: {given[f]}' for f in solved)}}}"
            for boundary, given in boundaries.items()
        ]
        heat = "molar_heat_capacity: {A: 2.5, B: 3.5, C: 4.0}\n    reference_temperature: 1.0"
        parts = {
            "MESH": shape, "FLOW": flow, "WALLS": "\n".join(lines),
            "MIXTURE": "temperature: 1.0" if isothermal else heat,
            "PROPERTIES": "diffusivity: 1.0" if isothermal else "conductivity: 0.8*T",
            "FACTORS": "" if isothermal else FACTORS,
            "DIFFUSIVITY": "0.3/p" if pressed(flow) else "0.3",
            "INITIAL": "" if isothermal else "T: 1.0",
            "LAWS": "".join(f"  - {law}\n" for law in (*laws, *([] if isothermal else ["conduction"]))),
        }  # fmt: skip
        text = CASE
        for key, part in parts.items():
            text = text.replace(key, part)
        path = tmp_path / "case.yaml"
        path.write_text(text.replace("initial: {, ", "initial: {").replace(", }", "}"))
        return fvtransport.check(path)

    return make


def plain(flow: str) -> str:
    """A bulk flow as the page names it."""
    return flow.removeprefix("{").removesuffix("}")


def pressed(flow: str) -> bool:
    return flow in PRESSED or "viscous_flow" in flow


def hold_to_order(case, row: str, **options) -> None:
    """All quantities are of order 1.9 or more, fluxes of every balance among them, and the page states the slowest."""
    observed = contract.check_order(case, at_least=1.9, **options).observed()
    names = [balance.name for balance in case.mixture.balances]
    assert {f"flux of {name} through boundaries" for name in names} <= observed.keys()
    assert {f"{balance.field.name} inside" for balance in case.mixture.balances} <= observed.keys()
    assert max(observed.values()) < 2.4, observed
    slowest = [min(order for name, order in observed.items() if part in name) for part in PARTS]
    rows = dict(re.findall(r"^\| `([^`]+)` \|[^|]*\| ([^\n]*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    stated = [float(text) for text in rows[row].split(" | ")]
    assert stated == pytest.approx(slowest, abs=0.006), "docs/numerics/orders.md states something else"


@pytest.mark.parametrize("flow", [*AT_GIVEN_PRESSURE, *PRESSED])
def test_a_bulk_flow_is_of_second_order(case_of, flow):
    hold_to_order(case_of("line", flow), plain(flow))


@pytest.mark.slow
@pytest.mark.parametrize("flow", [pytest.param("{stagnant: C}", marks=pytest.mark.long), "darcy"])
def test_two_dimensions_are_of_second_order(case_of, flow):
    hold_to_order(case_of("plane", flow), f"{plain(flow)}, in the plane", levels=4)


def test_a_shell_is_of_second_order(case_of):
    hold_to_order(case_of("shell", "{stagnant: C}"), "stagnant: C, in a spherical shell")


@pytest.mark.parametrize("which", ["viscous_flow: true", "viscous_flow: false", "uniform_pressure: true"])
def test_a_dusty_gas_is_of_second_order(case_of, which):
    hold_to_order(case_of("line", DUSTY.replace("WHICH", which), isothermal=True), f"dusty_gas, {which}")


@pytest.mark.parametrize("flow", ["darcy", "{stagnant: C}"])
def test_forces_and_their_work_are_of_second_order(case_of, flow):
    hold_to_order(case_of("line", flow, ("body_force: {gravity: -0.3}",)), f"{plain(flow)}, under gravity")


@pytest.mark.parametrize("flow", ["{stagnant: C}", "mass", "darcy"])
def test_numbers_give_what_formulas_give(case_of, flow):
    """Total fluxes, bulk flow included, and what forces do, of laws evaluated with numbers in place of formulas."""
    case = case_of("plane", flow, ("body_force: {gravity: -0.3}",))
    made, along = manufacture(case), sympy.symbols("x y", real=True)
    medium = build(case).system.medium
    fields = [made.expressions[field] for field in made.expressions]
    slopes = [number_functions([field.diff(axis) for field in fields], along) for axis in along]
    exact = number_functions(fields, along)
    laws = NumericLaws(medium, case.laws, 0.0, exact, slopes)
    position = np.random.default_rng(5).uniform(0.0, 0.7, (3, 30))
    order = [list(made.expressions).index(field) for field in medium.fields]
    assert order == sorted(order)
    fluxes = made.fluxes(position)
    np.testing.assert_allclose(laws.fluxes(position), fluxes, rtol=1e-10, atol=1e-12 * np.abs(fluxes).max())


def test_a_bulk_flow_that_takes_the_node_upstream_is_caught(case_of, monkeypatch):
    monkeypatch.setattr(Stagnant, "upwind_flux", lambda self, face, total: np.abs(total))
    with pytest.raises(contract.ContractError, match=r"expected order 1.9, but .*x_A inside has order [01]\.\d"):
        contract.check_order(case_of("line", "{stagnant: C}", isothermal=True))
