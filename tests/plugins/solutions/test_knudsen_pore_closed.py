"""A pore that closes off two vessels, against boundary values and in its limits."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.emcd_slab import EmcdSlab
from fvtransport.plugins.solutions.knudsen_pore_closed import KnudsenPoreClosed

from tests.tools.issues import issue_texts
from tests.tools.pores import PORE, VISCOUS, D, L, P, R, T, by_boundary_values


@pytest.mark.parametrize(
    "changes", [{}, {"x_left": 0.2, "x_right": 0.9}, {"pore_diameter": 1e-7}, {"permeability": 0.0}]
)
def test_closed_pore(changes):
    pore = KnudsenPoreClosed(**{**PORE, **VISCOUS, **changes})
    assert issue_texts(pore) == []
    x, p, first, second = by_boundary_values(pore, pore.permeability, closed=True)
    exact = pore.fields(np.linspace(0.0, L, 101), 0.0)
    np.testing.assert_allclose(exact["x_He"], x, rtol=0.0, atol=2e-8)
    np.testing.assert_allclose(exact["p"], p * P, rtol=2e-8)
    found = pore.observables()
    assert found["N_He"] == pytest.approx(first, rel=2e-8) and found["N_Ar"] == pytest.approx(second, rel=2e-8)
    assert found["pressure_rise"] == pytest.approx((p[-1] - 1.0) * P, rel=2e-7)


def test_a_wide_closed_pore_is_a_tube_of_equimolar_counterdiffusion():
    wide = {"pore_diameter": 1e-3, "permeability": 1e-6 / 32.0}
    found = KnudsenPoreClosed(**{**PORE, **VISCOUS, **wide}).observables()
    slab = EmcdSlab(concentration=P / (R * T), diffusivity=D, length=L, x_left=1.0, x_right=0.0).observables()
    assert found["N_He"] == pytest.approx(slab["N_A"], rel=1e-3)
    assert 0.0 < found["pressure_rise"] < 1.0


def test_the_pressure_rises_where_the_light_gas_arrives():
    assert KnudsenPoreClosed(**PORE, **VISCOUS).observables()["pressure_rise"] > 0.0
    turned = KnudsenPoreClosed(**{**PORE, "x_left": 0.0, "x_right": 1.0}, **VISCOUS).observables()
    assert turned["pressure_rise"] < 0.0 and turned["N_He"] < 0.0
