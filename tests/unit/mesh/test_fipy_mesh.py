"""Across the seam of a periodic mesh the normal points as the flux does: on, along the axis."""

import numpy as np
import pytest

from fvtransport.mesh.fipy_mesh import build_mesh, geometry_of
from fvtransport.mesh.spec import Axis, MeshSpec


@pytest.mark.parametrize(
    ("kind", "boundaries", "axis"),
    [
        ("PeriodicGrid1D", (), 0),
        ("PeriodicGrid2D", (), 0),
        ("PeriodicGrid2D", (), 1),
        ("PeriodicGrid2DTopBottom", ("left", "right"), 1),
    ],
)
def test_the_normal_leads_from_the_last_cell_to_the_first(kind, boundaries, axis):
    axes = (Axis("x", 2.0, 4), Axis("y", 1.0, 3))[: 1 if kind.endswith("1D") else 2]
    spec = MeshSpec(kind, axes, 1.0, boundaries)
    geometry = geometry_of(build_mesh(spec), spec)
    faces, every = geometry.faces, np.arange(geometry.nodes)
    from_last = geometry.position[axis, every[faces.left]] > geometry.position[axis, every[faces.right]]
    assert from_last.sum() == (1 if kind.endswith("1D") else 3 if axis == 0 else 4)
    assert np.all(faces.normal[axis, from_last] == 1.0) and faces.normal.min() == 0.0
