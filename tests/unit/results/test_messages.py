"""Warnings, expected warnings and remarks of a check and of a run."""

import io
import json

import pytest
from typer.testing import CliRunner

import fvtransport
from fvtransport.cli.app import app
from fvtransport.report import result_report
from tests.tools.cases import COUPLED, case_text

UNUSED = "{diffusivity: 1.0, conductivity: 1.0, thermal_diffusion_coefficient: 0.3, dufour_coefficient: 0.2}"
BLOCKS = {
    "laws": "[conduction, fick, soret]",
    "boundaries": "{left: {T: {dirichlet: 1.0}, x_A: no_flux}, right: {T: {dirichlet: 1.2}, x_A: no_flux}}",
    "solve": "{steady: {mean: {x_A: 0.5}}}",
}
EXPECTS = "[{warning: dufour_coefficient is given, because: the case is also run with dufour}]"


@pytest.fixture
def written(tmp_path):
    def write(**blocks):
        path = tmp_path / "case.yaml"
        path.write_text(case_text(COUPLED, **BLOCKS, **blocks))
        return path

    return write


def _said(path, *more):
    done = CliRunner().invoke(app, ["check", str(path), *more])
    assert done.exit_code == 0, done.output
    return done


def test_what_is_given_for_nothing_is_a_warning_and_a_one_way_law_a_remark(written):
    path = written(properties=UNUSED)
    for summary in (fvtransport.run(path).summary(), json.loads(_said(path, "--format", "json").stdout)):
        (warning,) = summary["warnings"]
        assert warning.endswith("dufour_coefficient is given but nothing uses it") and summary["expected"] == []
        assert warning.startswith(f"{path}:") and "soret is one-way" in summary["remarks"][0]


def test_an_expected_warning_stands_by_itself_with_its_reason(written):
    path = written(properties=UNUSED, expects=EXPECTS)
    for summary in (fvtransport.run(path).summary(), json.loads(_said(path, "--format", "json").stdout)):
        assert summary["warnings"] == []
        (expected,) = summary["expected"]
        assert "nothing uses it" in expected["warning"] and expected["because"] == "the case is also run with dufour"


def test_an_expected_warning_that_does_not_occur_is_a_remark(written):
    path = written(expects=EXPECTS)
    for summary in (fvtransport.run(path).summary(), json.loads(_said(path, "--format", "json").stdout)):
        assert summary["expected"] == summary["warnings"] == []
        assert any('"dufour_coefficient is given" is listed under expects:' in each for each in summary["remarks"])


def test_reports_name_the_grade(written):
    warned, expected, absent = (_said(written(**blocks)).stderr for blocks in (
        {"properties": UNUSED}, {"properties": UNUSED, "expects": EXPECTS}, {"expects": EXPECTS},
    ))  # fmt: skip
    assert "warning: " in warned and "nothing uses it" in warned and "^~~" in warned
    assert "\nexpected warning: " in expected and "(because the case is also run with dufour)" in expected
    assert "\nremark: the warning " in absent and "warning: the" not in absent
    assert "remark: soret" not in warned and "one-way" in warned


def test_the_report_of_a_run_names_the_grade_too(written):
    out = io.StringIO()
    result = fvtransport.run(written(properties=UNUSED, expects=EXPECTS))
    result.warnings.append("it is late")
    result_report.show(result, file=out)
    assert "\nwarning: it is late" in out.getvalue() and "\nexpected warning: " in out.getvalue()


def test_a_violation_is_a_warning_and_can_be_expected(written):
    blocks = BLOCKS | {"laws": "[conduction, fick, soret, dufour]"}
    path = written(properties=UNUSED)
    path.write_text(case_text(COUPLED, **blocks, properties=UNUSED))
    summary = fvtransport.run(path).summary()
    assert summary["warnings"] == summary["audit"]["violations"] and "reciprocity" in summary["warnings"][0]
    expects = "[{warning: reciprocity is broken, because: it shows what the audit says}]"
    path.write_text(case_text(COUPLED, **blocks, properties=UNUSED, expects=expects))
    summary = fvtransport.run(path).summary()
    assert not summary["warnings"] and summary["audit"]["verdict"] == "violated" and len(summary["expected"]) == 1


def test_strict_names_what_it_refuses(written):
    strict = CliRunner().invoke(app, ["check", str(written(audit="strict"))])
    assert strict.exit_code == 4
    assert "refused by audit: strict (exit code 4): soret (one-way)" in strict.stderr
    assert fvtransport.run(written(audit="strict")).summary()["audit"]["refused"] == {"soret": "one-way"}
    assert fvtransport.run(written()).summary()["audit"]["refused"] == {}


@pytest.mark.parametrize("strict", ["one", "two"])
def test_every_phase_of_a_protocol_has_its_own_audit(written, strict):
    phases = ", ".join(
        f"{name}: {{duration: 0.01, audit: {'strict' if name == strict else 'off'}}}" for name in ("one", "two")
    )
    blocks = BLOCKS | {"solve": "transient"}
    path = written()
    path.write_text(case_text(COUPLED, **blocks, protocol=f"{{phases: {{{phases}}}}}"))
    assert CliRunner().invoke(app, ["check", str(path)]).exit_code == 4
    result = fvtransport.run(path)
    assert result.exit_code == 4 and result.summary()["audit"]["refused"] == {"soret": "one-way"}
