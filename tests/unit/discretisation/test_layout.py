"""Every unknown has a place of its own in the vector, on a line and off it, with totals and without."""

import numpy as np
import pytest

from fvtransport.discretisation.layout import Layout
from tests.tools.built import PLANE, built
from tests.tools.cases import COUPLED, line

SOURCE = "[conduction, fick, source: {balance: energy, rate: 2.0}]"


@pytest.fixture(params=[line(1, 4), PLANE], ids=["line", "plane"])
def system(request, tmp_path):
    return built(
        tmp_path,
        COUPLED,
        mesh=request.param,
        laws=SOURCE,
        solve="{transient: 1.0}",
        boundaries="{default: {T: no_flux, x_A: no_flux}}",
    ).system


def test_the_unknowns_fill_the_vector_once(system):
    layout = Layout(system, totals=True)
    nodes = np.arange(layout.nodes)
    places = [layout.unknown(nodes, row) for row in range(layout.width)]
    others = [] if layout.is_line else [np.arange(layout.size - layout.sums, layout.size)]
    every = np.concatenate([*places, layout.totals, *others])
    assert sorted(every.tolist()) == list(range(layout.size))


def test_without_totals_there_are_only_the_nodes(system):
    layout = Layout(system, totals=False)
    assert layout.size == 2 * system.geometry.nodes and not layout.sums and not layout.totals.size
    assert np.array_equal(layout.produced_totals(np.ones(layout.size)), [0.0, 0.0])


def test_fields_are_written_through_their_view(system):
    layout = Layout(system, totals=True)
    y, nodes = np.zeros(layout.size), np.arange(layout.nodes)
    fields = np.arange(2.0 * layout.nodes).reshape(2, -1) + 1.0
    layout.values(y)[...] = fields
    for row in range(2):
        assert np.array_equal(y[layout.unknown(nodes, row)], fields[row])
    assert np.count_nonzero(y) == fields.size


def test_what_was_produced_is_read_where_it_was_summed(system):
    layout = Layout(system, totals=True)
    y = np.zeros(layout.size)
    if layout.is_line:
        layout.cumulative_sums(y)[...] = np.arange(1.0, layout.nodes + 1.0) * np.array([[1.0], [10.0]])
        wanted = [layout.nodes, 10.0 * layout.nodes]
    else:
        y[-2:] = wanted = [3.0, 4.0]
    assert layout.produced_totals(y).tolist() == list(wanted)
    assert layout.time_integrals(y).size == 0


def test_what_leaves_through_a_boundary_is_summed_over_its_faces(system):
    layout, geometry = Layout(system, totals=True), system.geometry
    flow = np.random.default_rng(1).uniform(-1.0, 1.0, (2, geometry.faces.area.size))
    found = layout.left_through(flow)
    for total, amount in zip(layout.boundary_totals, found, strict=True):
        through = total.boundary.sign * flow[total.row, total.boundary.faces].sum()
        assert amount == pytest.approx(through, rel=1e-14)
    assert found.size == 2 * len(geometry.boundaries)


def test_boundary_states_are_algebraic(system):
    layout, geometry = Layout(system, totals=True), system.geometry
    on_boundaries = np.flatnonzero(~geometry.is_cell)
    places = np.concatenate([layout.unknown(on_boundaries, row) for row in range(2)])
    assert sorted(layout.algebraic.tolist()) == sorted(places.tolist())
