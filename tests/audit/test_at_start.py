"""The audit of the initial state, under the laws of every phase."""

import pytest

import fvtransport
from fvtransport.audit.at_start import audit_start
from fvtransport.audit.verdict import Verdict
from fvtransport.discretisation.build import build
from tests.tools.cases import PUMP


@pytest.mark.parametrize("mode", ["warn", "off"])
def test_a_case_that_is_not_audited_says_nothing(tmp_path, mode):
    (tmp_path / "case.yaml").write_text(PUMP)
    case = fvtransport.check(tmp_path / "case.yaml", [f"audit={mode}"])
    found = audit_start(case, build(case))
    assert (found is None) is (mode == "off") and (found is None or found.verdict is Verdict.PASSED)
