"""The balances of all laws on one mesh: fluxes, sources, storage, and what has no value."""

import numpy as np
import pytest

from fvtransport.discretisation.build import build
from fvtransport.discretisation.system import System
from tests.tools.built import CLOSED, built
from tests.tools.cases import COUPLED, line

BLOCKS = {"mesh": line(2, 4), "boundaries": "{default: {T: no_flux, x_A: no_flux}}", "solve": "{transient: 1}"}


def test_sources_and_storage_of_laws(tmp_path):
    sources = "source: {balance: A, rate: 2*T}, source: {balance: energy, rate: 1}"
    laws = f"[conduction, fick, {sources}, storage: {{balance: A, amount: 3*x_A}}]"
    system = built(tmp_path, COUPLED, laws=laws, **BLOCKS).system
    cells = np.full((2, 4), 0.5)
    assert (
        isinstance(system, System) and system.has_sources and system.has_local_sources and not system.has_face_sources
    )
    assert system.sources(0.0, cells) == pytest.approx(np.array([[1.0] * 4, [1.0] * 4]))
    assert system.storage(0.0, cells) == pytest.approx(np.array([[0.5] * 4, [2.0] * 4]))
    assert system.stored(1, 0.0, cells) == pytest.approx(np.full(4, 0.5 + 1.5))


def test_imposed_fluxes_are_on_the_boundaries(tmp_path):
    own = built(
        tmp_path,
        boundaries="{left: {T: {neumann: 3}}, right: {T: no_flux}}",
        mesh=line(1, 3),
        initial="{T: 1}",
        solve="{transient: 1}",
    )
    evaluation = own.system.evaluate(0.0, own.values)
    assert evaluation.flux[0].tolist() == [-3.0, 0.0, 0.0, 0.0]
    assert np.concatenate(evaluation.boundary_residuals).tolist() == [-3.0, 0.0]


def test_a_linearised_law_gives_the_reference(tmp_path, made):
    reference = build(made.pump()).system.reference
    assert dict(reference.values)[made.pump().mixture.balances[0].field] == 1.0
    assert built(tmp_path, boundaries=CLOSED, initial="{T: 1}", solve="{transient: 1}").system.reference is None


def test_another_medium(tmp_path):
    own = built(tmp_path, boundaries=CLOSED, initial="{T: 1}", solve="{transient: 1}").system
    other = own.with_medium(own.medium.without_forces)
    assert other.medium is not own.medium and other.geometry is own.geometry and own.fluxes is not other.fluxes


def test_what_has_no_value_is_named(tmp_path):
    properties = "{conductivity: {table: {of: T, at: [0.5, 2], values: [1, 2]}}, heat_capacity: 1}"
    own = built(tmp_path, boundaries=CLOSED, initial="{T: 1}", properties=properties, solve="{transient: 1}")
    assert own.system.missing_value(0.0, own.values) == ""
    assert "T = 3 is outside the table" in own.system.missing_value(0.0, own.values + 2.0)
