"""The mesh of a case in one line, and its quality in another."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from fvtransport.case.text.units import UnitSystem
from fvtransport.mesh.quality import Quality
from fvtransport.mesh.spec import Axis, MeshSpec
from fvtransport.report.mesh_text import mesh_lines

X, Y = Axis("x", 2.0, 4), Axis("y", 3.0, 5)


def _told(mesh, units="SI", quality=None):
    return dict(mesh_lines(SimpleNamespace(mesh=mesh, units=UnitSystem(units)), quality))


TUBE = replace(X, name="r", start=1.0)


@pytest.mark.parametrize(
    "kind, axes, thickness, text",
    [
        ("Grid1D", (X,), 1.0, "4 cells over 2 m, cross-section 1 m^2"),
        ("Grid2D", (X, Y), 1.0, "4 x 5 cells over 2 x 3 m"),
        ("Grid2D", (X, Y), 0.5, "4 x 5 cells over 2 x 3 m, depth 0.5 m"),
        ("PeriodicGrid2DLeftRight", (X, Y), 2.0, "4 x 5 cells over 2 x 3 m, depth 2 m"),
        ("CylindricalGrid1D", (TUBE,), 3.0, "4 cells over (1 to 3) m, height 3 m"),
        ("SphericalGrid1D", (replace(X, name="r"),), 1.0, "4 cells over 2 m"),
    ],
)
def test_type_cells_and_extents(kind, axes, thickness, text):
    assert _told(MeshSpec(kind, axes, thickness, ())) == {"mesh": f"{kind}, {text}"}


def test_reduced_numbers_are_bare():
    assert _told(MeshSpec("Grid1D", (X,), 1.0, ()), "reduced")["mesh"] == "Grid1D, 4 cells over 2, cross-section 1"


def test_grading_and_regions_are_told():
    axis = replace(X, ratio=4.0, towards="both")
    text = _told(MeshSpec("Grid2D", (axis, Y), 1.0, (), {"core": None, "rim": None}))["mesh"]
    assert text.endswith(", x graded 1:4 towards both, regions core, rim") and "y graded" not in text


def test_a_file_is_told_by_its_name():
    mesh = MeshSpec("Gmsh2D", (), 0.1, (), file=Path("/somewhere/plate.msh"), unstructured_dimension=2)
    assert _told(mesh)["mesh"] == "Gmsh2D from plate.msh, depth 0.1 m"


def test_quality_has_its_angles_only_off_orthogonal_meshes():
    mesh = MeshSpec("Grid2D", (X, Y), 1.0, ())
    straight = _told(mesh, quality=Quality(20, 0.0, 0.0, 0.0, 1.5))["quality"]
    skewed = _told(mesh, quality=Quality(20, 31.25, 12.5, 0.125, 1.5))["quality"]
    assert straight == "20 cells, orthogonal, max. volume ratio of neighbours 1.5"
    assert "max. 31.2 deg, mean 12.5 deg, max. skewness 0.125" in skewed and "orthogonal," not in skewed
