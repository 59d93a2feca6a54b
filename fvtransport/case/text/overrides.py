"""Values set on the command line, put into the tree of a case with marks of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...errors import CaseError, Mark, Problem, nearest, quote
from .yaml_reader import parse
from .yaml_tree import Node, Scalar, plain

__all__ = ["apply"]


@dataclass(frozen=True)
class _Override:
    """One ``path=value``: the parts of its path, each with its mark, and the value."""

    parts: tuple[tuple[str, Mark], ...]
    value: Node


class _Refused(Exception):
    """Carries the Problem of an override out of the descent."""


def apply(node: Node, settings: Iterable[str]) -> Node:
    """A new tree with every ``a.b=value`` put in; raises CaseError with all overrides that cannot be placed."""
    problems: list[Problem] = []
    for text in settings:
        try:
            override = _read(text, node)
            node = _set(node, override.parts, override.value, "")
        except _Refused as refused:
            problems.append(refused.args[0])
        except CaseError as error:
            problems.extend(error.problems)
    if problems:
        raise CaseError(problems)
    return node


def _read(text: str, root: Node) -> _Override:
    source = f"--set {text}"
    path, equals, value = text.partition("=")
    whole = Mark(source, 1, 1, max(1, len(text)), text)
    if "\n" in text or "\r" in text:
        _refuse(whole, "an override is one line", "flow text such as {a: 1, b: 2}")
    if not equals:
        _refuse(whole, 'this override has no "="', "path=value", nearest(path.split(".")[0].strip(), _keys(root)))
    parts, column = [], 1
    for part in path.split("."):
        name = part.strip()
        start = column + len(part) - len(part.lstrip())
        parts.append((name, Mark(source, 1, start, max(1, len(name)), text)))
        if not name:
            _refuse(parts[-1][1], "a name of this path is empty", "names joined by single dots, such as mesh.cells")
        column += len(part) + 1
    return _Override(tuple(parts), _value(value, source, len(path) + 1, text))


def _value(value: str, source: str, offset: int, text: str) -> Node:
    """The value, parsed after as many spaces as precede it in ``text``, so that columns agree."""
    mark = Mark(source, 1, offset + 1, max(1, len(value)), text)
    if not value.strip():
        return Node(Scalar("", False), mark)
    if value.strip().startswith("#"):
        _refuse(mark, "the value is a comment", "quotes around a text that starts with #")
    try:
        return _quoting(parse(" " * offset + value, source), text)
    except CaseError as error:
        raise CaseError(replace(p, mark=replace(p.mark, text=text)) for p in error.problems) from None


def _quoting(node: Node, text: str) -> Node:
    """The same tree whose marks quote the override as it was typed."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _quoting(child, text) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_quoting(child, text) for child in value]
    key_mark = node.key_mark and replace(node.key_mark, text=text)
    return Node(value, replace(node.mark, text=text), key_mark)


def _set(node: Node, parts: tuple[tuple[str, Mark], ...], value: Node, above: str) -> Node:
    """A copy of ``node`` in which the rest of the path leads to ``value``; ``above`` is the path so far."""
    if not parts:
        return replace(value, key_mark=node.key_mark)
    (name, mark), rest = parts[0], parts[1:]
    path = f"{above}.{name}" if above else name
    if isinstance(node.value, list):
        index = _index(node.value, name, mark, above)
        items = list(node.value)
        items[index] = _set(items[index], rest, value, path)
        return replace(node, value=items)
    if isinstance(node.value, dict):
        mapping = dict(node.value)
    elif plain(node) is None:
        mapping = {}
    else:
        found = f"{quote(above)} is the value {quote(node.value.text)}" if above else "the case is a single value"
        _refuse(mark, f"{found} and has nothing below it", f'a path that ends at "{above}"' if above else "a mapping")
    empty = Node(Scalar("", False), mark, mark)
    mapping[name] = replace(_set(mapping.get(name, empty), rest, value, path), key_mark=mark)
    return replace(node, value=mapping)


def _index(items: list[Node], name: str, mark: Mark, above: str) -> int:
    if name.isascii() and name.isdigit() and len(name) < 10 and int(name) < len(items):
        return int(name)
    where = quote(above) if above else "the case"
    if not items:
        _refuse(mark, f"{where} is an empty list", "a list with items")
    labels = {label: str(index) for index, item in enumerate(items) for label in _labels(item)}
    near = labels.get(nearest(name, labels), "")
    hint = f"{above}.{near}" if near and above else near
    expected = "the index 0" if len(items) == 1 else f"an index from 0 to {len(items) - 1}"
    _refuse(mark, f"{where} is a list without an item {quote(name)}", expected, hint)
    raise AssertionError


def _labels(item: Node) -> list[str]:
    """What a user may call a list item: its keys, or its text."""
    return [item.value.text] if isinstance(item.value, Scalar) else _keys(item)


def _keys(node: Node) -> list[str]:
    return list(node.value) if isinstance(node.value, dict) else []


def _refuse(mark: Mark, message: str, expected: str = "", near: str = "") -> None:
    raise _Refused(Problem(mark, message, expected, near))
