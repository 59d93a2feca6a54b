"""Advice on balances without a flux: laws to add, parameters of the mixture that make their fields known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from pydantic import ValidationError

from ...errors import PluginError, plugin_call
from ...model.handles import Field
from ...model.law import Law
from ...model.mixture import Mixture
from ..reading.builder import CaseBuilder
from ..reading.type_table import type_of
from .trial_points import TrialStates

__all__ = ["fixing_parameters", "note_unmoved"]


def note_unmoved(builder: CaseBuilder, trial: TrialStates, moved: set[int]) -> None:
    """Note as a mistake every balance whose row is not among those that laws give a flux."""
    for row, balance in enumerate(trial.medium.balances):
        if row not in moved:
            laws = ", ".join(_movers(builder, trial, row))
            cures = [f"add {laws}"] if laws else ["a law with a flux of it"]
            cures += [f"give the mixture a {name}" for name in fixing_parameters(builder.placeholder, balance.field)]
            text = f"no law gives the {balance.name} balance a flux"
            builder.diagnostics.error(builder.mark("laws", key=True), text, " or ".join(cures))


def fixing_parameters(mixture: Mixture, field: Field) -> Iterator[str]:
    """Names of the optional numbers of a mixture that, once given, leave no balance to solve a field from."""
    given = {name: getattr(mixture, name) for name in type(mixture).model_fields}
    for declared in mixture.declarations():
        is_open = not declared.required and given[declared.name] is None and declared.unit == field.unit
        if not is_open or not type_of(declared.annotation).accepts(1.0):
            continue
        solved = _solved(mixture, {**given, declared.name: 1.0})
        if solved is not None and field.name not in solved:
            yield declared.name


def _solved(mixture: Mixture, given: dict[str, Any]) -> set[str] | None:
    """Names of the fields that such a mixture with other parameters solves; None where it cannot be made of them."""
    try:
        balances = plugin_call("", lambda: type(mixture).model_validate(given).balances)
    except (ValidationError, PluginError, ArithmeticError):
        return None
    return {balance.field.name for balance in balances}


def _movers(builder: CaseBuilder, trial: TrialStates, row: int) -> Iterator[str]:
    """Names of the laws without parameters of their own that would move a balance."""
    for entry in builder.scope.registry:
        if entry.kind != "law" or any(declared.required for declared in entry.cls.declarations()):
            continue
        if _moves(entry.cls, trial, row):
            yield entry.name


def _moves(cls: type[Law], trial: TrialStates, row: int) -> bool:
    """Whether a law moves a balance of the case; a law that fails there, being made for another mixture, does not."""
    try:
        with np.errstate(all="ignore"):
            return plugin_call("", lambda: any(trial.medium.row.get(key) == row for key in trial.flux(cls())))
    except (ValidationError, PluginError, ArithmeticError):
        return False
