"""Initial and boundary data compared with the range of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...errors import Mark, PluginError, plugin_call
from ...model.handles import Field
from ...model.property import Property
from ...model.validation import Context, first_mistake
from ...model.views import View
from ..model import ConditionEntry, TransientSpec
from ..reading.builder import CaseBuilder
from ..reading.unit_placeholders import out_of_range
from .returned_values import numbers
from .trial_points import PlaceMedium, at_positions

__all__ = ["check_boundary_values", "check_initial"]

_MAX_POINTS = 2000
_TIMES = 101
_DEFAULT = "default"
_SLACK = 1e-12
"""Allowed deviation of fractions whose sum is one in the text."""


def check_initial(builder: CaseBuilder) -> None:
    """Initial values at the cell centres and both ends: finite, in range, and one for every field of a run in time."""
    if builder.scope.names is None:
        return
    if builder.is_transient:
        for field in builder.scope.names.solved:
            if field not in builder.initial and ("initial", field.name) not in builder.seen:
                mark = builder.mark("initial", key=True)
                builder.diagnostics.error(mark, f"no initial value for {field.name}", f"initial: {{{field.name}: ...}}")
    position = _positions(builder)
    regions = {name: i for i, name in enumerate(builder.mesh.regions if builder.mesh else (), start=1)}
    good: dict[Field, Any] = {}
    for field, value in builder.initial.items():
        if builder.mesh is None and value.constant is None:
            continue
        mark = builder.mark("initial", field.name)
        try:
            sampled = at_positions(value, position, regions)
        except (PluginError, ArithmeticError) as error:
            text = f"the initial value of {field.name} cannot be evaluated: {error}"
            builder.diagnostics.error(mark, text, "a value or an expression of position")
            continue
        if _check_range(builder, field, sampled, position, mark):
            good[field] = sampled
    _check_closures(builder, good, position)


def _positions(builder: CaseBuilder) -> np.ndarray:
    """Places all over the mesh, shape (4, n); any place where the mesh is not known."""
    return np.zeros((4, 1)) if builder.mesh is None else builder.mesh.points(_MAX_POINTS)


def _check_range(builder: CaseBuilder, field: Field, sampled: np.ndarray, position: np.ndarray, mark: Mark) -> bool:
    """Note the worst of some values of a field; True when all are in range."""
    wrong = ~np.isfinite(sampled)
    if wrong.any():
        x = position[0, wrong][0]
        builder.diagnostics.error(mark, f"{field.name} = {sampled[wrong][0]:g} at x = {x:g}", "a finite number")
        return False
    beyond = np.maximum(field.lower - sampled, sampled - field.upper)
    worst = int(np.argmax(beyond))
    message = out_of_range(field, float(sampled[worst]))
    if message:
        where = "" if np.ptp(sampled) == 0.0 else f" at x = {position[0, worst]:g}"
        _note(builder, mark, message.replace(" is out", f"{where} is out", 1))
    return not message


def _check_closures(builder: CaseBuilder, good: dict[Field, np.ndarray], position: np.ndarray) -> None:
    """Fields that follow from others, where those are all known and in range themselves."""
    mixture = builder.placeholder
    for closure in mixture.closures if mixture else ():
        known = {**good, **(mixture.known() if builder.mixture is not None else {})}
        if all(other in known for other, _ in closure.terms):
            sampled = closure.offset + sum(factor * known[other] for other, factor in closure.terms)
            inside = np.clip(sampled, closure.field.lower, closure.field.upper)
            near = np.where(np.abs(sampled - inside) <= _SLACK, inside, sampled)
            _check_range(
                builder, closure.field, np.broadcast_to(near, position.shape[1:]), position, builder.mark("initial")
            )


def check_boundary_values(builder: CaseBuilder) -> None:
    """Every parameter of a condition that is a value of the field, at all times of the run."""
    for boundary, entries in builder.boundaries.items():
        for field, entry in entries.items():
            for declared in entry.condition.declarations():
                if declared.unit == "{field}":
                    numbers = _numbers(builder, getattr(entry.condition, declared.name), boundary)
                    mark = _parameter_mark(builder, boundary, field, entry, declared.name)
                    if not np.isfinite(numbers).all() and (
                        text := _missing_value(builder, entry, declared.name, boundary)
                    ):
                        builder.diagnostics.error(
                            mark, f"{field.name}: {declared.name}: {text}", "a value at all times of the run"
                        )
                        continue
                    _check_numbers(builder, field, declared.name, numbers, mark)
    if builder.placeholder is not None:
        for boundary in builder.boundaries:
            values = _prescribed(builder, boundary)
            if values and not _closures_out_of_range(builder, boundary, values):
                builder.check(
                    "the states of the boundaries", _check_admissible, builder, boundary, values, needs=("mixture",)
                )


def _prescribed(builder: CaseBuilder, boundary: str) -> dict[Field, np.ndarray]:
    """The values in range that conditions prescribe on a boundary, by field, each at all times of the run."""
    values: dict[Field, np.ndarray] = {}
    for field, entry in builder.boundaries[boundary].items():
        if name := type(entry.condition).prescribed:
            numbers = _numbers(builder, getattr(entry.condition, name), boundary)
            if len(numbers) and not any(not np.isfinite(number) or out_of_range(field, number) for number in numbers):
                values[field] = np.array(numbers)
    return values


def _boundary_mark(builder: CaseBuilder, boundary: str) -> Mark:
    given = builder.root.value["boundaries"].value
    return builder.mark("boundaries", boundary if boundary in given else _DEFAULT, key=True)


def _closures_out_of_range(builder: CaseBuilder, boundary: str, values: Mapping[Field, np.ndarray]) -> bool:
    """Note the first field out of range that follows from prescribed values; True where there is one."""
    for closure in builder.placeholder.closures:
        if all(other in values for other, _ in closure.terms):
            sampled = closure.offset + sum(factor * values[other] for other, factor in closure.terms)
            worst = sampled[np.argmax(np.maximum(closure.field.lower - sampled, sampled - closure.field.upper))]
            if message := _beyond_slack(closure.field, float(worst)):
                terms = " and ".join(other.name for other, _ in closure.terms)
                _note(builder, _boundary_mark(builder, boundary), f"{message}: it follows from {terms} on {boundary}")
                return True
    return False


def _check_admissible(builder: CaseBuilder, boundary: str, values: Mapping[Field, np.ndarray]) -> None:
    """Whether the mixture can have the values that are prescribed on a boundary, one by one and together."""
    for field, value in values.items():
        if refusal := _refusal(builder, {field: value}):
            where = "default" if builder.boundaries[boundary][field].is_default else boundary
            builder.diagnostics.error(builder.mark("boundaries", where, field.name), refusal)
            return
    if refusal := _refusal(builder, values):
        builder.diagnostics.error(_boundary_mark(builder, boundary), f"{boundary}: {refusal}")


def _beyond_slack(field: Field, value: float) -> str:
    """What is wrong with a value that follows from others, apart from round-off; '' where it is in range."""
    inside = min(max(value, field.lower), field.upper)
    return "" if abs(value - inside) <= _SLACK else out_of_range(field, value)


def _check_numbers(builder: CaseBuilder, field: Field, name: str, numbers: list[float], mark: Mark) -> None:
    """Note the first of some boundary values that is out of range."""
    for number in numbers:
        if not np.isfinite(number):
            builder.diagnostics.error(mark, f"{field.name}: {name} = {number}", "a finite number")
            return
        if message := out_of_range(field, number):
            _note(builder, mark, message.replace(field.name, f"{field.name}: {name}", 1))
            return


def _numbers(builder: CaseBuilder, value: Any, boundary: str) -> list[float]:
    """The values of a parameter on a boundary at all times; none if it depends on more than position and time."""
    if not isinstance(value, Property):
        return [value] if isinstance(value, float) else []
    if value.constant is not None:
        return [value.constant]
    if builder.mesh is None:
        return []
    position = builder.mesh.boundary_point(boundary)
    spec = builder.solve
    times = np.linspace(spec.start, spec.until, _TIMES) if isinstance(spec, TransientSpec) else [0.0]
    views = [View(PlaceMedium({}), float(t), position) for t in times]
    try:
        with np.errstate(all="ignore"):
            return plugin_call("", lambda: [float(np.mean(numbers(value(view), position.shape[1:]))) for view in views])
    except (PluginError, ArithmeticError):  # it depends on fields, or it fails when the condition is tried
        return []


def _missing_value(builder: CaseBuilder, entry: ConditionEntry, name: str, boundary: str) -> str:
    """What a parameter objects to at the start or at the end of the run."""
    position, spec = builder.mesh.boundary_point(boundary), builder.solve
    times = (spec.start, spec.until) if isinstance(spec, TransientSpec) else (0.0,)
    value = getattr(entry.condition, name)
    return next(
        (text for t in times if (text := first_mistake(value.validate(Context(state=View(None, t, position)))))), ""
    )


def _parameter_mark(builder: CaseBuilder, boundary: str, field: Field, entry: ConditionEntry, name: str) -> Mark:
    block = builder.root.value["boundaries"].value[_DEFAULT if entry.is_default else boundary]
    node = block.value[field.name]
    body = node.value[entry.name] if isinstance(node.value, dict) else node
    return body.value[name].mark if isinstance(body.value, dict) and name in body.value else body.mark


def _note(builder: CaseBuilder, mark: Mark, text: str) -> None:
    """A mistake, but only a warning in a linearised model, whose fields may leave their range."""
    if builder.is_linearised:
        builder.diagnostics.warn(mark, f"{text}; a linearised model may leave it")
    else:
        builder.diagnostics.error(mark, text)


def _refusal(builder: CaseBuilder, values: Mapping[Field, Any]) -> str:
    """Why the mixture cannot have these values of some fields on one boundary, '' where it can."""
    mixture = builder.placeholder
    return first_mistake(mixture.validate(Context(mixture=mixture, boundary_values=values)))
