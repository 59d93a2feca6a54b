"""The key `audit:` as it is read."""

import pytest

import fvtransport
from fvtransport.case.audit_spec import AuditSpec
from tests.tools.cases import PUMP

ACCEPTED = "{strict: {accept: [fick, dirichlet of T at left]}}"


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("off", AuditSpec("off")),
        ("strict", AuditSpec("strict")),
        (ACCEPTED, AuditSpec("strict", ("fick", "dirichlet of T at left"))),
    ],
)
def test_what_can_be_said(tmp_path, text, spec):
    (tmp_path / "case.yaml").write_text(PUMP)
    assert fvtransport.check(tmp_path / "case.yaml", [f"audit={text}"]).audit == spec


def test_a_term_that_the_case_lacks_is_refused(tmp_path):
    (tmp_path / "case.yaml").write_text(PUMP)
    with pytest.raises(fvtransport.CaseError) as refused:
        fvtransport.check(tmp_path / "case.yaml", ["audit={strict: {accept: [ficc]}}"])
    assert "accept: ficc is not a term of this case" in str(refused.value) and '"fick"' in str(refused.value)
