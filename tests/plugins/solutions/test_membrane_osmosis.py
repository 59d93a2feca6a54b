"""The closed form of the chambers behind membranes: the laws in each chamber and Kedem and Katchalsky's at each membrane."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.membrane_osmosis import MembraneOsmosis

R = 8.31446261815324
GIVEN = {
    "pressure": 1e5,
    "temperature": 300.0,
    "diffusivity": 3e-5,
    "chamber": 0.01,
    "omega": 2e-7,
    "sigma_1": 1.0,
    "sigma_2": 0.0,
    "x_left": 0.6,
    "x_right": 0.1,
}
CHANGES = [
    {},
    {"sigma_2": 1.0},
    {"sigma_1": 0.0},
    {"sigma_1": 0.3, "sigma_2": 0.7, "omega": 1e-6, "x_left": 0.0, "x_right": 0.4},
]


@pytest.mark.parametrize("changes", CHANGES)
def test_chambers_and_membranes_obey_their_laws(changes):
    solution = MembraneOsmosis(**GIVEN | changes)
    seen, l = solution.observables(), solution.chamber
    fields = solution.fields(np.array([0.0, l, l, 2.0 * l, 2.0 * l, 3.0 * l]), 0.0)
    x, p = (fields[name].reshape(3, 2) for name in ("x_A", "p"))
    assert (x[0, 0], x[2, 1], p[2, 1]) == pytest.approx((solution.x_left, solution.x_right, 1e5), rel=1e-13)
    np.testing.assert_array_equal(p[:, 0], p[:, 1])
    # c D grad x, with c = p/(R T) and D = D_3 p_3/p
    slope = (x[:, 0] - x[:, 1]) / l
    np.testing.assert_allclose(p[:, 0] / (R * 300.0) * 3e-5 * 1e5 / p[:, 0] * slope, seen["J"], rtol=1e-11)
    for number, sigma in enumerate((solution.sigma_1, solution.sigma_2)):
        osmotic = p[number, 1] * x[number, 1] - p[number + 1, 0] * x[number + 1, 0]
        assert solution.omega * osmotic == pytest.approx(seen["J"], rel=1e-11)
        assert p[number, 1] - p[number + 1, 0] == pytest.approx(sigma * osmotic, rel=1e-11, abs=1e-9)
        assert seen[f"osmotic_{number + 1}"] == pytest.approx(osmotic, rel=1e-11)
    assert seen["p_left"] == p[0, 0]


def test_without_reflection_resistances_are_in_series():
    seen = MembraneOsmosis(**GIVEN | {"sigma_1": 0.0}).observables()
    chamber = 0.01 * R * 300.0 / (1e5 * 3e-5)
    assert seen["J"] == pytest.approx(0.5 / (3.0 * chamber + 2.0 / (2e-7 * 1e5)), rel=1e-14)
    assert seen["p_left"] == 1e5


@pytest.mark.parametrize("omega", (1e-12, 1e-7, 1.0))
@pytest.mark.parametrize("ends", ((1.0, 0.0), (0.0, 1.0)))
def test_pressures_are_positive_between_pure_gases(omega, ends):
    given = {"sigma_1": 1.0, "sigma_2": 1.0, "omega": omega, "x_left": ends[0], "x_right": ends[1]}
    fields = MembraneOsmosis(**GIVEN | given).fields(np.linspace(0.0, 0.03, 31), 0.0)
    assert fields["p"].min() > 0.0
    assert fields["x_A"].min() >= -1e-12 and fields["x_A"].max() <= 1.0 + 1e-12
