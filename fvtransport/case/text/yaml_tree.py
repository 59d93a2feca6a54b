"""The tree of a YAML text, which keeps the place of every key and value; nothing is ever constructed from tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ...errors import Mark, quote

__all__ = ["Node", "Scalar", "as_bool", "is_null", "locate", "plain", "resolved"]

_INTEGER = re.compile(r"[-+]?[0-9]+")
_RADIX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Scalar:
    """The text of a single value, and whether it was quoted (or a block text) in the file."""

    text: str
    quoted: bool


@dataclass(frozen=True)
class Node:
    """A value of the file with its place, and that of its key in a mapping."""

    value: dict[str, Node] | list[Node] | Scalar
    mark: Mark
    key_mark: Mark | None = None


def plain(node: Node) -> Any:
    """Dicts, lists, numbers, None and text; only unquoted numbers are numbers, and yes/no/true stay text."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value.text if node.value.quoted else resolved(node.value.text)


def as_bool(text: str) -> bool:
    """The truth value of true/yes/on or false/no/off in any case; raises ValueError for other text."""
    try:
        return _BOOLEANS[text.strip().lower()]
    except KeyError:
        raise ValueError(f"found {quote(text)}, expected true or false") from None


def locate(node: Node, loc: tuple[str | int, ...], key: bool = False) -> Mark:
    """The mark of the deepest node along ``loc``: its value, or its key if asked or if the rest of loc is missing.

    Parts of loc that name nothing (such as the tag of a union) are passed over.
    """
    missing = False
    for part in loc:
        child = _child(node, part)
        missing = child is None
        node = node if child is None else child
    return node.key_mark if (key or missing) and node.key_mark else node.mark


def _child(node: Node, part: str | int) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(str(part))
    if isinstance(node.value, list) and isinstance(part, int) and 0 <= part < len(node.value):
        return node.value[part]
    return None


def resolved(text: str) -> Any:
    """The number, None or text that an unquoted scalar denotes."""
    if is_null(text):
        return None
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 300 else float(text)
    if _RADIX.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return float(text.replace(".", "")) if _NOT_FINITE.fullmatch(text) else text


def is_null(text: str) -> bool:
    """Whether an unquoted scalar denotes no value."""
    return text in _NULLS
