"""Fluxes at the centres of faces at vanishing distance between the nodes."""

import numpy as np

from fvtransport.audit.local import local_fluxes
from fvtransport.audit.states import states_of
from fvtransport.discretisation.snapshot import Snapshot
from tests.audit.pair import KAPPA, C, D, pair
from tests.tools.built import built


def _local(problem):
    (states,) = states_of([Snapshot(problem.system, 0.0, problem.values)])
    mean = problem.system.fluxes.average(problem.values)
    return states, local_fluxes(states, mean)


def test_laws_without_fitting_give_what_was_solved(tmp_path):
    states, found = _local(pair(tmp_path))
    np.testing.assert_allclose(found.by_law["conduction"][0, 0], 0.2 * KAPPA, rtol=1e-9)
    np.testing.assert_allclose(found.by_law["fick"][0, 1], -0.1 * C * D, rtol=1e-9)
    for name, flux in states.dissipative.items():
        np.testing.assert_allclose(found.by_law[name][0], flux, rtol=1e-8, atol=1e-12)


def test_fitting_of_advection_is_not_in_them(tmp_path):
    """At a cell Peclet number of order 1 the fitted flux is not that of the mean; between near nodes it is."""
    laws = "[conduction, fick, soret_dufour, {advection: {velocity: 20}}]"
    states, found = _local(pair(tmp_path, laws=laws))
    fitted = np.abs(states.dissipative["advection"][1]).max()
    assert fitted > 1e-3 and np.abs(found.by_law["advection"][0, 1]).max() < 1e-3 * fitted


def test_a_tensor_gives_the_flux_along_every_axis(tmp_path):
    problem = built(
        tmp_path, mesh="{type: Grid2D, length: [2, 1], cells: [4, 3]}",
        boundaries="{default: {T: {dirichlet: 1}}}",
        properties="{conductivity: {tensor: [[4, 1], [1, 2]]}, heat_capacity: 1}", initial='{T: "1 + 0.3*x - 0.2*y"}',
    )  # fmt: skip
    _, found = _local(problem)
    flux = found.by_law["conduction"][:, 0]
    np.testing.assert_allclose(flux[0], -(4 * 0.3 - 0.2), rtol=1e-6)
    np.testing.assert_allclose(flux[1], -(0.3 - 2 * 0.2), rtol=1e-6)
