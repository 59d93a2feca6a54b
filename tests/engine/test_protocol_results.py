"""What is told and kept of phases and cycles: summary, text, files and figures, and the same from a folder."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import fvtransport
from fvtransport.case.text.yaml_reader import read
from fvtransport.case.text.yaml_tree import plain
from fvtransport.cli.app import app
from fvtransport.cli.progress import ProgressReport
from fvtransport.model.registry import Registry
from fvtransport.reference.json_schema import case_schema
from fvtransport.report import result_report
from fvtransport.report.figures import draw as plot
from fvtransport.report.figures.snapshots import midway_snapshot
from fvtransport.results import write as store
from fvtransport.results.dataset import dataset_of
from tests.tools.cases import COUPLED, case_text

CASE = case_text(
    COUPLED,
    title="two gases between two baths",
    parameters="{rate: 0.0}",
    properties="{diffusivity: 0.5, conductivity: 1.0, thermal_diffusion_coefficient: 0.2, heat_capacity: 1.0}",
    initial="{T: 2.0, x_A: 0.5}",
    boundaries="""
  left: {T: {dirichlet: 3.0}, x_A: no_flux}
  right: {T: {dirichlet: 2.0}, x_A: no_flux}""",
    solve="{transient: {rtol: 1.0e-7, samples: 6}}",
    protocol="""
  phases:
    steering:
      duration: 0.5
      parameters: {rate: 2.0}
      laws: [conduction, fick, soret_dufour, source: {balance: energy, rate: rate}]
    resting: {duration: 0.25, boundaries: {left: {T: no_flux}}}
  repeat: 4""",
    observe="""
  Q: {heat_from: left}
  Q_cycle: {heat_from: left, over: cycle}
  W_cycle: {work: {}, over: cycle}
  out: {heat_to: right, mean_over: resting}
  dU: {internal_energy: {}, over: cycle}
  ratio: {formula: Q_cycle/W_cycle}""",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("protocol") / "case.yaml"
    file.write_text(CASE)
    return file


@pytest.fixture(scope="module")
def result(path):
    return fvtransport.run(path)


@pytest.fixture(scope="module")
def folder(result, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("results") / "case"
    store.write(result, target, figures=plot.draw)
    return target


def _words(text):
    return [line.split() for line in text.splitlines()]


def _shown(result):
    out = io.StringIO()
    result_report.show(result, file=out)
    return out.getvalue()


def test_the_summary_has_every_phase_of_every_cycle(result):
    told = json.loads(json.dumps(result.summary(), allow_nan=False))["protocol"]
    assert told["phases"] == {"steering": 0.5, "resting": 0.25} and told["period"] == 0.75 and told["cycles"] == 4
    assert set(told["observables"]) == {"Q_cycle", "W_cycle", "out", "dU", "ratio"}
    row = told["observables"]["W_cycle"]
    assert (
        row["steering"] == pytest.approx([1.0] * 4, rel=1e-12)
        and row["resting"] == [0.0] * 4
        and row["over"] == "cycle"
    )
    assert told["observables"]["ratio"]["resting"] == [None] * 4, "nothing is divided by no work"
    for name in ("energy", "A"):
        for record in ("steering", "resting", "cycle"):
            own = told["balance"][name][record]
            assert all(own["closes"]) and len(own["stored"]) == 4 and set(own["left_through"]) == {"left", "right"}
            through = [np.array(own["left_through"][boundary]) for boundary in ("left", "right")]
            assert np.array(own["stored"]) + sum(through) - own["produced"] == pytest.approx(own["error"], abs=1e-14)
    assert result.summary()["observables"]["out"] == {
        "value": told["observables"]["out"]["resting"][-1],
        "unit": "reduced",
        "mean_over": "resting",
    }


def test_an_account_that_does_not_close_in_one_phase_fails_the_run(result):
    broken = fvtransport.run(result.case)
    record = broken.cycle_history.records[3]
    broken.cycle_history.records[3] = type(record)(**{**vars(record), "produced": record.produced + 1e-3})
    assert not broken.balances and broken.exit_code == 4
    text = _shown(broken)
    assert "Balance of energy by phase: NOT CLOSED" in text


def test_the_text_tells_the_last_cycle_phase_by_phase(result):
    text = _shown(result)
    assert "Protocol: 4 cycles; relative change of the state in the last cycle" in text
    words = _words(text)
    (cycle,) = (line for line in words if line[:2] == ["cycle", "0.75"])
    assert cycle[2] == f"{result.observables['Q_cycle'].value:.6g}"
    assert ["Q_cycle", f"{result.observables['Q_cycle'].value:.8g}", "reduced", "over", "cycle"] in words
    assert "Balance of energy by phase: closed in every cycle" in text and "Balance of A by phase" in text
    assert max(map(len, text.splitlines())) <= 110


def test_a_wide_table_is_broken_into_several(path):
    many = "".join(
        f"  a_rather_long_name_of_an_observable_{k}: {{heat_from: left, mean_over: {s}}}\n"
        for k, s in enumerate(["steering", "resting"])
    )
    many += "".join(f"  another_rather_long_name_{k}: {{formula: {k}*Q_cycle}}\n" for k in range(2, 6))
    path.with_name("wide.yaml").write_text(CASE + many)
    text = _shown(fvtransport.run(path.with_name("wide.yaml")))
    assert "Protocol, continued" in text and all(f"another_rather_long_name_{k}" in text for k in range(2, 6))
    assert not any(line.startswith("steerin ") for line in text.splitlines())


def test_a_stopped_run_and_one_that_is_not_periodic(path):
    text = _shown(fvtransport.run(path, ["protocol.repeat={until_periodic: {max_cycles: 3, tolerance: 1e-7}}"]))
    assert (
        "two gases between two baths: not periodic: after 3 cycles" in text
        and "Protocol: NOT PERIODIC after 3 cycles" in text
    )
    assert ["Q_cycle", "not", "reached", "reduced", "over", "cycle"] in _words(text)
    text = _shown(
        fvtransport.run(path, ["laws=[conduction, fick, soret_dufour, source: {balance: energy, rate: -100}]"])
    )
    assert "Protocol: no cycle was completed" in text


@pytest.mark.slow
def test_a_folder_gives_the_same_back(result, folder):
    loaded = fvtransport.load(folder)
    assert loaded.result.protocol == result.protocol
    assert _shown(loaded.result).partition("\n\ntime")[0] == _shown(result).partition("\n\ntime")[0]
    assert [snapshot.occurrence for snapshot in loaded.result.snapshots] == [
        snapshot.occurrence for snapshot in result.snapshots
    ]
    dataset = loaded.dataset
    assert set(dataset["phase"].to_numpy()) == {"steering", "resting"} and set(dataset["cycle"].to_numpy()) == {1, 4}
    assert list(dataset["law"].to_numpy()) == ["conduction", "fick", "soret_dufour"]
    assert loaded.result.observables["ratio"].value == result.observables["ratio"].value


def test_a_folder_knows_which_laws_and_conditions_held_when(folder, result):
    loaded = fvtransport.load(folder).result
    for one, other in zip(loaded.snapshots, result.snapshots):
        assert one.system.medium.phase_start == other.system.medium.phase_start
        assert np.allclose(one.evaluation.flux, other.evaluation.flux, rtol=1e-9, atol=1e-11)
        assert list(one.system.laws) == list(other.system.laws)


def test_laws_of_one_phase_count_as_zero_in_the_others(tmp_path):
    (tmp_path / "case.yaml").write_text(
        CASE.replace("laws: [conduction, fick, soret_dufour]\n", "laws: [conduction, fick]\n")
    )
    dataset = dataset_of(fvtransport.run(tmp_path / "case.yaml"))
    resting = dataset["energy_flux_by_law"].sel(law="soret_dufour")[dataset["phase"].to_numpy() == "resting"]
    steering = dataset["energy_flux_by_law"].sel(law="soret_dufour")[dataset["phase"].to_numpy() == "steering"]
    assert (resting == 0.0).all() and (steering != 0.0).any()


def test_figures(folder, result, tmp_path):
    names = {"fields.png", "fluxes.png", "observables.png", "cycles.png"}
    assert {file.name for file in (folder / "figures").iterdir()} == names and not result.warnings
    assert {file.name for file in plot.draw(fvtransport.load(folder).result, tmp_path)} == names


def test_figures_show_each_phase(result):
    with plot.style():
        figure = plot.protocol.draw_phases(result)
        titles = [axes.get_title(loc="left") for axes in figure.axes]
        assert [title for title in titles if title] == ["steering", "resting"] and len(figure.axes) == 4
        history = plot.protocol.draw_cycle(result)
    last = [snapshot for snapshot in result.snapshots if snapshot.occurrence.cycle == 4]
    (line,) = (line for line in history.axes[0].lines if "Q_cycle" in line.get_label())
    assert line.get_ydata()[0] == 0.0 and line.get_ydata()[-1] == pytest.approx(
        result.observables["Q_cycle"].value, rel=1e-12
    )
    assert line.get_xdata()[-1] == last[-1].t - last[0].t


def test_a_law_has_the_same_colour_in_all_phases(result):
    figure = plot.protocol.draw_fluxes(result)
    styles: dict[str, set] = {}
    for position, snapshots in enumerate(plot.protocol._last_cycle(result).values()):
        snapshot = midway_snapshot(snapshots)
        parts = snapshot.system.fluxes.by_law(snapshot.t, snapshot.values)
        for row, axes in enumerate(figure.axes[2 * position : 2 * position + 2]):
            for line in axes.get_lines():
                for name, flux in parts.items():
                    if line.get_color() != "black" and np.array_equal(line.get_ydata(), flux[row]):
                        styles.setdefault(name, set()).add((line.get_color(), line.get_linestyle()))
    assert {name: len(found) for name, found in styles.items()} == {"conduction": 1, "fick": 1, "soret_dufour": 1}


def test_check_tells_the_phases(path):
    out = CliRunner().invoke(app, ["check", str(path)])
    assert out.exit_code == 0, out.output
    words = _words(out.stderr)
    assert ["protocol", "steering", "(0.5)", "and", "resting", "(0.25),", "4", "cycles"] in words
    assert ["steering", "0", "0.5", "rate", "=", "2,", "laws"] in words and [
        "resting",
        "0.5",
        "0.25",
        "boundaries",
    ] in words
    assert ["left", "T", "dirichlet", "(value", "=", "3)", "steering"] in words and [
        "left",
        "T",
        "no_flux",
        "resting",
    ] in words
    assert ["right", "T", "dirichlet", "(value", "=", "2)"] in words


def test_check_in_json(path):
    out = CliRunner().invoke(app, ["check", str(path), "--format", "json", "--set", "protocol.repeat=until_periodic"])
    told = json.loads(out.stdout)
    assert told["protocol"]["repeat"] == {"until_periodic": {"tolerance": 1e-8, "max_cycles": 100}}
    assert {(row["phase"], row["boundary"], row["field"]): row["condition"] for row in told["conditions"]}[
        "resting", "left", "T"
    ] == "no_flux"


def test_what_is_singular_in_a_later_phase_is_refused(path):
    with pytest.raises(fvtransport.CaseError, match="T has no diffusive flux"):
        fvtransport.run(path, ["protocol.phases.resting.laws=[soret_dufour, fick]"])


@pytest.mark.slow
def test_an_override_of_a_phase_changes_the_run(path):
    out = CliRunner().invoke(app, ["run", str(path), "--set", "protocol.phases.resting.duration=1", "--format", "json",
                                   "--set", "protocol.repeat=1",
                                   "-o", str(path.with_name("out")), "--force"])  # fmt: skip
    assert out.exit_code == 0, out.output
    assert json.loads(out.stdout)["protocol"]["period"] == 1.5


def test_the_audit_looks_at_every_phase(path):
    broken = "protocol.phases.resting.properties={dufour_coefficient: 0.5}"
    laws = "protocol.phases.resting.laws=[conduction, fick, soret, dufour]"
    result = fvtransport.run(path, [broken, laws])
    assert any("in phase resting: reciprocity is broken by" in text for text in result.audit.violations)
    assert fvtransport.run(path, [broken, laws, "protocol.phases.resting.audit='off'"]).audit.violations == ()


@pytest.mark.parametrize(
    "old, new",
    [
        ("repeat: 4", "repeat: 0"),
        ("repeat: 4", "repeat: {until: 3}"),
        ("repeat: 4", "repaet: 4"),
        ("duration: 0.25,", "duration: -1,"),
        ("duration: 0.25,", ""),
        ("resting: {duration: 0.25,", "cycle: {duration: 0.25,"),
        ("boundaries: {left: {T: no_flux}}}", "initial: {T: 1}}"),
        ("{rtol: 1.0e-7, samples: 6}", "{rtol: 1.0e-7, until: 3}"),
        ("transient: {rtol: 1.0e-7, samples: 6}", "transient: 5"),
        ("{heat_from: left, over: cycle}", "{heat_from: left, over: cycle, at: 0.1}"),
        ("{heat_from: left, over: cycle}", "{over: cycle}"),
        ("{formula: Q_cycle/W_cycle}", "{formula: Q_cycle/W_cycle, at: 1}"),
        (CASE[CASE.index("protocol:") : CASE.index("observe:")], ""),
    ],
)
def test_the_schema_knows_mistakes_of_structure(path, old, new):
    validator = Draft202012Validator(case_schema(Registry.installed()))
    assert list(validator.iter_errors(plain(read(path)))) == []
    assert CASE.count(old) == 1
    file = path.with_name("wrong.yaml")
    file.write_text(CASE.replace(old, new))
    assert list(validator.iter_errors(plain(read(file))))


@pytest.mark.parametrize(
    "repeat", ["repeat: until_periodic", "repeat: {until_periodic: {max_cycles: 3}}", "repeat: {until_periodic: }", ""]
)
def test_the_schema_knows_what_is_right(path, repeat):
    validator = Draft202012Validator(case_schema(Registry.installed()))
    file = path.with_name("right.yaml")
    file.write_text(CASE.replace("repeat: 4", repeat))
    assert list(validator.iter_errors(plain(read(file)))) == [] and fvtransport.check(file)


def test_a_resolved_case_is_valid(folder):
    validator = Draft202012Validator(case_schema(Registry.installed()))
    assert list(validator.iter_errors(plain(read(folder / "case.yaml")))) == []


@pytest.mark.parametrize(
    "repeat, t, says",
    [
        ("4", 0.6, "cycle 1 of 4  resting  t 0.6"),
        ("4", 1.5, "cycle 3 of 4  steering"),
        ("4", 3.0, "cycle 4 of 4  resting"),
        ("until_periodic", 0.1, "cycle 1 of at most 100  steering"),
    ],
)
def test_progress_names_cycle_and_phase(path, repeat, t, says):
    progress = ProgressReport(fvtransport.check(path, [f"protocol.repeat={repeat}"]))
    share, text = progress._read(SimpleNamespace(time=t, steps=3, step_size=0.01, rejected=0))
    assert says in text and 0.0 <= share <= 1.0
