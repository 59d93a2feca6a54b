"""Statements of a geometry file that make nothing: messages, display, and options of saving.

They are passed over. Gmsh is not given them, so that they cannot do anything, whatever they hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from .geo_options import SHOWN, UNUSED
from .geo_statements import CLOSE, OPEN
from .geo_tokens import Token
from .geo_words import DISPLAY, STRANGERS, TEXTS

__all__ = ["is_omitted", "misuse"]

_SETTING = frozenset(["=", "+=", "-=", "*=", "/="])


def is_omitted(statement: Sequence[Token]) -> bool:
    """Whether the mesh does not depend on a statement."""
    words = [token.text for token in statement[:6]]
    head = words[words[0] == "Recursive" and len(words) > 1]
    if words[0] == ";":
        return True
    if head in DISPLAY:
        return len(words) < 2 or words[1] not in _SETTING
    if words[1:2] != ["."] or len(words) < 5:
        return False
    if words[2] == "Color":
        return words[0] in SHOWN or words[0] in UNUSED
    return words[3] in _SETTING and (words[0] in SHOWN or words[2] in UNUSED.get(words[0], ()))


def misuse(statement: Sequence[Token]) -> tuple[Token, str] | None:
    """The first word of such a statement that is meant to do more, with what is wrong about it."""
    depth, head = 0, statement[0].text
    for token in statement:
        depth += (token.text in OPEN) - (token.text in CLOSE)
        if token.kind == "name" and token.text in STRANGERS - TEXTS - SHOWN:
            return token, f"{token.text} does more than describe a shape"
        if token.text == ">" and depth == 0:
            return statement[0], f"{head} writes to a file"
        if token.kind == "string" and head not in DISPLAY:
            return statement[0], f"the option {head}.{statement[2].text} is not set here"
    return None
