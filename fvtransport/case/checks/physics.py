"""Whether a case whose blocks have been read is well-posed and physical: its plugins tried at the initial state."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...model.handles import Shared
from ..reading.builder import CaseBuilder, LawRead
from .bounds import check_boundary_values, check_initial
from .conditions import check_conditions
from .elementwise import check_elementwise
from .interfaces import check_interfaces
from .law_terms import check_laws
from .mixture_storage import check_mixture
from .needed_properties import check_properties
from .own_ranges import check_own_ranges
from .storage import check_storage, check_tables
from .trial_points import TracingMedium, TrialStates, check_traced, safely

__all__ = ["check_physics"]

_VALUES = ("mesh", "mixture", "solve", "initial")
_POINTS = 6


def check_physics(builder: CaseBuilder) -> None:
    """Note everything that makes the problem ill-posed or unphysical, trying the plugins at the initial state.

    Raises PluginError for a plugin that fails there.
    """
    builder.read("initial", check_initial)
    builder.read("boundaries", check_boundary_values)
    if builder.placeholder is None:
        builder.diagnostics.skipped.append("the laws, conditions and properties")
        return
    trial = builder.check("the laws, conditions and properties", _trial_states, builder)
    if trial is None or not builder.check("the laws and conditions", _trace_dependencies, builder, trial):
        return
    checks = {
        "the laws": check_laws,
        "the mixture": check_mixture,
        "the conditions": check_conditions,
        "the interfaces": check_interfaces,
    }
    found = [builder.check(what, check, builder, trial) for what, check in checks.items()]
    if None not in found:
        builder.check("the properties", check_properties, builder, trial, set().union(*found))
    what = "the ranges of the coefficients"
    check_traced(builder, trial, what, check_own_ranges, builder, trial, needs=("mesh", "mixture"))
    check_traced(builder, trial, "the range of the tables", check_tables, builder, trial, needs=_VALUES)
    if builder.laws_valid and not builder.diagnostics.errors:
        check_elementwise(builder, trial)
    if builder.is_transient:
        check_traced(builder, trial, "the storage in time", check_storage, builder, trial, needs=_VALUES)


def _trial_states(builder: CaseBuilder) -> TrialStates:
    given = {each.handle: each.value for each in builder.properties if each.value is not None}
    stated = _properties_of_laws(builder)
    medium = TracingMedium(builder.placeholder, given, builder.scope.units.constants, stated)
    position = (
        builder.mesh.diagonal(_POINTS) if builder.mesh else np.linspace([0.0] * 4, [1.0] * 3 + [0.0], _POINTS, axis=1)
    )
    medium.regions = {name: i for i, name in enumerate(builder.mesh.regions if builder.mesh else (), start=1)}
    start = builder.solve.start if builder.is_transient else 0.0
    return TrialStates(medium, builder.initial, position, start)


def _properties_of_laws(builder: CaseBuilder) -> dict[Shared, Any]:
    """Shared properties that laws provide, each by one law only."""
    stated: dict[Shared, Any] = {}
    by: dict[Shared, LawRead] = {}
    for read in builder.laws:
        what, mark = f"law {read.selection.name}", read.selection.mark
        for handle, value in safely(what, mark, lambda read=read: read.law.provides(builder.placeholder)).items():
            if handle in by:
                text = (
                    f"{read.selection.name} states {handle.meaning}, which {by[handle].selection.name} on line "
                    f"{by[handle].selection.mark.line} states"
                )
                builder.diagnostics.error(mark, text, "one law that states them all")
            stated[handle], by[handle] = value, by.get(handle, read)
    return stated


def _trace_dependencies(builder: CaseBuilder, trial: TrialStates) -> bool:
    handles = [*trial.medium.mixture.provides(), *(each.handle for each in builder.properties)]
    for handle in handles:
        mark = next(
            (each.mark for each in builder.properties if each.handle is handle), builder.mark("mixture", key=True)
        )
        safely(handle.name, mark, lambda handle=handle: trial.medium.property(handle)(trial.cells()))
    safely("a property", builder.mark("properties", key=True), lambda: trial.trace_dependencies(handles))
    return True
