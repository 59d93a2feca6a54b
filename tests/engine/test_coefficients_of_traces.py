"""Coefficients that `check` prints are those of the laws from one pure state to the other."""

import numpy as np
import pytest

from fvtransport.results.coefficients import coefficients_at_start
from tests.tools.built import built
from tests.tools.cases import COUPLED, line

FIXED = "{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}}"
GIVEN = "{diffusivity: 2.0, conductivity: 1.5, thermal_diffusion_coefficient: 0.3, heat_capacity: 1.0}"
GAS = {
    "units": "reduced",
    "mixture": "{gas: {species: [A, B], pressure: 2, molar_heat_capacity: 2.5}}",
    "properties": "{conductivity: 1.5}",
    "laws": "[conduction, maxwell_stefan: {diffusivities: {A-B: 2.0}, thermal_diffusion_factors: {A-B: 0.3}}]",
    "boundaries": FIXED,
    "solve": "steady",
}
SHARES = {"0": 0.0, "1e-12": 1e-12, "0.3": 0.3, "0.7": 0.7, "0.3 - 1e-12": 0.3 - 1e-12}
TRACES = [10.0**power for power in range(-12, 0)]
FRACTIONS = [repr(x) for x in TRACES] + ["0.5"] + [f"1 - {x!r}" for x in reversed(TRACES)]


def _found(tmp_path, base, x, **blocks):
    found = coefficients_at_start(built(tmp_path, base, mesh=line(1, 4), initial=f"{{T: 2.0, x_A: {x}}}", **blocks))
    return {each.name: each.value for each in found}


@pytest.mark.parametrize("x", [*FRACTIONS, "0", "1", "1e-15"])
def test_soret_and_dufour(tmp_path, x):
    found = _found(tmp_path, COUPLED, x, properties=GIVEN, boundaries=FIXED)
    assert found["D"] == pytest.approx(2.0, rel=1e-9) and found["kappa"] == pytest.approx(1.5, rel=1e-9)
    assert found["D'"] == pytest.approx(0.3, rel=1e-9) and found["D''"] == pytest.approx(0.3, rel=1e-9)


@pytest.mark.parametrize("x", [*FRACTIONS, "0", "1"])
def test_maxwell_stefan(tmp_path, x):
    """D' = D'' = alpha D/T at T = 2, alpha = 0.3."""
    found = _found(tmp_path, COUPLED | GAS, x)
    assert found["D"] == pytest.approx(2.0, rel=1e-9) and found["kappa"] == pytest.approx(1.5, rel=1e-9)
    assert found["D'"] == pytest.approx(0.3, rel=1e-9) and found["D''"] == pytest.approx(0.3, rel=1e-9)


@pytest.mark.parametrize("a, b", [("1e-12", "0.3"), ("0.3", "1e-12"), ("0.7", "0.3 - 1e-12"), ("0", "0")])
def test_a_trace_of_three(tmp_path, a, b):
    """D_ii of a trace is that of its friction with the others."""
    mixture = GAS["mixture"].replace("[A, B]", "[A, B, C]")
    laws = "[conduction, maxwell_stefan: {diffusivities: {A-B: 2.0, A-C: 1.0, B-C: 0.5},"
    boundaries = "{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.2}, x_B: {dirichlet: 0.2}}}"
    base = COUPLED | GAS | {"mixture": mixture, "laws": laws + " thermal_diffusion_factors: {A-B: 0.1}}]"}
    problem = built(tmp_path, base, mesh=line(1, 4), boundaries=boundaries, initial=f"{{T: 2.0, x_A: {a}, x_B: {b}}}")
    found = {each.name: each.value for each in coefficients_at_start(problem)}
    assert found and np.isfinite(list(found.values())).all()
    shares = {"A": SHARES[a], "B": SHARES[b]}
    if shares["A"] < 1e-9:
        last = 1.0 - shares["B"]
        assert found["D_A-A"] == pytest.approx(1.0 / (shares["B"] / 2.0 + last / 1.0), rel=1e-6)
