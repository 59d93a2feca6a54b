"""The verdicts of an audit as rows of a table."""

from __future__ import annotations

from ..results.audit import Audit

__all__ = ["audit_title", "verdict_rows"]


def audit_title(audit: Audit) -> str:
    """The title of the table, with the overall verdict."""
    return f"Audit: {'VIOLATED' if audit.violations else 'passed'}"


def verdict_rows(audit: Audit) -> list[tuple[str, str, str]]:
    """Reciprocity and second law with their measures, followed by remarks."""
    return [
        ("reciprocity", "satisfied" if audit.symmetric else "VIOLATED", f"asymmetry {audit.asymmetry:.2g}"),
        ("second law", "satisfied" if audit.positive else "VIOLATED", f"margin {audit.margin:.4g}"),
        *(("", "", remark) for remark in audit.remarks),
    ]
