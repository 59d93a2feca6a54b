"""The block `laws:`."""

from __future__ import annotations

from typing import Any

from ...errors import Problem
from ..reading.builder import CaseBuilder, LawRead
from ..reading.make_plugin import build
from ..reading.selection import find, select
from ..text.problems import InvalidValue, kind_of
from ..text.yaml_tree import Node, plain

__all__ = ["read_laws"]


def read_laws(builder: CaseBuilder) -> None:
    """Read the list of laws; a law may occur twice with different parameters, as sources do."""
    node = builder.block("laws")
    if node is None:
        builder.laws_valid = False
        return
    if not isinstance(node.value, list) or not node.value:
        builder.diagnostics.error(
            node.mark, f"laws: found {kind_of(node)}", "a list of laws, such as [conduction, fick]"
        )
        builder.laws_valid = False
        return
    texts: dict[str, list[tuple[Any, int]]] = {}
    for item in node.value:
        read = builder.diagnostics.attempt(_read_law, item, builder, texts)
        if read is None:
            builder.laws_valid = False
        else:
            builder.laws.append(read)
    for read in builder.laws:
        for other in builder.laws:
            if other.selection.name in type(read.law).covers:
                whole = f"{read.selection.name} on line {read.selection.mark.line}"
                text = f"{other.selection.name} is part of {whole}: it would count twice"
                builder.diagnostics.error(other.selection.mark, text, "one of them only")


def _read_law(item: Node, builder: CaseBuilder, texts: dict[str, list[tuple[Any, int]]]) -> LawRead:
    selection = select(item, "a law")
    entry = find("law", selection, builder.scope)
    content = plain(selection.body) if selection.body is not None else None
    before = texts.setdefault(selection.name, [])
    for other, line in before:
        if other == content:
            message = f"{selection.name} is given twice (first on line {line})"
            raise InvalidValue(Problem(selection.mark, message, "each law once, or with other parameters"))
    before.append((content, selection.mark.line))
    name = selection.name if len(before) == 1 else f"{selection.name}_{len(before)}"
    return LawRead(name, selection, build(entry.cls, selection, builder.reader))
