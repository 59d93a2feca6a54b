"""The whole sweep, in process: rows, best, resumption, what is refused before anything is written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fvtransport.errors import CaseError
from fvtransport.sweep.plan import Method, SweepError
from fvtransport.sweep.run import SweepRequest, sweep
from fvtransport.sweep.show import summary


@pytest.fixture
def order(slab):
    return SweepRequest(slab, ["parameters.D=1:3:3", "parameters.x_left=[0.5, 0.9]"], objective="N_A")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "out"


def flows(outcome):
    return [row.get("observables", {}).get("N_A") for row in outcome.rows]


def test_a_grid_of_points_and_the_best_of_them(order, folder):
    outcome = sweep(order, folder)
    assert flows(outcome) == pytest.approx([0.4, 0.8, 0.8, 1.6, 1.2, 2.4], rel=1e-12)
    assert outcome.best["number"] == 6 and outcome.exit_code == 0 and outcome.solved == 6
    about = json.loads((folder / "sweep.json").read_text())
    assert about["status"] == "done" and about["best"]["N_A"] == outcome.rows[5]["observables"]["N_A"]
    assert about["objective"] == "max:N_A" and about["units"] == {"N_A": "reduced", "middle": ""}
    assert {path.name for path in folder.iterdir()} == {"sweep.json", "rows.jsonl", "table.csv", "table.parquet"}
    assert sweep(replace(order, objective="min:N_A"), folder, force=True).best["number"] == 1


def test_one_bad_point_never_ends_it(order, folder):
    outcome = sweep(replace(order, over=["parameters.D=[1, 14, x, 15, 2]"]), folder)
    assert [row["status"] for row in outcome.rows] == ["converged", "bad input", "bad input", "error", "converged"]
    assert outcome.exit_code == 0 and outcome.counts["converged"] == 2
    text = "\n".join(summary(outcome))
    assert (
        "no such diffusivity" in text
        and "SystemExit" in text
        and "maximum N_A = 1.6 at parameters.D = 2 (point 5)" in text
    )


def test_it_is_a_failure_when_no_point_succeeds(order, folder):
    outcome = sweep(
        replace(order, over=["parameters.x_left=[0.5, 0.9]"], overrides=["boundaries.left.x_A={neumann: -9}"]), folder
    )
    assert outcome.exit_code == 3 and "no point succeeded" in "\n".join(summary(outcome)) and outcome.best is None


def test_a_sweep_goes_on_where_it_was_left(order, folder):
    whole = sweep(order, folder)
    journal = folder / "rows.jsonl"
    journal.write_text(
        "".join(journal.read_text().splitlines(keepends=True)[i] for i in (0, 3, 4)) + '{"number": 2, "va'
    )
    outcome = sweep(order, folder, resume=True)
    assert outcome.solved == 3 and flows(outcome) == pytest.approx(flows(whole), rel=1e-12)
    assert "3 of them from an earlier run" in "\n".join(summary(outcome)) and outcome.units == whole.units
    with pytest.raises(SweepError, match="--over differ"):
        sweep(replace(order, over=["parameters.D=1:3:4"]), folder, resume=True)
    again = sweep(order, folder, resume=True)
    assert again.solved == 0 and again.units == whole.units and again.exit_code == 0


def test_an_interrupted_sweep_keeps_its_rows(order, folder):
    trap = replace(order, over=["parameters.D=[1, 2, 16, 3]"])
    outcome = sweep(trap, folder)
    assert outcome.is_interrupted and outcome.exit_code == 130 and [row["number"] for row in outcome.rows] == [1, 2]
    assert len((folder / "table.csv").read_text().splitlines()) == 3
    assert json.loads((folder / "sweep.json").read_text())["status"] == "interrupted"


SEARCH = {"over": ["parameters.a=0:1", "parameters.b=0:1"], "method": Method.OPTIMISE, "samples": 40}


def test_an_optimisation_finds_the_best_point_of_a_case_and_is_resumed(order, folder):
    outcome = sweep(replace(order, **SEARCH), folder)
    assert outcome.objective.value(outcome.best) == pytest.approx(0.8, rel=1e-5) and len(outcome.rows) <= 40
    journal = folder / "rows.jsonl"
    journal.write_text("".join(journal.read_text().splitlines(keepends=True)[:17]))
    again = sweep(replace(order, **SEARCH), folder, resume=True)
    assert again.solved == len(outcome.rows) - 17 and flows(again) == flows(outcome)
    lines = journal.read_text().splitlines(keepends=True)
    row = json.loads(lines[4])
    row["values"]["parameters.a"] += 0.01
    journal.write_text("".join(lines[:4] + [json.dumps(row) + "\n"] + lines[5:]))
    assert sweep(replace(order, **SEARCH), folder, resume=True).solved == 1, "a row of another point is no answer"


def test_a_latin_sample_is_solved(order, folder):
    outcome = sweep(
        replace(order, over=["parameters.D=1:2", "parameters.x_left=0.5:1"], method=Method.LATIN, samples=5), folder
    )
    expected = [row["values"]["parameters.D"] * (row["values"]["parameters.x_left"] - 0.1) for row in outcome.rows]
    assert flows(outcome) == pytest.approx(expected, rel=1e-12) and len(expected) == 5


def test_neighbours_are_starts_unless_asked_otherwise(order, folder):
    assert [row["start"] for row in sweep(order, folder).rows] == ["case", "neighbour"] * 3
    assert {row["start"] for row in sweep(replace(order, warm_start=False), folder, force=True).rows} == {"case"}


REFUSED = {
    "a misspelt parameter": ({"over": ["parameters.d=1:2:2"]}, "--over parameters.d=1:2:2:1:12", 'did you mean "D"'),
    "a misspelt key": ({"over": ["mesh.cels=[5, 6]"]}, "--over mesh.cels=[5, 6]:1:6", 'did you mean "cells"'),
    "no good value": ({"over": ["mesh.cells=[0, -1]"]}, "--over mesh.cells=[0, -1]:1:13", "out of range"),
    "a misspelt objective": ({"objective": "min:N_B"}, "--objective min:N_B:1:5", 'did you mean "N_A"'),
    "a mistake of the case": ({"overrides": ["laws=[fik]"]}, "--set laws=[fik]:1:7", 'did you mean "fick"'),
}


@pytest.mark.parametrize("change, where, says", REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_with_the_sweep_itself_is_said_where_it_was_typed(order, folder, change, where, says):
    with pytest.raises(CaseError) as caught:
        sweep(replace(order, **change), folder)
    assert where in str(caught.value) and says in str(caught.value) and not folder.exists()


@pytest.mark.parametrize("change", [{"objective": ""}, {"samples": 9}])
def test_an_optimisation_needs_an_objective_and_a_budget(order, folder, change):
    with pytest.raises(SweepError):
        sweep(replace(order, **{**SEARCH, **change}), folder)
