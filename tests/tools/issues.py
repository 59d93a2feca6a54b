"""What a plugin says when it is validated, as texts."""

from __future__ import annotations

from typing import Any

from fvtransport import Context

__all__ = ["issue_texts"]


def issue_texts(plugin: Any, **known: Any) -> list[str]:
    """Every issue with its cure, in order; known fills the context."""
    issues = plugin.validate(Context(**known))
    return [f"{each.text}; expected {each.cure}" if each.cure else each.text for each in issues]
