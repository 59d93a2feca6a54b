"""Keys and values of a case file that have another name in this version."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["KEYS", "VALUES"]

KEYS: Mapping[str, str] = {"take": "reduce", "most": "max_cycles"}
VALUES: Mapping[str, str] = {
    "largest": "max",
    "smallest": "min",
    "time_of_largest": "argmax",
    "time_of_smallest": "argmin",
    "time_of_zero": "first_zero",
}
