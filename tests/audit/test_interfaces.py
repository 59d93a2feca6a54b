"""Findings on the conditions of an interface."""

import pytest

from fvtransport.audit.interfaces import interface_findings, interface_production, interface_totals
from fvtransport.audit.verdict import Verdict
from fvtransport.discretisation.snapshot import Snapshot
from tests.tools.built import LAYERS, built
from tests.tools.cases import PURE


def _snapshot(folder, left: float, right: float) -> Snapshot:
    """Heat along x through a contact, between cells of 2 and 1 and the given states of its sides."""
    problem = built(
        folder,
        PURE,
        mesh=LAYERS,
        interfaces="{a-b: {T: {contact_resistance: 0.5}}}",
        boundaries="{default: {T: {dirichlet: 1}}}",
    )
    values, (own,) = problem.values.copy(), problem.system.interfaces
    x = problem.system.geometry.position[0]
    values[0] = 2.0 - (x > 1.0)
    values[0, own.interface.left_nodes], values[0, own.interface.right_nodes] = left, right
    return Snapshot(problem.system, 0.0, values)


@pytest.mark.parametrize(("left", "right", "verdict"), [(1.6, 1.4, Verdict.PASSED), (1.4, 1.6, Verdict.VIOLATED)])
def test_a_jump_down_the_heat_flux_passes_and_one_against_it_does_not(tmp_path, left, right, verdict):
    snapshot = _snapshot(tmp_path, left, right)
    (finding,) = interface_findings([snapshot])
    assert finding.term == "contact_resistance of T at a-b" and finding.judged == 1 and finding.verdict is verdict
    assert (interface_totals(snapshot)["a-b"] > 0.0) is (verdict is Verdict.PASSED)
    assert interface_production(snapshot).keys() == {finding.term}


def test_the_worst_state_counts(tmp_path):
    (finding,) = interface_findings([_snapshot(tmp_path, 1.6, 1.4), _snapshot(tmp_path, 1.4, 1.6)])
    assert finding.verdict is Verdict.VIOLATED
