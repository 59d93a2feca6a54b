"""The `parameters:` block: numbers, quantities and expressions of each other, folded to numbers."""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Mapping

from ...errors import Problem
from ...model.handles import COORDINATES, TIME
from ..reading.scope import identifiers
from ..reading.unit_placeholders import in_own_unit
from ..text.expression_syntax import ExpressionError
from ..text.expressions import compile_expression
from ..text.problems import Diagnostics, InvalidValue, kind_of, part_of
from ..text.unit_text import UnitError, looks_like_quantity
from ..text.units import UnitSystem
from ..text.yaml_tree import Node, Scalar, plain

__all__ = ["read_parameters"]

_RESERVED = frozenset({*(handle.name for handle in COORDINATES), TIME.name, "pi"})
_NAME = re.compile(r"[^\W\d]\w*")


def read_parameters(
    node: Node | None, units: UnitSystem, diagnostics: Diagnostics
) -> tuple[dict[str, float], set[str]]:
    """The parameters in the order of the file, and the names of those with a mistake of their own."""
    if node is None or plain(node) is None:
        return {}, set()
    if not isinstance(node.value, dict):
        diagnostics.error(node.mark, f"parameters are {kind_of(node)}", "a mapping {name: number}")
        return {}, set()
    values: dict[str, float] = {}
    broken: set[str] = set()
    texts: dict[str, list[str]] = {}
    for name, child in node.value.items():
        _check_name(name, child, diagnostics)
        if _is_expression(child):
            texts[name] = [other for other in dict(identifiers(child.value.text)) if other in node.value]
        elif (value := diagnostics.attempt(_number, name, child, units)) is None:
            broken.add(name)
        else:
            values[name] = value
    _resolve(node.value, texts, values, broken, diagnostics)
    return {name: values[name] for name in node.value if name in values}, broken


def _check_name(name: str, node: Node, diagnostics: Diagnostics) -> None:
    if name in _RESERVED:
        diagnostics.error(node.key_mark, f'a parameter cannot be named "{name}"', "a name other than x, y, z, t and pi")
    elif not _NAME.fullmatch(name) or keyword.iskeyword(name):
        message = f'"{name}" cannot be used in an expression'
        diagnostics.error(
            node.key_mark, message, "a name of letters, digits and underscores that is not a Python keyword"
        )


def _is_expression(node: Node) -> bool:
    return isinstance(plain(node), str) and not looks_like_quantity(node.value.text)


def _number(name: str, node: Node, units: UnitSystem) -> float:
    value = plain(node)
    if value is None or not isinstance(node.value, Scalar):
        expected = "a number, a quantity such as 2.1e-5 m^2/s, or an expression of parameters"
        raise InvalidValue(Problem(node.mark, f"{name} is {kind_of(node)}", expected))
    try:
        number = in_own_unit(value, units) if isinstance(value, str) else float(value)
    except UnitError as error:
        raise InvalidValue(Problem(node.mark, str(error))) from None
    if not math.isfinite(number):
        raise InvalidValue(Problem(node.mark, f"{name} = {number} is not a finite number"))
    return number


def _resolve(
    nodes: Mapping[str, Node],
    needs: Mapping[str, list[str]],
    values: dict[str, float],
    broken: set[str],
    diagnostics: Diagnostics,
) -> None:
    """Evaluate expressions in the order of their dependence; those that remain run in circles."""
    users: dict[str, list[str]] = {}
    for name, others in needs.items():
        for other in others:
            users.setdefault(other, []).append(name)
    waiting = {name: sum(other in needs for other in others) for name, others in needs.items()}
    ready = [name for name, count in waiting.items() if not count]
    while ready:
        name = ready.pop()
        _evaluate(name, nodes, needs[name], values, broken, diagnostics)
        for user in users.get(name, ()):
            waiting[user] -= 1
            if not waiting[user]:
                ready.append(user)
    _report_cycles([name for name, count in waiting.items() if count], nodes, needs, broken, diagnostics)


def _evaluate(
    name: str,
    nodes: Mapping[str, Node],
    others: list[str],
    values: dict[str, float],
    broken: set[str],
    diagnostics: Diagnostics,
) -> None:
    node = nodes[name]
    if broken.intersection(others):
        broken.add(name)
        return
    text = node.value.text
    try:
        values[name] = compile_expression(text, (), {other: values[other] for other in others}).constant
    except ExpressionError as error:
        broken.add(name)
        for each in error.all:
            is_unknown = each.message.startswith("unknown name")
            expected = f"one of {', '.join([*nodes, 'pi'][:20])}" if is_unknown else each.expected
            diagnostics.error(part_of(node, each.offset, each.length), each.message, expected, each.nearest)


def _report_cycles(
    left: list[str],
    nodes: Mapping[str, Node],
    needs: Mapping[str, list[str]],
    broken: set[str],
    diagnostics: Diagnostics,
) -> None:
    stuck = set(left)
    broken |= stuck
    seen: set[str] = set()
    order = {name: number for number, name in enumerate(nodes)}
    for start in left:
        path: list[str] = []
        name = start
        while name not in seen:
            seen.add(name)
            path.append(name)
            name = next(other for other in needs[name] if other in stuck)
        if name in path:
            circle = path[path.index(name) :]
            first = min(circle, key=order.__getitem__)
            turn = circle.index(first)
            ring = " -> ".join([*circle[turn:], *circle[:turn], first])
            diagnostics.error(nodes[first].mark, f"parameters run in a circle: {ring}", "one of them as a number")
