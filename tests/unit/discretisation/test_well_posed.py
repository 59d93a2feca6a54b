"""Singular problems are refused before anything is solved, in plain words, at their place in the file, with a cure."""

from __future__ import annotations

import pytest

import fvtransport
from fvtransport.discretisation.build import build
from fvtransport.discretisation.well_posed import refuse_singular
from tests.tools.cases import COUPLED, case_text

CASE = case_text(
    COUPLED,
    title="what may be singular",
    properties="{diffusivity: 1.0, conductivity: 1.0, thermal_diffusion_coefficient: 0.1, heat_capacity: 1.0}",
    boundaries="{left: {T: {dirichlet: 1.0}, x_A: {dirichlet: 0.4}}, right: {T: {dirichlet: "
    "1.1}, x_A: {dirichlet: 0.6}}}",
    solve="{transient: 0.1}",
)
STEADY = "solve=steady"
LOCKED = '''
from fvtransport import COORDINATES, Boundary, Law, parameter, plugin
from fvtransport.plugins.handles import energy, temperature
import numpy as np

@plugin("walled")
class Walled(Law):
    """q = -grad T outside [from_x, to_x] and nothing inside"""
    from_x: float = parameter(meaning="start")
    to_x: float = parameter(meaning="end")

    def flux(self, face):
        x = face[COORDINATES[0]]
        return {energy: np.where((x > self.from_x) & (x < self.to_x), 0.0, -1.0) * face.grad(temperature)}

@plugin("tied")
class Tied(Boundary):
    """T = 2 x_A, whichever field it is given for"""

    def residual(self, wall):
        return wall[temperature] - 2.0 * wall[wall.species[0]]

@plugin("growing")
class Growing(Law):
    """q = -(T - 1) grad T"""

    def flux(self, face):
        return {energy: (1.0 - face[temperature]) * face.grad(temperature)}
'''


@pytest.fixture
def refused(run_text, tmp_path):
    """A function that runs a case and returns the mistakes that it is refused for."""

    def run(*overrides: str):
        (tmp_path / "mine.py").write_text(LOCKED)
        try:
            assert run_text(CASE.replace("laws:", "plugins: [mine.py]\nlaws:"), *overrides).ending.succeeded
        except fvtransport.CaseError as error:
            return [problem.message for problem in error.problems]
        return []

    return run


@pytest.mark.parametrize("solve", ["audit=warn", STEADY])
def test_nothing_is_wrong_with_a_sound_case(refused, solve):
    assert refused(solve) == []


@pytest.mark.parametrize("solve", ["audit=warn", STEADY])
def test_a_field_that_only_others_drive(refused, solve):
    (message,) = refused("laws=[conduction, soret]", solve)
    assert message == "x_A has no diffusive flux: no law makes the flux of A depend on grad(x_A)"


def test_a_part_that_is_cut_off(refused):
    (message,) = refused("laws=[fick, walled: {from_x: 0.38, to_x: 0.62}]", STEADY)
    assert message.startswith(
        "T is undetermined in the cells at x = 0.425 to 0.575: the coefficient of the flux of energy"
    )


def test_a_cell_that_is_cut_off_may_keep_what_it_has_in_time(refused):
    assert refused("laws=[fick, walled: {from_x: 0.48, to_x: 0.52}]") == []


def test_a_part_that_a_wall_closes_off(refused):
    boundaries = "boundaries.left.T=no_flux"
    (message,) = refused("laws=[fick, walled: {from_x: 0.48, to_x: 0.52}]", boundaries, STEADY)
    assert message.startswith("T is undetermined in the cells at x = 0.025 to 0.475")
    assert refused("laws=[fick, walled: {from_x: 0.48, to_x: 0.52}]", STEADY) == []


def test_a_mean_fixes_one_part_and_the_others_float(refused):
    """Two halves that nothing joins, closed on all sides: the mean of the whole says nothing of their difference."""
    closed = "boundaries={default: {T: no_flux, x_A: {dirichlet: 0.5}}}"
    (message,) = refused("laws=[fick, walled: {from_x: 0.48, to_x: 0.52}]", closed, "solve={steady: {mean: {T: 1.0}}}")
    assert message.startswith("T is undetermined in the cells at x = 0.525 to 0.975")


def test_a_source_that_answers_to_its_field_fixes_a_part(refused):
    source = "source: {balance: energy, rate: 1 - T}"
    boundaries = "boundaries.left.T=no_flux"
    assert refused(f"laws=[fick, walled: {{from_x: 0.48, to_x: 0.52}}, {source}]", boundaries, STEADY) == []


@pytest.mark.parametrize("flux", [0.0, 0.3])
@pytest.mark.parametrize("solve", ["audit=warn", STEADY])
def test_a_condition_that_cannot_fix_its_boundary(refused, solve, flux):
    """Where nothing can flow, none may be asked for; where none is, a boundary in time has the state beside it."""
    found = refused("laws=[fick, walled: {from_x: -1, to_x: 0.1}]", f"boundaries.left.T={{neumann: {flux}}}", solve)
    if solve == STEADY:
        assert found[0].startswith("T is undetermined")
    elif flux:
        assert found[0].startswith("neumann does not fix T on left: at the initial state its equation does not")
    else:
        assert found == []


def test_conditions_that_say_the_same(refused):
    (message,) = refused("boundaries.left={T: tied, x_A: tied}")
    assert message == "the conditions on left do not fix T and x_A there: they depend on each other"
    assert refused("boundaries.left={T: tied, x_A: {dirichlet: 0.5}}") == []


def test_a_coefficient_that_is_zero_at_the_start_alone_is_no_reason(tmp_path):
    (tmp_path / "mine.py").write_text(LOCKED)
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("laws:", "plugins: [mine.py]\nlaws:"))
    case = fvtransport.check(path, ["laws=[fick, growing]", STEADY])
    refuse_singular(case, build(case))


def test_the_place_and_the_cure_are_told(run_text):
    with pytest.raises(fvtransport.CaseError) as caught:
        run_text(CASE.replace("conduction, fick, soret_dufour", "conduction, soret"))
    (problem,) = caught.value.problems
    assert problem.mark.line == 6 and "beside those that couple x_A to other fields" in problem.expected
