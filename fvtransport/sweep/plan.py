"""The points of a sweep, their order, and the identity by which two sweeps are compared."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from ..case.text.yaml_tree import Node, plain
from ..errors import CaseError, FvtransportError, Problem
from .axes import AxisValue, SweepAxis, refuse

__all__ = ["Method", "SweepPlan", "SweepError", "Task", "identity", "make_plan"]

Point = tuple[AxisValue, ...]
_MAX_POINTS = 1_000_000
_MIN_BATCHES, _MIN_LENGTH = 8, 4
_REPRESENTATIVES = 8


class SweepError(FvtransportError):
    """The sweep cannot be carried out as requested."""

    exit_code = 2


class Method(str, Enum):
    """How the points of a sweep are chosen."""

    GRID = "grid"
    LIST = "list"
    LATIN = "latin"
    OPTIMISE = "optimise"


@dataclass(frozen=True)
class Task:
    """One point to solve: its number (from 1), its values by column, and its overrides of the case."""

    number: int
    values: Mapping[str, int | float | str]
    overrides: tuple[str, ...]


@dataclass(frozen=True)
class SweepPlan:
    """The axes and the points; an optimisation has no points in advance, its samples are the budget."""

    method: Method
    axes: tuple[SweepAxis, ...]
    points: tuple[Point, ...] = ()
    samples: int = 0
    seed: int = 0

    @property
    def size(self) -> int:
        """The number of points; of an optimisation, the maximum."""
        return len(self.points) or self.samples

    def task(self, number: int, point: Point) -> Task:
        """The task of solving a point."""
        values = {axis.column: value.data for axis, value in zip(self.axes, point)}
        return Task(number, values, tuple(axis.override(value) for axis, value in zip(self.axes, point)))

    def between(self, fractions: Sequence[float]) -> Point:
        """The point at the given fractions (0 to 1) of the axes, between their bounds."""
        return tuple(axis.at(float(fraction)) for axis, fraction in zip(self.axes, fractions))

    def representative_points(self) -> list[Point]:
        """A few points distributed over the plan."""
        if not self.points:
            return [self.between([part] * len(self.axes)) for part in (0.5, 0.0, 1.0)]
        selection = np.linspace(0, len(self.points) - 1, min(_REPRESENTATIVES, len(self.points)))
        return [self.points[int(i)] for i in selection]

    def batches(self, warm_start: bool) -> Iterator[list[Task]]:
        """The points in batches, each solved in order by one process.

        With warm starts a batch is a line along the last axis of a grid, or the list, cut into a fixed number of pieces
        where there are few lines, so that several processes have work; without warm starts it is a single point.
        """
        tasks = [self.task(number, point) for number, point in enumerate(self.points, start=1)]
        length = len(self.axes[-1].values) if self.method is Method.GRID else len(tasks)
        if not warm_start or self.method is Method.LATIN:
            length = 1
        wanted = math.ceil(_MIN_BATCHES * length / len(tasks))
        pieces = max(1, min(wanted, length // _MIN_LENGTH))
        for start in range(0, len(tasks), length):
            for piece in np.array_split(np.arange(start, start + length), pieces):
                yield [tasks[i] for i in piece]


def make_plan(method: Method, axes: tuple[SweepAxis, ...], samples: int | None = None, seed: int = 0) -> SweepPlan:
    """The plan of a method; raises CaseError for unsuitable axes and SweepError for unsuitable options."""
    if not axes:
        raise SweepError("no parameter is varied; give --over path=range")
    if method in (Method.GRID, Method.LIST):
        if samples is not None:
            raise SweepError(
                f"--samples does not apply to --method {method.value}: the ranges determine the number of points"
            )
        _require(axes, "values", "a number of points, as in from:to:n, or a list")
        return SweepPlan(method, axes, _product(axes) if method is Method.GRID else _zipped(axes))
    _require(axes, "bounds", "a range from:to, from which values are chosen")
    samples = 100 if samples is None else samples
    if method is Method.OPTIMISE:
        return SweepPlan(method, axes, (), samples, seed)
    from scipy.stats.qmc import LatinHypercube

    plan = SweepPlan(method, axes)
    fractions = LatinHypercube(len(axes), rng=seed).random(samples)
    return SweepPlan(method, axes, tuple(plan.between(row) for row in fractions), samples, seed)


def identity(plan: SweepPlan, path: Path, root: Node, overrides: Sequence[str], objective: str) -> dict[str, Any]:
    """The data that identify a sweep: digests of the case and of the files that it names, options, version."""
    return {
        "case": _digest(path),
        "files": {name: _digest(path.parent / name) for name in sorted(_files(root))},
        "--set": list(overrides),
        "--over": [axis.text for axis in plan.axes],
        "--method": plan.method.value,
        "--samples": plan.samples,
        "--seed": plan.seed if plan.samples else 0,
        "--objective": objective if plan.method is Method.OPTIMISE else "",
        "version": version("fvtransport"),
    }


def _require(axes: tuple[SweepAxis, ...], what: str, expected: str) -> None:
    """Raise CaseError for the axes without values, or with values where only bounds are allowed."""
    unsuitable = [axis for axis in axes if not getattr(axis, what) or what == "bounds" and axis.values]
    if unsuitable:
        text = {"values": "bounds without a number of points", "bounds": "single values instead of bounds"}[what]
        raise CaseError(Problem(axis.mark, text, expected) for axis in unsuitable)


def _product(axes: tuple[SweepAxis, ...]) -> tuple[Point, ...]:
    count = math.prod(len(axis.values) for axis in axes)
    if count > _MAX_POINTS:
        raise SweepError(f"{count} points; at most {_MAX_POINTS} are allowed")
    return tuple(itertools.product(*(axis.values for axis in axes)))


def _zipped(axes: tuple[SweepAxis, ...]) -> tuple[Point, ...]:
    first = axes[0]
    for axis in axes[1:]:
        if len(axis.values) != len(first.values):
            text = f"{len(axis.values)} values, but {len(first.values)} of {first.name}"
            refuse(axis.mark, text, f"{len(first.values)} values: --method list combines them one by one")
    return tuple(zip(*(axis.values for axis in axes)))


def _files(root: Node) -> set[str]:
    """Files that a case names, relative to its folder."""
    case = plain(root)
    plugins = case.get("plugins") or []
    mesh = case.get("mesh")
    named = [
        *(plugins if isinstance(plugins, list) else [plugins]),
        mesh.get("file") if isinstance(mesh, dict) else None,
    ]
    return {name for name in named if isinstance(name, str)}


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""
