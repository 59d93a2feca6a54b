"""The second law on interfaces: production by condition, and verdicts on conditions that destroy entropy."""

import numpy as np
import pytest
from fvtransport.results.audit import Audit
from fvtransport.results.interface_audit import interface_production, with_interfaces

from fvtransport.discretisation.snapshot import Snapshot
from tests.tools.built import LAYERS, built
from tests.tools.cases import PURE

SOUND = Audit(0.0, 1.0, (), ("a remark",))


def snapshot(tmp_path, heat: float) -> Snapshot:
    """Heat along x through a contact between two layers, from the states on its sides: warm on the left if positive."""
    problem = built(
        tmp_path, PURE, mesh=LAYERS, interfaces="{a-b: {T: {contact_resistance: 0.5}}}",
        boundaries="{left: {T: {neumann: %g}}, right: {T: {dirichlet: 1}}}" % -abs(heat),
    )  # fmt: skip
    values = np.ones_like(problem.values)
    (interface,) = problem.system.geometry.interfaces
    x = problem.system.geometry.position[0]
    values[0] = 3.0 - abs(heat) * x
    values[0, interface.right_nodes] = values[0, interface.left_nodes] - 0.5 * heat
    return Snapshot(problem.system, 0.0, values)


def test_heat_that_flows_to_the_cold_side_produces_entropy(tmp_path):
    """J (1/T_right - 1/T_left) at J of the half-cell on the left, of slope 1."""
    state = snapshot(tmp_path, 1.0)
    (name, produced), *others = interface_production(state).items()
    assert name == "contact_resistance of T at a-b" and not others
    assert produced == pytest.approx(1.0 * (1.0 / 1.5 - 1.0 / 2.0), rel=1e-9)
    assert with_interfaces(SOUND, [state]) == SOUND and with_interfaces(None, [state]) is None


def test_heat_that_flows_to_the_warm_side_is_a_violation(tmp_path):
    audit = with_interfaces(SOUND, [snapshot(tmp_path, -1.0)])
    assert audit.margin == -1.0 and audit.remarks == SOUND.remarks
    assert audit.violations[0].startswith("the second law is broken by contact_resistance of T at a-b: it destroys")
