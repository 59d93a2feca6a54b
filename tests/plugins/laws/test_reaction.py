"""Mass action against closed forms: batch kinetics, the Thiele slab, heat of reaction, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import fvtransport
from fvtransport.verification import contract
from tests.tools.cases import ISOTHERMAL, PURE, binary, case_text, line

BATCH = case_text(
    ISOTHERMAL,
    title="a closed vessel",
    mesh=line(cells=3),
    mixture=binary(3.0, temperature=1.0),
    laws="[fick, reaction: %s]",
    initial="{x_A: 0.8}",
    boundaries="{default: {x_A: no_flux}}",
    solve="{transient: {until: 2.0, rtol: 1.0e-10}}",
)
THIELE = case_text(
    PURE,
    title="a catalyst slab",
    mesh=line(cells=100),
    mixture=binary(2.0, temperature=1.0),
    properties="{diffusivity: 0.5}",
    laws="[fick, reaction: {reactants: {A: 1}, products: {B: 1}, rate_constant: 2.0}]",
    boundaries="{left: {x_A: no_flux}, right: {x_A: {dirichlet: 1.0}}}",
)
HOT = """
title: an adiabatic batch
mesh: {type: Grid1D, length: 1.0, cells: 3}
mixture: {binary: {species: [A, B], concentration: 40 mol/m^3}}
properties: {diffusivity: 1e-5, conductivity: 0.03, heat_capacity: 1200 J/m^3/K}
laws:
  - fick
  - conduction
  - reaction:
      reactants: {A: 1}
      products: {B: 1}
      rate_constant: {arrhenius: {pre_exponential_factor: 6.0e5 1/s, activation_energy: 50 kJ/mol}}
      heat_of_reaction: -3 kJ/mol
