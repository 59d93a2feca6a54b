"""Reciprocity and the second law are recognised for any set of laws, and their breach is named, placed and measured."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

import fvtransport
from fvtransport.audit.at_start import audit_start
from fvtransport.audit.judge import audit
from fvtransport.audit.verdict import Verdict
from fvtransport.cli.app import app
from fvtransport.discretisation.build import build

KAPPA, D, C, T, X = 0.5, 2.0, 0.1, 1.5, 0.3
CASE = f"""
title: a mixture at rest
units: reduced
mesh: {{type: Grid1D, length: 2.0, cells: 10}}
mixture: {{binary: {{species: [A, B], concentration: {C}}}}}
properties: {{diffusivity: {D}, conductivity: {KAPPA}, thermal_diffusion_coefficient: -1.2, heat_capacity: 0.2}}
laws: [conduction, fick, soret_dufour]
initial: {{T: {T}, x_A: {X}}}
boundaries: {{default: {{T: {{dirichlet: {T}}}, x_A: no_flux}}}}
solve: {{transient: 0.1}}
"""


@pytest.fixture
def audited(tmp_path):
    """A function that writes a case and audits its initial state."""

    def start(*overrides: str, text: str = CASE):
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        case = fvtransport.check(path, overrides)
        return audit_start(case, build(case))

    return start


def margin(coefficient: float, x: float = X) -> float:
    """1 - |L_qA| / sqrt(L_qq L_AA) of the pair: L_qq = kappa T^2, L_AA = c D x (1-x), L_qA = c T^2 x (1-x) D'."""
    return 1.0 - abs(coefficient) * np.sqrt(C * T**2 * x * (1 - x) / (KAPPA * D))


@pytest.mark.parametrize("coefficient", [-1.2, 0.4, 3.0])
def test_the_pair_is_reciprocal_with_the_margin_of_theory(audited, coefficient):
    found = audited(f"properties.thermal_diffusion_coefficient={coefficient}")
    assert found.symmetric and found.asymmetry < 1e-12 and found.positive and not found.violations
    assert found.margin == pytest.approx(margin(coefficient), abs=1e-9)


@pytest.mark.parametrize(("part", "positive"), [(0.999, True), (1.001, False)])
def test_the_second_law_ends_where_the_determinant_changes_sign(audited, part, positive):
    critical = np.sqrt(KAPPA * C * D / (C**2 * T**2 * X * (1 - X)))
    found = audited(f"properties.thermal_diffusion_coefficient={part * critical}")
    assert found.symmetric and found.positive is positive
    assert found.margin == pytest.approx(1 - part, abs=1e-9)
    assert all("soret_dufour" in text and "second law" in text and "fick" not in text for text in found.violations)
    assert len(found.violations) == (0 if positive else 1)


def test_one_half_of_the_pair_is_one_way_and_not_judged(audited):
    found = audited("laws=[conduction, fick, soret]")
    assert found.asymmetry == 1.0 and not found.symmetric and found.positive and not found.violations
    assert found.verdict is Verdict.NOT_JUDGED and found.by_term["soret"] is Verdict.ONE_WAY
    assert found.by_term["conduction"] is found.by_term["fick"] is Verdict.PASSED
    (text,) = found.remarks
    assert "soret is one-way: grad(T) drives the A flux" in text and "drives no energy flux" in text


@pytest.mark.parametrize("size", [1.0, 10.0])
def test_the_partner_that_a_one_way_law_omits_is_measured(audited, size):
    """q' = -c R T^2 D' grad x_A would flow, beside q = -kappa grad T."""
    ramps = f"initial={{T: 1.5 + {0.01 * size}*x, x_A: 0.3 + 0.02*x}}"
    found = audited("laws=[conduction, fick, soret]", ramps, "boundaries={default: {T: no_flux, x_A: no_flux}}")
    (finding,) = [each for each in found.findings if each.verdict is Verdict.ONE_WAY]
    omitted = C * (1.5 + 0.01 * size * 1.95) ** 2 * 1.2 * 0.02
    assert finding.value == pytest.approx(omitted / (KAPPA * 0.01 * size), rel=2e-3)
    assert f"{finding.value:.2g} of the largest energy flux" in finding.text


def test_a_one_way_coefficient_too_large_for_any_partner_is_violated(audited):
    critical = np.sqrt(KAPPA * C * D / (C**2 * T**2 * X * (1 - X)))
    for part, verdict in ((0.99, Verdict.ONE_WAY), (1.01, Verdict.VIOLATED)):
        found = audited("laws=[conduction, fick, soret]", f"properties.thermal_diffusion_coefficient={part * critical}")
        assert found.by_term["soret"] is verdict


