"""The block `compare:`."""

from __future__ import annotations

from ...errors import PluginError, Problem
from ..model import Comparison
from ..reading.draft import Draft
from ..reading.make_plugin import Choice, build, choice, find
from ..reading.schema import Compared
from ..text.problems import Unreadable, kind_of
from ..text.yaml_tree import Node, plain

__all__ = ["read_compare"]


def read_compare(draft: Draft) -> None:
    """The closed form, its missing parameters taken from `parameters:`, and its own objections."""
    node = draft.block("compare")
    if node is None:
        return
    if not isinstance(node.value, dict):
        expected = "a mapping {solution: ..., tolerance: ...}"
        draft.findings.error(node.mark, f"compare: found {kind_of(node)}", expected)
        return
    entries = dict(node.value)
    solution = entries.pop("solution", None)
    rest = Node(entries, node.mark, node.key_mark)
    compared = draft.findings.attempt(build, Compared, Choice("compare", node.key_mark, rest), draft.reader)
    if solution is None or plain(solution) is None:
        draft.findings.error(node.key_mark, "compare lacks solution", "the name of a closed form")
        return
    made = draft.findings.attempt(_read_solution, draft, solution)
    if made is not None and compared is not None:
        draft.comparison = Comparison(made[0], made[1], compared.tolerance)


def _read_solution(draft: Draft, node: Node) -> tuple:
    chosen = choice(node, "a closed form")
    entry = find("solution", chosen, draft.scope)
    names = [each.name for each in entry.cls.declarations()]
    if draft.scope.broken.intersection(names):
        draft.fail()
    given = {name: draft.scope.given[name] for name in names if name in draft.scope.given}
    solution = build(entry.cls, chosen, draft.reader, given)
    try:
        objections = solution.objections()
    except (ArithmeticError, ValueError) as error:
        objections = [f"it cannot be evaluated: {error}"]
    except Exception as error:
        raise PluginError(f'solution "{entry.name}" ({entry.origin}): {type(error).__name__}: {error}') from error
    problems = [Problem(chosen.mark, f"{entry.name} does not hold here: {text}") for text in objections]
    if problems:
        raise Unreadable(*problems)
    return entry.name, solution
