"""What a mixture needs to store."""

from __future__ import annotations


def test_storage_is_not_needed_in_a_steady_state(case, pump):
    transient = "solve: {transient: {until: 3000, rtol: 1.0e-8}}\nobserve: {Qc: {heat_from: right, at: [50, 3000]}}\n"
    edits = (transient, "solve: {steady: {mean: {x_A: 0.5}}}\n"), (", heat_capacity: 0.2", "")
    assert "heat_capacity" not in {handle.name for handle in case(pump, *edits).properties}