initial: {T: 400 K, x_A: 0.9}
boundaries: {default: {T: no_flux, x_A: no_flux}}
solve: {transient: {until: 2.0, rtol: 1.0e-9}}
"""


def final(result) -> float:
    assert result.ending.succeeded
    x = result.snapshots[-1].values[-1]
    assert np.ptp(x) < 1e-9
    return float(x[0])


@pytest.mark.parametrize(
    "kinetics, exact",
    [
        ("{reactants: {A: 1}, products: {B: 1}, rate_constant: 0.7}", 0.8 * np.exp(-1.4)),
        ("{reactants: {A: 2}, products: {B: 2}, rate_constant: 0.7}", 0.8 / (1 + 2 * 0.7 * 2.4 * 2)),
        ("{reactants: {A: 0.5}, products: {B: 0.5}, rate_constant: 0.7}", (np.sqrt(2.4) - 0.25 * 0.7 * 2) ** 2 / 3),
        (
            "{reactants: {A: 1}, products: {B: 1}, rate_constant: 0.7, reverse_rate_constant: 0.3}",
            0.3 + 0.5 * np.exp(-2.0),
        ),
        (
            "{reactants: {A: 1}, products: {B: 1}, rate_constant: 0.7, equilibrium_constant: 7/3}",
            0.3 + 0.5 * np.exp(-2.0),
        ),
        (
            "{reactants: {A: 1, B: 1}, products: {B: 2}, rate_constant: 0.7}",
            1 / (1 + 0.2 / 0.8 * np.exp(0.7 * 3.0 * 2.0)),
        ),
    ],
    ids=["first order", "second order", "half order", "reversible", "equilibrium constant", "autocatalysis"],
)
def test_batch_kinetics(run_text, kinetics, exact):
    assert final(run_text(BATCH % kinetics)) == pytest.approx(exact, rel=1e-8, abs=0)


def test_thiele_slab(run_text):
    errors = []
    for cells in (50, 100):
        snapshot = run_text(THIELE, f"mesh.cells={cells}").snapshots[-1]
        x, modulus = snapshot.system.geometry.position[0], np.sqrt(2.0 / 0.5)
        profile = np.abs(snapshot.values[0] - np.cosh(modulus * x) / np.cosh(modulus)).max()
        consumed = -snapshot.outflow(snapshot.system.balances[0], "right")
        errors.append((profile, abs(consumed - 2.0 * 0.5 * modulus * np.tanh(modulus))))
    order = np.log2(np.array(errors[0]) / errors[1])
    assert order.min() >= 1.9 and max(errors[1]) < 1e-3, (order, errors)


def test_heat_of_reaction(run_text):
    last = run_text(HOT).snapshots[-1]
    T, x = last.values[:, 1]

    def rates(t, y):
        r = 6.0e5 * np.exp(-50e3 / (8.31446261815324 * y[0])) * 40 * y[1]
        return [3e3 * r / 1200, -r / 40]

    peer = solve_ivp(rates, (0, 2), [400, 0.9], rtol=1e-10, atol=1e-12).y[:, -1]
    assert 0.1 < x < 0.8 and (T, x) == pytest.approx(peer, rel=1e-7, abs=0)
    assert pytest.approx(3e3 * 40 * (0.9 - x), rel=1e-8, abs=0) == 1200 * (T - 400), "heat is moles times Delta_H"


def test_heat_is_of_no_effect_at_given_temperature(run_text):
    kinetics = "{reactants: {A: 1}, products: {B: 1}, rate_constant: 0.7, heat_of_reaction: 5.0}"
    assert final(run_text(BATCH % kinetics)) == pytest.approx(0.8 * np.exp(-1.4), rel=1e-8, abs=0)


@pytest.mark.parametrize("kinetics", ["reactants: {A: 2}, products: {B: 1}", "reactants: {A: 1}, products: {}"])
def test_moles_that_nothing_can_carry_away_are_refused(complaints, kinetics):
    (text,) = complaints(BATCH % f"{{{kinetics}, rate_constant: 1}}")
    assert "case.yaml:6:14" in text and "N = 0" in text and "as many moles" in text


@pytest.mark.parametrize(
    "kinetics, says",
    [
        ("{reactants: {C: 1}, products: {B: 1}, rate_constant: 1}", "no species C; its species are A, B"),
        ("{reactants: {}, products: {B: 1}, rate_constant: 1}", "consumes nothing"),
        ("{reactants: {A: -1}, products: {B: -1}, rate_constant: 1}", "must be above 0"),
        ("{reactants: {A: 1}, products: {B: 1}, rate_constant: -1}", "must be at least 0"),
        (
            (
                "{reactants: {A: 1}, products: {B: 1}, rate_constant: 1, reverse_rate_constant: 1, "
                "equilibrium_constant: 1}"
            ),
            "one follows from the other",
        ),
    ],
)
def test_mistakes(complaints, kinetics, says):
    assert any(says in text for text in complaints(BATCH % kinetics))


@pytest.mark.parametrize(
    "order, wrong, right",
    [
        (1, "1 m^3/mol/s", "1 1/s"),
        (2, "1 1/s", "1 m^3/mol/s"),
        (3, "1 1/s", "1 m^6/mol^2/s"),
        (0.5, "1 1/s", "1 mol^0.5/m^1.5/s"),
    ],
)
def test_the_unit_follows_from_the_order(complaints, tmp_path, order, wrong, right):
    case = HOT.replace("{arrhenius: {pre_exponential_factor: 6.0e5 1/s, activation_energy: 50 kJ/mol}}", "K")
    case = case.replace("{A: 1}", f"{{A: {order}}}").replace("{B: 1}", f"{{B: {order}}}")
    (text,) = complaints(case.replace(" K\n", f" {wrong}\n"))
    assert "expected a quantity in" in text
    (tmp_path / "right.yaml").write_text(case.replace(" K\n", f" {right}\n"))
    fvtransport.check(tmp_path / "right.yaml")


def test_contract(tmp_path):
    (tmp_path / "case.yaml").write_text(HOT)
    contract.check_laws(fvtransport.check(tmp_path / "case.yaml"))


def test_what_stands_on_both_sides_counts_once_net(run_text):
    """2 A -> A + B: A falls by one per event, at a rate of second order in A:  dx/dt = -k c x^2."""
    case = BATCH % "{reactants: {A: 2}, products: {A: 1, B: 1}, rate_constant: 0.4}"
    end = run_text(case).snapshots[-1]
    assert np.allclose(end.values[0], 1 / (1 / 0.8 + 0.4 * 3.0 * 2.0), rtol=1e-8, atol=0)
