"""Columns for slopes: chained with the map of the reconstruction they are derivatives by the fields."""

import numpy as np
import pytest
from scipy import sparse

from fvtransport.discretisation.layout import Layout
from fvtransport.discretisation.slope_columns import SlopeColumns
from fvtransport.mesh.reconstruction import reconstruction_of
from tests.tools.built import PLANE, SEALED, built
from tests.tools.cases import COUPLED


@pytest.fixture
def own(tmp_path):
    system = built(tmp_path, COUPLED, mesh=PLANE, boundaries=SEALED, solve="{transient: 1}").system
    reconstruction = reconstruction_of(system.geometry, vectors=True)
    layout = Layout(system, totals=False)
    return system, reconstruction, layout, SlopeColumns(reconstruction, layout, system.geometry)


def test_slopes_lie_behind_the_unknowns(own):
    system, reconstruction, layout, columns = own
    faces = system.geometry.faces.area.size
    assert columns.columns.shape == (2 * reconstruction.count, faces)
    assert np.array_equal(np.sort(columns.columns.ravel()), layout.size + np.arange(2 * reconstruction.count * faces))


def test_a_chained_matrix_sees_the_slopes_of_the_fields(own):
    """A row that is one slope of one field gives that slope, of any fields."""
    system, reconstruction, layout, columns = own
    rng = np.random.default_rng(1)
    values = rng.normal(size=(2, system.geometry.nodes))
    slopes = reconstruction.slopes(values).reshape(reconstruction.count, 2, -1)
    total = layout.size + columns.columns.size
    for group, field, face in ((0, 0, 3), (reconstruction.count - 1, 1, 7)):
        at = columns.columns[group * 2 + field, face]
        matrix = sparse.csc_array(([1.0], ([0], [at])), shape=(layout.size, total))
        found = (columns.chained(matrix, None) @ values.T.ravel())[0]
        assert found == pytest.approx(slopes[group, field, face], rel=1e-10, abs=1e-12)


def test_other_unknowns_turn_the_fields_in_cells(own):
    """Unknowns that are half of the fields in cells: their derivatives are twice as large there."""
    system, reconstruction, layout, columns = own
    matrix = sparse.csc_array(
        ([1.0], ([0], [columns.columns[0, 3]])), shape=(layout.size, layout.size + columns.columns.size)
    )
    by = 2.0 * np.eye(2)[:, :, None] * np.ones(system.geometry.volume.size)
    plain, turned = (columns.chained(matrix, each).toarray()[0] for each in (None, by))
    cells = np.zeros((2, system.geometry.nodes), bool)
    cells[:, system.geometry.cells] = True
    assert turned == pytest.approx(plain * np.where(cells.T.ravel(), 2.0, 1.0))
