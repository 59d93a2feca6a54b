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


def test_integrals_in_time_grow_with_the_duration(tmp_path, mesh):
    """Of a state at rest the rate is that of a fall by its own size over the domain; none is infinite or zero."""
    more = {"observe": "{S: entropy_produced}", "mesh": mesh}
    (short, layout, _), (long, _, _) = (_sizes(tmp_path, duration, **more) for duration in (1.0, 4.0))
    assert np.all(np.isfinite(short) & (short > 0.0)) and layout.time_integrals(short)[0] != 7.0
    assert layout.time_integrals(long) == pytest.approx(4.0 * layout.time_integrals(short), rel=1e-12)
