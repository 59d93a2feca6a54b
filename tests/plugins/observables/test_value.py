"""Observables in two and three dimensions: the same numbers as by hand."""

import numpy as np
import pytest

import fvtransport
from fvtransport.errors import CaseError
from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="plane",
    mesh="{mesh}",
    properties="{{conductivity: 2.0, heat_capacity: 1.0}}",
    initial="{{T: 1.0}}",
    boundaries="""
  default: {{T: {{dirichlet: "3 + 2*x - y"}}}}""",
    solve="{solve}",
    observe="""
  middle: {{value: {{of: T, {point}}}}}
  mean: {{mean: T}}
  amount: {{amount: energy}}
  through_right: {{outflow: {{of: energy, through: right}}}}
  flux: {{flux: {{of: energy, through: top}}}}
  top: {{surface: {{of: T, boundary: top}}}}""",
)
RECTANGLE = "{type: Grid2D, length: [3, 2], cells: [6, 5], depth: 4, grading: [{ratio: 2}, null]}"
BOX = "{type: Grid3D, length: [3, 2, 4], cells: [3, 4, 2]}"


@pytest.fixture
def run(tmp_path):
    def solve(mesh, point, how="steady"):
        path = tmp_path / "plane.yaml"
        path.write_text(CASE.format(mesh=mesh, point=point, solve=how))
        return fvtransport.run(path)

    return solve


@pytest.mark.parametrize(("mesh", "point"), [(RECTANGLE, "x: 0.7, y: 1.3"), (BOX, "x: 0.7, y: 1.3, z: 3.9")])
def test_a_plane_of_temperature(run, mesh, point):
    """T = 3 + 2x - y on 3 x 2 x 4, conductivity 2."""
    found = {name: reading.value for name, reading in run(mesh, point).observables.items()}
    expected = {"middle": 3.1, "mean": 5.0, "amount": 120.0, "through_right": -32.0, "flux": 2.0, "top": 4.0}
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("point", "says"),
    [
        ("x: 0.7", "value lacks y"),
        ("x: 0.7, y: 1.0, z: 1.0", "value has a coordinate z too many"),
        ("x: 0.7, y: 2.5", "value looks at y = 2.5, outside the mesh"),
    ],
)
def test_a_point_that_is_none_of_the_mesh_is_refused(run, point, says):
    with pytest.raises(CaseError, match=says):
        run(RECTANGLE, point)


def test_a_point_on_the_wall_has_the_value_of_the_wall(run):
    result = run(RECTANGLE, "x: 3.0, y: 1.0")
    assert result.observables["middle"].value == pytest.approx(8.0, rel=1e-12)


def test_a_value_in_time_is_its_history(run):
    result = run(RECTANGLE, "x: 0.7, y: 1.3", "{transient: {until: 50.0, rtol: 1.0e-6}}")
    history = result.history(result.case.observe[0].observable)
    assert history[0] == pytest.approx(1.0, rel=1e-12) and history[-1] == pytest.approx(3.1, rel=1e-5)
    assert np.isfinite(history).all()
