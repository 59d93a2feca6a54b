"""Mesh quality: known angles, offsets and ratios, and words only where they are due."""

from types import SimpleNamespace

import numpy as np
import pytest
from fipy.meshes.mesh2D import Mesh2D

from fvtransport.mesh.fipy_mesh import build_mesh, geometry_of
from fvtransport.mesh.quality import Quality, quality_of, split_warnings
from fvtransport.mesh.spec import Axis, MeshSpec

GRID = MeshSpec("Grid2D", (Axis("x", 4.0, 4), Axis("y", 3.0, 3)), 1.0, ("left", "right", "bottom", "top"))


def _quality(spec):
    mesh = build_mesh(spec)
    return quality_of(mesh, geometry_of(mesh, spec))


def _sheared(shear):
    mesh = build_mesh(GRID)
    corners = np.array(mesh.vertexCoords)
    corners[0] += shear * corners[1]
    sheared = Mesh2D(corners, np.ma.array(mesh.faceVertexIDs), np.ma.array(mesh.cellFaceIDs))
    return quality_of(sheared, geometry_of(mesh, GRID))


@pytest.mark.parametrize("shear", [0.1, 0.5, 1.5])
def test_a_sheared_grid_has_the_angle_of_its_shear(shear):
    """Lines x + shear y: the angle between the faces and the lines that cross them, the same on all interior faces."""
    quality = _sheared(shear)
    assert quality.non_orthogonality == pytest.approx(np.degrees(np.arctan(shear)), rel=1e-12)
    assert quality.skewness == pytest.approx(0.0, rel=0.0, abs=1e-14)
    assert quality.volume_ratio == pytest.approx(1.0, rel=1e-12) and quality.cells == 12
    assert quality.is_orthogonal is False
    assert [remark[:35] for remark in quality.remarks()] == ["the mesh is far from orthogonal (56"] * (shear > 1.0)


@pytest.mark.parametrize(
    ("kind", "boundaries", "letters"),
    [
        ("Grid1D", ("left", "right"), "x"),
        ("Grid2D", ("left", "right", "bottom", "top"), "xy"),
        ("Grid3D", ("left", "right", "bottom", "top", "front", "back"), "xyz"),
        ("CylindricalGrid1D", ("right",), "r"),
        ("CylindricalGrid2D", ("right", "bottom", "top"), "rz"),
        ("SphericalGrid1D", ("right",), "r"),
        ("PeriodicGrid1D", (), "x"),
        ("PeriodicGrid2D", (), "xy"),
        ("PeriodicGrid2DLeftRight", ("bottom", "top"), "xy"),
        ("PeriodicGrid2DTopBottom", ("left", "right"), "xy"),
    ],
)
def test_structured_meshes_are_orthogonal(kind, boundaries, letters):
    quality = _quality(MeshSpec(kind, tuple(Axis(letter, 2.0, 5) for letter in letters), 1.0, boundaries))
    assert quality.is_orthogonal and quality.mean_non_orthogonality == pytest.approx(0.0, abs=1e-9, rel=0.0)


def test_a_grading_shows_in_the_ratio_of_volumes():
    quality = _quality(MeshSpec("Grid1D", (Axis("x", 1.0, 3, ratio=25.0),), 1.0, ("left", "right")))
    assert quality.volume_ratio == pytest.approx(5.0, rel=1e-12) and quality.is_orthogonal
    assert "by up to 5" in quality.remarks()[0]


def test_a_face_off_the_line_between_its_cells_is_skew():
    """Two trapezia, one flat and one tall: the face between them is met at another height than its centre."""
    corners = np.array([[0, 0], [2, 0], [4, 0], [0, 1], [2, 1], [4, 3]], float).T
    faces = np.array([[0, 1], [1, 2], [3, 4], [4, 5], [0, 3], [1, 4], [2, 5]]).T
    mesh = Mesh2D(corners, np.ma.array(faces), np.ma.array([[0, 5, 2, 4], [1, 6, 3, 5]]).T)
    first, second = np.asarray(mesh.cellCenters).T
    quality = quality_of(mesh, SimpleNamespace(volume=np.asarray(mesh.cellVolumes)))
    height = first[1] + (2.0 - first[0]) * (second[1] - first[1]) / (second[0] - first[0])
    assert quality.skewness == pytest.approx(abs(height - 0.5) / np.linalg.norm(second - first), rel=1e-12)
    assert quality.skewness > 0.05
    assert quality.volume_ratio == pytest.approx(2.0, rel=1e-12)


def test_nothing_is_said_of_a_good_mesh():
    assert Quality(10, 0.0, 0.0, 0.0, 2.0).remarks() == []


def test_the_worst_angle_is_that_of_the_worst_face():
    """One row of cells sheared, the other straight: the largest angle is that of the sheared row, the mean is less."""
    mesh = build_mesh(GRID)
    corners = np.array(mesh.vertexCoords)
    corners[0] += 0.5 * np.maximum(corners[1] - 2.0, 0.0)
    bent = Mesh2D(corners, np.ma.array(mesh.faceVertexIDs), np.ma.array(mesh.cellFaceIDs))
    quality = quality_of(bent, geometry_of(mesh, GRID))
    assert quality.non_orthogonality == pytest.approx(np.degrees(np.arctan(0.5)), rel=1e-12)
    assert quality.mean_non_orthogonality < 0.7 * quality.non_orthogonality


@pytest.mark.parametrize("edge, cells", [("x < 0.5", 0), ("x < 0.55", 1), ("x < 0.6", 0)])
def test_a_region_whose_edge_cuts_a_cell_is_told(tmp_path, edge, cells):
    import fvtransport
    from fvtransport.discretisation.build import build

    path = tmp_path / "case.yaml"
    path.write_text(
        f'mesh: {{type: Grid1D, length: 1, cells: 10, regions: {{all: "x >= 0", part: "{edge}"}}}}\nmixture: pure\n'
        "properties: {conductivity: {by_region: {all: 1, part: 2}}}\nlaws: [conduction]\n"
        "boundaries: {left: {T: {dirichlet: 300}}, right: {T: {dirichlet: 400}}}\nsolve: steady\n"
    )
    case = fvtransport.check(path)
    problem = build(case)
    told = split_warnings(case.mesh, problem.system.geometry)
    assert len(told) == bool(cells) and all(f"cuts through {cells} cells" in each for each in told)
