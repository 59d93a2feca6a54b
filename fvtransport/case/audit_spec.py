"""What a case asks of the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["AUDITS", "WARN", "AuditSpec"]

AUDITS = ("warn", "strict", "off")


@dataclass(frozen=True)
class AuditSpec:
    """`audit: warn`, `strict`, `off` or `{strict: {accept: [soret]}}`: strict refuses what is violated or not judged,
    but for the terms that it accepts.
    """

    mode: str = "warn"
    accept: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        """Whether anything is audited."""
        return self.mode != "off"

    @property
    def is_strict(self) -> bool:
        """Whether a run fails (exit code 4) with what is refused."""
        return self.mode == "strict"

    def as_given(self) -> Any:
        """As a case file states it."""
        return {"strict": {"accept": list(self.accept)}} if self.accept else self.mode


WARN = AuditSpec()
