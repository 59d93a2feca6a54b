"""The block `laws:`."""

from __future__ import annotations

from typing import Any

from ...errors import Problem
from ..reading.draft import Draft, LawRead
from ..reading.make_plugin import build, choice, find
from ..text.problems import Unreadable, kind_of
from ..text.yaml_tree import Node, plain

__all__ = ["read_laws"]


def read_laws(draft: Draft) -> None:
    """Read the list of laws; one law may stand twice with different parameters, as sources do."""
    node = draft.block("laws")
    if node is None:
        draft.laws_whole = False
        return
    if not isinstance(node.value, list) or not node.value:
        draft.findings.error(node.mark, f"laws: found {kind_of(node)}", "a list of laws, such as [conduction, fick]")
        draft.laws_whole = False
        return
    texts: dict[str, list[tuple[Any, int]]] = {}
    for item in node.value:
        read = draft.findings.attempt(_read_law, item, draft, texts)
        if read is None:
            draft.laws_whole = False
        else:
            draft.laws.append(read)
    for read in draft.laws:
        for other in draft.laws:
            if other.chosen.name in type(read.law).covers:
                text = f"{other.chosen.name} is part of {read.chosen.name} on line {read.chosen.mark.line}: it would count twice"
                draft.findings.error(other.chosen.mark, text, "one of them only")


def _read_law(item: Node, draft: Draft, texts: dict[str, list[tuple[Any, int]]]) -> LawRead:
    chosen = choice(item, "a law")
    entry = find("law", chosen, draft.scope)
    content = plain(chosen.body) if chosen.body is not None else None
    before = texts.setdefault(chosen.name, [])
    for other, line in before:
        if other == content:
            message = f"{chosen.name} is given twice (first on line {line})"
            raise Unreadable(Problem(chosen.mark, message, "each law once, or with other parameters"))
    before.append((content, chosen.mark.line))
    name = chosen.name if len(before) == 1 else f"{chosen.name}_{len(before)}"
    return LawRead(name, chosen, build(entry.cls, chosen, draft.reader))
