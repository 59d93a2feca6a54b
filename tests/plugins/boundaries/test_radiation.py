"""A wall that radiates what the slab conducts to it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

import fvtransport
from fvtransport.discretisation.build import build
from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="a radiating wall",
    units=None,
    mesh="{type: Grid1D, length: 0.1 m, cells: 8}",
    properties="{conductivity: 2 W/m/K, heat_capacity: 2.0e6}",
    boundaries="{left: {T: {dirichlet: 1200 K}}, right: {T: {radiation: {emissivity: 0.8, surroundings: 20 degC}}}}",
)


def test_conducted_is_radiated(run_text):
    snapshot = run_text(CASE).snapshots[-1]
    sigma = 5.670374419e-8
    boundary = brentq(lambda T: 2 * (1200 - T) / 0.1 - 0.8 * sigma * (T**4 - 293.15**4), 300, 1200, xtol=1e-11)
    assert snapshot.values[0][-1] == pytest.approx(boundary, rel=1e-11, abs=0)


def test_a_body_cools_by_the_cube_law(run_text):
    """Thin enough to be at one temperature, into cold surroundings: 1/T^3 grows by 3 epsilon sigma t / (c_p L)."""
    thin = ("mesh.length=1.0e-4", "properties.conductivity=200", "initial={T: 1000}", "boundaries.left.T=no_flux")
    thin += ("boundaries.right.T.radiation.surroundings=1.0e-3", "solve={transient: {until: 4.0, rtol: 1.0e-9}}")
    T = run_text(CASE, *thin).snapshots[-1].values[0]
    exact = (1e-9 + 3 * 0.8 * 5.670374419e-8 * 4 / (2e6 * 1e-4)) ** (-1 / 3)
    assert np.allclose(T, exact, rtol=1e-4, atol=0) and exact < 900


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("0.8", "1.2", "in [0, 1]"),
        ("20 degC", "-300 degC", "T: surroundings"),
        ("20 degC", "2 m", "expected a quantity in K"),
    ],
)
def test_mistakes(complaints, old, new, says):
    assert any(says in each for each in complaints(CASE.replace(old, new)))


def test_it_is_a_condition_of_temperature(complaints):
    text = CASE.replace("pure", "{binary: {species: [A, B], concentration: 1, temperature: 300}}").replace(
        "conduction]", "fick]"
    )
    text = text.replace("conductivity: 2 W/m/K, heat_capacity: 2.0e6", "diffusivity: 1").replace("T: {", "x_A: {")
    text = text.replace("1200 K", "0.5").replace("20 degC", "0.5")
    assert any("a condition of T, not of x_A" in each for each in complaints(text))


def test_between_two_surroundings_the_start_lies_between(tmp_path, run_text):
    """Nothing but T^4 on both walls: the start is where they would settle alone, and the balance of heat is met."""
    boundaries = ["left", "right"]
    changes = [
        f"boundaries.{boundary}.T={{radiation: {{emissivity: 1, surroundings: {T}}}}}"
        for boundary, T in zip(boundaries, (500, 300))
    ]
    (tmp_path / "case.yaml").write_text(CASE)
    start = build(fvtransport.check(tmp_path / "case.yaml", changes)).values
    assert np.allclose(start, 400, rtol=1e-6, atol=0)
    snapshot = run_text(CASE, *changes).snapshots[-1]
    hot, cold = snapshot.values[0][[0, -1]]
    sigma = 5.670374419e-8
    assert sigma * (500**4 - hot**4) == pytest.approx(sigma * (cold**4 - 300**4), rel=1e-10, abs=0)
    assert 2 * (hot - cold) / 0.1 == pytest.approx(sigma * (cold**4 - 300**4), rel=1e-10, abs=0)
