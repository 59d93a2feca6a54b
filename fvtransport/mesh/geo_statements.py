"""Where the statements of a geometry file end, and the labels in them that Gmsh is not given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..errors import quote
from .geo_tokens import Token
from .geo_words import BLOCKS

__all__ = ["CLOSE", "OPEN", "labels_in", "statements"]

OPEN, CLOSE = {"(": ")", "[": "]", "{": "}"}, frozenset(")]}")
_ALONE = frozenset(["Else", "EndIf", "EndFor", ";"])
_CONTINUES = frozenset(["{", "(", "[", "=", ";", ",", "Using", "In"])

Refuse = Callable[[Token, str, str], None]


def statements(tokens: Sequence[Token], refuse: Refuse) -> Iterator[Sequence[Token]]:
    """The statements in order; one without an end is refused, and is the last."""
    at = 0
    while at < len(tokens):
        end = _end(tokens, at, refuse)
        yield tokens[at:end]
        at = end


def _end(tokens: Sequence[Token], at: int, refuse: Refuse) -> int:
    """Where the statement that begins at a token ends: at a semicolon or, for some, at a brace."""
    head = tokens[at].text
    if head in _ALONE:
        return at + 1
    awaited: list[str] = []
    may_end = head in ("For", "If", "ElseIf") or head in BLOCKS
    for n in range(at, len(tokens)):
        word = tokens[n].text if tokens[n].kind == "sign" else ""
        may_end = may_end or tokens[n].text in BLOCKS
        if word in OPEN:
            awaited.append(OPEN[word])
        elif word in CLOSE and (not awaited or awaited.pop() != word):
            refuse(tokens[n], f"{quote(word)} closes nothing", "brackets in pairs")
            return len(tokens)
        elif word == ";" and not awaited:
            return n + 1
        following = tokens[n + 1].text if n + 1 < len(tokens) else ""
        if may_end and not awaited and _is_last(head, word, following):
            return n + 1
    refuse(tokens[at], "this statement has no end", "a semicolon")
    return len(tokens)


def _is_last(head: str, word: str, following: str) -> bool:
    """Whether a closing bracket is the last word of a loop's or condition's head, or of a block."""
    if head in ("If", "ElseIf"):
        return word == ")" and (following[:1].isalpha() or following in ("", ";"))
    if head == "For":
        return word in ("}", ")")
    return word == "}" and following not in _CONTINUES


def labels_in(tokens: Sequence[Token]) -> set[int]:
    """Places of the words in DefineConstant and DefineNumber that label a number, with the commas before them."""
    found: set[int] = set()
    within: list[tuple[str, int]] = []
    """The brackets that are open: what they enclose, and where its labels begin, 0 before that."""
    for n, token in enumerate(tokens):
        before = tokens[n - 1].text if n else ""
        if token.text in OPEN:
            inside = within[-1][0] if within else ""
            is_value = inside == "DefineConstant" and token.text == "{" and before == "="
            kind = "number" if is_value or before == "DefineNumber" else before if before == "DefineConstant" else ""
            within.append((kind, 0))
        elif token.text in CLOSE and within:
            kind, begin = within.pop()
            if begin:
                found.update(range(begin, n))
        elif token.text == "," and within[-1:] == [("number", 0)] and _is_name(tokens, n + 1):
            within[-1] = ("number", n)
    return found


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind == "name"
