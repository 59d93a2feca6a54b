"""The block `mesh:`: its kind, the names that it gives, and meshes that are none."""

import pytest

from fvtransport.case.blocks.mesh import read_mesh
from tests.tools.reading import builder_of, messages


def read(text: str):
    builder = builder_of(mesh=text)
    read_mesh(builder)
    return builder, messages(builder)


def test_a_mesh_gives_names_of_boundaries_and_regions():
    builder, wrong = read("{type: Grid2D, length: [3, 2], cells: [3, 4], regions: {core: x < 1}}")
    assert not wrong and builder.mesh.cells == 12
    assert builder.scope.boundaries == ("left", "right", "bottom", "top") and builder.scope.regions == ("core",)


def test_a_full_sphere_has_no_inner_boundary():
    assert read("{type: SphericalGrid1D, length: 2, cells: 4}")[0].scope.boundaries == ("right",)
    shell = "{type: SphericalGrid1D, length: 2, inner_radius: 1, cells: 4}"
    assert read(shell)[0].scope.boundaries == ("left", "right")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{length: 1, cells: 3}", "mesh lacks type"),
        ("{type: Grid1, length: 1, cells: 3}", 'unknown mesh type "Grid1"'),
        ("{type: Grid3D, length: [1, 1, 1], cells: [1000, 1000, 1000]}", "1000 x 1000 x 1000 are 1e+09 cells in all"),
    ],
)
def test_mistakes(text, says):
    builder, wrong = read(text)
    assert wrong[0].startswith(says) and builder.mesh is None


def test_boundaries_are_known_though_a_number_is_wrong():
    builder, wrong = read("{type: Grid1D, length: -1, cells: 3}")
    assert wrong and builder.mesh is None and builder.scope.boundaries == ("left", "right")
