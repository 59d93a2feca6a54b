"""The closed form of two sealed layers in poor contact, against the flux laws integrated from one end to the other."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.kapitza_soret import KapitzaSoret
from scipy.integrate import solve_ivp

from tests.tools.issues import issue_texts

GIVEN = {
    "pressure": 101325.0,
    "lengths": (5e-3, 5e-3),
    "diffusivities": (0.3e-4, 0.6e-4),
    "conductivities": (0.05, 0.08),
    "soret_coefficients": (6e-4, 1.6e-3),
    "resistance": 0.1,
    "T_left": 450.0,
    "T_right": 300.0,
    "x_mean": 0.5,
}
CHANGES = [
    {},
    {"T_left": 280.0, "T_right": 420.0, "lengths": (1e-2, 2e-3), "x_mean": 0.1},
    {"soret_coefficients": (3e-3, -3e-3), "conductivities": (0.5, 0.3), "resistance": 0.0},
    {"resistance": 1e3, "x_mean": 0.9},
]


def integrated(solution: KapitzaSoret, layer: int, z: np.ndarray, T: float, x: float) -> np.ndarray:
    """T, x, integral of 1/T and of x/T at positions z of a layer, from T and x at its left end and the heat flux q."""
    kappa, D, S_T = (
        getattr(solution, name)[layer] for name in ("conductivities", "diffusivities", "soret_coefficients")
    )
    q = solution.observables()["q"]

    def slopes(_, state):
        T, x = state[:2]
        # J_A = 0 gives grad x, and the heat is -kappa grad T - p T D S_T grad x.
        per_T = -S_T * x * (1.0 - x)
        grad_T = -q / (kappa + solution.pressure * T * D * S_T * per_T)
        return [grad_T, per_T * grad_T, 1.0 / T, x / T]

    return solve_ivp(slopes, (z[0], z[-1]), [T, x, 0.0, 0.0], t_eval=z, method="DOP853", rtol=1e-12, atol=1e-15).y


@pytest.mark.parametrize("changes", CHANGES)
def test_integrated_from_end_to_end(changes):
    solution = KapitzaSoret(**GIVEN | changes)
    assert issue_texts(solution) == []
    seen, (first, second) = solution.observables(), solution.lengths
    z = np.linspace(0.0, first, 7), np.linspace(first, first + second, 7)
    left = integrated(solution, 0, z[0], solution.T_left, seen["x_A_hot"])
    assert (left[0, -1], left[1, -1]) == pytest.approx((seen["T_1"], seen["x_A_interface"]), rel=1e-9)
    right = integrated(solution, 1, z[1], left[0, -1] - solution.resistance * seen["q"], left[1, -1])
    assert (right[0, -1], right[1, -1]) == pytest.approx((solution.T_right, seen["x_A_cold"]), rel=1e-9)
    moles, of_A = (left + right)[2:, -1]
    assert of_A / moles == pytest.approx(solution.x_mean, rel=1e-9)
    fields = solution.fields(np.concatenate(z), 0.0)
    np.testing.assert_allclose(fields["T"], np.concatenate([left[0], right[0]]), rtol=1e-9)
    np.testing.assert_allclose(fields["x_A"], np.concatenate([left[1], right[1]]), rtol=1e-9)


def test_without_thermal_diffusion_three_resistances_are_in_series():
    seen = KapitzaSoret(**GIVEN | {"soret_coefficients": (0.0, 0.0)}).observables()
    q = 150.0 / (0.1 + 0.1 + 0.0625)
    assert (seen["q"], seen["T_1"]) == pytest.approx((q, 450.0 - 0.1 * q), rel=1e-13)
    assert seen["x_A_hot"] == pytest.approx(0.5, rel=1e-13)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lengths": (1e-3,)}, "lengths: two layers have two"),
        ({"x_mean": 1.0}, "must be below 1"),
        ({"T_right": 450.0}, "nothing flows"),
        ({"soret_coefficients": (6e-4, 0.1)}, "against the second law"),
    ],
)
def test_refused(changes, words):
    (found, *_) = issue_texts(KapitzaSoret(**GIVEN | changes))
    assert words in found
