"""Sizes below which the errors of unknowns are absolute: of fields, of totals, of what follows from the cells."""

import numpy as np
import pytest

from fvtransport.discretisation.layout import Layout
from fvtransport.discretisation.mass_matrix import Storage
from fvtransport.solvers.tolerances import error_sizes
from tests.tools.built import CLOSED, PLANE, built
from tests.tools.cases import line

SOURCE = "[conduction, source: {balance: energy, rate: 1.0}]"
HEAT = "{conductivity: 1.0, heat_capacity: 5.0}"


@pytest.fixture(params=[line(2, 4, cross_section=3), PLANE], ids=["line", "plane"])
def mesh(request):
    return request.param


def _sizes(tmp_path, duration=1.0, **blocks):
    given = {"properties": HEAT, "boundaries": CLOSED, "solve": "{transient: 1.0}", "initial": "{T: 2.0}", **blocks}
    problem = built(tmp_path, **given)
    layout = Layout(problem.system, totals=True)
    storage = Storage(problem.system, 0.0, problem.values, problem.scale)
    sizes = error_sizes(problem.system, layout, storage, 0.0, problem.values, np.array([7.0]), duration)
    return sizes, layout, problem.system.geometry


def test_fields_have_their_scale_and_those_on_boundaries_a_looser_one(tmp_path, mesh):
    sizes, layout, geometry = _sizes(tmp_path, mesh=mesh)
    fields = layout.values(sizes)[0]
    assert np.array_equal(fields[geometry.is_cell], np.full(geometry.volume.size, 7.0))
    assert np.all(fields[~geometry.is_cell] >= 10.0 * 7.0)


def test_totals_have_the_content_of_the_domain_at_that_scale(tmp_path, mesh):
    sizes, layout, geometry = _sizes(tmp_path, mesh=mesh, laws=SOURCE)
    content = 5.0 * 7.0 * geometry.volume.sum()
    assert np.allclose(sizes[layout.totals], content, rtol=1e-13)
    assert np.allclose(layout.produced_totals(sizes), content, rtol=1e-13)


def test_integrals_in_time_at_rest_have_a_thousandth_of_a_fall_over_the_domain(tmp_path, mesh):
    """The fields fall by their size, 7, over the length of 2 at T = 2: k (7/2)^2/T^2 on all faces between cells."""
    for duration in (1.0, 4.0):
        sizes, layout, geometry = _sizes(tmp_path, duration, observe="{S: entropy_produced}", mesh=mesh)
        is_inner = geometry.is_cell[geometry.faces.left] & geometry.is_cell[geometry.faces.right]
        wanted = 1e-3 * duration * 3.5**2 / 2.0**2 * geometry.faces.volume[is_inner].sum()
        assert layout.time_integrals(sizes) == pytest.approx([wanted], rel=1e-12)