@pytest.mark.parametrize(("dufour", "asymmetry"), [(1.2, 1.0), (-1.32, 0.1 / 2.1), (-1.2 * (1 + 1e-4), 0.5e-4)])
def test_two_halves_that_do_not_match(audited, dufour, asymmetry):
    found = audited("laws=[conduction, fick, soret, dufour]", f"properties.dufour_coefficient={dufour}")
    assert found.asymmetry == pytest.approx(asymmetry, rel=1e-4) and not found.symmetric
    assert "soret and dufour" in found.violations[0] and "conduction" not in found.violations[0]


def test_two_halves_that_match(audited):
    found = audited("laws=[conduction, fick, soret, dufour]", "properties.dufour_coefficient=-1.2")
    assert found.symmetric and not found.violations and found.margin == pytest.approx(margin(1.2), abs=1e-9)


def test_the_worst_face_is_named(audited):
    found = audited("properties.thermal_diffusion_coefficient=where(x > 1.4, 8, 1)", "mesh.cells=20")
    assert not found.positive and "at x = 1.4," in found.violations[0]
    assert found.margin == pytest.approx(margin(8.0), abs=1e-9)


def test_a_linearised_model_is_judged_with_the_metric_of_its_state(audited):
    linear = "laws=[conduction, fick, soret_dufour: {linearised_at: {T: 1.5, x_A: 0.3}}]"
    found = audited(linear, "initial.x_A=0.9 - 0.4*x", "initial.T=1 + x")
    assert found.symmetric and found.margin == pytest.approx(margin(1.2), abs=1e-9) and not found.remarks


@pytest.mark.parametrize("x", [0.0, 1.0])
def test_a_pure_state_is_judged_by_the_limit(audited, x):
    found = audited(f"initial.x_A={x}")
    assert found.symmetric and found.margin == pytest.approx(1.0, abs=2e-3) and not found.remarks
    assert not audited(f"initial.x_A={x}", "laws=[conduction, fick, soret]").symmetric


BACKWARDS = '''
from fvtransport import Law, parameter, plugin
from fvtransport.plugins.handles import energy, temperature

@plugin("backwards")
class Backwards(Law):
    """q = +k grad T"""
    strength: float = parameter(unit="W/m/K", meaning="k")

    def flux(self, face):
        return {energy: self.strength * face.grad(temperature)}

@plugin("film")
class Film(Law):
    """q = -h (T_right - T_left) d"""

    def flux(self, face):
        return {energy: -0.3 * (face.right[temperature] - face.left[temperature]) / face.distance}

@plugin("storm")
class Storm(Law):
    """J_A = k x_A x_B / T, the mean of both sides"""

    def flux(self, face):
        A, B = face.species
        return {A: sum(1e7 * side[A] * side[B] / side[temperature] for side in (face.left, face.right))}
'''


def test_a_law_of_the_user_against_the_second_law(audited, tmp_path):
    (tmp_path / "mine.py").write_text(BACKWARDS)
    text = CASE.replace("laws:", "plugins: [mine.py]\nlaws:")
    found = audited("laws=[conduction, fick, backwards: {strength: 0.8}]", text=text)
    assert "broken by backwards" in found.violations[0] and found.margin == pytest.approx(-1.0)
    assert audited("laws=[conduction, fick, backwards: {strength: 0.3}]", text=text).positive


def test_a_law_that_looks_at_both_sides_of_a_face_is_seen(audited, tmp_path):
    (tmp_path / "mine.py").write_text(BACKWARDS)
    text = CASE.replace("laws:", "plugins: [mine.py]\nlaws:")
    found = audited("laws=[film, fick, soret_dufour]", text=text)
    assert found.margin == pytest.approx(1.0 - 1.2 * np.sqrt(C * T**2 * X * (1 - X) / (0.3 * D)), abs=1e-9)


def test_what_is_carried_is_no_cross_effect(audited, tmp_path):
    (tmp_path / "mine.py").write_text(BACKWARDS)
    text = CASE.replace("laws:", "plugins: [mine.py]\nlaws:")
    found = audited("laws=[conduction, fick, storm]", "initial={T: 1 + 0.3*x, x_A: 0.2 + 0.1*x}", text=text)
    assert found.symmetric and found.margin == pytest.approx(1.0, abs=1e-9) and "storm" in found.remarks[0]


def test_what_is_carried_along_is_external_and_said_so(audited):
    found = audited("laws=[conduction, fick, soret_dufour, advection: {velocity: 1e-3}]")
    assert found.margin == pytest.approx(margin(1.2), abs=1e-3) and found.symmetric
    assert found.by_term["advection"] is Verdict.EXTERNAL and found.verdict is Verdict.PASSED
    assert found.remarks == ("what advection moves without any gradient is external: no force of the case drives it",)


