"""Equations at the nodes on boundaries and interfaces: residuals, where they are put, derivatives."""

import numpy as np
import pytest

from fvtransport.discretisation.derivatives import FiniteDifferences
from fvtransport.discretisation.surfaces import BoundarySurface, InterfaceSurface, set_surface_rows, surfaces_of
from tests.tools.built import LAYERS, built

BOUNDARIES = "{left: {T: {robin: {coefficient: 2, reference: 3}}}, right: {T: {dirichlet: 1}}}"
LAYERED = "{conductivity: {by_region: {a: 1, b: 4}}, heat_capacity: 1.0}"
SHARED, RESISTANCE, TURNED = None, "{a-b: {T: {contact_resistance: 0.5}}}", "{b-a: {T: {contact_resistance: 0.5}}}"


@pytest.fixture(params=[SHARED, RESISTANCE, TURNED], ids=["one state", "two states", "named b-a"])
def problem(request, tmp_path):
    return built(tmp_path, mesh=LAYERS, properties=LAYERED, boundaries=BOUNDARIES, interfaces=request.param)


def _exact(problem):
    """The steady state: T = 3 in the bath, resistances 1/2, 1, those of the interface, 1/4; T = 1 at the end."""
    (interface,) = problem.system.geometry.interfaces
    contact = 0.5 if interface.is_two_sided else 0.0
    q = 2.0 / (0.5 + 1.0 + contact + 0.25)
    x = problem.system.geometry.position[0]
    values = np.where(x > 1.0, 1.0 + q * (2.0 - x) / 4.0, 3.0 - q * (0.5 + x))
    if interface.is_two_sided:
        side = interface if interface.name == "b-a" else interface.reversed
        values[side.left_nodes] = 1.0 + q / 4.0
    return values[None], q


def test_boundaries_come_before_interfaces(problem):
    left, right, interface = surfaces_of(problem.system, in_time=False)
    assert isinstance(left, BoundarySurface) and isinstance(right, BoundarySurface)
    assert isinstance(interface, InterfaceSurface)
    assert [each.stored for each in (left, right, interface)] == [(), (), ()]


def test_nothing_is_left_in_the_steady_state(problem):
    values, q = _exact(problem)
    evaluation = problem.system.evaluate(0.0, values)
    assert np.allclose(evaluation.flux, q, rtol=1e-13)
    for surface in surfaces_of(problem.system, in_time=False):
        assert np.allclose(surface.residual(evaluation, values), 0.0, rtol=0, atol=1e-13)


def test_what_vanishes_stands_in_the_rows_of_the_surface(problem):
    values = _exact(problem)[0] * np.random.default_rng(11).uniform(0.9, 1.1, problem.values.shape)
    evaluation, surfaces = problem.system.evaluate(0.0, values), surfaces_of(problem.system, in_time=False)
    out = np.full(values.shape, np.nan)
    set_surface_rows(surfaces, evaluation, values, out)
    for surface in surfaces:
        rows = np.concatenate([out[:, nodes] for nodes in surface.nodes])
        assert np.array_equal(rows, surface.residual(evaluation, values)) and rows.any()
    assert np.isnan(out[:, problem.system.geometry.cells]).all()


def test_derivatives_are_those_of_the_residual(problem):
    """By the nodes on the surface and by the cells beside; all equations here are linear."""
    values, way = _exact(problem)[0], np.random.default_rng(12).uniform(-1.0, 1.0, problem.values.shape)
    known = FiniteDifferences(problem.system, problem.scale).differentiate(0.0, values)
    before, after = (problem.system.evaluate(0.0, each) for each in (values, values + way))
    for surface in surfaces_of(problem.system, in_time=False):
        own, beside, slopes = surface.derivatives(known)
        on, cells = (np.concatenate([way[:, nodes] for nodes in each]) for each in (surface.nodes, surface.beside))
        change = np.einsum("ijf,jf->if", own, on) + np.einsum("ijf,jf->if", beside, cells)
        wanted = surface.residual(after, values + way) - surface.residual(before, values)
        assert np.allclose(change, wanted, rtol=0, atol=1e-6 * np.abs(wanted).max()) and not slopes.size


def test_growth_is_taken_off_the_rows_that_store(problem):
    surface = surfaces_of(problem.system, in_time=False)[0]
    known = FiniteDifferences(problem.system, problem.scale).differentiate(0.0, problem.values)
    plain, less = surface.derivatives(known), surface.derivatives(known, {0: np.full((1, 1), 7.0)})
    assert np.array_equal(plain.own - 7.0, less.own) and np.array_equal(plain.beside, less.beside)


def test_an_equation_without_any_flux_takes_the_state_of_the_cells_beside(tmp_path):
    """Nothing diffuses and nothing flows: the equations of a sealed boundary depend on nothing."""
    nothing = "{conductivity: 1e-300, heat_capacity: 1.0}"
    problem = built(
        tmp_path, properties=nothing, solve="{transient: 1.0}", initial="{T: 1.0}", boundaries="{default: {T: no_flux}}"
    )
    surface = surfaces_of(problem.system, in_time=False)[0]
    surface.is_loose[...] = True
    values = problem.values.copy()
    values[:, surface.nodes[0]] = 4.0
    evaluation = problem.system.evaluate(0.0, np.ones_like(values))
    assert surface.residual(evaluation, values).tolist() == [[3.0]]
