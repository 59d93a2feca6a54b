"""Vapours through a gas at rest: one vapour is the Stefan tube, two of them by shooting."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.stagnant_film import StagnantFilm
from fvtransport.plugins.solutions.stefan_tube import StefanTube
from scipy.integrate import solve_ivp

from tests.tools.issues import issue_texts

TUBE = {"concentration": 40.0, "diffusivity": 2e-5, "length": 0.1, "x_left": 0.9, "x_right": 0.0}
R = 8.31446261815324


def test_stagnant_film_of_one_vapour_is_the_tube():
    film = StagnantFilm(
        species=("A", "B"), stagnant="B", diffusivities={"A-B": 2e-5}, temperature=300.0, pressure=40.0 * R * 300.0,
        length=0.1, x_left=(0.9, 0.1), x_right=(0.0, 1.0),
    )  # fmt: skip
    z = np.linspace(0.0, 0.1, 11)
    assert film.observables() == pytest.approx(StefanTube(**TUBE).observables(), rel=1e-11)
    np.testing.assert_allclose(film.fields(z, 0.0)["x_A"], StefanTube(**TUBE).fields(z, 0.0)["x_A"], rtol=0, atol=1e-13)


ACETONE = {
    "species": ("acetone", "methanol", "air"),
    "stagnant": "air",
    "temperature": 328.5,
    "pressure": 99.4e3,
    "length": 0.238,
    "diffusivities": {"acetone-methanol": 8.48e-6, "acetone-air": 13.72e-6, "methanol-air": 19.91e-6},
    "x_left": (0.319, 0.528, 0.153),
    "x_right": (0.0, 0.0, 1.0),
}


def test_acetone_and_methanol_by_shooting():
    film = StagnantFilm(**ACETONE)
    c = 99.4e3 / (R * 328.5)
    D12, D13, D23 = film.diffusivities.values()
    N1, N2 = film.observables().values()

    def rates(z, x):
        air = 1.0 - x[0] - x[1]
        friction = (x[0] * N2 - x[1] * N1) / (c * D12)
        return [friction - air * N1 / (c * D13), -friction - air * N2 / (c * D23)]

    found = solve_ivp(rates, (0.0, 0.238), [0.319, 0.528], "DOP853", rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(found.y[:, -1], 0.0, rtol=0, atol=1e-10)
    # ln x_air rises by L sum N_j/(c D_j,air), whatever the drag between the vapours
    assert 0.238 / c * (N1 / D13 + N2 / D23) == pytest.approx(-np.log(0.153), rel=1e-12)


def test_stagnant_film_objects():
    (found,) = issue_texts(StagnantFilm(**{**ACETONE, "stagnant": "oxygen"}))
    assert "oxygen" in found
    (found,) = issue_texts(StagnantFilm(**{**ACETONE, "x_left": (0.4, 0.6, 0.0)}))
    assert "vanishes" in found
