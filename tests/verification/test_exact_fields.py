"""Exact fields of manufactured solutions and the divergence of each mesh."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

import fvtransport
from fvtransport.verification.converge import against_manufactured
from fvtransport.verification.manufactured import manufacture
from tests.tools.coupled import COUPLED


def test_the_divergence_is_that_of_a_sphere(tmp_path, case_with):
    sphere = COUPLED.replace("type: Grid1D, length: 1.0", "type: SphericalGrid1D, length: 1.0, inner_radius: 0.5")
    x = sympy.Symbol("x", real=True)
    made = manufacture(case_with("fick", text=sphere), {"T": 1 + x / 10, "x_A": x**2 / 4})
    position = np.zeros((3, 7))
    position[0] = r = np.linspace(0.5, 1.5, 7)
    flux = -(r / 2) / (1 + r**2 / 8)
    slope = -0.5 / (1 + r**2 / 8) + (r / 2) * (r / 4) / (1 + r**2 / 8) ** 2
    np.testing.assert_allclose(made.fluxes(position)[1], flux, rtol=1e-13)
    np.testing.assert_allclose(made.sources(position)[1], slope + 2 * flux / r, rtol=1e-12)


def test_exact_fields_may_be_given_and_must_be_all(case_with):
    x = sympy.Symbol("x", real=True)
    found = against_manufactured(case_with("fick"), 3, {"T": sympy.exp(x / 3), "x_A": (1 + x) / 4})
    assert min(found.observed().values()) >= 1.9
    with pytest.raises(fvtransport.FvtransportError, match="needed for each of T, x_A"):
        manufacture(case_with("fick"), {"T": sympy.exp(x)})
