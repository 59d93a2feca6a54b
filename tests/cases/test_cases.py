"""Every shipped case runs, closes its balance and agrees with its own closed form."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from fvtransport import check, run
from fvtransport.cli.app import app

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "cases").rglob("*.yaml"))
NAMES = [path.relative_to(ROOT / "cases").with_suffix("").as_posix() for path in CASES]
WITHOUT_CLOSED_FORM = {
    f"heat_pump/{name}" for name in ("centrifuge", "cycle", "cycle_dT", "figures_3_to_6", "gravity", "mixing_nonlinear")
}


SLOW = {f"heat_pump/{name}" for name in ("centrifuge", "cycle_dT")}
LONG = {f"heat_pump/{name}" for name in ("cycle", "figures_3_to_6")}
ONE_CYCLE = [
    "protocol.repeat=1",
    "mesh.cells=50",
    "solve.transient.rtol=1e-6",
    "mixture.gas.bulk_flow={mechanical_equilibrium: {stiffness: 1e+4}}",
]
"""What is changed in a case that takes long, so that it is run in `make test` as well."""


def marks(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.slow] if name in SLOW else [pytest.mark.long] if name in LONG else []


PARAMETERS = [
    *(pytest.param((path, []), id=name, marks=marks(name)) for path, name in zip(CASES, NAMES)),
    *(pytest.param((path, ONE_CYCLE), id=f"{name}, one cycle") for path, name in zip(CASES, NAMES) if name in LONG),
]


@pytest.fixture(scope="module", params=PARAMETERS)
def result(request):
    path, changes = request.param
    return run(path, changes)


def name_of(result) -> str:
    return Path(result.case.path).resolve().relative_to(ROOT / "cases").with_suffix("").as_posix()


@pytest.mark.parametrize("path", [pytest.param(path, id=name) for path, name in zip(CASES, NAMES)])
def test_a_check_gives_no_warning_that_the_case_does_not_expect(path):
    checked = CliRunner().invoke(app, ["check", str(path), "--format", "json"])
    assert checked.exit_code == 0, checked.output
    assert json.loads(checked.stdout)["warnings"] == []


def test_converges_without_a_warning_that_it_does_not_expect(result):
    summary = result.summary()
    assert summary["status"] == "converged", summary["message"]
    assert summary["warnings"] == [] and not any("listed under expects:" in each for each in summary["remarks"])
    json.dumps(summary, allow_nan=False)


def test_agrees_with_its_closed_form(result):
    comparison = result.summary()["comparison"]
    if name_of(result) in WITHOUT_CLOSED_FORM:
        assert comparison is None
        return
    assert comparison["passed"], comparison
    assert comparison["errors"]


def test_balance_closes(result):
    summary = result.summary()
    assert summary["balance"]
    for name, line in summary["balance"].items():
        assert line["instant_relative_error"] <= 1e-10, name
        assert line["relative_error"] <= 1e-9, name
    assert result.balances


def test_every_closed_form_is_tight(result):
    """The error is no more than a few times below the tolerance, unless it is round-off."""
    comparison = result.summary()["comparison"]
    if comparison is None:
        return
    worst = max(error for errors in comparison["errors"].values() for error in errors.values())
    assert worst > comparison["tolerance"] / 6.0 or comparison["tolerance"] <= 1e-12, worst


def test_every_case_has_a_page_with_its_figure():
    for name in NAMES:
        page = ROOT / "docs" / "cases" / f"{name}.md"
        assert f"cases/{name}.yaml" in page.read_text(encoding="utf-8"), name
        assert page.with_suffix(".png").stat().st_size > 10_000, name


def test_largest_equimolar_flux_is_c_D_over_L():
    result = run(ROOT / "cases" / "emcd" / "slab.yaml")
    observables = result.summary()["observables"]
    assert observables["N_N2"]["value"] == pytest.approx(40.87 * 0.165e-4 / 0.1, rel=1e-11)
    assert observables["middle"]["value"] == pytest.approx(0.5, rel=1e-12)


def test_sealed_cell_keeps_its_moles_and_conducts_by_lambda():
    result = run(ROOT / "cases" / "soret" / "sealed_cell.yaml")
    end = result.snapshots[-1]
    xenon = next(balance for balance in end.system.balances if balance.name == "Xe")
    volume = end.system.geometry.volume
    moles = (101325.0 / (8.31446261815324 * end.values[0][end.system.geometry.cells])) @ volume
    assert end.amount(xenon) == pytest.approx(0.5 * moles, rel=1e-12)
    assert np.abs(end.evaluation.flux[1]).max() < 1e-12 * moles / volume.sum() * 7e-5 / 0.01
    by_kappa = 0.05 * 100.0 / 0.01
    assert 0.975 < result.summary()["observables"]["q"]["value"] / by_kappa < 0.985


def test_cases_can_be_changed_by_their_parameters():
    case = check(ROOT / "cases" / "heat_pump" / "mixing.yaml", overrides=["parameters.E=0.05"])
    assert case.comparison.solution.observables()["Qc_total"] == pytest.approx(4.55233333333, rel=1e-9)
