"""Cases of gases that diffuse, flow and settle: orders, what their pages promise, other ways to the same state."""

import time
from pathlib import Path

import numpy as np
import pytest
from fvtransport.plugins.solutions.two_bulb import TwoBulb

from fvtransport import check, run

CASES = Path(__file__).parents[2] / "cases"
PRECISE = "solve.transient.rtol=1e-10"
R = 8.31446261815324
BULBS = {
    "species": ("H2", "N2", "CO2"),
    "diffusivities": {"H2-N2": 83.3e-6, "H2-CO2": 68.0e-6, "N2-CO2": 16.8e-6},
    "length": 0.0859,
    "cross_section": np.pi * 2.08e-3**2 / 4.0,
    "volume_1": 77.99e-6,
    "volume_2": 78.63e-6,
    "until": 72000.0,
}


def errors(name: str, *overrides: str) -> dict[str, float]:
    """The worst error of every field and observable of a case."""
    summary = run(CASES / f"{name}.yaml", overrides=overrides).summary()
    assert summary["status"] == "converged", summary["message"]
    return {key: max(norms.values()) for key, norms in summary["comparison"]["errors"].items()}


def observables(name: str, *overrides: str) -> dict:
    summary = run(CASES / f"{name}.yaml", overrides=overrides).summary()
    assert summary["status"] == "converged", summary["message"]
    return {key: entry["value"] for key, entry in summary["observables"].items()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "cells", "changes"),
    [
        ("maxwell_stefan/ternary_film", 50, []),
        ("maxwell_stefan/loschmidt", 100, [PRECISE]),
        ("maxwell_stefan/two_bulb", 20, [PRECISE]),
        ("knudsen/pore_closed", 25, []),
        ("lit/barodiffusion_column", 25, []),
        ("lit/centrifuge_uf6", 50, []),
    ],
)
def test_errors_are_second_order(name, cells, changes):
    coarse, fine = (errors(name, f"mesh.cells={count}", *changes) for count in (cells, 2 * cells))
    orders = {key: np.log2(coarse[key] / fine[key]) for key in fine if fine[key] > 1e-9}
    assert orders and min(orders.values()) > 1.8, orders


@pytest.mark.parametrize("name", ["maxwell_stefan/two_bulb", "maxwell_stefan/loschmidt"])
def test_two_hundred_cells_take_less_than_two_seconds(name):
    with_phase_start = time.process_time()
    result = run(CASES / f"{name}.yaml", overrides=["compare=null"])
    assert result.case.mesh.axes[0].cells == 200
    assert time.process_time() - with_phase_start < 2.0


def test_film_moves_nitrogen_that_has_the_same_share_on_both_sides():
    even = ["boundaries.left.x_N2.dirichlet=0.499", "boundaries.right.x_N2.dirichlet=0.499", "compare=null"]
    seen = observables("maxwell_stefan/ternary_film", *even)
    assert seen["N_N2"] > 0.3 * abs(seen["N_H2"])
    assert seen["N_H2"] + seen["N_N2"] + seen["N_CO2"] == pytest.approx(0.0, abs=1e-15)


def test_film_in_another_order_of_species_is_the_same_film():
    turned = [
        "mixture.gas.species=[CO2, H2, N2]",
        (
            "boundaries={left: {x_CO2: {dirichlet: 0.499}, "
            "x_H2: {dirichlet: 0.0}}, "
            "right: {x_CO2: {dirichlet: 0.0}, x_H2: {dirichlet: 0.501}}}"
        ),
        "compare=null",
    ]
    own, other = observables("maxwell_stefan/ternary_film"), observables("maxwell_stefan/ternary_film", *turned)
    assert {name: other[name] for name in own} == pytest.approx(own, rel=1e-11)


def test_open_pore_has_the_ratio_of_graham():
    seen = observables("knudsen/pore_open")
    assert seen["N_Ar"] / seen["N_He"] == pytest.approx(-np.sqrt(4.0026 / 39.948), rel=1e-5)
    assert 0.1 < seen["Kn"] < 0.3


