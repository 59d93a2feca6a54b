"""Equilibrium from standard data: tabulated constants, the heat that belongs to them, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import temperature
from fvtransport.plugins.theory.equilibrium import Equilibrium
from fvtransport.plugins.theory.nasa7 import Nasa7

import fvtransport as fv
from fvtransport import PointView
from fvtransport.discretisation.build import build
from tests.audit.reaction_sets import A_2B, A_B, BINARY, DATA, DISSOCIATING, FAST, GAS, ISOTHERMAL, NITROGEN, reaction
from tests.audit.reaction_sets import laws as block
from tests.tools.cases import case_text

R = 8.31446261815324
MADE = {"A": -1.0, "B": 2.0}
DISSOCIATION = {
    "enthalpies": {"A": 9.079e3, "B": 33.095e3},
    "entropies": {"A": 304.376, "B": 240.034},
    "standard_pressure": 1e5,
}
OXYGEN = Nasa7(  # GRI-Mech 3.0
    low=(3.78245636, -2.99673416e-3, 9.84730201e-6, -9.68129509e-9, 3.24372837e-12, -1.06394356e3, 3.65767573),
    high=(3.28253784, 1.48308754e-3, -7.57966669e-7, 2.09470555e-10, -2.16717794e-14, -1.08845772e3, 5.45323129),
    middle=1000.0,
)


@pytest.fixture
def at(tmp_path):
    """A function that gives a view at one temperature in a dissociating gas, with its own heat capacities."""
    path = tmp_path / "case.yaml"
    path.write_text(case_text(DISSOCIATING, laws=block()), encoding="utf-8")
    medium = build(fv.check(path)).system.medium
    first = medium.species[0]

    def view(T) -> PointView:
        return PointView(medium, {temperature: np.asarray(T, float), first: np.full(np.shape(T), 0.3)})

    return view


def test_nitrogen_dioxide(at):
    """K_p = p_NO2^2/p_N2O4 is 0.148 bar at 298.15 K."""
    K = Equilibrium(**DISSOCIATION).constant(at(298.15), MADE)
    assert pytest.approx(0.148, rel=5e-3) == K * R * 298.15 / 1e5


@pytest.mark.parametrize("more", [{}, {"heat_capacities": {"A": 77.0, "B": 37.0}}], ids=["mixture's c_p", "own c_p"])
def test_the_constant_has_the_closed_form_of_constant_heat_capacities(at, more):
    T, T0, rise = np.array([200.0, 298.15, 500.0, 2000.0]), 298.15, 2 * 37.0 - 77.0
    heat = 57111.0 + rise * (T - T0)
    order = 175.692 + rise * np.log(T / T0)
    data = Equilibrium(**DISSOCIATION, **more)
    assert data.constant(at(T), MADE) == pytest.approx(1e5 / (R * T) * np.exp((order - heat / T) / R), rel=1e-12)
    assert data.enthalpy(at(T), MADE) == pytest.approx(heat, rel=1e-14)


@pytest.mark.parametrize("anchor", [None, 350.0], ids=["polynomials", "extended by the mixture"])
@pytest.mark.parametrize("T", [300.0, 700.0, 999.99, 1000.01, 2500.0])
def test_the_heat_belongs_to_the_constant(at, anchor, T):
    """R T^2 d ln K_p/dT = Delta_H, on both sides of the temperature at which two ranges meet too."""
    data = Equilibrium(nasa7={"A": OXYGEN, "B": Nasa7(low=(2.5, 0, 0, 0, 0, 2.9e4, 4.2))}, temperature=anchor,
                       standard_pressure=1e5)  # fmt: skip
    step = 1e-3
    slope = -(data.potential(at(T + step), MADE) - data.potential(at(T - step), MADE)) / (2 * step)
    assert R * T**2 * slope == pytest.approx(data.enthalpy(at(T), MADE), rel=1e-6)


def test_oxygen_by_nasa():
    """S = 205.15 J/mol/K and H = 0 at 298.15 K, 243.58 J/mol/K and 22.7 kJ/mol at 1000 K (JANAF)."""
    assert R * OXYGEN.entropy(298.15) == pytest.approx(205.15, abs=0.02)
    assert R * 298.15 * OXYGEN.enthalpy(298.15) == pytest.approx(0.0, abs=5.0)
    assert R * OXYGEN.entropy(1000.0) == pytest.approx(243.58, abs=0.1)
    assert R * 1000.0 * OXYGEN.enthalpy(1000.0) == pytest.approx(22703.0, abs=50.0)
    below, above = OXYGEN.enthalpy(1000.0 * (1 - 1e-12)), OXYGEN.enthalpy(1000.0)
    assert above == pytest.approx(below, rel=1e-11), "no gap between the ranges"


PRESSURE = "standard_pressure: 1 bar"
MISTAKES = {
    "a species is missing": (BINARY, A_B, "enthalpies: {A: 1}, entropies: {A: 1, B: 2}", "lacks enthalpies of B"),
    "nasa7 of a species is missing": (BINARY, A_B, "nasa7: {A: {low: [1, 0, 0, 0, 0, 0, 0]}}, temperature: 300",
                                      "lacks nasa7 of B"),
    "no entropies": (BINARY, A_B, "enthalpies: {A: 1, B: 2}", "entropies are not given"),
    "nothing": (BINARY, A_B, PRESSURE, "enthalpies are not given"),
    "two kinds of data": (BINARY, A_B, f"{DATA}, {NITROGEN}", "nasa7 is given beside"),
    "six coefficients": (BINARY, A_B, "nasa7: {A: {low: [1, 2, 3, 4, 5, 6]}}", "low has 6 coefficients"),
    "ranges that do not meet": (BINARY, A_B, "nasa7: {A: {low: [3, 0, 0, 0, 0, 0, 4], high: [4, 0, 0, 0, 0, 0, 4]}}",
                                "do not meet at 1000 K"),
    "no standard pressure": (DISSOCIATING, A_2B, DATA, "lacks the standard_pressure"),
    "a concentration in a gas": (DISSOCIATING, A_2B, f"{DATA}, standard_concentration: 1000",
                                 "lacks the standard_pressure"),
    "two standard states": (DISSOCIATING, A_2B, f"{DATA}, {PRESSURE}, standard_concentration: 1000", "both given"),
    "other heat capacities than the gas": (GAS, A_B, f"{DATA}, heat_capacities: {{A: 77, B: 37}}",
                                           "those of the mixture -10"),
    "heat capacities in a mixture of equal ones": (BINARY, A_B, f"{DATA}, heat_capacities: {{A: 77, B: 37}}",
                                                   "those of the mixture 0"),
    "polynomials and the heat capacities of the gas": (GAS, A_B, NITROGEN, "nasa7 lacks a temperature"),
    "a wrong unit": (BINARY, A_B, "enthalpies: {A: 1 J/kg, B: 2}, entropies: {A: 1, B: 2}", "J/mol"),
}  # fmt: skip


@pytest.mark.parametrize("base, kind, data, says", MISTAKES.values(), ids=list(MISTAKES))
def test_mistakes(complaints, base, kind, data, says):
    found = complaints(case_text(base, laws=block(reaction(kind, FAST, f"equilibrium: {{{data}}}"))))
    assert any(says in text and "case.yaml:4:" in text for text in found), found


@pytest.mark.parametrize("name", ["heat_of_reaction: 1", "equilibrium_constant: 1", "reverse_rate_constant: 1"])
def test_what_follows_is_not_given(complaints, name):
    found = complaints(case_text(BINARY, laws=block(reaction(A_B, FAST, f"equilibrium: {{{DATA}}}", name))))
    assert any("follows from" in text for text in found), found


def test_equal_heat_capacities_are_welcome(tmp_path):
    path = tmp_path / "case.yaml"
    data = f"{DATA}, heat_capacities: {{A: 40, B: 30}}"
    path.write_text(case_text(GAS, laws=block(reaction(A_B, FAST, f"equilibrium: {{{data}}}"))), encoding="utf-8")
    fv.check(path)


def test_it_reacts_to_equilibrium(run_text):
    """A closed vessel at 400 K: x_B/x_A = exp(-Delta_G/(R T))."""
    data = "equilibrium: {enthalpies: {A: 0, B: -5 kJ/mol}, entropies: {A: 200, B: 195}}"
    text = case_text(ISOTHERMAL, laws=block(reaction(A_B, "rate_constant: 50", data), heat=False))
    x = run_text(text).snapshots[-1].values[0]
    assert x == pytest.approx(1 / (1 + np.exp((5e3 / 400 - 5.0) / R)), rel=1e-6)


def test_a_batch_heats_by_what_reacts(run_text):
    """Adiabatic, with Delta_H constant as in a mixture of equal heat capacities: moles times Delta_H."""
    data = "equilibrium: {enthalpies: {A: 0, B: -5 kJ/mol}, entropies: {A: 200, B: 195}}"
    changes = {"initial": "{T: 400, x_A: 0.9}", "solve": "{transient: {until: 2.0, rtol: 1.0e-9}}"}
    result = run_text(case_text(BINARY | changes, laws=block(reaction(A_B, "rate_constant: 0.5", data))))
    T, x = result.snapshots[-1].values[:, 3]
    assert x < 0.7 and pytest.approx(5e3 * 40 * (0.9 - x), rel=1e-7) == 1200 * (T - 400)
