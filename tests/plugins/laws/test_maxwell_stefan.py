"""Maxwell-Stefan in cases: its binary limit, reciprocity, mistakes in pairs, and films against SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import conductivity
from scipy.integrate import solve_bvp

import fvtransport
from tests.tools.cases import PURE, case_text

R = 8.31446261815324
BINARY = case_text(
    PURE,
    mesh="{type: Grid1D, length: 0.1, cells: 12, grading: {ratio: 3}}",
    mixture="{gas: {species: [A, B], pressure: 1e5, molar_heat_capacity: {A: 25.0, B: 31.0}}}",
    properties="{conductivity: 0.05*(T/300)%s}",
    laws="[conduction, %s]",
    initial="{T: 300 + 400*x + 900*x*x, x_A: 0.2 + 5*x - 20*x*x}",
    boundaries="""
  left: {T: {dirichlet: 300}, x_A: {dirichlet: 0.2}}
  right: {T: {dirichlet: 350}, x_A: {dirichlet: 0.5}}""",
    units=None,
)
FICK = ", diffusivity: 3e-5*(T/300)**1.75*(1 + x_A), thermal_diffusion_factor: 0.3 + 0.1*x_A"
PAIRS = "maxwell_stefan: {diffusivities: {%s: 3e-5*(T/300)**1.75*(1 + x_A)}, thermal_diffusion_factors: {%s}}"


def case(tmp_path, text: str):
    path = tmp_path / "case.yaml"
    path.write_text("title: test\n" + text)
    return fvtransport.check(path)


def flux(case, names):
    """The flux that the named laws have together at the start."""
    problem = fvtransport.discretisation.build.build(case)
    parts = problem.system.fluxes.by_law(0.0, problem.values)
    return sum(parts[name] for name in names)


@pytest.mark.parametrize("pair, factor", [("A-B", "A-B: 0.3 + 0.1*x_A"), ("B-A", "B-A: -0.3 - 0.1*x_A")])
def test_a_binary_is_fick_with_soret_and_dufour(tmp_path, pair, factor):
    two = flux(case(tmp_path, BINARY % (FICK, "fick, soret_dufour")), ["fick", "soret_dufour", "conduction"])
    one = flux(case(tmp_path, BINARY % ("", PAIRS % (pair, factor))), ["maxwell_stefan", "conduction"])
    assert one == pytest.approx(two, rel=1e-13, abs=1e-13 * np.abs(two).max())


@pytest.mark.parametrize("law", ["fick, soret_dufour", PAIRS % ("A-B", "A-B: 0.3 + 0.1*x_A")])
def test_the_conductivity_without_diffusion_is_converted(tmp_path, law):
    """kappa - lambda = c R T^2 x_A x_B D'^2/D, and so no heat passes by diffusion in a cell without a flux."""
    text = BINARY.replace("conductivity:", "conductivity_without_diffusion:")
    problem = fvtransport.discretisation.build.build(case(tmp_path, text % (FICK if "fick" in law else "", law)))
    cell = problem.system.medium
    view = fvtransport.PointView(cell, dict(zip(cell.fields, (320.0, 0.4))))
    alpha, diffusivity = 0.34, 3e-5 * (320 / 300) ** 1.75 * 1.4
    extra = 1e5 / (R * 320.0) * R * alpha**2 * diffusivity * 0.24
    assert view[conductivity] - 0.05 * 320 / 300 == pytest.approx(extra, rel=1e-12)


TERNARY = case_text(
    PURE,
    mesh="{type: Grid1D, length: 0.1, cells: 8}",
    mixture="{gas: {species: [A, B, C], pressure: 1e5, molar_heat_capacity: 30.0}}",
    properties="{conductivity: 0.05%s}",
    laws="""
  - conduction
  - maxwell_stefan: {diffusivities: {A-B: 3e-5, C-A: 1e-5*(1 + x_A), B-C: 7e-5}, thermal_diffusion_factors: {%s}}""",
    initial="{T: 300 + 400*x, x_A: 0.2 + 3*x, x_B: 0.4 - 2*x}",
    boundaries="{default: {T: {dirichlet: 300}, x_A: {dirichlet: 0.2}, x_B: {dirichlet: 0.4}}}",
    units=None,
)


@pytest.mark.parametrize("factor", ["", ", thermodynamic_factor: {margules: {A-B: 0.8, B-C: -0.6}}"])
def test_reciprocity_and_the_second_law(tmp_path, factor):
    made = case(tmp_path, TERNARY % (factor, "A-B: 0.3, C-B: 0.2, A-C: -0.15"))
    problem = fvtransport.discretisation.build.build(made)
    audit = fvtransport.audit.judge.audit(problem.system, [(0.0, problem.values)])
    assert audit.asymmetry < 1e-12 and audit.margin > 1e-3 and not audit.violations


