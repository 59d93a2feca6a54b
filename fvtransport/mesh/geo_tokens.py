"""The words of a Gmsh geometry file, each with its place; comments are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..errors import CaseError, Mark, Problem, quote

__all__ = ["Token", "canonical", "is_plain", "refusal", "tokens_of"]

_PATTERN = re.compile(
    r"""(?P<space>[ \t\r\n]+|//[^\n]*|/\*.*?\*/)
    |(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<name>[A-Za-z_][A-Za-z_0-9]*)
    |(?P<string>"[^"\n]*")
    |(?P<sign>\+\+|--|\+=|-=|\*=|/=|<=|>=|==|!=|&&|\|\||/(?!\*)|[-+*^%=<>!?:;,.(){}\[\]\#])""",
    re.VERBOSE | re.DOTALL,
)
_NAME_MARKS = frozenset(" _-+*/^.,:()#%=[]&?!@<>~")


@dataclass(frozen=True)
class Token:
    """One word; kind is number, name, string or sign, offset counts characters from the start of the text."""

    kind: str
    text: str
    offset: int


def refusal(source: str, text: str, token: Token, message: str, cure: str) -> Problem:
    """A problem at the place of a token, with its line."""
    start = text.rfind("\n", 0, token.offset) + 1
    line = text[start:].partition("\n")[0].rstrip("\r")
    number = text.count("\n", 0, token.offset) + 1
    mark = Mark(source, number, token.offset - start + 1, max(1, len(token.text)), line)
    return Problem(mark, message, cure)


def tokens_of(text: str, source: str) -> list[Token]:
    """The words in order; CaseError at the first character that no word of the language begins with."""
    found: list[Token] = []
    offset = 0
    while offset < len(text):
        match = _PATTERN.match(text, offset)
        token = None if match is None else Token(match.lastgroup or "", match.group(), offset)
        if token is None:
            at = Token("", text[offset], offset)
            raise CaseError([refusal(source, text, at, f"{quote(at.text)} is not read here", _CURE)])
        if token.kind != "space":
            found.append(token)
        offset += len(token.text)
    return found


_CURE = "numbers, names, operators, comments, and texts in double quotes within one line"


def is_plain(text: str) -> bool:
    """Whether a text between quotes has no escapes, quotes or marks of comments, which Gmsh might read its own way."""
    has_comment = any(each in text for each in ("//", "/*", "*/"))
    return len(text) <= 200 and not has_comment and all(each.isalnum() or each in _NAME_MARKS for each in text)


def canonical(text: str, tokens: Sequence[Token]) -> str:
    """The text of the tokens alone, each on its line of the source: what was checked is what Gmsh reads."""
    return "".join(_pieces(text, tokens)) + "\n"


def _pieces(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    end = 0
    for token in tokens:
        between = text[end : token.offset]
        yield "\n" * between.count("\n") or (" " if between else "")
        yield token.text
        end = token.offset + len(token.text)
