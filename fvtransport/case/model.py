"""A checked case: every name resolved, every number in SI or reduced units, every plugin made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import Problem
from ..handles import Field, Shared
from ..interfaces import Boundary, Law, Mixture, Observable, Property, Solution
from ..registry import Registry
from ..units import UnitSystem

__all__ = ["Case", "Comparison", "Condition", "MeshSpec", "Observed", "SteadySpec", "TransientSpec"]


@dataclass(frozen=True)
class MeshSpec:
    """The `mesh:` block: lengths in m, cross_section in m^2.

    ratio is the size of the largest cell over the smallest; sizes grow geometrically away from `towards`.
    """

    type: str
    length: float
    cells: int
    cross_section: float = 1.0
    ratio: float = 1.0
    towards: str = "left"

    @property
    def boundaries(self) -> tuple[str, ...]:
        """Names of the boundaries that need a condition for every field."""
        return ("left", "right")

    def spacing(self) -> np.ndarray:
        """Cell sizes from left to right [m], summing to the length."""
        position = np.arange(self.cells) / max(self.cells - 1, 1)
        if self.towards == "right":
            position = position[::-1]
        elif self.towards == "both":
            position = 1.0 - np.abs(2.0 * position - 1.0)
        sizes = self.ratio**position
        return sizes * (self.length / sizes.sum())


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
    samples: int = 50


@dataclass(frozen=True)
class SteadySpec:
    """`solve: steady` or `{steady: {mean: {x_A: 0.5}}}`; means fix fields whose fluxes are all imposed."""

    means: Mapping[Field, float] = field(default_factory=dict)
    max_iterations: int = 60


@dataclass(frozen=True)
class Observed:
    """One entry of `observe:`; times is None for the end of the run only."""

    name: str
    plugin: str
    observable: Observable
    times: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Comparison:
    """The `compare:` block: a closed form and the largest relative error that passes."""

    name: str
    solution: Solution
    tolerance: float


@dataclass(frozen=True)
class Case:
    """Everything the engine needs, and where it came from.

    resolved is plain data for `case.yaml` in the result folder: overrides applied, defaults written out.
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

    @cached_property
    def is_linearised(self) -> bool:
        """Whether a law is linearised about a state; fields may then leave their physical range."""
        return any(law.is_linearised for law in self.laws.values())
