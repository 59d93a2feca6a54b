"""The text of a formula as a syntax tree; what Python cannot parse, or may not be used, is refused with its place."""

from __future__ import annotations

import ast
import keyword
import re
import warnings

from ...errors import quote

__all__ = ["ExpressionError", "parse"]

_MAX_LENGTH = 1000
_WORDS = re.compile(r"\w+")
_RESERVED = frozenset(keyword.kwlist) - {"and", "or", "not", "if", "else"}
_REFUSED = (
    ("^", 'powers are not written "^"', '"**"'),
    ("#", 'unexpected "#"', ""),
    ("\\", "unexpected backslash", ""),
    ("\x00", "unexpected NUL character", ""),
    (";", 'unexpected ";"', ""),
    ("'", "unexpected quote", "a number or a name"),
    ('"', "unexpected quote", "a number or a name"),
)


class ExpressionError(ValueError):
    """A formula is refused; ``offset`` counts characters from 0 and ``all`` holds every error found in it."""

    def __init__(self, message: str, offset: int = 0, length: int = 1, expected: str = "", near: str = "") -> None:
        super().__init__(message, offset, length, expected, near)
        self.message, self.offset, self.length = message, offset, length
        self.expected, self.nearest = expected, near
        self.all: tuple[ExpressionError, ...] = (self,)

    def __str__(self) -> str:
        text = self.message + (f"; expected {self.expected}" if self.expected else "")
        return text + (f'; did you mean "{self.nearest}"?' if self.nearest else "")


def parse(text: str) -> tuple[ast.expr, int]:
    """Python's syntax tree of the text, and the number of leading blanks; raises ExpressionError."""
    if len(text) > _MAX_LENGTH:
        raise ExpressionError(f"the expression has {len(text)} characters", 0, 1, f"at most {_MAX_LENGTH}")
    blank = "".join(" " if character.isspace() else character for character in text)
    for character, message, expected in _REFUSED:
        if character in blank:
            raise ExpressionError(message, blank.index(character), 1, expected)
    body = blank.strip()
    shift = len(blank) - len(blank.lstrip())
    if not body:
        raise ExpressionError("the expression is empty", 0, 1, "a number or a formula")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(body, mode="eval").body, shift
    except SyntaxError as error:
        if reserved := next((word for word in _WORDS.finditer(body) if word.group() in _RESERVED), None):
            message = f"{quote(reserved.group())} is a reserved word and cannot be a name in a formula"
            raise ExpressionError(message, reserved.start() + shift, len(reserved.group()), "another name") from None
        offset = min(max((error.offset or 1) - 1, 0), len(body) - 1) + shift
        reason = (error.msg or "").split(".")[0].removeprefix("invalid syntax")
        message = f"cannot read the expression here{': ' + reason if reason else ''}"
        raise ExpressionError(message, offset, 1, 'a formula such as "2*x"; every product needs "*"') from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError("the expression is too complex to read", shift) from None
