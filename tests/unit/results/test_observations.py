"""Entries of `observe:` as readings: at the end, at times, reduced, and without success."""

import math

import numpy as np
import pytest
from fvtransport.plugins.handles import temperature
from fvtransport.plugins.observables.mean import Mean

from fvtransport.case.model import Derived, Observed, Reduction
from fvtransport.case.text.expressions import compile_expression
from fvtransport.discretisation.snapshot import Snapshot
from fvtransport.model.observable import Observable
from fvtransport.model.validation import Issue, Severity
from fvtransport.results.observations import Observations
from tests.tools.straight import straight

MEAN = Mean(of=temperature)


class Warm(Mean):
    """A mean that is doubted."""

    def validate(self, context):
        if context.value is not None and context.value > 360.0:
            yield Issue(f"{context.value:g} is warm", severity=Severity.WARNING)


@pytest.fixture
def snapshots():
    """Means of 350 K, 360 K and 355 K at 0 s, 1 s and 2 s."""
    own = straight()
    return [
        Snapshot(own.system, t, own.values + np.array([[rise], [0.0]]))
        for t, rise in ((0.0, 0.0), (1.0, 20.0), (2.0, 5.0))
    ]


def observations(made, snapshots, *observed: Observed, derived=(), succeeded=True):
    case = made.slab(observe=observed, derived={each.name: each for each in derived})
    return Observations(case, snapshots, succeeded, None)


def test_values_at_the_end_at_times_and_reduced(made, snapshots):
    own = observations(
        made, snapshots, Observed("end", "mean", MEAN), Observed("at", "mean", MEAN, (1.0, 2.0)),
        Observed("one", "mean", MEAN, (1.0,)), Observed("top", "mean", MEAN, reduction=Reduction.MAX),
    ).readings()  # fmt: skip
    assert own["end"].value == pytest.approx(355.0) and own["end"].unit == "K" and own["end"].times is None
    assert own["at"].value == pytest.approx([370.0, 355.0]) and own["at"].times == [1.0, 2.0]
    assert own["one"].value == pytest.approx(370.0) and own["top"].value >= 370.0 - 1e-9


def test_a_time_has_the_unit_of_time(made, snapshots):
    own = observations(made, snapshots, Observed("when", "mean", MEAN, reduction=Reduction.ARGMAX)).readings()
    assert own["when"].unit == "s" and 0.0 < own["when"].value < 2.0


def test_formulas_of_others_come_last(made, snapshots):
    twice = Derived("twice", compile_expression("2*end", ["end"]), "K")
    own = observations(made, snapshots, Observed("end", "mean", MEAN), derived=[twice]).readings()
    assert list(own) == ["end", "twice"] and own["twice"].value == pytest.approx(710.0)


def test_without_success_there_is_no_end(made, snapshots):
    own = observations(
        made, snapshots, Observed("end", "mean", MEAN), Observed("at", "mean", MEAN, (1.0, 9.0)), succeeded=False
    )
    found = own.readings()
    assert (
        math.isnan(found["end"].value)
        and found["at"].value[0] == pytest.approx(370.0)
        and math.isnan(found["at"].value[1])
    )


def test_an_observable_may_doubt_its_value(made, snapshots):
    entries = (Observed("at", "warm", Warm(of=temperature), (1.0, 2.0)), Observed("end", "mean", MEAN))
    own = observations(made, snapshots, *entries)
    assert list(own.warnings(own.readings())) == ["at: 370 is warm"] and Observable.validate is not Warm.validate
