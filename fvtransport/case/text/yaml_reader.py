"""YAML text read into a tree of nodes, with every mistake noted as long as the text can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from ...errors import CaseError, Mark, Problem, nearest, quote
from .yaml_errors import explain
from .yaml_tree import Node, Scalar, is_null, resolved

__all__ = ["parse", "read"]

_MAX_BYTES = 10_000_000
_MAX_DEPTH = 50
_MAX_COPIES = 1000  # nodes that aliases may add in all
_MAX_PROBLEMS = 200
_MAX_VALUES = 200_000
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_LINE_END = re.compile(r"\r\n|\r|\n")
# Besides control characters: line ends that only YAML knows, halves of surrogate pairs, and the byte order mark.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_GLUED = re.compile(r"[A-Za-z_][\w.-]*:[^:/].*")


def read(path: str | Path) -> Node:
    """The tree of a case file; raises CaseError with every mistake found."""
    path = Path(path)
    top = Mark(str(path), 1, 1)
    try:
        if path.is_dir():
            raise CaseError([Problem(top, "this is a directory", "a YAML file")])
        with path.open("rb") as stream:
            raw = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise CaseError([Problem(top, "file not found", "", _neighbour(path))]) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise CaseError([Problem(top, f"cannot read the file: {reason}")]) from None
    if len(raw) > _MAX_BYTES:
        raise CaseError([Problem(top, "the file is over 10 MB", "a case file of at most 10 MB")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = Problem(replace(top, line=line), "the file is binary or not UTF-8", "YAML text in UTF-8")
        raise CaseError([problem]) from None
    return parse(text, str(path))


def parse(text: str, source: str) -> Node:
    """The tree of a YAML text; ``source`` names it in messages; raises CaseError with every mistake found."""
    return _Composer(text, source).compose()


def _neighbour(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.suffix in (".yaml", ".yml")]
    except (OSError, ValueError):
        return ""
    name = nearest(path.name, names)
    return str(path.with_name(name)) if name else ""


@dataclass
class _Open:
    """A collection being read; ``size`` counts its nodes, ``height`` its levels."""

    value: dict[str, Node] | list[Node]
    event: Any
    key: Node | None = None
    size: int = 1
    height: int = 1


class _Composer:
    """Builds the tree from the parser's events, noting mistakes and going on as long as the text can be read."""

    def __init__(self, text: str, source: str) -> None:
        self.text, self.source = text, source
        self.lines = _LINE_END.split(text)
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int, int] | None] = {}
        self.root: Node | None = None
        self.copies = self.values = 0

    def compose(self) -> Node:
        """The root; raises CaseError with all problems."""
        if not self._unreadable():
            try:
                for event in yaml.parse(self.text, Loader=_LOADER):
                    if not self._take(event):
                        break
            except yaml.YAMLError as error:
                self.problems.append(explain(error, self._mark))
        if self.root is None and not self.problems:
            self._problem(self._mark(0, 0), "the text is empty", "YAML")
        if self.problems:
            raise CaseError(self.problems)
        return self.root

    def _unreadable(self) -> bool:
        """Notes the first unreadable character of each line."""
        for number, line in enumerate(self.lines):
            if (found := _UNREADABLE.search(line)) and len(self.problems) < _MAX_PROBLEMS:
                code = f"U+{ord(found.group()):04X}"
                self._problem(self._mark(number, found.start()), f"unreadable character {code}", "plain text")
        return bool(self.problems)

    def _take(self, event: Any) -> bool:
        """Takes one event in; False when reading on makes no sense."""
        self.values += 1
        if self.values > _MAX_VALUES:
            self._problem(self._of(event), f"more than {_MAX_VALUES} values and brackets", "a shorter text")
            return False
        if isinstance(event, yaml.DocumentStartEvent):
            if self.root is not None:
                self._problem(self._of(event), "a second document begins here", "one document per file")
                return False
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._tag(event)
            self._add(Node(Scalar(event.value, not event.implicit[0]), self._of(event)), event, 1, 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._tag(event)
            if len(self.stack) >= _MAX_DEPTH:
                self._problem(self._of(event), f"nested deeper than {_MAX_DEPTH} levels", "a flatter text")
                return False
            if event.anchor:
                self.anchors[event.anchor] = None
            self.stack.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else [], event))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self.stack.pop()
            node = Node(done.value, self._of(done.event, event if done.event.flow_style else None))
            self._add(node, done.event, done.size, done.height)
        return len(self.problems) < _MAX_PROBLEMS

    def _add(self, node: Node, event: Any, size: int, height: int) -> None:
        """Puts a finished node where it belongs."""
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.anchor:
            self.anchors[event.anchor] = (node, size, height)
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        parent.size += size
        parent.height = max(parent.height, height + 1)
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif parent.key is None:
            self._check_key(node)
            parent.key = node
        else:
            key, parent.key = parent.key, None
            self._pair(parent.value, key, node)

    def _pair(self, mapping: dict[str, Node], key: Node, node: Node) -> None:
        if not isinstance(key.value, Scalar):
            return
        name = key.value.text
        if name in mapping:
            first = mapping[name].key_mark.line
            self._problem(key.mark, f"key {quote(name)} is repeated (first on line {first})", "each key once")
        else:
            mapping[name] = replace(node, key_mark=key.mark)
        if _GLUED.fullmatch(name) and node.value == Scalar("", False):
            self._problem(key.mark, f"a space is missing after the colon of {quote(name)}", '"key: value"')

    def _check_key(self, key: Node) -> None:
        if not isinstance(key.value, Scalar):
            self._problem(key.mark, "a key is a list or a mapping", "text as a key")
        elif not key.value.quoted:
            text = key.value.text
            if text == "<<":
                self._problem(key.mark, 'merge keys "<<" are not supported', "the keys written out")
            elif not isinstance(resolved(text), str):
                kind = "empty" if is_null(text) else "a number"
                self._problem(key.mark, f"a key is {kind}", f'text as a key, such as "{text or "name"}" in quotes')

    def _alias(self, event: Any) -> None:
        """Repeats an anchored node, within the budget of nodes and levels."""
        mark, name = self._of(event), f"*{event.anchor}"
        if event.anchor not in self.anchors:
            options = [f"*{anchor}" for anchor in self.anchors]
            self._problem(mark, f"alias {quote(name)} has no anchor", "", nearest(name, options))
            found = None
        elif (found := self.anchors[event.anchor]) is None:
            self._problem(mark, f"alias {quote(name)} contains itself", "the values written out")
        node, size, height = found or (Node(Scalar("", True), mark), 1, 1)
        over = self.copies <= _MAX_COPIES < self.copies + size
        self.copies += size
        if over:
            self._problem(mark, f"aliases repeat more than {_MAX_COPIES} values", "the values written out")
        if len(self.stack) + height > _MAX_DEPTH:
            self._problem(mark, f"nested deeper than {_MAX_DEPTH} levels by {quote(name)}", "a flatter text")
        if self.copies > _MAX_COPIES or len(self.stack) + height > _MAX_DEPTH:
            node, size, height = Node(Scalar("", True), mark), 1, 1
        self._add(replace(node, mark=mark), event, size, height)

    def _tag(self, event: Any) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._problem(self._of(event), f"tag {quote(tag)} is not allowed", "YAML without tags")

    def _problem(self, mark: Mark, message: str, expected: str = "", near: str = "") -> None:
        self.problems.append(Problem(mark, message, expected, near))

    def _of(self, event: Any, end: Any = None) -> Mark:
        """The mark of an event, as far as it goes on its first line."""
        start, stop = event.start_mark, (end or event).end_mark
        mark = self._mark(start.line, start.column)
        if isinstance(event, yaml.CollectionStartEvent) and end is None:
            return mark
        stop_column = stop.column if stop.line == start.line else len(mark.text.rstrip())
        return replace(mark, length=max(1, stop_column - start.column))

    def _mark(self, line: int, column: int) -> Mark:
        """The mark of a place counted from 0; a place below the last line is moved to its end."""
        line = min(line, len(self.lines) - 1)
        text = self.lines[line]
        return Mark(self.source, line + 1, min(column, len(text)) + 1, 1, text)
