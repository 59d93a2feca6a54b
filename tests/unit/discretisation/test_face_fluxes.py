"""Fluxes on faces: of each law against its formula, their sum, what remains without gradients."""

import numpy as np
import pytest

import fvtransport as fv
from tests.tools.built import PLANE, built
from tests.tools.cases import COUPLED, ISOTHERMAL, line

FIXED = "{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}}"


@pytest.fixture
def problem(tmp_path):
    laws = "[conduction, fick, soret_dufour, advection: {velocity: 3.0, scheme: central}]"
    return built(tmp_path, COUPLED, mesh=line(1, 5), laws=laws, boundaries=FIXED)


def _state(problem):
    return problem.values * np.random.default_rng(10).uniform(0.7, 1.3, problem.values.shape)


def test_each_law_has_its_own_flux(problem):
    fluxes, values, faces = problem.system.fluxes, _state(problem), problem.system.geometry.faces
    left, right = faces.left_right(values)
    (T, x), (dT, dx) = 0.5 * (left + right), (right - left) * faces.inverse_distance
    found = fluxes.by_law(0.0, values)
    assert found.keys() == {"conduction", "fick", "soret_dufour", "advection"}
    assert np.allclose(found["conduction"], [-dT, 0.0 * dT], rtol=1e-13, atol=0)
    assert np.allclose(found["fick"], [0.0 * dx, -dx], rtol=1e-13, atol=0)
    assert np.allclose(found["soret_dufour"], [-0.3 * T**2 * dx, -0.3 * x * (1.0 - x) * dT], rtol=1e-12, atol=0)
    assert np.allclose(found["advection"][1], 3.0 * x, rtol=1e-13, atol=0)


def test_the_total_is_the_sum_of_the_laws(problem):
    fluxes, values = problem.system.fluxes, _state(problem)
    total = fluxes.evaluate(0.0, *fluxes.on_faces(values)).fluxes
    assert np.allclose(total, sum(fluxes.by_law(0.0, values).values()), rtol=1e-14, atol=0)


def test_only_advection_flows_without_a_gradient(problem):
    fluxes, values = problem.system.fluxes, _state(problem)
    assert fluxes.zero_gradient_laws == ("advection",)
    mean = fluxes.average(values)
    (found,) = fluxes.at_zero_gradient(0.0, mean).values()
    assert np.allclose(found[1], 3.0 * mean[1], rtol=1e-14)


def test_an_orthogonal_mesh_needs_no_slopes(tmp_path):
    problem = built(tmp_path, COUPLED, mesh=PLANE, boundaries=FIXED)
    values = _state(problem)
    states = problem.system.fluxes.on_faces(values)
    assert problem.system.fluxes.reconstruction is None and states.slopes is None
    assert np.array_equal(problem.system.fluxes.average(values), 0.5 * (states.left + states.right))


def test_the_bulk_flow_is_shown_beside_the_laws(tmp_path):
    """A diffuses through stagnant B: N = c D/d ln((1 - x_R)/(1 - x_L)) is exact, not J_A alone."""
    gas = "{gas: {species: [A, B], pressure: 2.0, temperature: 1.0, bulk_flow: {stagnant: B}}}"
    problem = built(tmp_path, ISOTHERMAL, mesh=line(1, 5), mixture=gas, boundaries="{default: {x_A: {dirichlet: 0.4}}}")
    fluxes, values = problem.system.fluxes, _state(problem)
    found, total = fluxes.by_law(0.0, values), fluxes.evaluate(0.0, *fluxes.on_faces(values))
    left, right = problem.system.geometry.faces.left_right(values[0])
    through = 2.0 * problem.system.geometry.faces.inverse_distance * np.log((1.0 - right) / (1.0 - left))
    assert np.allclose(total.fluxes[0], through, rtol=1e-12, atol=0)
    assert np.allclose(total.fluxes, found["fick"] + found["bulk_flow"], rtol=1e-14, atol=0)
    assert np.allclose(total.convective_flux, found["bulk_flow"], rtol=1e-14, atol=0)
    assert "bulk_flow" not in fluxes.of_laws(0.0, *fluxes.on_faces(values))


def test_states_may_be_perturbed_all_at_once(problem):
    fluxes, values = problem.system.fluxes, _state(problem)
    left, right, _ = fluxes.on_faces(values)
    factors = np.array([1.0, 1.1, 0.9])[None, :, None]
    stacked = fluxes.evaluate(0.0, left[:, None] * factors, right[:, None] * factors).fluxes
    for k, factor in enumerate((1.0, 1.1, 0.9)):
        alone = fluxes.evaluate(0.0, left * factor, right * factor).fluxes
        assert np.allclose(stacked[:, k], alone, rtol=1e-14, atol=0)


LATER = {
    "in time": "{step: {before: 0.0, after: 3.0, at: 0.5}}",
    "for a moment": "{schedule: {at: [0.0, 0.4, 0.41], values: [0.0, 3.0, 0.0]}}",
    "in time, by a formula": '"3.0*t"',
    "where it is hot": '"3.0*where(T > 100, 1.0, 0.0)"',
    "at one place": '"3.0*where(x > 0.95, 1.0, 0.0)"',
}


@pytest.mark.parametrize("velocity", LATER.values(), ids=LATER)
@pytest.mark.parametrize("scheme", ["fitted", "upwind", "central"])
def test_a_law_that_moves_something_later_counts_from_the_start(tmp_path, velocity, scheme):
    laws = f"[conduction, fick, advection: {{velocity: [{velocity}], scheme: {scheme}}}]"
    problem = built(tmp_path, COUPLED, mesh=line(1, 5), laws=laws, boundaries=FIXED, solve="{transient: {until: 1.0}}")
    assert problem.system.fluxes.zero_gradient_laws == ("advection",)


VECTOR = """
from fvtransport import Law, parameter, plugin
from fvtransport.plugins.handles import energy, temperature


@plugin("turned")
class Turned(Law):
    \"\"\"q = -(grad T)_y along x, where it is hot or late\"\"\"

    limit: float = parameter(meaning="temperature")
    late: float = parameter(meaning="time")

    def flux(self, face):
        if (face[temperature] > self.limit).any() or face.t >= self.late:
            return {energy: -face.normal[0] * face.gradient(temperature)[1]}
        return {energy: 0.0 * face.grad(temperature)}
"""


def _turned(tmp_path, limit, late):
    (tmp_path / "turned.py").write_text(VECTOR)
    laws = f"[conduction, turned: {{limit: {limit}, late: {late}}}]"
    return built(tmp_path, mesh=PLANE, plugins="[turned.py]", laws=laws, boundaries="{default: {T: {dirichlet: 1}}}",
                 initial="{T: 1}", solve="{transient: {until: 1.0}}")  # fmt: skip


def test_a_law_that_asks_for_gradient_vectors_later_has_them(tmp_path):
    problem = _turned(tmp_path, 1e9, 0.6)
    assert problem.system.fluxes.reconstruction is not None


def test_a_law_that_asks_for_gradient_vectors_without_warning_is_named(tmp_path):
    """The slopes were not prepared for: the flux would lack what lies along the faces."""
    problem = _turned(tmp_path, 1e3, 1e9)
    fluxes = problem.system.fluxes
    assert fluxes.reconstruction is None
    with pytest.raises(fv.PluginError, match="at every state"):
        fluxes.evaluate(0.0, *fluxes.on_faces(2e3 * problem.values))
