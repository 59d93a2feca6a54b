"""The closed form of a metal against a salt: both laws, one flux, and the limits of a resistance on one side."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.sieverts_henry import SievertsHenry
from scipy.optimize import brentq

from tests.tools.issues import issue_texts

GIVEN = {
    "concentration": 10.0,
    "length": 1.0,
    "D_metal": 1.0,
    "D_salt": 3.0,
    "sieverts": 2.0,
    "henry": 0.5,
    "p_left": 4.0,
    "p_right": 0.0,
}
CHANGES = [{}, {"p_left": 0.0, "p_right": 4.0}, {"length": 0.2, "D_metal": 1e-4}, {"D_salt": 1e-6, "p_right": 1.0}]


def test_the_values_of_the_page():
    seen = SievertsHenry(**GIVEN).observables()
    expected = {"J": 1.80566492, "p_interface": 1.20377661, "c_metal": 2.19433508, "c_salt": 0.60188831}
    assert seen == pytest.approx(expected, abs=5e-9)


@pytest.mark.parametrize("changes", CHANGES)
def test_the_pressure_on_the_interface_is_the_root_of_the_balance_of_fluxes(changes):
    solution = SievertsHenry(**GIVEN | changes)
    metal, salt, K_S, K_H = solution.D_metal, solution.D_salt, solution.sieverts, solution.henry

    def excess(p: float) -> float:
        return metal * K_S * (solution.p_left**0.5 - p**0.5) - salt * K_H * (p - solution.p_right)

    p = brentq(excess, 0.0, 10.0, xtol=1e-16, rtol=1e-15)
    assert solution.observables()["p_interface"] == pytest.approx(p, rel=1e-12)


@pytest.mark.parametrize("changes", CHANGES)
def test_one_flux_passes_both_layers_and_the_boundaries_are_met(changes):
    solution = SievertsHenry(**GIVEN | changes)
    seen, l = solution.observables(), solution.length
    x = np.array([0.0, 0.5 * l, l, l, 1.5 * l, 2.0 * l])
    c = solution.concentration * solution.fields(x, 0.0)["x_A"]
    assert (c[0], c[-1]) == pytest.approx((2.0 * solution.p_left**0.5, 0.5 * solution.p_right), abs=1e-14)
    assert (c[2], c[3]) == pytest.approx((seen["c_metal"], seen["c_salt"]), rel=1e-13)
    for diffusivity, values in ((solution.D_metal, c[:3]), (solution.D_salt, c[3:])):
        assert -diffusivity * np.diff(values) / (0.5 * l) == pytest.approx(seen["J"], rel=1e-9)


def test_more_atoms_than_places_are_refused():
    (found,) = issue_texts(SievertsHenry(**GIVEN | {"p_left": 36.0}))
    assert "12 mol/m^3 is dissolved" in found
