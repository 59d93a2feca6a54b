"""Walls at which the temperature of a gas jumps."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="a rarefied gas between two walls",
    units=None,
    mesh="{type: Grid1D, length: 1 mm, cells: 10}",
    properties="{conductivity: 0.026, heat_capacity: 1.2e3}",
    boundaries="""
  left: {T: {temperature_jump: {bath: 310 K, jump_length: 0.2 mm}}}
  right: {T: {temperature_jump: {bath: 290 K, jump_length: 0.3 mm}}}""",
    observe="{q: {outflow: {of: energy, through: right}}}",
)


def test_a_slab_is_longer_by_both_jump_lengths(run_text):
    """q = kappa (T_1 - T_2)/(L + zeta_1 + zeta_2), and T is the straight line of the longer slab."""
    result = run_text(CASE)
    snapshot = result.snapshots[-1]
    position = snapshot.system.geometry.position[0]
    assert np.allclose(snapshot.values[0], 310 - 20 * (position + 0.2e-3) / 1.5e-3, rtol=1e-12, atol=0)
    assert result.observables["q"].value == pytest.approx(0.026 * 20 / 1.5e-3, rel=1e-11, abs=0)


def kirchhoff(k: float) -> tuple[float, float, float]:
    """Wall temperatures and heat flux for kappa = k T, by Newton's method on the integrated law."""
    first, last, zeta, length = 310.0, 290.0, (0.2e-3, 0.3e-3), 1e-3
    u = np.array([308.0, 292.0])
    for _ in range(50):
        q = k * (u[0] ** 2 - u[1] ** 2) / (2 * length)
        g = np.array([q - k * u[0] * (first - u[0]) / zeta[0], q - k * u[1] * (u[1] - last) / zeta[1]])
        slopes = k * np.array(
            [
                [u[0] / length - (first - 2 * u[0]) / zeta[0], -u[1] / length],
                [u[0] / length, -u[1] / length - (2 * u[1] - last) / zeta[1]],
            ]
        )
        u = u - np.linalg.solve(slopes, g)
    return u[0], u[1], k * (u[0] ** 2 - u[1] ** 2) / (2 * length)


def test_the_conductivity_is_that_at_the_wall(run_text):
    """kappa = k T: the gas at either wall conducts differently, and the wall flux is met exactly for this law."""
    snapshot = run_text(CASE, "properties.conductivity=0.026*T/300").snapshots[-1]
    exact = kirchhoff(0.026 / 300)
    assert np.allclose(snapshot.values[0][[0, -1]], exact[:2], rtol=1e-10, atol=0)
    assert np.allclose(snapshot.evaluation.flux, exact[2], rtol=1e-9, atol=0)


def test_cooling_is_of_second_order(run_text):
    """Slowest mode of a slab with one insulated wall: cot(k L) = k zeta."""
    from scipy.optimize import brentq

    L, zeta, alpha = 1e-3, 0.3e-3, 0.026 / 1.2e3
    k = brentq(lambda k: np.cos(k * L) - k * zeta * np.sin(k * L), 1.0, 0.5 * np.pi / L, xtol=1e-9)
    end = 0.5 / (alpha * k**2)
    changes = [
        "boundaries.left.T=no_flux",
        "boundaries.right.T.temperature_jump.bath=290",
        f"initial.T=290 + 10*cos({float(k)!r}*x)",
    ]
    errors = []
    for cells in (10, 20):
        snapshot = run_text(
            CASE, *changes, f"solve={{transient: {{until: {end}, rtol: 1.0e-10}}}}", f"mesh.cells={cells}"
        ).snapshots[-1]
        exact = 290 + 10 * np.exp(-0.5) * np.cos(k * snapshot.system.geometry.position[0])
        errors.append(np.abs(snapshot.values[0] - exact).max())
    assert errors[1] < 1e-2 and np.log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.1)


def test_a_short_jump_is_no_jump(run_text):
    short = [f"boundaries.{boundary}.T.temperature_jump.jump_length=1.0e-12" for boundary in ("left", "right")]
    assert np.allclose(run_text(CASE, *short).snapshots[-1].values[0][[0, -1]], [310, 290], rtol=1e-8, atol=0)


@pytest.mark.parametrize(
    "old, new, says",
    [("0.2 mm", "0", "must be above 0"), ("310 K", "-3 K", "T: bath"), ("0.2 mm", "0.2 K", "expected a quantity in m")],
)
def test_mistakes(complaints, old, new, says):
    found = complaints(CASE.replace(old, new))
    assert any(says in each for each in found), found


def test_it_is_a_condition_of_temperature(complaints):
    text = CASE.replace("pure", "{binary: {species: [A, B], concentration: 1, temperature: 300}}").replace(
        "conduction]", "fick]"
    )
    text = (
        text.replace("heat_capacity: 1.2e3", "diffusivity: 1")
        .replace("T: {", "x_A: {")
        .replace("310 K", "0.5")
        .replace("290 K", "0.5")
    )
    text = text.replace("of: energy", "of: A")
    assert any("a condition of T, not of x_A" in each for each in complaints(text))
