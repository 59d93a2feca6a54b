"""Fluxes of one state by law: they sum to the total, and their dissipative parts produce the entropy."""

import numpy as np
import pytest

from fvtransport.discretisation.flux_record import FluxRecord
from tests.tools.built import built
from tests.tools.cases import COUPLED, line
from tests.tools.straight import CONCENTRATION, DIFFUSIVITY, HOT, KAPPA, LENGTH, POOR, RICH, straight


def test_each_law_has_its_flux():
    record = straight().fluxes
    assert isinstance(record, FluxRecord) and record.convective is None
    q, J = KAPPA * 100.0 / LENGTH, CONCENTRATION * DIFFUSIVITY * (RICH - POOR) / LENGTH
    assert record.by_law["conduction"][0] == pytest.approx(np.full(5, q)) and not record.by_law["conduction"][1].any()
    assert record.by_law["fick"][1] == pytest.approx(np.full(5, J)) and HOT == 400.0
    assert record.total == pytest.approx(sum(record.by_law.values()))


def test_entropy_is_dissipative_flux_times_force():
    record = straight().fluxes
    produced = record.entropy_production
    assert set(produced) == {"conduction", "fick"} and all(np.all(each > 0.0) for each in produced.values())
    assert produced["fick"] == pytest.approx(record.by_law["fick"][1] * record.forces[1])


def test_what_flows_without_gradients_dissipates_nothing(tmp_path):
    problem = built(
        tmp_path, COUPLED, mesh=line(2, 4), laws="[conduction, fick, advection: {velocity: 0.7}]",
        boundaries="{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}}",
    )  # fmt: skip
    system, values = problem.system, problem.values * np.random.default_rng(3).uniform(0.8, 1.2, problem.values.shape)
    evaluation = system.evaluate(0.0, values)
    left, right, slopes = system.fluxes.on_faces(values)
    view = system.fluxes.view(0.0, left, right, evaluation.flux, evaluation.convective_flux, slopes)
    record = FluxRecord.of(system, 0.0, values, evaluation, view)
    moved = np.abs(record.by_law["advection"][0]).max()
    assert moved > 0.1 and np.abs(record.dissipative["advection"]).max() < 0.5 * moved
    assert np.array_equal(record.dissipative["conduction"], record.by_law["conduction"])
