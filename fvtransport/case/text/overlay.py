"""A case with some lines changed: the entries of a phase of a protocol replace those of the rest of the file."""

from __future__ import annotations

from dataclasses import replace

from .yaml_tree import Node

__all__ = ["CHANGEABLE", "overlay"]

CHANGEABLE = {"parameters": 1, "properties": 1, "laws": 0, "boundaries": 2, "interfaces": 2, "audit": 0}
"""Blocks that a phase may change, and the number of levels merged by name; below them a value is replaced whole."""


def overlay(root: Node, changes: Node) -> Node:
    """The tree of the case without its protocol, with the changes in place; every node keeps its mark."""
    merged = {name: node for name, node in root.value.items() if name != "protocol"}
    for name, depth in CHANGEABLE.items():
        if name in changes.value:
            merged[name] = _merged(merged.get(name), changes.value[name], depth)
    return replace(root, value=merged)


def _merged(under: Node | None, over: Node, depth: int) -> Node:
    if not depth or under is None or not isinstance(under.value, dict) or not isinstance(over.value, dict):
        return over
    names = {name: _merged(under.value.get(name), node, depth - 1) for name, node in over.value.items()}
    return replace(under, value={**under.value, **names})
