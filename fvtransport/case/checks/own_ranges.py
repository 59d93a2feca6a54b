"""Coefficients among the parameters of laws and of the mixture, against the ranges that these declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ...errors import Mark
from ...model.parameters import Declaration, Declared, parameters_of
from ...model.property import Property
from ..reading.builder import CaseBuilder
from .trial_points import TrialStates, safely

__all__ = ["check_own_ranges"]


def check_own_ranges(builder: CaseBuilder, trial: TrialStates) -> None:
    """Note every coefficient that is out of its declared range at the initial state; numbers were checked as read."""
    plugins: list[tuple[Mark, Declared]] = [(builder.mark("mixture", key=True), builder.placeholder)]
    plugins += [(read.selection.mark, read.law) for read in builder.laws]
    for mark, plugin in plugins:
        for name, declared, prop in _coefficients(plugin):
            if not builder.initial_known and trial.depends_on_fields(prop):
                continue
            values = np.ravel(safely(name, mark, lambda prop=prop: np.asarray(prop(trial.cells()), float)))
            wrong = [value for value in values if np.isfinite(value) and declared.range_message(float(value))]
            if wrong:
                text = f"{name} = {wrong[0]:g} at the initial state is out of range: {declared.meaning}"
                builder.diagnostics.error(mark, text, f"a value {declared.range_text()}")


def _coefficients(plugin: Declared) -> Iterator[tuple[str, Declaration, Property]]:
    """Properties that are no plain numbers and have a range, with the name of each."""
    for declared, value in parameters_of(plugin):
        if declared.range_text():
            for name, each in _named(declared.name, value):
                if isinstance(each, Property) and each.constant is None:
                    yield name, declared, each


def _named(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((str(key), each) for key, each in value.items())
    elif isinstance(value, (tuple, list)):
        yield from ((name, each) for each in value)
    else:
        yield name, value
