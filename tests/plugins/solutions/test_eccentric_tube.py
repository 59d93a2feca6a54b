"""Closed forms in two dimensions that rest on one potential for all fluxes: its equation, its
walls, and the state along it.
"""

import numpy as np
import pytest
from fvtransport.plugins.solutions.eccentric_tube import EccentricTube
from fvtransport.plugins.solutions.stagnant_film import StagnantFilm
from scipy.integrate import quad

from tests.tools.issues import issue_texts

GAP = {
    "inner_radius": 4e-3,
    "outer_radius": 10e-3,
    "offset": 3e-3,
    "species": ("acetone", "methanol", "air"),
    "stagnant": "air",
    "diffusivities": {"acetone-methanol": 8.48e-6, "acetone-air": 13.72e-6, "methanol-air": 19.91e-6},
    "temperature": 328.5,
    "pressure": 99.4e3,
    "x_inner": (0.319, 0.528, 0.153),
    "x_outer": (0.0, 0.0, 1.0),
}


def test_eccentric_potential_is_harmonic_and_fits_the_circles():
    gap, angle = EccentricTube(**GAP), np.linspace(0.0, 2.0 * np.pi, 37)
    on_wick = gap.potential(3e-3 + 4e-3 * np.cos(angle), 4e-3 * np.sin(angle))
    on_tube = gap.potential(10e-3 * np.cos(angle), 10e-3 * np.sin(angle))
    np.testing.assert_allclose(on_wick, 0.0, rtol=0, atol=1e-13)
    np.testing.assert_allclose(on_tube, 1.0, rtol=0, atol=1e-13)
    x, y, h = np.array([-6e-3, 1e-3, 8e-3]), np.array([2e-3, 6e-3, 1e-3]), 1e-5
    around = gap.potential(x + h, y) + gap.potential(x - h, y) + gap.potential(x, y + h) + gap.potential(x, y - h)
    np.testing.assert_allclose(around, 4.0 * gap.potential(x, y), rtol=1e-9)


@pytest.mark.parametrize("offset", [1e-6, 3e-3, 5.5e-3])
def test_eccentric_flow_is_that_of_the_potential_through_the_tube(offset):
    gap = EccentricTube(**{**GAP, "offset": offset})

    def slope(angle: float) -> float:
        radii, step = 10e-3 - np.array([0.0, 1.0, 2.0, 3.0, 4.0]) * 1e-5, 1e-5
        h = gap.potential(radii * np.cos(angle), radii * np.sin(angle))
        return float(h @ [25.0, -48.0, 36.0, -16.0, 3.0]) / (12.0 * step)

    shape = quad(lambda angle: slope(angle) * 10e-3, 0.0, 2.0 * np.pi, epsrel=1e-9)[0]
    film = StagnantFilm(
        **{name: GAP[name] for name in ("species", "stagnant", "diffusivities", "temperature", "pressure")},
        length=1.0,
        x_left=GAP["x_inner"],
        x_right=GAP["x_outer"],
    )
    exact = gap.observables()
    assert exact["F_acetone"] == pytest.approx(film.observables()["N_acetone"] * shape, rel=1e-6)
    assert exact["F_methanol"] / exact["F_acetone"] == pytest.approx(3.1279937 / 1.7830055, rel=1e-6)
    if offset == 1e-6:
        assert shape == pytest.approx(2.0 * np.pi / np.log(2.5), rel=1e-6)


def test_eccentric_tube_objects():
    assert issue_texts(EccentricTube(**GAP)) == []
    wrong = {"circles meet": {"offset": 6e-3}, "N2": {"stagnant": "N2"}, "x_inner": {"x_inner": (0.5, 0.5, 0.0)}}
    for words, changes in wrong.items():
        (found, *_) = issue_texts(EccentricTube(**{**GAP, **changes}))
        assert words in found