GRAHAM = [
    "mixture.gas.bulk_flow=graham",
    "boundaries={left: {x_He: {dirichlet: 1.0}}, right: {x_He: {dirichlet: 0.0}}}",
    "compare=null",
]


def test_a_continuum_law_in_a_pore_too_narrow_for_it_is_warned_of():
    """Kn = 0.212 in the pore of 1 um; ten times wider, or with the walls counted, there is nothing to say."""
    path = CASES / "knudsen" / "pore_open.yaml"
    warnings = run(path, overrides=GRAHAM).summary()["warnings"]
    assert any("Kn: Knudsen number 0.212" in each and "dusty_gas" in each for each in warnings), warnings
    wide = run(path, overrides=[*GRAHAM, "parameters.pore_diameter=10 um"])
    assert not [each for each in [*wide.messages.warnings, *run(path).messages.warnings] if "Knudsen" in each]


def test_open_pore_at_a_pressure_that_is_said_to_be_uniform_is_the_same():
    uniform = [
        "mixture.gas.bulk_flow={dusty_gas: {pore_diameter: pore_diameter, uniform_pressure: true}}",
        "boundaries={left: {x_He: {dirichlet: 1.0}}, right: {x_He: {dirichlet: 0.0}}}",
    ]
    off = errors("knudsen/pore_open", *uniform)
    assert off["N_He"] < 1e-5 and off["N_Ar"] < 1e-5


def test_open_pore_with_viscous_flow_has_nothing_to_flow():
    flowing = ["mixture.gas.bulk_flow={dusty_gas: {pore_diameter: pore_diameter}}", "properties={viscosity: 2.2e-5}"]
    assert errors("knudsen/pore_open", *flowing)["N_He"] < 1e-5


@pytest.mark.parametrize("diameter", ["30 nm", "30 um"])
def test_closed_pores_of_other_sizes(diameter):
    off = errors("knudsen/pore_closed", f"parameters.pore_diameter={diameter}")
    assert max(off.values()) < 1e-4, off


def test_column_run_in_time_comes_to_the_same_rest():
    sealed = [
        "boundaries={default: {x_He: no_flux, p: no_flux}}",
        "solve={transient: {until: 1e10, rtol: 1e-8}}",
        "initial={x_He: 0.5, p: pressure*exp(-(M_He + M_Xe)/2*gravity*x/(8.31446261815324*temperature))}",
        "compare=null",
    ]
    own, other = observables("lit/barodiffusion_column"), observables("lit/barodiffusion_column", *sealed)
    for name in ("x_He_bottom", "x_He_top"):
        assert other[name] == pytest.approx(own[name], rel=2e-7)


@pytest.mark.parametrize("name", ["lit/barodiffusion_column", "lit/centrifuge_uf6"])
def test_at_rest_the_cells_have_boltzmanns_ratios(name):
    """Not to the order of the mesh, but to round-off, and nothing passes any face."""
    result = run(CASES / f"{name}.yaml", overrides=["mesh.cells=20"])
    end, mixture = result.snapshots[-1], result.case.mixture
    geometry, (first, second) = end.system.geometry, end.system.medium.species
    pair = np.log(end.nodes[first] / end.nodes[second])[geometry.cells]
    x = geometry.position[0][geometry.cells]
    masses = np.diff(list(mixture.molar_masses.values()))[0] / (R * mixture.temperature)
    potential = 0.5 * 4000.0**2 * x**2 if "centrifuge" in name else -9.80665 * x
    np.testing.assert_allclose(pair - pair[0], -masses * (potential - potential[0]), rtol=0.0, atol=1e-10)
    by_law = np.abs(list(end.system.fluxes.by_law(0.0, end.values).values())).max()
    assert by_law < 1e-10 * 40.0 * 1e-5 / x[1]


