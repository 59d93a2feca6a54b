"""Laws from Onsager's coefficients and in mass fractions: what they equal, what they refuse, what the audit says."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

import fvtransport
from fvtransport.audit.onsager import onsager_matrices
from fvtransport.cli.app import app
from fvtransport.discretisation.build import build
from fvtransport.verification import contract
from tests.tools.cases import case_text

R = 8.31446261815324
BASE = case_text(
    title="a binary gas",
    parameters="{p: 101325, Rg: 8.31446261815324, kappa: 0.05, D: 7e-5, S: 1.3e-3, MA: 0.131293, MB: 4.0026e-3}",
    mesh="{type: Grid1D, length: 0.01, cells: 40}",
    mixture='{binary: {species: [A, B], concentration: "p/(Rg*T)", molar_masses: {A: MA, B: MB}}}',
    properties="{diffusivity: D, conductivity: kappa, soret_coefficient: S}",
    boundaries="{left: {T: {dirichlet: 400}, x_A: no_flux}, right: {T: {dirichlet: 300}, x_A: no_flux}}",
    solve="{steady: {mean: {x_A: 0.5}}}",
    observe="{q: {flux: {of: energy, through: right}}, x: {surface: {of: x_A, boundary: left}}}",
    units=None,
    initial=None,
)
MATRIX = """laws=[{phenomenological: {\
  L_qq: "kappa*T**2", L_qi: {A: "p/(Rg*T)*T**2*x_A*x_B*S*D"}, L_ij: {A-A: "p/(Rg*T)*x_A*x_B*D/Rg"}}}]"""
MEAN = "(x_A*MA + x_B*MB)"
MASSES = f"""laws=[{{mass_fraction_form: {{\
  k: kappa, rho_D: "p/(Rg*T)*{MEAN}*D", d_ST: "p/(Rg*T)*x_A*x_B*MA*MB/{MEAN}*S*D"\
, D_F: "-p*T*S*D*{MEAN}**2/(MA*MB)"}}}}]"""
FORMS = {"matrix": MATRIX, "mass fractions": MASSES}
FROM_SORET = MASSES[: MASSES.index(", D_F")] + "}}]"
FROM_DUFOUR = MASSES.replace(MASSES[MASSES.index("d_ST") : MASSES.index("D_F")], "")


def fluxes(tmp_path, *overrides: str) -> np.ndarray:
    """Fluxes of heat and of A on all faces, for any fields whatever."""
    path = tmp_path / "case.yaml"
    path.write_text(BASE, encoding="utf-8")
    system = build(fvtransport.check(path, overrides)).system
    rng = np.random.default_rng(11)
    values = np.stack(
        [rng.uniform(250.0, 450.0, system.geometry.nodes), rng.uniform(0.02, 0.98, system.geometry.nodes)]
    )
    return system.evaluate(0.0, values).flux[:, 1:-1]


def with_force(text: str) -> str:
    return f"{text[:-1]}, {{body_force: {{gravity: -3.0e7}}}}]"


@pytest.mark.parametrize(
    "form", [MATRIX, MASSES, FROM_SORET, FROM_DUFOUR], ids=["matrix", "masses", "d_ST alone", "D_F alone"]
)
@pytest.mark.parametrize("force", [False, True])
def test_a_binary_is_conduction_fick_and_soret_dufour(tmp_path, form, force):
    plain = "laws=[conduction, fick, soret_dufour]"
    own, other = (fluxes(tmp_path, with_force(text) if force else text) for text in (form, plain))
    np.testing.assert_allclose(own, other, rtol=1e-12, atol=1e-12 * np.abs(other).max(axis=1).min())
    if force:
        assert np.abs(own - fluxes(tmp_path, plain)).max() > 1e-3 * np.abs(own).max()


def test_pure_ends_are_met_at_once(run_text):
    """The coefficients vanish where the force has no bound; their product does not."""
    ends = (
        "boundaries={left: {T: {dirichlet: 400}, x_A: {dirichlet: 1}}, right: {T: {dirichlet: 300}, x_A: "
        "{dirichlet: 0}}}"
    )
    plain, matrix = (
        run_text(BASE, ends, "solve=steady", law) for law in ("laws=[conduction, fick, soret_dufour]", MATRIX)
    )
    assert matrix.ending.succeeded
    assert matrix.observables["q"].value == pytest.approx(plain.observables["q"].value, rel=1e-9)


def test_a_step_between_pure_gases_runs_in_time(run_text):
    """Where a face sees one species alone, the force has no number, and the flux is zero."""
    step = (
        "solve={transient: {until: 0.05, rtol: 1.0e-7}}",
        "boundaries={default: {T: no_flux, x_A: no_flux}}",
        "mixture.binary.concentration=35",
    )
    start = ("initial={T: 350, x_A: 'where(x < 0.005, 1, 0)'}", "mesh.cells=20")
    heat = {"conduction": "properties.heat_capacity=1000", "matrix": "properties={heat_capacity: 1000}"}
    plain = run_text(BASE, *step, *start, heat["conduction"], "laws=[conduction, fick, soret_dufour]")
    numbers = MATRIX.replace("p/(Rg*T)", "35")
    matrix = run_text(BASE, *step, *start, heat["matrix"], numbers)
    assert matrix.ending.succeeded, matrix.ending.message
    np.testing.assert_allclose(matrix.snapshots[-1].values, plain.snapshots[-1].values, rtol=1e-5, atol=1e-6)


def test_a_pair_that_breaks_reciprocity_is_reported(run_text):
    broken = MATRIX.replace("L_ij", "L_iq: {A: 1e-9}, L_ij")
    (text,) = run_text(BASE, broken).audit.violations
    assert "reciprocity is broken by phenomenological" in text
    one_way = run_text(BASE, MATRIX.replace("L_ij", "L_iq: {A: 0.0}, L_ij")).audit
    assert not one_way.violations and one_way.by_term["phenomenological"].value == "one-way"
    assert run_text(BASE, MATRIX).audit.symmetric


def test_a_matrix_that_is_not_positive_is_reported(run_text):
    audit = run_text(BASE, MATRIX, "parameters.S=0.02", "boundaries.right.T.dirichlet=399").audit
    assert audit.symmetric and not audit.positive


def test_linearised_it_is_a_matrix_of_numbers(tmp_path):
    state = "{T: 350, x_A: 0.5}"
    frozen = MATRIX.replace("{phenomenological: {", f"{{phenomenological: {{linearised_at: {state}, ")
    plain = f"laws=[conduction, fick, {{soret_dufour: {{linearised_at: {state}}}}}]"
    numbers = "mixture.binary.concentration=34.8"
    own, other = (fluxes(tmp_path, numbers, law) for law in (frozen.replace("p/(Rg*T)", "34.8"), plain))
    np.testing.assert_allclose(own, other, rtol=1e-12)


@pytest.mark.parametrize(
    ("law", "words"),
    [
        ("{L_qi: {A: 0}, L_ij: {A-A: 1}}", "L_qq is missing, and the energy is solved for"),
        ("{L_qq: 1, L_ij: {A-A: 1}}", "L_qi lacks A; 0 says that there is no cross-effect"),
        ("{L_qq: 1, L_qi: {A: 0}, L_ij: {}}", "L_ij lacks A-A"),
        (
            "{L_qq: 1, L_qi: {A: 0}, L_ij: {A-A: 1, A-B: 1}}",
            "B is the reference, on which nothing is given; expected A-A",
        ),
        ("{L_qq: 1, L_qi: {A: 0, C: 1}, L_ij: {A-A: 1}}", "the mixture has no species C; expected A"),
        ("{L_qq: 1, L_qi: {A: 0}, L_ij: {A-A: 1}, heat_flux: total}", "states no enthalpies"),
        ("{L_qq: 1, L_qi: {A: 0}, L_ij: {A-A: 1}, heat_flux: full}", "reduced, total"),
    ],
)
def test_what_is_missing_or_meant_otherwise_is_told(complaints, law, words):
    assert any(words in text for text in complaints(BASE, f"laws=[{{phenomenological: {law}}}]"))


def test_nothing_counts_twice(complaints):
    (text,) = complaints(BASE, MATRIX.replace("laws=[", "laws=[fick, "))
    assert "fick is part of phenomenological" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (("mixture.binary.molar_masses=null",), "give the mixture molar_masses: {A: ..., B: ...}"),
        (("mixture.binary.molar_masses={A: 1, C: 2}",), "molar_masses has A, C; expected one number for each of A, B"),
        (("laws=[{mass_fraction_form: {rho_D: 1e-5}}]",), "k is missing"),
        (
            ("laws=[{mass_fraction_form: {k: 1, rho_D: 1e-5, d_ST: 0, heat_flux: total}}]",),
            "expected both where heat_flux is total",
        ),
    ],
)
def test_the_mass_form_says_what_it_lacks(complaints, changes, words):
    assert any(words in text for text in complaints(BASE, MASSES, *changes))


def test_both_keep_the_contract(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(BASE, encoding="utf-8")
    for law in FORMS.values():
        contract.check_laws(fvtransport.check(path, [law]))


@pytest.mark.parametrize("law", ["laws=[conduction, fick, soret_dufour]", MATRIX, MASSES])
def test_check_prints_every_form_whatever_the_law(tmp_path, law):
    path = tmp_path / "case.yaml"
    path.write_text(BASE + "initial: {T: 350, x_A: 0.5}\n", encoding="utf-8")
    ran = CliRunner().invoke(app, ["check", str(path), "--set", law, "--format", "json"])
    found = {entry["name"]: entry["value"] for entry in json.loads(ran.stdout)["coefficients"]}
    c, M = 101325.0 / (R * 350.0), 0.5 * (0.131293 + 4.0026e-3)
    expected = {
        "L_qq": 0.05 * 350.0**2,
        "L_qi A": c * 350.0**2 * 0.25 * 9.1e-8,
        "L_ij A-A": c * 0.25 * 7e-5 / R,
        "kappa": 0.05,
        "lambda": 0.05 - 101325.0 * 350.0 * 0.25 * 7e-5 * 1.3e-3**2,
        "D": 7e-5,
        "D'": 9.1e-8,
        "D''": 9.1e-8,
        "S_T": 1.3e-3,
        "alpha_T": 0.455,
        "k_T": 0.11375,
        "Q*_A": R * 350.0**2 * 1.3e-3,
        "k": 0.05,
        "D_F": -101325.0 * 0.455 * 7e-5 * M**2 / (0.131293 * 4.0026e-3),
        "rho D": c * M * 7e-5,
        "d_ST": c * 0.25 * 0.131293 * 4.0026e-3 / M * 9.1e-8,
    }
    assert found == pytest.approx(expected, rel=1e-9)


def test_check_states_the_matrix_of_fick_for_three_gases(tmp_path):
    """Without thermal diffusion of its own the matrix of Maxwell and Stefan is that of the textbook, B^-1."""
    path = tmp_path / "case.yaml"
    path.write_text(TERNARY + "initial: {T: 340, x_A: 0.4, x_B: 0.25}\n", encoding="utf-8")
    ran = CliRunner().invoke(app, ["check", str(path), "--format", "json"])
    found = {entry["name"]: entry["value"] for entry in reversed(json.loads(ran.stdout)["coefficients"])}
    x, D = (
        np.array([0.4, 0.25, 0.35]),
        np.array([[np.inf, 83.3e-6, 68.0e-6], [83.3e-6, np.inf, 16.8e-6], [68.0e-6, 16.8e-6, np.inf]]),
    )
    friction = np.array(
        [
            [x[i] / D[i, 2] + (x / D[i]).sum() if i == j else -x[i] * (1 / D[i, j] - 1 / D[i, 2]) for j in range(2)]
            for i in range(2)
        ]
    )
    fick = np.linalg.inv(friction)
    factors = np.array([[0, -0.3, -0.35], [0.3, 0, -0.05], [0.35, 0.05, 0]])
    thermal = fick @ (x * (factors @ x))[:2] / 340.0
    for i, row in enumerate("AB"):
        assert [found[f"D_{row}-A"], found[f"D_{row}-B"]] == pytest.approx(fick[i], rel=1e-6)
        assert found[f"D_T,{row}"] == pytest.approx(thermal[i], rel=1e-6)
    c, drift = 101325.0 / (R * 340.0), factors @ x
    assert [found["B_A"], found["B_B"]] == pytest.approx(c * R * 340.0 * (drift[:2] - drift[2]) @ fick, rel=1e-6)


def test_check_is_silent_without_thermal_diffusion(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(BASE, encoding="utf-8")
    ran = CliRunner().invoke(app, ["check", str(path), "--set", "laws=[conduction, fick]", "--format", "json"])
    assert json.loads(ran.stdout)["coefficients"] == []


TERNARY = case_text(
    {},
    title="three gases",
    mesh="{type: Grid1D, length: 0.01, cells: 9}",
    mixture="{gas: {species: [A, B, C], pressure: 101325, molar_heat_capacity: {A: 28.9, B: 29.1, C: 38.0}}}",
    properties="{conductivity: 0.06}",
    laws="""
  - conduction
  - maxwell_stefan:
      diffusivities: {A-B: 83.3e-6, A-C: 68.0e-6, B-C: 16.8e-6}
      thermal_diffusion_factors: {A-B: -0.3, A-C: -0.35, B-C: -0.05}""",
    boundaries="{default: {T: no_flux, x_A: no_flux, x_B: no_flux}, right: {T: {dirichlet: 300}}}",
    solve="{steady: {mean: {x_A: 0.4, x_B: 0.25}}}",
)


def test_three_gases_are_maxwell_stefan(tmp_path):
    """With the matrix that the audit finds, for any gradients at the state where it was taken."""
    path, state = tmp_path / "case.yaml", np.array([340.0, 0.4, 0.25])
    path.write_text(TERNARY, encoding="utf-8")
    plain = build(fvtransport.check(path)).system
    L = onsager_matrices(plain, 0.0, np.repeat(state[:, None], plain.geometry.nodes, axis=1)).total[..., 4]
    np.testing.assert_allclose(L, L.T, rtol=1e-9)
    law = (
        f"laws=[{{phenomenological: {{L_qq: {float(L[0, 0])!r}, L_qi: {{A: {float(L[0, 1])!r}, B: {float(L[0, 2])!r}}},"
        f" L_ij: {{A-A: {float(L[1, 1])!r}, B-A: {float(L[1, 2])!r}, B-B: {float(L[2, 2])!r}}}}}}}]"
    )
    own = build(fvtransport.check(path, [law, "properties={}"])).system
    rng = np.random.default_rng(3)
    rise = np.array([[20.0], [0.05], [0.05]]) * rng.uniform(-1.0, 1.0, (3, plain.geometry.faces.area.size))
    left, right = state[:, None] - rise, state[:, None] + rise
    expected, found = (sum(system.fluxes.of_laws(0.0, left, right).values()) for system in (plain, own))
    np.testing.assert_allclose(found, expected, rtol=0, atol=3e-9 * np.abs(expected).max(axis=1).min())
    np.testing.assert_allclose(found, expected, rtol=1e-7)


def test_a_matrix_says_what_a_bulk_flow_carries_against(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(TERNARY, encoding="utf-8")
    law = "laws=[{phenomenological: {L_qq: 7350, L_qi: {A: 0, B: 0}, L_ij: {A-A: 9e-5, A-B: -5e-5, B-B: 4e-5}}}]"
    system = build(fvtransport.check(path, [law, "properties={}"])).system
    values = np.repeat(np.array([[350.0], [0.4], [0.25]]), system.geometry.nodes, axis=1)
    from fvtransport.plugins.handles import conductivity, smallest_diffusivity

    face = system.fluxes.view(
        0.0, *system.geometry.faces.left_right(values), np.zeros((3, system.geometry.faces.area.size))
    )
    np.testing.assert_allclose(face[conductivity], 0.06, rtol=1e-12)
    c = 101325.0 / (R * 350.0)
    np.testing.assert_allclose(face[smallest_diffusivity], R / c * min(9e-5 / 0.24, 4e-5 / 0.1875), rtol=1e-12)


def test_walls_that_take_part_are_refused(complaints):
    text = (
        TERNARY.replace("{A: 28.9, B: 29.1, C: 38.0}", "29, temperature: 300")
        .replace("T: no_flux, ", "")
        .replace(", right: {T: {dirichlet: 300}}", "")
    )
    law = "laws=[{phenomenological: {L_ij: {A-A: 9e-5, A-B: -5e-5, B-B: 4e-5}}}]"
    dusty = (
        "mixture.gas.bulk_flow={dusty_gas: {knudsen_diffusivities: {A: 1e-5, B: 1e-5, C: 1e-5}, "
        "uniform_pressure: true}}"
    )
    found = complaints(text, law, dusty, "properties={}")
    assert any(
        "walls of the pores take part in diffusion" in text and "expected maxwell_stefan" in text for text in found
    ), found


def test_an_isothermal_mixture_needs_diffusion_alone(run_text):
    text = (
        TERNARY.replace("{A: 28.9, B: 29.1, C: 38.0}", "29, temperature: 300")
        .replace("T: no_flux, ", "")
        .replace("T: {dirichlet: 300}", "x_A: {dirichlet: 0.3}")
    )
    matrix = "laws=[{phenomenological: {L_ij: {A-A: 9e-5, A-B: -5e-5, B-B: 4e-5}}}]"
    assert run_text(text, matrix, "properties={}", "solve={steady: {mean: {x_B: 0.25}}}").ending.succeeded
