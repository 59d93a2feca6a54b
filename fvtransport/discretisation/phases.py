"""The system of every phase of a protocol."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace

from ..case.model import Case, Phase
from .build import Discretisation, build
from .system import System

__all__ = ["phase_systems", "with_phase_start"]


def phase_systems(case: Case, discretised: Discretisation) -> Iterator[tuple[Phase, Discretisation]]:
    """Every phase with its system, at the initial state; discretised is that of the first."""
    if case.protocol is None:
        raise ValueError("only a case with a protocol has phases")
    for index, phase in enumerate(case.protocol.phases):
        own = replace(phase.case, mesh=case.mesh, initial=case.initial)
        yield phase, discretised if index == 0 else build(own, case.protocol)


def with_phase_start(system: System, start: float) -> System:
    """The same system with a medium of its own, which knows when its phase began."""
    medium = copy.copy(system.medium)
    medium.phase_start = start
    return system.with_medium(medium)
