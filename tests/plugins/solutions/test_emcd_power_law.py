"""Counterdiffusion between two temperatures against boundary values of  x' = -N R T/(p D(T)),  T' = -q/kappa(T)."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.emcd_power_law import EmcdPowerLaw
from fvtransport.plugins.solutions.emcd_slab import EmcdSlab
from scipy.integrate import quad, solve_bvp

from tests.tools.issues import issue_texts

R = 8.31446261815324
TUBE = {
    "pressure": 101325.0, "diffusivity": 1.65e-5, "conductivity": 0.021, "reference_temperature": 298.15, "length": 0.1,
    "T_left": 600.0, "T_right": 300.0, "x_left": 0.9, "x_right": 0.1,
}  # fmt: skip


@pytest.mark.parametrize(("m", "b"), [(1.75, 0.0), (1.75, 0.8), (0.0, 0.5), (2.0, 0.0), (2.5, 0.5), (3.0, 0.0)])
def test_against_boundary_values(m, b):
    tube = EmcdPowerLaw(**TUBE, diffusivity_exponent=m, conductivity_exponent=b)
    unit = 101325.0 * 1.65e-5 / (R * 298.15 * 0.1)

    def rates(s, y):
        t = y[0]
        return np.stack([-y[2] / t**b, -y[3] * t ** (1.0 - m), np.zeros_like(s), np.zeros_like(s)])

    ends = np.array([600.0, 300.0]) / 298.15
    s = np.linspace(0.0, 1.0, 60)
    start = np.stack([ends[0] + (ends[1] - ends[0]) * s, 0.9 - 0.8 * s, np.ones_like(s), np.ones_like(s)])
    found = solve_bvp(
        rates,
        lambda a, z: np.array([a[0] - ends[0], z[0] - ends[1], a[1] - 0.9, z[1] - 0.1]),
        s,
        start,
        tol=1e-10,
        max_nodes=20000,
    )
    assert found.success and issue_texts(tube) == []
    exact, fields = tube.observables(), tube.fields(s * 0.1, 0.0)
    assert exact["N_A"] == pytest.approx(unit * found.y[3, 0], rel=1e-9)
    assert exact["q"] == pytest.approx(0.021 * 298.15 / 0.1 * found.y[2, 0], rel=1e-9)
    np.testing.assert_allclose(fields["T"], 298.15 * found.sol(s)[0], rtol=1e-9)
    np.testing.assert_allclose(fields["x_A"], found.sol(s)[1], rtol=0, atol=1e-9)


def test_flux_is_the_fall_over_the_resistance():
    """b = 0: the temperature is straight, and the resistance to diffusion is an integral over z."""
    tube = EmcdPowerLaw(**TUBE)
    resistance = quad(lambda z: R * T(z) / (101325.0 * 1.65e-5 * (T(z) / 298.15) ** 1.75), 0.0, 0.1, epsrel=1e-12)[0]
    assert tube.observables()["N_A"] == pytest.approx(0.8 / resistance, rel=1e-11)
    root = 600.0**0.25 - 300.0**0.25
    as_printed = 101325.0 * 1.65e-5 * 0.8 * 300.0 / (4.0 * R * 0.1 * 298.15**1.75 * root)
    assert tube.observables()["N_A"] == pytest.approx(as_printed, rel=1e-12)


def T(z: float) -> float:
    return 600.0 - 3000.0 * z


def test_at_nearly_one_temperature_it_is_the_slab():
    tube = EmcdPowerLaw(**{**TUBE, "T_left": 298.15 + 1e-4, "T_right": 298.15 - 1e-4})
    slab = EmcdSlab(concentration=101325.0 / (R * 298.15), diffusivity=1.65e-5, length=0.1, x_left=0.9, x_right=0.1)
    assert tube.observables()["N_A"] == pytest.approx(slab.observables()["N_A"], rel=1e-8)
    (found,) = issue_texts(EmcdPowerLaw(**{**TUBE, "T_left": 300.0}))
    assert "emcd_slab" in found
