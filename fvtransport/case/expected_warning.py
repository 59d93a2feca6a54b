"""A warning that a case is known to have."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ExpectedWarning"]


@dataclass(frozen=True)
class ExpectedWarning:
    """One entry of `expects:`: text occurs in the warning, because is the reason why the case has it."""

    text: str
    because: str

    def as_given(self) -> dict[str, str]:
        """As a case file states it."""
        return {"warning": self.text, "because": self.because}
