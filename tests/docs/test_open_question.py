"""The best points of docs/open-question.md are those of its table of points, and come out again on a coarse mesh."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import fvtransport

DOCS = Path(__file__).parents[2] / "docs"
UNIFORM = "mixture={binary: {species: [A, B], concentration: n, molar_heat_capacity: 2}}"
VALUES = ("rise", "hold", "fall", "rest", "load", "m_B", "x_mean")


def best(search: str, by: str) -> dict[str, float]:
    with (DOCS / "open-question.csv").open(newline="") as file:
        points = [row for row in csv.DictReader(file) if row["search"] == search]
    return {key: float(value) for key, value in max(points, key=lambda row: float(row[by])).items() if key != "search"}


def quoted(name: str) -> float:
    """The number in the row of the page's table of best points that begins with this name, in per cent."""
    (line,) = re.findall(
        rf"^\| {re.escape(name)} \|.*$", (DOCS / "open-question.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    return float(line.split("|")[2])


@pytest.mark.parametrize(
    ("search", "name", "model"),
    [("uniform", "uniform density", [UNIFORM]), pytest.param("any", "any mean fraction", [], marks=pytest.mark.long)],
)
def test_a_best_share_of_carnot_comes_out_again(search, name, model, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    point = best(search, "share")
    settings = [f"parameters.{key}={point[key]!r}" for key in VALUES]
    result = fvtransport.run(DOCS / "open_question.yaml", [*settings, *model, "mesh.cells=25"])
    found = {key: each.value for key, each in result.observables.items()}
    assert 100.0 * found["share"] == pytest.approx(quoted(name), rel=0.03)
    dT = point["load"] * 0.05
    assert found["share"] == pytest.approx(found["cop"] * dT / (1.0 - 0.5 * dT), rel=1e-9)
    assert found["entropy_given"] > 0.0
    assert found["entropy_given"] == pytest.approx(found["entropy_produced"], rel=0.03)
    assert abs(found["first_law"]) < 1e-6 * found["Qh"]


def test_no_point_beats_carnot():
    with (DOCS / "open-question.csv").open(newline="") as file:
        points = [dict(row.items()) for row in csv.DictReader(file)]
    assert len(points) > 400
    for row in points:
        assert float(row["entropy_given"]) > 0.0
        assert float(row["share"]) < 1.0
