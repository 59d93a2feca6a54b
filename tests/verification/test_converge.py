"""Every structured mesh kind is of second order, cross-diffusion on: fields inside and on
boundaries, and fluxes through boundaries.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import fvtransport
from fvtransport.solvers.solve import solve
from fvtransport.verification import contract, converge
from fvtransport.verification.converge import against_manufactured
from fvtransport.verification.manufactured import manufacture
from tests.tools.cases import case_text

PAGE = Path(__file__).parents[2] / "docs" / "numerics" / "orders.md"
CASE = case_text(
    title="manufactured",
    mesh="{mesh}",
    mixture="{{binary: {{species: [A, B], concentration: 1.0}}}}",
    properties="""
  diffusivity: {{inverse_linear: {{at_infinite_dilution: 1.0, beta: 0.5}}}}
  conductivity: 0.8*T
  thermal_diffusion_coefficient: 0.3
  heat_capacity: 1.0""",
    initial="{{T: 1.0, x_A: 0.5}}",
    boundaries="{{{boundaries}}}",
    solve="{{transient: 1.0}}",
)
ROBIN = "{robin: {coefficient: 2.0, reference: 0.8}}"
WALLS = {
    "left": f"{{T: {{dirichlet: 1.0}}, x_A: {ROBIN}}}",
    "right": f"{{T: {ROBIN}, x_A: {{neumann: 0.1}}}}",
    "bottom": "{T: no_flux, x_A: {dirichlet: 0.5}}",
    "top": f"{{T: {ROBIN}, x_A: {ROBIN}}}",
    "front": "{T: {dirichlet: 1.0}, x_A: no_flux}",
    "back": f"{{T: {ROBIN}, x_A: no_flux}}",
}
ENDS, SIDES = ("left", "right"), ("left", "right", "bottom", "top")
PARTS = ("inside", "on boundaries", "through boundaries")
LINE, PLANE = "length: 1.0, cells: 20", "length: [1.0, 0.7], cells: [8, 8]"
KINDS = {
    "Grid1D": (LINE, ENDS),
    "Grid1D, graded": (f"{LINE}, grading: {{ratio: 6, towards: both}}", ENDS),
    "Grid2D": (PLANE, SIDES),
    "Grid2D, graded": (f"{PLANE}, grading: [{{ratio: 4}}, {{ratio: 3, towards: right}}]", SIDES),
    "Grid3D": ("length: [1.0, 0.7, 0.8], cells: [4, 4, 4]", tuple(WALLS)),
    "CylindricalGrid1D": (LINE, ("right",)),
    "CylindricalGrid1D, graded": (f"{LINE}, grading: {{ratio: 5, towards: right}}", ("right",)),
    "CylindricalGrid1D, shell": (f"{LINE}, inner_radius: 0.5", ENDS),
    "CylindricalGrid2D": (PLANE, ("right", "bottom", "top")),
    "CylindricalGrid2D, shell": (f"{PLANE}, inner_radius: 0.3", SIDES),
    "SphericalGrid1D": (LINE, ("right",)),
    "SphericalGrid1D, graded": (f"{LINE}, grading: {{ratio: 5, towards: right}}", ("right",)),
    "SphericalGrid1D, shell": (f"{LINE}, inner_radius: 0.5", ENDS),
    "PeriodicGrid1D": (LINE, ()),
    "PeriodicGrid2D": (PLANE, ()),
    "PeriodicGrid2DLeftRight": (PLANE, ("bottom", "top")),
    "PeriodicGrid2DTopBottom": (PLANE, ENDS),
}


@pytest.fixture
def case_on(tmp_path):
    """A function that checks the case on a kind of mesh, with given walls."""

    def make(kind: str, boundaries: dict[str, str] = WALLS):
        mesh, names = KINDS[kind]
        path = tmp_path / "case.yaml"
        given = ", ".join(f"{name}: {boundaries[name]}" for name in names)
        path.write_text(CASE.format(mesh=f"{{type: {kind.partition(',')[0]}, {mesh}}}", boundaries=given))
        return fvtransport.check(path)

    return make


def worst(observed: dict[str, float], part: str) -> float | None:
    return min((order for name, order in observed.items() if part in name), default=None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mesh_kind_is_of_second_order(case_on, kind, monkeypatch):
    case = case_on(kind)
    levels = 4 if case.mesh.dimension == 2 else 3
    observed = contract.check_order(case, levels=levels).observed()
    measured = [order for part in PARTS if (order := worst(observed, part)) is not None]
    assert len(measured) == (3 if case.mesh.boundaries else 1) and min(measured) >= 1.9
    if case.mesh.dimension > 1 and case.mesh.boundaries:
        monkeypatch.setattr(converge, "_fading_at_edges", lambda mesh, geometry, boundary: np.ones(boundary.area.size))
        measured.append(worst(contract.check_order(case, at_least=0.0, levels=levels).observed(), "through boundaries"))
    rows = dict(re.findall(r"^\| ([A-Z]\w+(?:, \w+)?) \| ([^\n]*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    stated = [float(text) for text in rows[kind].split(" | ")[1:] if text != "-"]
    assert stated == pytest.approx(measured, abs=0.006), "docs/numerics/orders.md states something else"


def test_prescribed_values_on_both_walls_of_an_edge_are_of_second_order_away_from_it(case_on):
    """The half-cells of the two walls disagree at the edge: there, and only there, the flux is of first order."""
    fixed = dict.fromkeys(SIDES, "{T: {dirichlet: 1.0}, x_A: {dirichlet: 0.5}}")
    case = case_on("Grid2D", fixed)
    assert min(contract.check_order(case, levels=4).observed().values()) >= 1.9
    made, errors, flows = manufacture(case), [], []
    for cells in (32, 64):
        mesh = replace(case.mesh, axes=tuple(replace(axis, cells=cells) for axis in case.mesh.axes))
        problem = made.discretise(mesh)
        end, geometry = solve(replace(made.case, mesh=mesh), problem).snapshots[-1], problem.system.geometry
        off = (end.evaluation.flux - made.flux_on(geometry.faces.centres, geometry.faces.normal))[0]
        errors.append(max(abs(off[boundary.faces]).max() for boundary in geometry.boundaries.values()))
        flows.append(max(abs(off[boundary.faces] @ boundary.area) for boundary in geometry.boundaries.values()))
    assert errors[0] / errors[1] == pytest.approx(2.0, rel=0.1)
    assert np.log2(flows[0] / flows[1]) >= 1.7


def test_a_kink_of_the_grading_costs_the_wall_flux_a_logarithm(case_on):
    """Cells that grow from both ends change their rate of growth in the middle, where the
    wall flux goes as h^2 ln h.
    """
    case = case_on("Grid2D")
    kinked = tuple(replace(axis, ratio=3.0, towards="both") for axis in case.mesh.axes)
    observed = against_manufactured(replace(case, mesh=replace(case.mesh, axes=kinked)), 4).observed()
    assert worst(observed, "inside") >= 1.9 and worst(observed, "on boundaries") >= 1.9
    assert 1.7 <= worst(observed, "through boundaries") <= 1.9
