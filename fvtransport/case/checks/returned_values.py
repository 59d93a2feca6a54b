"""What plugins return when they are tried, held against their interfaces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...errors import WrongResult
from ...model.state import Terms

__all__ = ["as_terms", "numbers"]


def as_terms(value: Any) -> Terms:
    """A mapping of terms; WrongResult where it is anything else."""
    if not isinstance(value, Mapping):
        raise WrongResult(f"it gives {type(value).__name__}, not a mapping of fields or balances to terms")
    return value


def numbers(value: Any, shape: tuple[int, ...] | None = None) -> np.ndarray:
    """A number or an array of numbers, of the shape given where one is; WrongResult where it is none."""
    if value is None:
        raise WrongResult("it does not give numbers: it gives None")
    try:
        array = np.asarray(value, float)
        return array if shape is None else np.broadcast_to(array, shape)
    except (TypeError, ValueError) as error:
        raise WrongResult(f"it does not give numbers of the right shape: {error}") from error
