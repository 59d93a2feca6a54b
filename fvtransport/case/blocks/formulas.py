"""Observables that are formulas of others: `cop: {formula: "Qc_cycle/W_cycle"}`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ...errors import Problem, plugin_call
from ..model import CYCLE, Derived, Observed
from ..reading.builder import CaseBuilder
from ..reading.scope import compiled, identifiers
from ..text.problems import InvalidValue, kind_of, part_of, unknown
from ..text.yaml_tree import Node, Scalar

__all__ = ["FORMULA", "OVER", "is_formula", "is_rate", "order_formulas", "rate_problem", "read_formula", "read_over"]

FORMULA = "formula"
OVER = {"over": False, "mean_over": True}
"""Keys that name a phase or a cycle, and whether the amount added in it is divided by its duration."""
_RATE = re.compile(r"^W\b|/s\b(?!\^)")
_KEYS = (FORMULA, "unit", *OVER)


def is_formula(node: Node) -> bool:
    """Whether an entry of `observe:` is a formula of other entries."""
    return isinstance(node.value, dict) and FORMULA in node.value


def read_over(builder: CaseBuilder, entries: dict[str, Node]) -> tuple[str, bool]:
    """The phase or cycle over which an observable is taken, and whether as a mean; removes the keys from entries."""
    given = {key: entries.pop(key) for key in OVER if key in entries}
    if not given:
        return "", False
    key, node = next(iter(given.items()))
    if len(given) > 1:
        raise InvalidValue(Problem(given["mean_over"].key_mark, "over and mean_over are both given", "one of them"))
    if builder.protocol is None:
        raise InvalidValue(
            Problem(node.key_mark, f"{key} needs phases, and the case has no protocol", "a block protocol: ...")
        )
    if not isinstance(node.value, Scalar):
        raise InvalidValue(Problem(node.mark, f"{key} is {kind_of(node)}", "the name of a phase, or cycle"))
    names = (*(phase.name for phase in builder.protocol.phases), CYCLE)
    if node.value.text not in names:
        raise InvalidValue(unknown("phase", node.value.text, node.mark, names))
    return node.value.text, OVER[key]


def read_formula(builder: CaseBuilder, name: str, node: Node) -> Derived:
    """A formula of the other observables and of parameters."""
    entries = dict(node.value)
    over, is_mean = read_over(builder, entries)
    wrong = [key for key in entries if key not in _KEYS]
    if wrong:
        raise InvalidValue(*(unknown("key of a formula", key, entries[key].key_mark, _KEYS) for key in wrong))
    formula, unit = entries[FORMULA], entries.get("unit")
    for part, what in ((formula, "a formula of observables"), (unit, "text")):
        if part is not None and not (isinstance(part.value, Scalar) and part.value.text):
            raise InvalidValue(Problem(part.mark, f"{(part is unit and 'unit') or FORMULA} is {kind_of(part)}", what))
    others = [each for each in builder.mapping("observe") if each != name]
    for used, start in identifiers(formula.value.text):
        if used == name:
            mark = part_of(formula, start, len(used))
            raise InvalidValue(Problem(mark, f"{name} is a formula of itself", "other observables"))
        if used in others and used in builder.scope.given:
            mark = part_of(formula, start, len(used))
            raise InvalidValue(
                Problem(mark, f"{used} is an observable and a parameter", "another name for one of them")
            )
    return Derived(name, compiled(formula, others, builder.scope), unit.value.text if unit else "", over, is_mean)


def order_formulas(builder: CaseBuilder, found: dict[str, Derived]) -> None:
    """Sort the formulas so that each follows those it names, and check the names in them."""
    waiting = dict(found)
    while waiting:
        ready = [name for name, each in waiting.items() if not waiting.keys() & each.expression.names]
        for name in ready:
            builder.derived[name] = waiting.pop(name)
        if not ready:
            _note_circle(builder, waiting)
            return
    observed = {each.name: each for each in builder.observe}
    for name, each in list(builder.derived.items()):
        problems = list(_formula_problems(builder, each, observed))
        builder.diagnostics.problems += problems
        if problems or each.expression.names - observed.keys() - builder.derived.keys():
            del builder.derived[name]


def _note_circle(builder: CaseBuilder, waiting: dict[str, Derived]) -> None:
    """Note one circle of formulas; formulas that only lead to it are not at fault."""
    path = [next(iter(waiting))]
    while len(set(path)) == len(path):
        path.append(next(other for other in waiting[path[-1]].expression.arguments if other in waiting))
    circle = path[path.index(path[-1]) :]
    mark = builder.mark("observe", circle[0], FORMULA)
    builder.diagnostics.error(
        mark, f"formulas run in a circle: {' -> '.join(circle)}", "one of them of other observables"
    )


def _formula_problems(builder: CaseBuilder, derived: Derived, observed: dict[str, Observed]) -> Iterable[Problem]:
    """The problems of the observables that a formula names."""
    node = builder.root.value["observe"].value[derived.name].value[FORMULA]
    positions = {name: part_of(node, start, len(name)) for name, start in identifiers(node.value.text)}
    for name in derived.expression.arguments:
        other, formula = observed.get(name), builder.derived.get(name)
        if other is not None and other.times is not None and len(other.times) > 1:
            yield Problem(
                positions[name], f"{name} is read at {len(other.times)} times", "an observable with a single value"
            )
        if not derived.over:
            continue
        own = (other or formula).over if other or formula else ""
        if own:
            yield Problem(
                positions[name], f"{name} is taken over {own} already", f"it without over, or {derived.name} without"
            )
        if other is not None and other.times is not None:
            yield Problem(
                positions[name], f"{name} is read at a time", f"an observable that is taken over {derived.over}"
            )
        if other is not None and is_rate(other):
            yield replace(rate_problem(other.plugin, node, derived.over), mark=positions[name])


def is_rate(observed: Observed) -> bool:
    """Whether an observable is a rate, by its unit, so that its change over a phase or cycle is not an amount."""
    unit = plugin_call(f'the unit of observable "{observed.plugin}"', lambda: observed.observable.reading_unit)
    return isinstance(unit, str) and bool(_RATE.search(unit))


def rate_problem(plugin: str, node: Node, over: str) -> Problem:
    """The problem of a rate that is taken over a phase or cycle."""
    text = f"{plugin} is a rate, whose change over {over} is not an amount"
    return Problem(node.mark, text, "an amount since the start, such as amount_through, or something stored")
