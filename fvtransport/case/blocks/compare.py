"""The block `compare:`."""

from __future__ import annotations

from ...errors import Problem, plugin_call
from ...model.solution import Solution
from ...model.validation import Context, Issue
from ..model import Comparison
from ..reading.builder import CaseBuilder
from ..reading.make_plugin import build
from ..reading.schema import Compared
from ..reading.selection import Selection, find, select
from ..text.problems import InvalidValue, kind_of
from ..text.yaml_tree import Node, plain

__all__ = ["read_compare"]


def read_compare(builder: CaseBuilder) -> None:
    """The closed form, its missing parameters taken from `parameters:`, and its own issues."""
    node = builder.block("compare")
    if node is None:
        return
    if not isinstance(node.value, dict):
        expected = "a mapping {solution: ..., tolerance: ...}"
        builder.diagnostics.error(node.mark, f"compare: found {kind_of(node)}", expected)
        return
    entries = dict(node.value)
    solution = entries.pop("solution", None)
    rest = Node(entries, node.mark, node.key_mark)
    compared = builder.diagnostics.attempt(build, Compared, Selection("compare", node.key_mark, rest), builder.reader)
    if solution is None or plain(solution) is None:
        builder.diagnostics.error(node.key_mark, "compare lacks solution", "the name of a closed form")
        return
    made = builder.diagnostics.attempt(_read_solution, builder, solution)
    if made is not None and compared is not None:
        builder.comparison = Comparison(made[0], made[1], compared.tolerance)


def _read_solution(builder: CaseBuilder, node: Node) -> tuple:
    selection = select(node, "a closed form")
    entry = find("solution", selection, builder.scope)
    names = [each.name for each in entry.cls.declarations()]
    if builder.scope.broken.intersection(names):
        builder.fail()
    given = {name: builder.scope.given[name] for name in names if name in builder.scope.given}
    solution = build(entry.cls, selection, builder.reader, given)
    if issues := plugin_call(f'solution "{entry.name}" ({entry.origin})', lambda: _mistakes(solution)):
        text = f"{entry.name} does not hold here"
        raise InvalidValue(*(Problem(selection.mark, f"{text}: {each.text}", each.cure) for each in issues))
    return entry.name, solution


def _mistakes(solution: Solution) -> list[Issue]:
    """Why a closed form does not hold; one that has no number for its parameters is mistaken too."""
    try:
        return [each for each in solution.validate(Context()) if each.is_mistake]
    except (ArithmeticError, ValueError) as error:
        return [Issue(f"it cannot be evaluated: {error}")]
