"""The same coefficients in every form, of one binary mixture by hand."""

import numpy as np
import pytest
from fvtransport.plugins.theory.thermodynamics.forms import MASS, MOLAR, ONSAGER, forms

from tests.tools.views import R, binary, cells, medium

T, X, C, D, D1, KAPPA = 300.0, 0.3, 40.0, 2e-5, 3e-8, 0.5
PAIR = X * (1.0 - X)
LAA, LQA, LQQ = C * PAIR * D / R, C * PAIR * T**2 * D1, KAPPA * T**2
MATRIX = np.array([[LQQ, LQA], [LQA, LAA]])


def found(matrix=MATRIX, **given):
    at = cells(medium(binary(C, **given)), [T, X])
    return {(each.form, each.name): each.value for each in forms(matrix, at)}


def test_onsager_s_own():
    seen = found()
    assert (seen[ONSAGER, "L_qq"], seen[ONSAGER, "L_qi A"], seen[ONSAGER, "L_ij A-A"]) == (LQQ, LQA, LAA)
    assert (ONSAGER, "L_iq A") not in seen


def test_mole_fractions():
    """lambda = kappa - c R T^2 x_A x_B D'^2/D and Q* = R T^2 S_T."""
    seen = {name: value for (form, name), value in found().items() if form == MOLAR}
    wanted = {
        "kappa": KAPPA, "lambda": KAPPA - C * R * T**2 * PAIR * D1**2 / D, "D": D, "D'": D1, "D''": D1,
        "S_T": D1 / D, "alpha_T": T * D1 / D, "k_T": T * PAIR * D1 / D, "Q*_A": R * T**2 * D1 / D,
    }  # fmt: skip
    assert {name: seen[name] for name in wanted} == pytest.approx(wanted, rel=1e-12)


def test_both_cross_coefficients_are_stated_where_they_differ():
    seen = found(np.array([[LQQ, LQA], [2.0 * LQA, LAA]]))
    assert seen[ONSAGER, "L_iq A"] == 2.0 * LQA and seen[MOLAR, "D'"] == pytest.approx(2.0 * D1, rel=1e-12)


def test_mass_fractions_where_the_masses_are_known():
    """rho D and d_ST = rho Y_A Y_B D', Y_A Y_B = x_A x_B M_A M_B/M^2."""
    assert not any(form == MASS for form, _ in found())
    first, second = 0.004, 0.04
    M = X * first + (1.0 - X) * second
    seen = found(molar_masses={"A": first, "B": second})
    assert seen[MASS, "rho D"] == pytest.approx(C * M * D, rel=1e-12)
    assert seen[MASS, "d_ST"] == pytest.approx(C * M * PAIR * first * second / M**2 * D1, rel=1e-12)
    assert seen[MASS, "D_F"] == pytest.approx(-C * R * T**2 * D1 * M**2 / (first * second), rel=1e-12)


def test_without_thermal_diffusion_there_is_nothing_to_convert():
    assert not found(np.diag([LQQ, LAA]))
