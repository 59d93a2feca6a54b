"""Film, bulbs and tube against other routes: boundary-value solutions, plain finite volumes, limits in closed form."""

from collections.abc import Callable

import numpy as np
import pytest
from fvtransport.plugins.solutions.loschmidt import Loschmidt
from fvtransport.plugins.solutions.maxwell_stefan_film import MaxwellStefanFilm
from fvtransport.plugins.solutions.multicomponent import diffusive_fluxes, lobatto, pair_matrix, pair_mistakes
from fvtransport.plugins.solutions.two_bulb import TwoBulb
from scipy.integrate import solve_bvp, solve_ivp

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


def finite_volumes(
    start: np.ndarray, inverse: np.ndarray, length: float, times: tuple, bulbs: tuple = ()
) -> np.ndarray:
    """Mole fractions (species - 1, cells and bulbs, times) by cells of equal size, to which bulbs are
    joined half a cell away.

    start (species - 1, cells); bulbs are volumes over the cross-section and mole fractions, of both ends or none.
    """
    count, size = start.shape[1], length / start.shape[1]
    masses = np.full(count, size)
    gaps = np.full(count - 1, size)
    if bulbs:
        start = np.column_stack([bulbs[0][1], start, bulbs[1][1]])
        masses, gaps = (
            np.concatenate([[bulbs[0][0]], masses, [bulbs[1][0]]]),
            np.pad(gaps, 1, constant_values=0.5 * size),
        )

    def rates(t: float, y: np.ndarray) -> np.ndarray:
        x = y.reshape(-1, len(start)).T
        # a bulb has its own composition on the face that joins it
        half = 0.5 * (x[:, 1:] + x[:, :-1])
        if bulbs:
            half[:, 0], half[:, -1] = x[:, 0], x[:, -1]
        fluxes = diffusive_fluxes(np.vstack([half, 1.0 - half.sum(axis=0)]), np.diff(x) / gaps, inverse)
        return (-np.diff(np.pad(fluxes, ((0, 0), (1, 1)))) / masses).T.ravel()

    band = 2 * len(start) - 1
    found = solve_ivp(
        rates, (0.0, times[-1]), start.T.ravel(), "LSODA", t_eval=times, rtol=1e-10, atol=1e-13, lband=band, uband=band
    )
    assert found.success
    return np.moveaxis(found.y.reshape(-1, len(start), len(times)), 1, 0)


def extrapolated(values: Callable[[int], np.ndarray], cells: int) -> np.ndarray:
    """Values on the finest of three meshes, freed of the error of second order, which must be what the others show."""
    coarse, middle, fine = (values(cells * factor) for factor in (1, 2, 4))
    order = np.log2((coarse - middle) / (middle - fine))
    np.testing.assert_allclose(order, 2.0, rtol=0.0, atol=0.05)
    return (4.0 * fine - middle) / 3.0


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


def test_diffusive_fluxes_satisfy_the_equations_of_every_species():
    rng = np.random.default_rng(1)
    x = rng.dirichlet(np.ones(4), 5).T
    slopes = rng.normal(size=(3, 5))
    inverse = 1.0 / pair_matrix(
        "ABCD", {f"{a}-{b}": rng.uniform(1.0, 9.0) for n, a in enumerate("ABCD") for b in "ABCD"[:n]}
    )
    fluxes = diffusive_fluxes(x, slopes, inverse)
    fluxes = np.vstack([fluxes, -fluxes.sum(axis=0)])
    friction = x * (inverse @ fluxes) - fluxes * (inverse @ x)
    np.testing.assert_allclose(friction, np.vstack([slopes, -slopes.sum(axis=0)]), rtol=0.0, atol=1e-13)


def test_lobatto_is_exact_for_polynomials():
    nodes, weights, slopes = lobatto(6)
    np.testing.assert_allclose(weights @ nodes**11, 1.0 / 12.0, rtol=1e-13)
    np.testing.assert_allclose(slopes @ nodes**6, 6.0 * nodes**5, rtol=0.0, atol=1e-12)


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


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ({"A-B": 1.0, "A-C": 1.0}, "lack B-C"),
        ({"A-B": 1.0, "C-A": 1.0, "B-C": 1.0, "B-D": 1.0}, "B-D is not a pair"),
        ({"A-B": 1.0, "B-A": 1.0, "A-C": 1.0, "B-C": 1.0}, "B-A is given twice"),
    ],
)
def test_pairs_that_do_not_fit_are_told(pairs, words):
    (found,) = pair_mistakes("ABC", pairs)
    assert words in found


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
