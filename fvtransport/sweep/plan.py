"""Which points a sweep visits, in which order, and what tells one sweep from another."""

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
from .axes import Axis, Value, refuse

__all__ = ["Method", "Plan", "SweepError", "Task", "identity", "make_plan"]

Point = tuple[Value, ...]
_MAX_POINTS = 1_000_000
_FEWEST_LINES, _SHORTEST = 8, 4
_PROBES = 8


class SweepError(FvtransportError):
    """A sweep cannot be made as it is asked for."""

    exit_code = 2


class Method(str, Enum):
    """How the points of a sweep are chosen."""

    GRID = "grid"
    LIST = "list"
    LATIN = "latin"
    OPTIMISE = "optimise"


@dataclass(frozen=True)
class Task:
    """One point to solve: its number from 1, its values by column, and the texts that put them into the case."""

    number: int
    values: Mapping[str, int | float | str]
    overrides: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The axes and, unless they are found on the way, the points; samples is the budget of an optimisation."""

    method: Method
    axes: tuple[Axis, ...]
    points: tuple[Point, ...] = ()
    samples: int = 0
    seed: int = 0

    @property
    def size(self) -> int:
        """The number of points, at most."""
        return len(self.points) or self.samples

    def task(self, number: int, point: Point) -> Task:
        """What is to be solved at a point."""
        values = {axis.column: value.data for axis, value in zip(self.axes, point)}
        return Task(number, values, tuple(axis.override(value) for axis, value in zip(self.axes, point)))

    def between(self, fractions: Sequence[float]) -> Point:
        """The point at these fractions of the way between the bounds of each axis."""
        return tuple(axis.at(float(fraction)) for axis, fraction in zip(self.axes, fractions))

    def probes(self) -> list[Point]:
        """A few points all over the plan."""
        if not self.points:
            return [self.between([part] * len(self.axes)) for part in (0.5, 0.0, 1.0)]
        selection = np.linspace(0, len(self.points) - 1, min(_PROBES, len(self.points)))
        return [self.points[int(i)] for i in selection]

    def lines(self, follow: bool) -> Iterator[list[Task]]:
        """The points, one by one or, to follow each other, in lines along the last axis of a grid, or of the list.

        Where there are few lines they are cut, so that there is work for several processes; always alike.
        """
        tasks = [self.task(number, point) for number, point in enumerate(self.points, start=1)]
        length = len(self.axes[-1].values) if self.method is Method.GRID else len(tasks)
        if not follow or self.method is Method.LATIN:
            length = 1
        wanted = math.ceil(_FEWEST_LINES * length / len(tasks))
        pieces = max(1, min(wanted, length // _SHORTEST))
        for start in range(0, len(tasks), length):
            for piece in np.array_split(np.arange(start, start + length), pieces):
                yield [tasks[i] for i in piece]


def make_plan(method: Method, axes: tuple[Axis, ...], samples: int | None = None, seed: int = 0) -> Plan:
    """The plan of a method; raises CaseError for axes that do not suit it and SweepError for options that do not."""
    if not axes:
        raise SweepError("nothing is varied; give --over path=range")
    if method in (Method.GRID, Method.LIST):
        if samples is not None:
            raise SweepError(
                f"--samples has no meaning for --method {method.value}: its ranges say how many points there are"
            )
        _need(axes, "values", "a number of points, as in from:to:n, or a list")
        return Plan(method, axes, _product(axes) if method is Method.GRID else _together(axes))
    _need(axes, "bounds", "a range from:to, from which values are chosen")
    samples = 100 if samples is None else samples
    if method is Method.OPTIMISE:
        return Plan(method, axes, (), samples, seed)
    from scipy.stats.qmc import LatinHypercube

    plan = Plan(method, axes)
    fractions = LatinHypercube(len(axes), rng=seed).random(samples)
    return Plan(method, axes, tuple(plan.between(row) for row in fractions), samples, seed)


def identity(plan: Plan, path: Path, root: Node, overrides: Sequence[str], objective: str) -> dict[str, Any]:
    """What two runs of one sweep have in common: case, files that it names, options, version."""
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


def _need(axes: tuple[Axis, ...], what: str, expected: str) -> None:
    lacking = [axis for axis in axes if not getattr(axis, what) or what == "bounds" and axis.values]
    if lacking:
        text = {
            "values": "bounds without a number of points",
            "bounds": "values one by one, where bounds are asked for",
        }[what]
        raise CaseError(Problem(axis.mark, text, expected) for axis in lacking)


def _product(axes: tuple[Axis, ...]) -> tuple[Point, ...]:
    count = math.prod(len(axis.values) for axis in axes)
    if count > _MAX_POINTS:
        raise SweepError(f"{count} points are more than {_MAX_POINTS}")
    return tuple(itertools.product(*(axis.values for axis in axes)))


def _together(axes: tuple[Axis, ...]) -> tuple[Point, ...]:
    first = axes[0]
    for axis in axes[1:]:
        if len(axis.values) != len(first.values):
            text = f"{len(axis.values)} values beside {len(first.values)} of {first.name}"
            refuse(axis.mark, text, f"{len(first.values)} values: with --method list they go together one by one")
    return tuple(zip(*(axis.values for axis in axes)))


def _files(root: Node) -> set[str]:
    """Files that a case names, relative to it."""
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
