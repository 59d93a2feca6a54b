"""Audits of several phases as one: the worst of each, with the phase where they differ."""

import pytest
from fvtransport.results.audit import Audit
from fvtransport.results.phase_audit import audit_start, joined

from fvtransport.discretisation.build import build

SOUND, ODD, BROKEN = Audit(0.0, 1.0), Audit(0.3, 0.5, ("odd",), ("r",)), Audit(0.1, -0.2, ("broken",), ("r", "s"))


def test_the_worst_of_each_counts():
    found = joined([("a", SOUND), ("b", ODD), ("c", BROKEN), ("d", None)])
    assert (found.asymmetry, found.margin, found.remarks) == (0.3, -0.2, ("r", "s"))
    assert found.violations == ("in phase b: odd", "in phase c: broken")


def test_what_holds_in_all_phases_names_none():
    assert joined([("a", ODD), ("b", ODD)]).violations == ("odd",)


def test_nothing_that_is_audited():
    assert joined([("a", None)]) is None and joined([]) is None


@pytest.mark.parametrize(("audit", "is_audited"), [("off", False), ("warn", True), ("strict", True)])
def test_the_start_of_a_case_is_audited_unless_it_says_off(made, audit, is_audited):
    case = made.pump(audit=audit)
    found = audit_start(case, build(case))
    assert (found is not None) == is_audited
    if found is not None:
        assert found.symmetric and found.positive and not found.violations
