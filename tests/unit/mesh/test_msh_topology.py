"""Cells and faces of mesh files have the numbers that FiPy's own reader gives them."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.mesh.fipy_mesh import import_fipy
from fvtransport.mesh.msh_file import read_msh
from fvtransport.mesh.msh_topology import topology_of

PLATE = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (2, 0, 0), (2, 1, 0)]
CUBE = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)]
MORE = [*CUBE, (0.5, 0.5, 2), (2, 0, 0), (2, 0, 1), (-1, 0.5, 0.5), (2, 3, 3)]
MESHES = {
    "triangles and a quadrilateral": (2, PLATE, [(1, 7, (0, 1)), (2, 3, (0, 1, 2)), (3, 4, (1, 4, 5, 2)),
                                                 (1, 8, (4, 5)), (2, 3, (0, 2, 3))]),
    "every solid": (3, MORE, [(5, 3, range(8)), (7, 3, (4, 5, 6, 7, 8)), (6, 4, (1, 9, 2, 5, 10, 6)),
                              (7, 4, (0, 3, 7, 4, 11)), (4, 4, (9, 2, 10, 12)), (3, 7, (0, 1, 2, 3)), (2, 8, (4, 5, 8)),
                              (2, 9, (9, 2, 12))]),
    "a tetrahedron": (3, CUBE[:6], [(4, 3, (0, 1, 3, 4)), (2, 7, (0, 1, 3)), (2, 8, (0, 1, 5))]),
}  # fmt: skip
NAMES = '2 7 "low"\n2 8 "a b"\n2 9 "low"\n1 7 "edge"\n1 8 "end"\n2 3 "left"\n2 4 "right"\n3 3 "in"\n3 4 "out"\n'


def written(places, elements, names: str = NAMES) -> str:
    """A mesh in format 2.2, whose nodes count by three from 5."""
    nodes = "".join(f"{3 * n + 5} {x!r} {y!r} {z!r}\n" for n, (x, y, z) in enumerate(places))
    rows = "".join(
        f"{n} {kind} 2 {group} 1 {' '.join(str(3 * node + 5) for node in corners)}\n"
        for n, (kind, group, corners) in enumerate(elements, 1)
    )
    return (
        f"$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n9\n{names}$EndPhysicalNames\n"
        f"$Nodes\n{len(places)}\n{nodes}$EndNodes\n$Elements\n{len(elements)}\n{rows}$EndElements\n"
    )


@pytest.mark.parametrize("name", MESHES)
def test_numbers_are_those_of_fipy(name, tmp_path):
    dimension, places, elements = MESHES[name]
    path = tmp_path / "body.msh"
    path.write_text(written(places, elements))
    reader = import_fipy().meshes.gmshMesh.MSHFile(str(path), dimension, communicator=import_fipy().serialComm)
    vertices, faces, cells, *_ = reader.read()
    found = topology_of(read_msh(path.read_bytes(), "body.msh"), dimension)
    assert np.array_equal(found.vertices, vertices)
    assert np.array_equal(found.faces, faces) and np.array_equal(found.cells, cells)
    for group, mask in found.named_cells.items():
        assert np.array_equal(mask, reader.physicalCellMap == reader.physicalNames[dimension][group])
    numbers = {"low": [7, 9], "a b": [8], "edge": [7], "end": [8], "left": [3], "right": [4]}
    for group, mask in found.named_faces.items():
        assert np.array_equal(mask, np.isin(reader.physicalFaceMap, numbers[group]))
    assert any(mask.any() for mask in found.named_faces.values())


def test_a_face_of_two_groups_is_in_the_later_one():
    elements = [(1, 7, (0, 1)), (2, 3, (0, 1, 2)), (1, 8, (1, 0))]
    found = topology_of(read_msh(written(PLATE, elements).encode(), "body.msh"), 2)
    assert (found.named_faces["edge"].sum(), found.named_faces["end"].sum()) == (0, 1)


def test_elements_off_the_faces_name_nothing():
    elements = [(1, 7, (3, 4)), (1, 7, (0, 5)), (2, 3, (0, 1, 2))]
    found = topology_of(read_msh(written(PLATE, elements).encode(), "body.msh"), 2)
    assert not found.named_faces["edge"].any() and found.vertices.shape == (2, 3)
