"""What a mixture needs to store."""

from __future__ import annotations

from fvtransport.plugins.handles import concentration, heat_capacity

from fvtransport.case.checks.mixture_storage import check_mixture
from tests.tools.reading import messages, trial_of, whole


def test_storage_is_not_needed_in_a_steady_state(case, pump):
    transient = "solve: {transient: {until: 3000, rtol: 1.0e-8}}\nobserve: {Qc: {heat_from: right, at: [50, 3000]}}\n"
    edits = (transient, "solve: {steady: {mean: {x_A: 0.5}}}\n"), (", heat_capacity: 0.2", "")
    assert "heat_capacity" not in {handle.name for handle in case(pump, *edits).properties}


def stored(solve: str, properties: str):
    builder = whole(boundaries="{default: {T: no_flux, x_A: no_flux}}", solve=solve, properties=properties)
    return check_mixture(builder, trial_of(builder)), messages(builder)


def test_a_run_in_time_needs_what_is_stored():
    used, wrong = stored("{transient: 1}", "{diffusivity: 1.0, heat_capacity: 1.0}")
    assert used == {concentration, heat_capacity} and not wrong


def test_a_capacity_may_not_change_in_time():
    assert not stored("{transient: 1}", "{heat_capacity: 1 + T}")[1]
    (text,) = stored("{transient: 1}", "{heat_capacity: 1 + x_A}")[1]
    assert text.startswith("heat_capacity depends on x_A and would change in time")
