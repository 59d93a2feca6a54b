"""Balances of an evaluation: what leaves cells, what is produced, what leaves the domain."""

import numpy as np
import pytest

from fvtransport.discretisation.flux_evaluation import FluxEvaluation
from tests.tools.built import CLOSED, LAYERS, PLANE, built
from tests.tools.cases import line


@pytest.fixture(params=[line(1, 4, cross_section=3), PLANE], ids=["line", "plane"])
def geometry(request, tmp_path):
    return built(tmp_path, mesh=request.param, boundaries=CLOSED, solve="{steady: {mean: {T: 1}}}").system.geometry


def _evaluation(geometry):
    rng = np.random.default_rng(9)
    flux, face_source = rng.uniform(-1.0, 1.0, (2, 2, geometry.faces.area.size))
    return FluxEvaluation(flux, (), rng.uniform(-1.0, 1.0, (2, geometry.volume.size)), face_source)


def _net(evaluation, geometry):
    out = np.zeros((2, geometry.nodes))
    evaluation.divergence(geometry, evaluation.flux * geometry.faces.area, out)
    return out[:, geometry.cells].sum(axis=1)


def test_what_cells_lose_leaves_through_the_boundaries(geometry):
    evaluation = _evaluation(geometry)._replace(source=None, face_source=None)
    left = sum(evaluation.outflow(boundary) for boundary in geometry.boundaries.values())
    assert np.allclose(_net(evaluation, geometry), left, rtol=0, atol=1e-14)
    assert not evaluation.production(geometry).any()


def test_sources_in_cells_are_counted_by_their_volume(geometry):
    with_source = _evaluation(geometry)._replace(face_source=None)
    without = with_source._replace(source=None)
    produced = with_source.source @ geometry.volume
    assert np.allclose(with_source.production(geometry), produced, rtol=1e-14)
    assert np.allclose(_net(with_source, geometry), _net(without, geometry) - produced, rtol=0, atol=1e-14)


def test_sources_on_faces_go_to_the_nodes_on_both_sides(geometry):
    evaluation = _evaluation(geometry)._replace(source=None)
    out, without = np.zeros((2, geometry.nodes)), np.zeros((2, geometry.nodes))
    flow = evaluation.flux * geometry.faces.area
    evaluation.divergence(geometry, flow, out)
    evaluation._replace(face_source=None).divergence(geometry, flow, without)
    produced = evaluation.production(geometry)
    assert np.allclose(produced, evaluation.face_source @ geometry.faces.volume, rtol=1e-14)
    assert np.allclose((without - out)[:, geometry.cells].sum(axis=1), produced, rtol=0, atol=1e-14)


def test_outflow_through_a_boundary_is_along_its_outward_normal(geometry):
    """A uniform flux along x leaves on the right what enters on the left."""
    along = geometry.faces.normal[0][None] * 2.0
    evaluation = FluxEvaluation(along, ())
    area = geometry.boundaries["right"].area.sum()
    assert evaluation.outflow(geometry.boundaries["right"]) == pytest.approx([2.0 * area], rel=1e-14)
    assert evaluation.outflow(geometry.boundaries["left"]) == pytest.approx([-2.0 * area], rel=1e-14)


def test_interfaces_produce_by_their_area(tmp_path):
    system = built(
        tmp_path,
        mesh=LAYERS.replace("cells: 4", "cells: 4, cross_section: 3"),
        properties="{conductivity: {by_region: {a: 1, b: 4}}, heat_capacity: 1.0}",
        boundaries="{default: {T: {dirichlet: 1}}}",
    ).system
    flux = np.zeros((1, system.geometry.faces.area.size))
    terms = np.array([[5.0], [7.0]])
    assert FluxEvaluation(flux, (), interface_terms=[terms]).production(system.geometry).tolist() == [15.0]