def test_column_without_gravity_stays_mixed():
    seen = observables("lit/barodiffusion_column", "parameters.gravity=1e-13", "compare=null")
    assert seen["x_He_bottom"] == pytest.approx(0.5, abs=1e-12) and seen["p_top"] == pytest.approx(101325.0, rel=1e-14)


def deviations(bulbs: TwoBulb, points: dict) -> np.ndarray:
    """Computed less measured mole fractions; points are {(hours, bulb, species): x}."""
    found = {hours: bulbs._profile(3600.0 * hours)[:, [0, -1]] for hours, _, _ in points}
    return np.array([found[t][bulbs.species.index(name), bulb - 1] - x for (t, bulb, name), x in points.items()])


def test_two_bulbs_meet_what_was_measured():
    result = run(CASES / "maxwell_stefan" / "two_bulb.yaml")
    solution = result.case.comparison.solution
    points = {
        (t / 3600.0, int(name[-1]), name.split("_")[1]): x
        for name, (times, values) in solution.measured().items()
        for t, x in zip(times, values)
    }
    assert len(points) == 16
    off = deviations(solution, points)
    assert np.abs(off).mean() < 0.005 and np.abs(off).max() < 0.0095


def test_two_bulbs_meet_the_figure_of_another_filling():
    """The points of figure 2 of Duncan and Toor, whose bulb 1, with the hydrogen, is our bulb 2."""
    figure = {
        "H2": {1: {1: 0.4568, 2: 0.4165, 4: 0.3587, 12: 0.2691}, 2: {1: 0.0809, 2: 0.1190, 4: 0.1785}},
        "N2": {1: {1: 0.5041, 2: 0.5130, 4: 0.5334, 12: 0.5574}, 2: {1: 0.4761, 2: 0.4690, 4: 0.4479, 12: 0.4233}},
        "CO2": {1: {1: 0.0348, 2: 0.0651, 4: 0.1006, 12: 0.1689}, 2: {1: 0.4410, 4: 0.3744, 12: 0.3092}},
    }
    points = {
        (t, 3 - bulb, name): x
        for name, bulbs in figure.items()
        for bulb, series in bulbs.items()
        for t, x in series.items()
    }
    assert len(points) == 22
    filled = TwoBulb(**BULBS, x_bulb1=(0.0, 0.5217, 0.4783), x_bulb2=(0.5388, 0.4612, 0.0), times=(), barrier="N2")
    off = deviations(filled, points)
    assert np.abs(off).mean() < 0.0075 and np.abs(off).max() < 0.018


@pytest.mark.parametrize(("halves", "rms"), [(2, 0.0097), (1, 0.051)])
def test_the_tube_meets_what_was_measured_at_its_whole_length_alone(halves, rms):
    case = check(CASES / "maxwell_stefan" / "loschmidt.yaml", [f"parameters.length={halves}*pi/sqrt(60)"])
    solution = case.comparison.solution
    off = []
    for name, (times, values) in solution.measured().items():
        _, species, half = name.split("_")
        number, weights = solution.species.index(species), solution._halves[half]
        off += [solution._profile(t)[number] @ weights - x for t, x in zip(times, values)]
    assert len(off) == 32
    assert np.sqrt(np.mean(np.square(off))) == pytest.approx(rms, rel=0.01)


def test_the_figure_of_the_two_bulbs_shows_what_was_measured():
    from fvtransport.report.figures.draw import draw_observables

    figure = draw_observables(run(CASES / "maxwell_stefan" / "two_bulb.yaml"))
    lines = [line for axes in figure.axes for line in axes.get_lines() if line.get_marker() == "s"]
    assert len(lines) == 4
    assert sorted(line.get_ydata()[0] for line in lines) == [0.165, 0.331, 0.425, 0.572]
    np.testing.assert_allclose(lines[0].get_xdata(), 3600.0 * np.array([3.8, 8.0, 12.0, 16.8]), rtol=1e-12)
    assert [line.get_label() for line in lines].count("measured") == 1
