"""Two bulbs of gas against finite volumes, their moles and the diffusion barrier."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.multicomponent import pair_matrix
from fvtransport.plugins.solutions.two_bulb import TwoBulb

from tests.tools.gas_volumes import extrapolated, finite_volumes
from tests.tools.issues import issue_texts

PAIRS = {"H2-N2": 83.3e-6, "H2-CO2": 68.0e-6, "N2-CO2": 16.8e-6}
GASES = ("H2", "N2", "CO2")
BULBS = {
    "species": GASES, "diffusivities": PAIRS, "length": 0.0859, "cross_section": np.pi * 2.08e-3**2 / 4.0,
    "volume_1": 77.99e-6, "volume_2": 78.63e-6, "x_bulb1": (0.0, 0.50086, 0.49914), "x_bulb2": (0.50121, 0.49879, 0.0),
    "times": (7200.0, 28800.0, 72000.0), "until": 72000.0, "barrier": "N2",
}  # fmt: skip


def test_two_bulbs_against_finite_volumes():
    bulbs = TwoBulb(**BULBS)
    assert issue_texts(bulbs) == []
    inverse, area = 1.0 / pair_matrix(GASES, PAIRS), BULBS["cross_section"]
    ends = ((77.99e-6 / area, np.array([0.0, 0.50086])), (78.63e-6 / area, np.array([0.50121, 0.49879])))

    def of(cells: int) -> np.ndarray:
        position = (np.arange(cells) + 0.5) / cells
        start = ends[0][1][:, None] * (1.0 - position) + ends[1][1][:, None] * position
        return finite_volumes(start, inverse, 0.0859, BULBS["times"], ends)[:, [0, -1]]

    found, exact = extrapolated(of, 10), bulbs.observables()
    for row, name in enumerate(GASES[:2]):
        np.testing.assert_allclose(exact[f"x_{name}_bulb1"], found[row, 0], rtol=1e-7)
        np.testing.assert_allclose(exact[f"x_{name}_bulb2"], found[row, 1], rtol=1e-7)


def test_two_bulbs_keep_their_moles_and_sum_to_one():
    bulbs = TwoBulb(**BULBS)
    amounts = [bulbs._profile(t) @ bulbs._masses for t in (0.0, 100.0, 7200.0, 72000.0)]
    np.testing.assert_allclose(amounts, np.broadcast_to(amounts[0], (4, 3)), rtol=1e-12)
    fields = bulbs.fields(np.linspace(0.0, 0.0859, 7), 7200.0)
    np.testing.assert_allclose(sum(fields.values()), 1.0, rtol=1e-13)
    assert fields["x_N2"][0] == pytest.approx(bulbs.observables()["x_N2_bulb1"][0], rel=1e-12)


def test_the_barrier_is_where_the_bulb_turns():
    bulbs = TwoBulb(**BULBS)
    barrier = bulbs.observables()["t_barrier"]
    cycle_history = [bulbs._profile(barrier + shift)[1, 0] for shift in (-600.0, 0.0, 600.0)]
    assert cycle_history[1] < min(cycle_history[0], cycle_history[2])
    assert bulbs._profile(barrier)[1, -1] - cycle_history[1] > 0.14


def test_bulbs_of_equal_diffusivities_come_together_exponentially():
    """With D alike and a capillary of no volume, the difference falls as exp(-A D t/L (1/V_1 + 1/V_2))."""
    thin = {
        **BULBS,
        "diffusivities": dict.fromkeys(PAIRS, 3e-5),
        "cross_section": 1e-9,
        "barrier": None,
        "times": (1e9,),
        "until": 1e9,
    }
    found = TwoBulb(**thin).observables()
    pace = 1e-9 * 3e-5 / 0.0859 * (1.0 / 77.99e-6 + 1.0 / 78.63e-6)
    assert found["x_H2_bulb2"][0] - found["x_H2_bulb1"][0] == pytest.approx(0.50121 * np.exp(-pace * 1e9), rel=2e-6)