def test_a_breach_is_a_warning_a_failure_or_not_looked_for(run_text):
    apart = ("laws=[conduction, fick, soret, dufour]", "properties.dufour_coefficient=1.2")
    warned, strict, off = (run_text(CASE, *apart, f"audit={mode}") for mode in ("warn", "strict", "off"))
    assert (warned.exit_code, strict.exit_code, off.exit_code) == (0, 4, 0)
    assert run_text(CASE, "audit=strict").exit_code == 0
    summary = warned.summary()
    assert summary["audit"]["symmetric"] is False and summary["audit"]["positive"] is True
    assert summary["audit"]["violations"][0] in summary["warnings"]
    assert off.summary()["audit"] is None and not off.summary()["warnings"]


def test_strict_accepts_what_is_named(run_text):
    alone = "laws=[conduction, fick, soret]"
    assert run_text(CASE, alone).exit_code == 0
    assert run_text(CASE, alone, "audit=strict").exit_code == 4
    assert run_text(CASE, alone, "audit={strict: {accept: [soret]}}").exit_code == 0
    assert run_text(CASE, alone, "audit={strict: {accept: [fick]}}").exit_code == 4
    assert run_text(CASE, "laws=[conduction, fick, source: {balance: energy, rate: 1}]", "audit=strict").exit_code == 0


@pytest.mark.parametrize(
    ("audit", "message"),
    [
        ("{strict: {accept: [sorett]}}", "11:27: accept: sorett is not a term of this case"),
        ("{strict: {accept: soret}}", "11:8: unknown audit a mapping"),
        ("{strict: {refuse: [soret]}}", "11:8: unknown audit a mapping"),
    ],
)
def test_what_is_accepted_must_be_a_term_of_the_case(tmp_path, audit, message):
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("soret_dufour]", "soret]") + f"audit: {audit}\n")
    with pytest.raises(fvtransport.CaseError) as refused:
        fvtransport.check(path)
    assert message in str(refused.value)


def test_the_check_tells_it_too(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    alone = ["check", str(path), "--set", "laws=[conduction, fick, soret]", "--format", "json"]
    assert CliRunner().invoke(app, alone).exit_code == 0
    strict = CliRunner().invoke(app, [*alone, "--set", "audit=strict"])
    assert strict.exit_code == 4 and json.loads(strict.stdout)["audit"]["asymmetry"] == 1.0
    assert CliRunner().invoke(app, ["check", str(path), "--set", "audit=strict"]).exit_code == 0


def test_the_key_takes_three_words(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE + "audit: strikt\n")
    with pytest.raises(
        fvtransport.CaseError,
        match='11:8: unknown audit "strikt"; expected one of warn, strict, off, or .*; did you mean "strict"',
    ):
        fvtransport.check(path)


def test_the_worst_state_of_a_run_counts(run_text):
    """D'' follows T and D' does not: they match at the start, and not beside the walls that grow hot."""
    boundaries = "boundaries={default: {T: {dirichlet: 1.5 + 5*t}, x_A: no_flux}}"
    halves = ("laws=[conduction, fick, soret, dufour]", "properties.dufour_coefficient=-0.8*T")
    result = run_text(CASE, boundaries, *halves)
    start, end = (audit(result.system, [(s.t, s.values)]) for s in (result.snapshots[0], result.snapshots[-1]))
    assert start.symmetric and not end.symmetric and result.audit.asymmetry == end.asymmetry
    assert "t = 0.1" in result.audit.violations[0] and result.exit_code == 0


def test_an_isothermal_mixture_has_one_force(audited):
    text = CASE.replace("concentration: 0.1", "concentration: 0.1, temperature: 1.0").replace(
        "T: {dirichlet: 1.5}, ", ""
    )
    found = audited("laws=[fick]", text=text.replace("T: 1.5, x_A", "x_A"))
    assert found.symmetric and found.margin == pytest.approx(1.0)


def test_what_a_law_makes_of_the_fluxes_is_external(audited):
    force = "{body_force: {electric_field: 0.1, charges: {A: -1, B: 1}}}"
    found = audited(f"laws=[conduction, fick, soret_dufour, {force}]")
    assert found.by_term["body_force"] is Verdict.EXTERNAL and found.verdict is Verdict.PASSED


def test_what_fitting_adds_is_named_numerical(audited):
    """A quarter with twice the cells: numerical diffusion is of second order where the cell Peclet number is small."""
    shares = []
    for cells in (40, 80):
        laws = "laws=[conduction, fick, soret_dufour, advection: {velocity: 1}]"
        found = audited(laws, "initial.x_A=0.3 + 0.1*sin(x)", f"mesh.cells={cells}")
        (own,) = [each for each in found.findings if (each.term, each.rule) == ("advection", "fitting")]
        assert own.verdict is Verdict.EXTERNAL and "numerical" in own.text
        shares.append(own.value)
    assert shares[1] == pytest.approx(0.25 * shares[0], rel=0.1)
