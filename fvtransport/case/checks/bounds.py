"""Initial and boundary data held against the range of their fields."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Mark
from ...model.handles import Field
from ...model.property import Property
from ...model.views import View
from ..model import Condition, TransientSpec
from ..reading.draft import Draft
from ..reading.unit_placeholders import out_of_range
from .trial_points import at_positions

__all__ = ["check_boundary_values", "check_initial"]

_MOST_POINTS = 2000
_TIMES = 101
_DEFAULT = "default"
_SLACK = 1e-12
"""By how much fractions that add up to one in text may miss it."""


def check_initial(draft: Draft) -> None:
    """Initial values at the cell centres and both ends: finite, in range, and one for every field of a run in time."""
    if draft.scope.names is None:
        return
    if draft.is_transient:
        for field in draft.scope.names.solved:
            if field not in draft.initial and ("initial", field.name) not in draft.attempted:
                mark = draft.mark("initial", key=True)
                draft.findings.error(mark, f"no initial value for {field.name}", f"initial: {{{field.name}: ...}}")
    place = _places(draft)
    regions = {name: i for i, name in enumerate(draft.mesh.regions if draft.mesh else (), start=1)}
    good: dict[Field, Any] = {}
    for field, value in draft.initial.items():
        if draft.mesh is None and value.constant is None:
            continue
        mark = draft.mark("initial", field.name)
        try:
            sampled = at_positions(value, place, regions)
        except Exception as error:  # a plugin's property may ask for anything
            text = f"the initial value of {field.name} cannot be evaluated: {type(error).__name__}"
            draft.findings.error(mark, text, "a value or an expression of position")
            continue
        if _check_range(draft, field, sampled, place, mark):
            good[field] = sampled
    _check_closures(draft, good, place)


def _places(draft: Draft) -> np.ndarray:
    """Places all over the mesh, shape (4, n); any place where the mesh is not known."""
    return np.zeros((4, 1)) if draft.mesh is None else draft.mesh.points(_MOST_POINTS)


def _check_range(draft: Draft, field: Field, sampled: np.ndarray, place: np.ndarray, mark: Mark) -> bool:
    """Note the worst of some values of a field; True when all are in range."""
    wrong = ~np.isfinite(sampled)
    if wrong.any():
        x = place[0, wrong][0]
        draft.findings.error(mark, f"{field.name} = {sampled[wrong][0]:g} at x = {x:g}", "a finite number")
        return False
    beyond = np.maximum(field.lower - sampled, sampled - field.upper)
    worst = int(np.argmax(beyond))
    complaint = out_of_range(field, float(sampled[worst]))
    if complaint:
        where = "" if np.ptp(sampled) == 0.0 else f" at x = {place[0, worst]:g}"
        _note(draft, mark, complaint.replace(" is out", f"{where} is out", 1))
    return not complaint


def _check_closures(draft: Draft, good: dict[Field, np.ndarray], place: np.ndarray) -> None:
    """Fields that follow from others, where those are all known and in range themselves."""
    mixture = draft.stand_in
    for closure in mixture.closures if mixture else ():
        known = {**good, **mixture.known()}
        if all(other in known for other, _ in closure.terms):
            sampled = closure.offset + sum(factor * known[other] for other, factor in closure.terms)
            inside = np.clip(sampled, closure.field.lower, closure.field.upper)
            near = np.where(np.abs(sampled - inside) <= _SLACK, inside, sampled)
            _check_range(draft, closure.field, np.broadcast_to(near, place.shape[1:]), place, draft.mark("initial"))


def check_boundary_values(draft: Draft) -> None:
    """Every parameter of a condition that is a value of the field, at all times of the run."""
    for wall, conditions in draft.boundaries.items():
        for field, condition in conditions.items():
            for declared in condition.boundary.declarations():
                if declared.unit == "{field}":
                    numbers = _numbers(draft, getattr(condition.boundary, declared.name), wall)
                    mark = _parameter_mark(draft, wall, field, condition, declared.name)
                    if not np.isfinite(numbers).all() and (text := _objection(draft, condition, declared.name, wall)):
                        draft.findings.error(
                            mark, f"{field.name}: {declared.name}: {text}", "a value at all times of the run"
                        )
                        continue
                    _check_numbers(draft, field, declared.name, numbers, mark)
    if draft.stand_in is not None:
        for wall in draft.boundaries:
            _check_state(draft, wall)


def _check_state(draft: Draft, wall: str) -> None:
    """The values of a wall taken together: what follows from them is in range, and the mixture can have them."""
    values: dict[Field, Any] = {}
    for field, condition in draft.boundaries[wall].items():
        if name := type(condition.boundary).prescribed:
            numbers = _numbers(draft, getattr(condition.boundary, name), wall)
            if len(numbers) and not any(not np.isfinite(number) or out_of_range(field, number) for number in numbers):
                values[field] = np.array(numbers)
    if not values:
        return
    mark = draft.mark("boundaries", wall if wall in draft.root.value["boundaries"].value else _DEFAULT, key=True)
    for closure in draft.stand_in.closures:
        if all(other in values for other, _ in closure.terms):
            sampled = closure.offset + sum(factor * values[other] for other, factor in closure.terms)
            worst = sampled[np.argmax(np.maximum(closure.field.lower - sampled, sampled - closure.field.upper))]
            if complaint := _beyond_slack(closure.field, float(worst)):
                terms = " and ".join(other.name for other, _ in closure.terms)
                _note(draft, mark, f"{complaint}: it follows from {terms} on {wall}")
                return
    for field, value in values.items():
        if refusal := draft.stand_in.refuses({field: value}):
            where = "default" if draft.boundaries[wall][field].is_default else wall
            draft.findings.error(draft.mark("boundaries", where, field.name), refusal)
            return
    if refusal := draft.stand_in.refuses(values):
        draft.findings.error(mark, f"{wall}: {refusal}")


def _beyond_slack(field: Field, value: float) -> str:
    """What is wrong with a value that follows from others, but for round-off; '' where it is in range."""
    inside = min(max(value, field.lower), field.upper)
    return "" if abs(value - inside) <= _SLACK else out_of_range(field, value)


def _check_numbers(draft: Draft, field: Field, name: str, numbers: list[float], mark: Mark) -> None:
    """Note the first of some boundary values that is out of range."""
    for number in numbers:
        if not np.isfinite(number):
            draft.findings.error(mark, f"{field.name}: {name} = {number}", "a finite number")
            return
        if complaint := out_of_range(field, number):
            _note(draft, mark, complaint.replace(field.name, f"{field.name}: {name}", 1))
            return


def _numbers(draft: Draft, value: Any, wall: str) -> list[float]:
    """What a parameter is worth on a wall; nothing where it hangs on more than position and time."""
    if not isinstance(value, Property):
        return [value] if isinstance(value, float) else []
    if value.constant is not None:
        return [value.constant]
    if draft.mesh is None:
        return []
    place = draft.mesh.wall_point(wall)
    spec = draft.solve
    times = np.linspace(spec.start, spec.until, _TIMES) if isinstance(spec, TransientSpec) else [0.0]
    try:
        with np.errstate(all="ignore"):
            return [float(np.mean(value(View(None, float(t), place)))) for t in times]
    except Exception:  # it hangs on fields, which are not known before the run
        return []


def _objection(draft: Draft, condition: Condition, name: str, wall: str) -> str:
    """What a parameter objects to at the start or at the end of the run."""
    place, spec = draft.mesh.wall_point(wall), draft.solve
    times = (spec.start, spec.until) if isinstance(spec, TransientSpec) else (0.0,)
    value = getattr(condition.boundary, name)
    return next((text for t in times if (text := value.objection(View(None, t, place)))), "")


def _parameter_mark(draft: Draft, wall: str, field: Field, condition: Condition, name: str) -> Mark:
    block = draft.root.value["boundaries"].value[_DEFAULT if condition.is_default else wall]
    node = block.value[field.name]
    body = node.value[condition.name] if isinstance(node.value, dict) else node
    return body.value[name].mark if isinstance(body.value, dict) and name in body.value else body.mark


def _note(draft: Draft, mark: Mark, text: str) -> None:
    """A mistake, but only a warning in a linearised model, whose fields may leave their range."""
    if draft.is_linearised:
        draft.findings.warn(mark, f"{text}; a linearised model may leave it")
    else:
        draft.findings.error(mark, text)
