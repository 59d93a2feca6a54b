"""Accuracy in time: the error follows rtol, totals are as good as fields, every output time is landed on."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.cases import COUPLED, case_text, line

CASE = case_text(
    COUPLED,
    title="two fields relaxing",
    mesh=line(cells=30),
    properties="{diffusivity: 0.5, conductivity: 1.0, thermal_diffusion_coefficient: 0.4, heat_capacity: 1.0}",
    initial='{T: 1.0, x_A: "0.5 + 0.3*cos(pi*x)"}',
    boundaries="""
  left: {T: {robin: {coefficient: 3.0, reference: "1 + 0.2*sin(4*t)"}}, x_A: no_flux}
  right: {T: {dirichlet: 1.0}, x_A: {robin: {coefficient: 1.0, reference: 0.3}}}""",
    solve="{transient: {until: 1.0, rtol: 1.0e-12, samples: 0}}",
    observe="{heat: {heat_to: right}, moles: {amount_through: {of: A, through: right}}}",
)
RTOLS = (1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9)


@pytest.fixture
def errors(run_text):
    """Relative errors of fields and of totals for every rtol, against rtol = 1e-12."""

    def read(result):
        totals = np.array([result.observables["heat"].value, result.observables["moles"].value])
        return result.snapshots[-1].values, totals

    fields, totals = read(run_text(CASE))
    rows = []
    for rtol in RTOLS:
        other_fields, other_totals = read(run_text(CASE, f"solve.transient.rtol={rtol}"))
        field_error = np.abs(other_fields / fields - 1).max()
        rows.append((field_error, np.abs(other_totals - totals).max() / np.abs(totals).max()))
    return np.array(rows)


def test_errors_follow_rtol(errors):
    ratio = errors / np.array(RTOLS)[:, None]
    assert ratio.max() <= 100, ratio
    slope = np.polyfit(np.log10(RTOLS), np.log10(errors), 1)[0]
    assert np.all(slope > 0.7) and np.all(slope < 1.3), slope


def test_totals_are_as_accurate_as_fields(errors):
    assert np.all(errors[:, 1] <= 30 * errors[:, 0]), errors


def test_every_asked_time_is_landed_on(run_text):
    asked = [0.1, 0.1234567, 1 / 3, 0.9999]
    result = run_text(
        CASE, f"observe.heat.at={asked}", "solve.transient.times=[0.2, 0.77]", "solve.transient.rtol=1e-6"
    )
    times = [snapshot.t for snapshot in result.snapshots]
    assert set(asked) | {0.2, 0.77, 1.0} <= set(times)
    assert result.observables["heat"].times == asked and len(result.observables["heat"].value) == 4


def test_a_step_ends_at_every_asked_time(run_text, monkeypatch):
    """Interpolation to the asked time would give the same times in the result: the solver itself must stop there."""
    from fvtransport.solvers.counters import Counters

    tried, note = set(), Counters.note
    monkeypatch.setattr(Counters, "note", lambda self, t: (tried.add(t), note(self, t))[1])
    asked = [0.1234567, 1 / 3]
    run_text(CASE, f"observe.heat.at={asked}", "solve.transient.rtol=1e-6")
    assert set(asked) | {1.0} <= tried
