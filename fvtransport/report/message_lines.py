"""Warnings and remarks as lines, each with its grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..audit.verdict import Audit
from ..case.model import Case
from ..results.messages import Messages
from .console import text

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["message_lines"]


def message_lines(case: Case, messages: Messages, audit: Audit | None) -> list[RenderableType]:
    """What `audit: strict` refuses, then warnings, expected warnings and remarks, one for each line.

    A warning of the case file is followed by its place there. Remarks that are rows of the audit are not repeated.
    """
    excerpts = {problem.headline: problem.mark.excerpt() for problem in case.warnings}
    rows = {each.text for each in audit.findings} if audit is not None else set()
    terms = {} if audit is None else audit.refused_terms
    refused = ", ".join(f"{term} ({verdict})" for term, verdict in terms.items())
    lines = [(f"refused by audit: strict (exit code 4): {refused}", "red")] if refused else []
    for each in messages.warnings:
        place = excerpts.get(each, "")
        lines.append((f"warning: {each}" + (f"\n{place}" if place else ""), "yellow"))
    lines += [(f"expected warning: {each} (because {why})", "") for each, why in messages.expected]
    lines += [(f"remark: {each}", "") for each in messages.remarks if each not in rows]
    return [text(line, style) for line, style in lines]
