"""A mesh that is far larger or smaller than every other length of its case gives a warning."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import fvtransport
from fvtransport.discretisation.mesh_extent import extent_warnings

CASE = """
mesh: {type: Grid2D, length: [1, 1], cells: [2, 2]}
parameters: {size: %s, other: 300 K, time: 2 h}
mixture: pure
properties: {conductivity: 2}
laws: [conduction]
boundaries: {default: {T: {dirichlet: 300}}}
solve: steady
%s
"""
POINT = "observe: {T: {value: {of: T, x: 0.5, y: 0.5}}}"


@pytest.fixture
def warnings(tmp_path):
    """Remarks on a file of an extent [m], in a case with a parameter and an observable."""

    def of(extent: float, size: str = "1", observe: str = "", file: Path | None = Path("body.msh")) -> list[str]:
        path = tmp_path / "case.yaml"
        path.write_text(CASE % (size, observe))
        case = fvtransport.check(path)
        case = replace(case, mesh=replace(case.mesh, file=file))
        position = np.array([[0.0, extent], [0.0, 0.5 * extent], [0.0, 0.0]])
        return extent_warnings(case, SimpleNamespace(dimension=2, position=position))

    return of


def test_a_file_in_millimetres_is_named(warnings):
    (text,) = warnings(2000.0, size="2 m")
    assert text.startswith("the mesh of body.msh extends over 2000 m, 1e+03 times larger than the largest other length")
    assert text.endswith("of the case, 2 m; a file in millimetres is read as if in metres")
    (text,) = warnings(500.0, observe=POINT)
    assert "the largest other length of the case, 0.5 m" in text


def test_a_file_that_is_too_small_is_named(warnings):
    (text,) = warnings(2e-3, size="2 m")
    assert text.endswith("1e+03 times smaller than the smallest other length of the case, 2 m")


@pytest.mark.parametrize(
    "given", [{"extent": 2.0, "size": "30 mm"}, {"extent": 2000.0}, {"extent": 2000.0, "size": "2 m", "file": None}]
)
def test_nothing_is_said_of_like_lengths_of_none_or_of_a_grid(warnings, given):
    assert warnings(**given) == []
