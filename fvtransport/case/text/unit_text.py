"""The text of quantities and units, such as `2.1e-5 m^2/s`: the number, and the named units with their exponents."""

from __future__ import annotations

import re

from ...errors import quote

__all__ = ["MAX_LENGTH", "NUMBER", "UnitError", "looks_like_quantity", "unit_factors"]

MAX_LENGTH = 200
_LARGEST_EXPONENT = 12
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_TOKEN = re.compile(
    r"\s*(?:(?P<name>°?[^\W\d]+|[%‰°])|(?P<power>\^|\*\*)|(?P<sign>[*/·⋅×])|(?P<bracket>[()])"
    r"|(?P<number>[-+]?[0-9]+(?:\.[0-9]+)?))"
)
_RAISED = re.compile("[⁺⁻⁰¹²³⁴-⁹]+")
_LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_NOT_NAMES = frozenset({"and", "or", "not", "if", "else", "in", "is", "lambda", "for"})


class UnitError(ValueError):
    """A quantity cannot be read, or has another dimension than expected."""


def looks_like_quantity(text: str) -> bool:
    """Whether the text is a number, alone or followed by a unit, as opposed to an expression."""
    text = text.strip()
    match = NUMBER.match(text)
    if not match or len(text) > MAX_LENGTH:
        return False
    rest = text[match.end() :]
    if not rest:
        return True
    if not (rest[0].isspace() or rest[0].isalpha() or rest[0] in "%‰°") or rest.strip()[0] in "*/^·⋅×":
        return False
    if any(word in _NOT_NAMES for word in re.findall(r"\w+", rest)):
        return False
    try:
        factors = unit_factors(rest)
    except UnitError:
        # A number and an ill-made unit, such as "3 K^99", is still no expression.
        return rest[0].isspace() and rest.strip()[0].isalpha() and not re.search(r"[+,<>=]|\s-", rest)
    return bool(factors)


def unit_factors(text: str) -> list[tuple[str, float]]:
    """The names in a unit text, each with its exponent; nothing is evaluated."""
    if len(text) > MAX_LENGTH:
        raise UnitError(f"unit {quote(text)} is too long")
    text = _RAISED.sub(lambda found: "^" + found.group().translate(_LOWERED), text).strip()
    tokens, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise UnitError(f"cannot read the unit {quote(text)} at {quote(text[position:])}")
        glued = match.start(match.lastgroup) == position and position > 0
        tokens.append((match.lastgroup, match.group(match.lastgroup), glued))
        position = match.end()
    factors, rest = _product(tokens, text)
    if rest:
        raise UnitError(f"cannot read the unit {quote(text)} at {quote(rest[0][1])}")
    if any(abs(exponent) > _LARGEST_EXPONENT for _, exponent in factors):
        raise UnitError(f"an exponent in the unit {quote(text)} is larger than {_LARGEST_EXPONENT}")
    return factors


def _product(tokens: list[tuple], text: str) -> tuple[list[tuple[str, float]], list[tuple]]:
    """Reads factors joined by signs or spaces, from left to right; returns them and the tokens left."""
    factors: list[tuple[str, float]] = []
    direction, awaited = 1.0, False
    while tokens and tokens[0][1] != ")":
        kind, word, _ = tokens[0]
        if kind == "sign" and not awaited:
            direction, awaited, tokens = (-1.0 if word == "/" else 1.0), True, tokens[1:]
            continue
        if word == "(":
            inner, tokens = _product(tokens[1:], text)
            if not tokens:
                raise UnitError(f"a bracket in the unit {quote(text)} is not closed")
        elif kind == "name":
            inner = [(word, 1.0)]
        elif word == "1":
            inner = []
        else:
            raise UnitError(f"cannot read the unit {quote(text)} at {quote(word)}")
        exponent, tokens = _exponent(tokens[1:], text)
        factors += [(name, power * exponent * direction) for name, power in inner]
        direction, awaited = 1.0, False
    if awaited:
        raise UnitError(f"the unit {quote(text)} ends too early")
    return factors, tokens


def _exponent(tokens: list[tuple], text: str) -> tuple[float, list[tuple]]:
    """The exponent at the head of the tokens (``^2``, ``**-1``, ``^(-1)`` or glued as in ``m-2``), else one."""
    if tokens and tokens[0][0] == "number" and tokens[0][2]:
        return float(tokens[0][1][:9]), tokens[1:]
    if not tokens or tokens[0][0] != "power":
        return 1.0, tokens
    words = [token[1] for token in tokens[1:4]]
    if len(words) == 3 and words[0] == "(" and words[2] == ")" and tokens[2][0] == "number":
        return float(words[1][:9]), tokens[4:]
    if words and tokens[1][0] == "number":
        return float(words[0][:9]), tokens[2:]
    raise UnitError(f'an exponent is missing after "^" in the unit {quote(text)}')
