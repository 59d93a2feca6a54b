"""Film, bulbs and tube against other routes: boundary-value solutions, plain finite volumes, limits in closed form."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.loschmidt import Loschmidt
from fvtransport.plugins.solutions.maxwell_stefan_film import MaxwellStefanFilm
from fvtransport.plugins.solutions.multicomponent import pair_matrix
from fvtransport.plugins.solutions.two_bulb import TwoBulb
from scipy.integrate import solve_bvp

from tests.tools.issues import issue_texts

R = 8.31446261815324
PAIRS = {"H2-N2": 83.3e-6, "H2-CO2": 68.0e-6, "N2-CO2": 16.8e-6}
GASES = ("H2", "N2", "CO2")
FILM = {
    "species": GASES, "diffusivities": PAIRS, "temperature": 308.35, "pressure": 101325.0, "length": 0.0859,
    "x_left": (0.0, 0.501, 0.499), "x_right": (0.501, 0.499, 0.0),
}  # fmt: skip
BULBS = {
    "species": GASES, "diffusivities": PAIRS, "length": 0.0859, "cross_section": np.pi * 2.08e-3**2 / 4.0,
    "volume_1": 77.99e-6, "volume_2": 78.63e-6, "x_bulb1": (0.0, 0.50086, 0.49914), "x_bulb2": (0.50121, 0.49879, 0.0),
    "times": (7200.0, 28800.0, 72000.0), "until": 72000.0, "barrier": "N2",
}  # fmt: skip
TUBE = {
    "species": ("CH4", "Ar", "H2"), "diffusivities": {"CH4-Ar": 21.57e-6, "CH4-H2": 77.16e-6, "Ar-H2": 83.35e-6},
    "length": 2.0 * np.pi / np.sqrt(60.0), "x_bottom": (0.0, 0.509, 0.491), "x_top": (0.515, 0.485, 0.0),
    "times": (1200.0, 2400.0, 3600.0, 7200.0),
}  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"weights": {"CO2": 1.0}, "x_left": (0.3, 0.4, 0.3), "x_right": (0.0, 0.1, 0.9)},
        {"weights": {"H2": 2.016, "N2": 28.014, "CO2": 44.01}},
        {
            "species": (*GASES, "He"),
            "diffusivities": {**PAIRS, "He-H2": 150e-6, "N2-He": 70e-6, "CO2-He": 60e-6},
            "x_left": (0.1, 0.2, 0.3, 0.4),
            "x_right": (0.4, 0.3, 0.3, 0.0),
        },
    ],
)
def test_film_against_boundary_values(changes):
    film = MaxwellStefanFilm(**{**FILM, **changes})
    assert issue_texts(film) == []
    count, c = len(film.species), film.pressure / (R * film.temperature)
    weights = np.array([film.weights.get(name, 0.0) if film.weights else 1.0 for name in film.species])
    inverse = 1e-5 / pair_matrix(film.species, film.diffusivities)

    def rates(s, x, fluxes):
        return np.array(
            [sum((x[i] * fluxes[j] - x[j] * fluxes[i]) * inverse[i, j] for j in range(count)) for i in range(count)]
        )

    def ends(a, b, fluxes):
        return np.concatenate([a - film.x_left, (b - film.x_right)[:-1], [weights @ fluxes / weights.max()]])

    s = np.linspace(0.0, 1.0, 41)
    start = np.outer(film.x_left, 1.0 - s) + np.outer(film.x_right, s)
    found = solve_bvp(rates, ends, s, start, p=-np.array(film.x_right) + film.x_left, tol=1e-10, max_nodes=50000)
    assert found.success
    fluxes = list(film.observables().values())
    np.testing.assert_allclose(fluxes, found.p * 1e-5 * c / film.length, rtol=1e-8, atol=1e-12)
    profile = film.fields(s * film.length, 0.0)
    np.testing.assert_allclose(list(profile.values()), found.sol(s), rtol=0.0, atol=1e-9)
    np.testing.assert_allclose(sum(profile.values()), 1.0, rtol=1e-13)
    assert abs(weights @ fluxes) <= 1e-12 * np.abs(weights * fluxes).max()


def test_film_of_equal_diffusivities_has_straight_profiles():
    film = MaxwellStefanFilm(**{**FILM, "diffusivities": dict.fromkeys(PAIRS, 3e-5)})
    unit = 101325.0 / (R * 308.35) * 3e-5 / 0.0859
    assert film.observables() == pytest.approx(
        {"N_H2": -0.501 * unit, "N_N2": 0.002 * unit, "N_CO2": 0.499 * unit}, rel=1e-11
    )


def test_film_with_one_gas_at_rest_is_the_logarithm():
    film = MaxwellStefanFilm(
        species=("A", "B"), diffusivities={"A-B": 2e-5}, temperature=300.0, pressure=40.0 * R * 300.0, length=0.1,
        x_left=(0.9, 0.1), x_right=(0.0, 1.0), weights={"B": 1.0},
    )  # fmt: skip
    assert film.observables()["N_A"] == pytest.approx(40.0 * 2e-5 / 0.1 * np.log(10.0), rel=1e-12)
    assert film.observables()["N_B"] == pytest.approx(0.0, abs=1e-17)


def test_compositions_that_do_not_sum_to_one_are_refused():
    (found,) = issue_texts(MaxwellStefanFilm(**{**FILM, "x_left": (0.0, 0.501, 0.5)}))
    assert "x_left must be 3 mole fractions that sum to 1" in found
    (found,) = issue_texts(TwoBulb(**{**BULBS, "x_bulb2": (0.5, 0.5)}))
    assert "x_bulb2" in found
    (found,) = issue_texts(Loschmidt(**{**TUBE, "x_top": (0.5, 0.4, 0.0)}))
    assert "x_top" in found


def test_a_gas_at_rest_that_is_absent_has_no_film():
    (found,) = issue_texts(MaxwellStefanFilm(**{**FILM, "weights": {"CO2": 1.0}}))
    assert "sum a_i x_i vanishes at x_right" in found
