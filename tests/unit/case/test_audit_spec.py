"""What a case asks of the audit."""

from fvtransport.case.audit_spec import AuditSpec


def test_modes():
    assert AuditSpec().is_on and not AuditSpec().is_strict and not AuditSpec("off").is_on
    strict = AuditSpec("strict", ("soret",))
    assert strict.is_strict and strict.as_given() == {"strict": {"accept": ["soret"]}}
    assert AuditSpec("strict").as_given() == "strict"