def test_diffusion_takes_heat_along_against_a_temperature_gradient(tmp_path):
    """At J = 0 the heat flux is -lambda grad T, with lambda = kappa less what the law says that diffusion adds."""
    from fvtransport.plugins.handles import energy, soret_conductivity

    made = case(tmp_path, TERNARY % ("", "A-B: 0.3, C-B: 0.2, A-C: -0.15"))
    boundaries = (
        "boundaries: {left: {T: {dirichlet: 300}, x_A: no_flux, x_B: no_flux}, right: {T: {dirichlet: 301}, "
        "x_A: no_flux, x_B: no_flux}}"
    )
    lines = (TERNARY % ("", "A-B: 0.3, C-B: 0.2, A-C: -0.15")).splitlines()
    text = "\n".join(boundaries if line.startswith("boundaries") else line for line in lines)
    made = case(tmp_path, text.replace("solve: steady", "solve: {steady: {mean: {x_A: 0.35, x_B: 0.3}}}"))
    snapshot = fvtransport.run(made).snapshots[-1]
    extra = np.mean(snapshot.nodes[soret_conductivity])
    assert extra > 1e-5
    assert -snapshot.flux(energy, "left") * 0.1 == pytest.approx(0.05 - extra, rel=1e-5)


@pytest.mark.parametrize(
    "pairs, says",
    [
        ("A-B: 3e-5, B-C: 7e-5", "lack the pair A-C"),
        ("A-B: 3e-5, B-C: 7e-5, A-C: 1e-5, A-D: 1e-5", "A-D is not a pair of species"),
        ("A-B: 3e-5, B-C: 7e-5, A-C: 1e-5, A-A: 1e-5", "A-A is not a pair of species"),
        ("A-B: 3e-5, B-A: 3e-5, B-C: 7e-5, A-C: 1e-5", "A-B and B-A are the same pair"),
        ("A-B: -3e-5, B-C: 7e-5, A-C: 1e-5", "must be above 0"),
    ],
)
def test_every_pair_exactly_once(complaints, pairs, says):
    text = TERNARY % ("", "A-B: 0.3")
    found = complaints("title: pairs\n" + text.replace("A-B: 3e-5, C-A: 1e-5*(1 + x_A), B-C: 7e-5", pairs))
    assert any(says in each and ":7:" in each for each in found), found


def film(diffusivities, left, right, concentration, length, weights):
    """Fluxes of all but the last species through a film with sum a_i N_i = 0, by collocation."""
    count = len(left)

    def slopes(_, x, found):
        x = np.vstack([x, 1.0 - x.sum(axis=0)])
        flux = np.append(found, -np.dot(weights[:-1], found) / weights[-1])
        pairs = [
            [(x[i] * flux[j] - x[j] * flux[i]) / diffusivities[i][j] if i != j else 0.0 for j in range(count)]
            for i in range(count)
        ]
        return np.array([sum(row) for row in pairs[:-1]]) * length / concentration

    def ends(first, last, _):
        return np.concatenate([first - left[:-1], last - right[:-1]])

    position = np.linspace(0.0, 1.0, 101)
    guess = np.array([np.linspace(a, b, 101) for a, b in zip(left[:-1], right[:-1])])
    start = np.array([concentration * 2e-5 * (a - b) / length for a, b in zip(left[:-1], right[:-1])])
    found = solve_bvp(slopes, ends, position, guess, p=start, tol=1e-10, max_nodes=50000)
    assert found.success
    return found.p


FILM = case_text(
    {},
    mesh="{type: Grid1D, length: 0.0859, cells: 200}",
    mixture="{gas: {species: [H2, N2, CO2], pressure: 101325, temperature: 308.35, bulk_flow: %s}}",
    laws="[maxwell_stefan: {diffusivities: {H2-N2: 83.3e-6, H2-CO2: 68.0e-6, CO2-N2: 16.8e-6}}]",
    boundaries="""
  left: {x_H2: {dirichlet: 0.1}, x_N2: {dirichlet: 0.501}}
  right: {x_H2: {dirichlet: 0.45}, x_N2: {dirichlet: 0.5}}""",
    solve="steady",
)


@pytest.mark.parametrize(
    "flow, weights",
    [
        ("equimolar", (1, 1, 1)),
        ("{stagnant: CO2}", (0, 0, 1)),
        ("{flux_ratio: {H2: 0.4, N2: 0.5, CO2: 2}}", (0.4, 0.5, 2)),
    ],
)
def test_a_ternary_film_against_scipy(run_text, flow, weights):
    snapshot = run_text("title: film\n" + FILM % flow).snapshots[-1]
    D = [[0, 83.3e-6, 68.0e-6], [83.3e-6, 0, 16.8e-6], [68.0e-6, 16.8e-6, 0]]
    left, right = np.array([0.1, 0.501, 0.399]), np.array([0.45, 0.5, 0.05])
    expected = film(D, left, right, 101325 / (R * 308.35), 0.0859, np.array(weights, float))
    found = [snapshot.flux(balance, "left") for balance in snapshot.system.balances]
    assert found == pytest.approx(expected, abs=5e-5 * np.abs(expected).max())
