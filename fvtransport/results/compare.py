"""A result compared with a closed form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..case.model import Comparison
from ..discretisation.snapshot import Snapshot
from .fields import fields_by_name, nodes_of, positions_of

__all__ = ["ComparisonResult", "compare"]


@dataclass(frozen=True)
class ComparisonResult:
    """Error norms by quantity: {"l2", "max"} of a field, {"relative"} of an observable.

    not_compared names what the closed form gives and the case does not; message says why nothing could be compared.
    """

    solution: str
    tolerance: float
    errors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    not_compared: tuple[str, ...] = ()
    message: str = ""

    @property
    def passed(self) -> bool:
        """Whether something was compared and every error, finite, is within the tolerance."""
        errors = [error for norms in self.errors.values() for error in norms.values()]
        return bool(errors) and all(error <= self.tolerance for error in errors)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as `summary.json` holds it."""
        message = {"message": self.message} if self.message else {}
        return {
            "solution": self.solution,
            "tolerance": self.tolerance,
            "passed": self.passed,
            "errors": self.errors,
            **message,
        }


def compare(comparison: Comparison, snapshots: Sequence[Snapshot], readings: Mapping[str, Any]) -> ComparisonResult:
    """Errors at the given snapshots, and of the readings (name -> value or list of values) that the closed form knows.

    Fields: volume-weighted L2 norm over cells, largest error over cells and boundaries, the worst of the snapshots,
    both relative to the spread of the exact field over all of them (its magnitude where it is uniform, 1 where it is
    zero). Observables: largest relative error; one that is exactly zero must be met exactly.
    """
    errors, missing = _compare_fields(comparison, snapshots)
    for name, exact in comparison.solution.observables().items():
        if name in readings:
            errors[name] = {"relative": _relative(readings[name], exact)}
        else:
            missing.append(name)
    message = "" if errors else "the closed form gives no field or observable that this case has: nothing was compared"
    return ComparisonResult(comparison.name, comparison.tolerance, errors, tuple(missing), message)


def _compare_fields(
    comparison: Comparison, snapshots: Sequence[Snapshot]
) -> tuple[dict[str, dict[str, float]], list[str]]:
    if not snapshots:
        return {}, []
    geometry, known = snapshots[0].system.geometry, fields_by_name(snapshots[0].system.medium)
    exact = [comparison.solution.fields(positions_of(geometry), snapshot.t) for snapshot in snapshots]
    errors = {}
    for name in [name for name in exact[0] if name in known]:
        truth = np.array([np.broadcast_to(fields[name], geometry.nodes) for fields in exact], float)
        off = np.array([nodes_of(snapshot, known[name]) for snapshot in snapshots]) - truth
        scale = _size(truth)
        weight = geometry.volume / geometry.volume.sum()
        l2 = np.sqrt((off[:, geometry.cells] ** 2 @ weight).max())
        errors[name] = {"l2": float(l2 / scale), "max": float(np.abs(off).max() / scale)}
    return errors, [name for name in exact[0] if name not in known]


def _size(exact: np.ndarray) -> float:
    magnitude, spread = np.abs(exact).max(), np.ptp(exact)
    return float(spread if spread > 1e-9 * magnitude else magnitude or 1.0)


def _relative(value: Any, exact: Any) -> float:
    got, expected = np.atleast_1d(np.asarray(value, float)), np.atleast_1d(np.asarray(exact, float))
    if got.shape != expected.shape:
        return float("inf")
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.abs(got - expected) / np.abs(expected)
    return float(np.where(got == expected, 0.0, ratio).max())
