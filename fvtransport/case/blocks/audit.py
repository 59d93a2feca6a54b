"""The key `audit:` of a case or of a phase."""

from __future__ import annotations

from ...errors import nearest
from ..audit_spec import AUDITS, AuditSpec
from ..reading.builder import CaseBuilder
from ..text.problems import kind_of
from ..text.yaml_tree import Node, Scalar

__all__ = ["check_accepted", "read_audit"]

_EXPECTED = f"one of {', '.join(AUDITS)}, or {{strict: {{accept: [names of terms]}}}}"


def read_audit(builder: CaseBuilder) -> None:
    """Read what is asked of the audit."""
    node = builder.block("audit")
    if node is None:
        return
    if isinstance(node.value, Scalar) and node.value.text in AUDITS:
        builder.audit = AuditSpec(node.value.text)
        return
    accepted = _accepted(node)
    if accepted is None:
        text = node.value.text if isinstance(node.value, Scalar) else ""
        builder.diagnostics.error(node.mark, f"unknown audit {kind_of(node)}", _EXPECTED, nearest(text, AUDITS))
        return
    names = [each.value.text for each in accepted]
    builder.audit = AuditSpec("strict", tuple(names))


def check_accepted(builder: CaseBuilder) -> None:
    """Refuse names under `accept:` that are neither a law of the case nor a condition on a boundary or interface."""
    node = builder.block("audit")
    accepted = None if node is None else _accepted(node)
    known = sorted(_terms(builder))
    for each in accepted or ():
        name = each.value.text
        if name not in known:
            message = f"accept: {name} is not a term of this case"
            builder.diagnostics.error(each.mark, message, f"one of {', '.join(known)}", nearest(name, known))


def _accepted(node: Node) -> list[Node] | None:
    """The nodes of the list in {strict: {accept: [...]}}; None where the node is anything else."""
    inner = node.value.get("strict") if isinstance(node.value, dict) and len(node.value) == 1 else None
    given = inner.value.get("accept") if inner is not None and isinstance(inner.value, dict) else None
    if given is None or len(inner.value) != 1 or not isinstance(given.value, list):
        return None
    return given.value if all(isinstance(each.value, Scalar) for each in given.value) else None


def _terms(builder: CaseBuilder) -> set[str]:
    """Names under which the audit may have a finding."""
    found = {read.name for each in (builder, *builder.phases) for read in each.laws}
    for owner in (builder, *builder.phases):
        for boundary, conditions in owner.boundaries.items():
            found |= {f"{entry.name} of {field.name} at {boundary}" for field, entry in conditions.items()}
    for sides, conditions in builder.interfaces.items():
        found |= {f"{entry.name} of {field.name} at {'-'.join(sides)}" for field, entry in conditions.items()}
    return found | {"transport", "mixture", "bulk_flow", "entropy"}
