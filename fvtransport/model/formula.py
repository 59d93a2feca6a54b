"""An expression whose names are resolved: which handles it reads, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NewType

from .handles import Handle

__all__ = ["Formula", "Inside"]


@dataclass(frozen=True)
class Formula:
    """Text of an expression and its value as a function of the handles it names, parameters folded in.

    Two formulas are equal where their texts, their handles and the numbers of their parameters are.

    A property that takes one declares `formula: Formula = parameter(...)` and evaluates
    `formula.function(*[at[handle] for handle in formula.handles])`.
    """

    text: str
    function: Callable[..., Any] = field(compare=False)
    handles: tuple[Handle, ...]
    parameters: tuple[tuple[str, float], ...] = ()

    def __call__(self, at: Any) -> Any:
        """Value in a view: a float or an array that broadcasts with the fields."""
        return self.function(*[at[handle] for handle in self.handles])

    @property
    def constant(self) -> float | None:
        """The number, where the expression names no handle; None otherwise."""
        return None if self.handles else float(self.function())


Inside = NewType("Inside", Formula)
"""A condition on position, such as "x < 0.5": 1 inside, 0 outside."""
