"""Errors against a closed form: right in size, and never passed by default."""

import numpy as np
import pytest

import fvtransport as fv
from fvtransport.case.model import Comparison
from fvtransport.discretisation.snapshot import Snapshot
from fvtransport.results.compare import ComparisonResult, compare


class Uniform(fv.Solution):
    """x_A = level everywhere; observables as given."""

    level: float = fv.parameter(0.5, meaning="level")
    given: dict = fv.parameter({}, meaning="observables")

    def fields(self, x, t):
        return {"x_A": self.level}

    def observables(self):
        return self.given


class Silent(fv.Solution):
    """Says nothing."""


class Stranger(fv.Solution):
    """Knows only a field that nobody has."""

    def fields(self, x, t):
        return {"pressure": x}


class Pulse(fv.Solution):
    """The slab's profile, times t."""

    def fields(self, x, t):
        return {"x_A": (0.9 - 0.4 * x) * t}


def _compare(solution, slab, readings=None, tolerance=1e-9):
    return compare(Comparison("theory", solution, tolerance), slab.snapshots, readings or {})


def test_the_exact_profile_passes(slab):
    result = slab.comparison
    assert result.passed
    assert set(result.errors) == {"x_A", "x_B", "flow"}
    assert all(error < 1e-13 for norms in result.errors.values() for error in norms.values())


def test_errors_are_relative_to_the_spread_of_the_exact_field(slab, made):
    result = _compare(made.Linear(offset=4e-3), slab)
    assert not result.passed
    assert result.errors["x_A"]["max"] == pytest.approx(4e-3 / 0.8, rel=1e-9)
    assert result.errors["x_A"]["l2"] == pytest.approx(4e-3 / 0.8, rel=1e-9)


def test_errors_of_a_uniform_field_are_relative_to_its_magnitude(slab):
    errors = _compare(Uniform(), slab).errors["x_A"]
    assert errors["max"] == pytest.approx(0.4 / 0.5, rel=1e-12)
    centres = np.arange(0.1, 2.0, 0.2)
    assert errors["l2"] == pytest.approx(np.sqrt(np.mean((0.4 - 0.4 * centres) ** 2)) / 0.5, rel=1e-12)


def test_the_worst_instant_counts(slab):
    values = slab.snapshots[0].values
    early, late = Snapshot(slab.system, 0.5, 0.5 * values), Snapshot(slab.system, 1.0, values)
    asked = Comparison("theory", Pulse(), 1e-9)
    assert compare(asked, [early, late], {}).passed
    wrong = compare(asked, [Snapshot(slab.system, 0.5, values), late], {})
    assert min(wrong.errors["x_A"].values()) > 0.1
    assert not compare(asked, [early, Snapshot(slab.system, 1.0, 0.999 * values)], {}).passed


def test_a_wall_value_counts_in_the_largest_error(slab, made):
    values = slab.snapshots[0].values.copy()
    values[0, 0] += 1e-3
    errors = compare(Comparison("theory", made.Linear(), 1e-9), [Snapshot(slab.system, 0.0, values)], {}).errors["x_A"]
    assert errors["max"] == pytest.approx(1e-3 / 0.8, rel=1e-9) and errors["l2"] < 1e-13


@pytest.mark.parametrize("solution", [Silent(), Stranger()])
def test_comparing_nothing_does_not_pass(slab, solution):
    result = _compare(solution, slab)
    assert not result.passed and "nothing was compared" in result.message


def test_what_was_left_out_is_named(slab):
    assert _compare(Stranger(), slab).not_compared == ("pressure",)
    assert slab.comparison.not_compared == ("unasked",)
    assert "unasked" in slab.messages.remarks[0] and not slab.messages.warnings


@pytest.mark.parametrize(
    ("exact", "got", "error"),
    [
        (2.0, 2.02, 0.01),
        ([1.0, -4.0], [1.0, -4.4], 0.1),
        (0.0, 0.0, 0.0),
        (0.0, 1e-30, np.inf),
        ([1.0, 2.0], 1.0, np.inf),
    ],
)
def test_observables_are_compared_one_by_one(slab, exact, got, error):
    result = _compare(Uniform(given={"Q": exact}), slab, {"Q": got})
    assert result.errors["Q"]["relative"] == pytest.approx(error, rel=1e-12)


@pytest.mark.parametrize(("exact", "got"), [(np.nan, 1.0), (1.0, np.nan), ([1.0, 1.0], [1.0, np.nan])])
def test_not_a_number_never_passes(slab, exact, got):
    assert not _compare(Uniform(given={"Q": exact}), slab, {"Q": got}, tolerance=np.inf).passed


def test_an_empty_comparison_does_not_pass():
    assert not ComparisonResult("theory", 1.0).passed
