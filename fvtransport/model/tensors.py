"""Coefficients that are tensors, and what they make of a gradient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .handles import Field, Shared

__all__ = ["TensorRows", "WeightedGradients", "normal_component"]

TensorRows = Sequence[Sequence[Any]]
"""Entries of a tensor row by row: numbers, or arrays that broadcast with the fields."""


def normal_component(rows: TensorRows, normal: Any) -> Any:
    """n . K . n , the coefficient along the normal."""
    return sum(normal[i] * entry * normal[j] for i, row in enumerate(rows) for j, entry in enumerate(row))


class WeightedGradients:
    """The gradients of a view of faces times coefficients that may be tensors."""

    def tensor(self: Any, coefficient: Shared) -> TensorRows | None:
        """The entries of a shared property row by row where it is a tensor, each (..., faces); else None."""
        rows: TensorRows | None = self.medium.tensor(coefficient, self)
        return rows

    def weighted_gradient(self: Any, coefficient: Shared, field: Field) -> Any:
        """n . K . grad u  of a coefficient K: K times the gradient along the normal where it is no tensor."""
        rows = self.medium.tensor(coefficient, self)
        if rows is None:
            return self[coefficient] * self.grad(field)
        normal, slope = self.normal, self.gradient(field)
        return sum(normal[i] * entry * slope[j] for i, row in enumerate(rows) for j, entry in enumerate(row))
