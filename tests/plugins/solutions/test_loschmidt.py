"""Gases in a sealed tube against finite volumes and a series of cosines."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.loschmidt import Loschmidt
from fvtransport.plugins.solutions.multicomponent import pair_matrix

from tests.tools.gas_volumes import extrapolated, finite_volumes
from tests.tools.issues import issue_texts

TUBE = {
    "species": ("CH4", "Ar", "H2"), "diffusivities": {"CH4-Ar": 21.57e-6, "CH4-H2": 77.16e-6, "Ar-H2": 83.35e-6},
    "length": 2.0 * np.pi / np.sqrt(60.0), "x_bottom": (0.0, 0.509, 0.491), "x_top": (0.515, 0.485, 0.0),
    "times": (1200.0, 2400.0, 3600.0, 7200.0),
}  # fmt: skip


def test_tube_against_finite_volumes():
    tube = Loschmidt(**TUBE)
    assert issue_texts(tube) == []
    inverse = 1.0 / pair_matrix(tube.species, tube.diffusivities)

    def of(cells: int) -> np.ndarray:
        start = np.repeat(np.array([[0.0, 0.515], [0.509, 0.485]]), cells // 2, axis=1)
        return finite_volumes(start, inverse, tube.length, TUBE["times"])[:, : cells // 2].mean(axis=1)

    found, exact = extrapolated(of, 40), tube.observables()
    np.testing.assert_allclose(exact["x_CH4_bottom"], found[0], rtol=1e-7)
    np.testing.assert_allclose(exact["x_Ar_bottom"], found[1], rtol=1e-7)


def test_tube_of_equal_diffusivities_is_a_series_of_cosines():
    tube = Loschmidt(**{**TUBE, "diffusivities": {"CH4-Ar": 3e-5, "CH4-H2": 3e-5, "Ar-H2": 3e-5}})
    odd = np.arange(1, 400, 2)
    z = np.linspace(0.0, tube.length, 11)
    for t, mean in zip(TUBE["times"], tube.observables()["x_CH4_bottom"]):
        decay = np.exp(-3e-5 * (odd * np.pi / tube.length) ** 2 * t)
        assert mean == pytest.approx(0.2575 - 0.515 * 4.0 / np.pi**2 * (decay / odd**2).sum(), rel=1e-7)
        modes = np.sin(0.5 * np.pi * odd) / odd * decay * np.cos(np.pi * odd * z[:, None] / tube.length)
        np.testing.assert_allclose(
            tube.fields(z, t)["x_CH4"], 0.2575 - 0.515 * 2.0 / np.pi * modes.sum(axis=1), rtol=0, atol=1e-8
        )


def test_tube_keeps_its_moles():
    tube = Loschmidt(**TUBE)
    amounts = [tube._profile(t) @ tube._masses for t in (0.0, 1200.0, 7200.0)]
    np.testing.assert_allclose(amounts, np.broadcast_to(amounts[0], (3, 3)), rtol=1e-11)


def test_the_halves_of_the_tube_hold_what_was_filled_in():
    seen = Loschmidt(**TUBE).observables()
    for name, filled in (("CH4", 0.515), ("Ar", 0.509 + 0.485)):
        np.testing.assert_allclose(np.add(seen[f"x_{name}_bottom"], seen[f"x_{name}_top"]), filled, rtol=1e-10)


def test_measurements_of_the_tube_need_a_time_each():
    points = {"measured_at": {"x_Ar_top": (1.0, 2.0)}, "measured_values": {"x_Ar_top": (0.4,)}}
    (found,) = issue_texts(Loschmidt(**{**TUBE, **points}))
    assert "measured_values of x_Ar_top are 1 for 2 times" in found
