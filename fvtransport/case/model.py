"""A checked case: every name resolved, every number in SI or reduced units, every plugin made."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import Mark, Problem
from ..model.handles import Field, Shared
from ..model.law import Boundary, Law, Mixture, Observable, Property, Solution
from ..model.registry import Registry
from .phases import Protocol
from .text.expressions import Expression
from .text.units import UnitSystem
from .text.yaml_tree import Node, locate

__all__ = ["Axis", "Case", "Comparison", "Condition", "Derived", "MeshSpec", "Observed", "SteadySpec", "TransientSpec"]


@dataclass(frozen=True)
class Axis:
    """One axis of a structured mesh [m]; ratio is the largest cell over the smallest, small cells lie towards an end."""

    name: str
    length: float
    cells: int
    start: float = 0.0
    ratio: float = 1.0
    towards: str = "left"

    def spacing(self) -> np.ndarray:
        """Cell sizes in order [m], growing geometrically, summing to the length."""
        position = np.arange(self.cells) / max(self.cells - 1, 1)
        if self.towards == "right":
            position = position[::-1]
        elif self.towards == "both":
            position = 1.0 - np.abs(2.0 * position - 1.0)
        sizes = self.ratio**position
        return sizes * (self.length / sizes.sum())

    def points(self, most: int) -> np.ndarray:
        """Both ends and the cell centres, or some of them [m]."""
        sizes = self.spacing()
        centres = np.cumsum(sizes) - 0.5 * sizes
        return self.start + np.concatenate([[0.0], centres[:: max(1, centres.size // most)], [self.length]])


@dataclass(frozen=True)
class MeshSpec:
    """The `mesh:` block. type is the FiPy class; thickness multiplies its areas and volumes (cross-section, depth, height).

    regions are conditions on position, or None where Gmsh gives them; a place has the coordinates x, y, z and, fourth, the
    number of its region: 0 is outside all, then in order.
    """

    type: str
    axes: tuple[Axis, ...]
    thickness: float
    boundaries: tuple[str, ...]
    regions: Mapping[str, Any] = field(default_factory=dict)
    file: Path | None = None
    unstructured_dimension: int = 0

    @property
    def dimension(self) -> int:
        """Number of space dimensions."""
        return len(self.axes) or self.unstructured_dimension

    def region_of(self, place: np.ndarray) -> np.ndarray:
        """Number of the region at each place, given coordinates (3, n).

        Before Gmsh has made the mesh its regions have no places: each then stands for some of those asked about.
        """
        if self.file is not None and self.regions:
            return 1.0 + np.arange(place.shape[1]) % len(self.regions)
        number = np.zeros(place.shape[1])
        for i, inside in enumerate(self.regions.values(), start=1):
            if inside is not None:
                number[np.broadcast_to(np.asarray(inside(_Place(place)), bool), number.shape)] = i
        return number

    def points(self, most: int) -> np.ndarray:
        """Places all over a structured mesh, its ends included, (4, n); the origin alone where there are no axes."""
        grid = np.meshgrid(*(axis.points(most) for axis in self.axes), indexing="ij")
        place = np.zeros((4, grid[0].size if grid else max(1, len(self.regions))))
        for row, values in enumerate(grid):
            place[row] = values.ravel()
        place[3] = self.region_of(place[:3])
        return place

    def diagonal(self, count: int) -> np.ndarray:
        """Places in a row from the first corner to the last, (4, count)."""
        place = np.zeros((4, count))
        place[0] = np.linspace(0.0, 1.0, count)
        for row, axis in enumerate(self.axes):
            place[row] = np.linspace(axis.start, axis.start + axis.length, count)
        place[3] = self.region_of(place[:3])
        return place

    def wall_point(self, wall: str) -> np.ndarray:
        """One place on a boundary, (4, 1)."""
        place = np.zeros((4, 1))
        ends = {name: (row, end) for row, pair in enumerate(_ENDS) for end, name in enumerate(pair)}
        for row, axis in enumerate(self.axes):
            at, end = ends.get(wall, (row, 0.5))
            place[row] = axis.start + axis.length * (end if at == row else 0.5)
        place[3] = self.region_of(place[:3])
        return place


_ENDS = (("left", "right"), ("bottom", "top"), ("front", "back"))


class _Place:
    """Coordinates as a condition on position reads them."""

    def __init__(self, place: np.ndarray) -> None:
        self._place = place

    def __getitem__(self, handle: Any) -> np.ndarray:
        return self._place[handle.axis]


@dataclass(frozen=True)
class Condition:
    """One boundary condition as the case gives it; is_default when it comes from `boundaries: {default: ...}`."""

    name: str
    boundary: Boundary
    is_default: bool = False


@dataclass(frozen=True)
class TransientSpec:
    """`solve: {transient: ...}`: until and times in s; samples are profiles kept between them for history and figures."""

    until: float
    start: float = 0.0
    rtol: float = 1e-6
    max_steps: int = 100_000
    max_step: float = 0.0
    times: tuple[float, ...] = ()
    samples: int = 30


@dataclass(frozen=True)
class SteadySpec:
    """`solve: steady` or `{steady: {mean: {x_A: 0.5}}}`; means fix fields whose fluxes are all imposed."""

    means: Mapping[Field, float] = field(default_factory=dict)
    max_iterations: int = 60


class Take(enum.Enum):
    """What is taken of the history of an observable, in place of its value at a time."""

    LARGEST = "largest"
    SMALLEST = "smallest"
    TIME_OF_LARGEST = "time_of_largest"
    TIME_OF_SMALLEST = "time_of_smallest"
    TIME_OF_ZERO = "time_of_zero"

    @property
    def is_time(self) -> bool:
        """Whether it is a time."""
        return self.value.startswith("time")


@dataclass(frozen=True)
class Observed:
    """One entry of `observe:`; times is None for the end of the run only; take asks for a moment of its history.

    over is the phase of a protocol, or the cycle, of which the last is looked at: what has been added to the observable in
    it, per time where is_mean; empty for the observable itself.
    """

    name: str
    plugin: str
    observable: Observable
    times: tuple[float, ...] | None = None
    over: str = ""
    is_mean: bool = False
    take: Take | None = None


@dataclass(frozen=True)
class Derived:
    """One entry of `observe:` that is a formula of others; with over, of what is added to each of them in that span."""

    name: str
    expression: Expression
    unit: str = ""
    over: str = ""
    is_mean: bool = False


@dataclass(frozen=True)
class Comparison:
    """The `compare:` block: a closed form and the largest relative error that passes."""

    name: str
    solution: Solution
    tolerance: float


@dataclass(frozen=True)
class Case:
    """Everything the engine needs, and where it came from.

    resolved is plain data for `case.yaml` in the result folder: overrides applied, defaults written out. audit is what
    a violation of reciprocity or of the second law is: a warning, a failure (strict) or not looked for (off). derived are
    the observables that are formulas of others, in an order in which each follows those that it names. With a protocol,
    properties, laws, boundaries and audit are those of its first phase.
    """

    path: Path
    title: str
    units: UnitSystem
    parameters: Mapping[str, float]
    mesh: MeshSpec
    mixture_name: str
    mixture: Mixture
    properties: Mapping[Shared, Property]
    laws: Mapping[str, Law]
    initial: Mapping[Field, Property]
    boundaries: Mapping[str, Mapping[Field, Condition]]
    solve: TransientSpec | SteadySpec
    observe: tuple[Observed, ...]
    comparison: Comparison | None
    registry: Registry
    warnings: tuple[Problem, ...] = ()
    resolved: Mapping[str, Any] = field(default_factory=dict)
    overrides: tuple[str, ...] = ()
    audit: str = "warn"
    root: Node | None = None
    derived: Mapping[str, Derived] = field(default_factory=dict)
    protocol: Protocol | None = None

    def mark(self, *path: str | int, key: bool = False) -> Mark:
        """The place of what stands along a path from the top of the file; its first line for a case made by hand."""
        return Mark(str(self.path), 1, 1) if self.root is None else locate(self.root, path, key=key)

    @cached_property
    def is_linearised(self) -> bool:
        """Whether a law is linearised about a state; fields may then leave their physical range."""
        return any(law.is_linearised for law in self.laws.values())
