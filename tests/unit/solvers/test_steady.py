"""Newton's method on small problems: linear ones in one step, means, and endings by name."""

import numpy as np
import pytest

from fvtransport.outcome import Outcome, Stopped
from fvtransport.solvers.steady import Steady, SteadyCounters
from tests.tools.built import built
from tests.tools.cases import line

FIXED = "{left: {T: {dirichlet: 3}}, right: {T: {dirichlet: 1}}}"


def solver_of(problem, means=()) -> Steady:
    return Steady(problem.system, problem.values, problem.scale, dict(means))


@pytest.mark.parametrize(
    ("conductivity", "profile"),
    [("1.0", lambda x: 3.0 - 2.0 * x), ("T", lambda x: np.sqrt(9.0 - 8.0 * x))],
    ids=["linear", "k = T"],
)
def test_conduction_between_two_temperatures(tmp_path, conductivity, profile):
    """With k = T the square of T is straight, at the nodes too."""
    problem = built(
        tmp_path, mesh=line(1, 6), boundaries=FIXED, properties=f"{{conductivity: {conductivity}, heat_capacity: 1}}"
    )
    own = solver_of(problem)
    found = own.solve(40)
    assert found[0] == pytest.approx(profile(problem.system.geometry.position[0]), rel=1e-9)
    assert (own.counters.iterations <= 2) == (
        conductivity == "1.0"
    ) and own.counters.residuals >= own.counters.iterations


def test_a_mean_fixes_the_level(tmp_path):
    closed = "{left: {T: {neumann: -1}}, right: {T: {neumann: 1}}}"
    problem = built(tmp_path, mesh=line(1, 5), boundaries=closed, solve="{steady: {mean: {T: 4}}}")
    own = solver_of(problem, {0: 4.0})
    found = own.solve(20)
    volume = problem.system.geometry.volume
    assert found[0, problem.system.geometry.cells] @ volume / volume.sum() == pytest.approx(4.0, rel=1e-12)
    assert found[0, 0] - found[0, -1] == pytest.approx(1.0, rel=1e-10) and own.imbalance == pytest.approx(
        [0.0], abs=1e-9
    )


def test_too_few_iterations_stop_by_name(tmp_path):
    problem = built(tmp_path, mesh=line(1, 6), boundaries=FIXED, properties="{conductivity: T**3, heat_capacity: 1}")
    with pytest.raises(Stopped) as caught:
        solver_of(problem).solve(1)
    assert isinstance(caught.value.ending.outcome, Outcome) and not caught.value.ending.succeeded


def test_a_source_without_a_steady_state(tmp_path):
    """Frank-Kamenetskii beyond 0.88 (half width 1/2): heat is made faster than it leaves."""
    problem = built(
        tmp_path, mesh=line(1, 8), boundaries="{default: {T: {dirichlet: 1}}}",
        laws="[conduction, source: {balance: energy, rate: 8*exp(T - 1)}]", initial="{T: 1}",
    )  # fmt: skip
    with pytest.raises(Stopped) as caught:
        solver_of(problem).solve(60)
    assert caught.value.ending.outcome is Outcome.NO_STEADY_STATE


def test_progress_is_told(tmp_path):
    seen: list[SteadyCounters] = []
    own = solver_of(built(tmp_path, mesh=line(1, 4), boundaries=FIXED))
    own.progress = seen.append
    own.solve(10)
    assert seen and seen[-1].iterations == own.counters.iterations
