"""The closed form of a fuel pin: the equation of heat in both materials, the conditions between them and outside."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.fuel_gap_cladding import FuelGapCladding
from scipy.integrate import solve_ivp

from tests.tools.issues import issue_texts

PIN = {
    "linear_power": 2e4,
    "fuel_radius": 4.1e-3,
    "cladding_radius": 4.7e-3,
    "kappa_fuel": 3.0,
    "kappa_cladding": 16.0,
    "gap_conductance": 5e3,
    "heat_transfer": 3e4,
    "T_coolant": 583.0,
}


@pytest.mark.parametrize("changes", [{}, {"kappa_fuel": 0.3, "gap_conductance": 1e7}, {"linear_power": -1e3}])
def test_integrated_from_the_centre_outwards(changes):
    """The heat through every radius is what the fuel gives off inside of it; no formula of the temperatures is used."""
    pin = FuelGapCladding(**PIN | changes)
    seen, r_f, r_c = pin.observables(), pin.fuel_radius, pin.cladding_radius

    def slope(r, T):
        in_fuel = r < r_f
        heat = pin.linear_power * min((r / r_f) ** 2, 1.0)
        return -heat / (2.0 * np.pi * r * (pin.kappa_fuel if in_fuel else pin.kappa_cladding))

    given = {"rtol": 1e-11, "atol": 1e-9, "dense_output": True}
    fuel = solve_ivp(slope, (1e-9, r_f * (1.0 - 1e-13)), [seen["T_centre"]], **given).sol
    jump = pin.linear_power / (2.0 * np.pi * r_f * pin.gap_conductance)
    cladding = solve_ivp(slope, (r_f, r_c), fuel(r_f * (1.0 - 1e-13)) - jump, **given).sol
    flux = pin.linear_power / (2.0 * np.pi * r_c)
    assert cladding(r_c)[0] - flux / pin.heat_transfer == pytest.approx(pin.T_coolant, rel=1e-9)
    for solved, (start, end) in ((fuel, (1e-5, 4.09e-3)), (cladding, (4.11e-3, r_c))):
        r = np.linspace(start, end, 7)
        np.testing.assert_allclose(pin.fields(r, 0.0)["T"], solved(r)[0], rtol=1e-9)


def test_the_two_nodes_of_the_gap_have_the_temperatures_of_its_sides():
    pin = FuelGapCladding(**PIN)
    T, seen = pin.fields(np.array([0.0, 4.1e-3, 4.1e-3, 4.7e-3]), 0.0)["T"], pin.observables()
    np.testing.assert_array_equal(T, [seen[name] for name in ("T_centre", "T_fuel", "T_inner", "T_surface")])
    assert seen["q_gap"] == pytest.approx((seen["T_fuel"] - seen["T_inner"]) * 5e3, rel=1e-12)


def test_a_cladding_within_the_fuel_is_refused():
    (found,) = issue_texts(FuelGapCladding(**PIN | {"cladding_radius": 4e-3}))
    assert "cladding_radius" in found
