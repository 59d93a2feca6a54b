"""Gmsh's geometry language, as far as it describes a mesh and does nothing else.

A file is read word by word against lists of what is allowed. Gmsh is given the words that were read here, not the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import CaseError, Problem, nearest, quote
from .geo_numbers import value_of
from .geo_tokens import Token, canonical, refusal, tokens_of
from .geo_words import BLOCKS, CONSTANTS, CONTROL, FIELDS, HEADS, OPTIONS, STRANGERS, WORDS

__all__ = ["GeoFile", "read_geo"]

_MOST_TURNS = 1_000_000
_MOST_PROBLEMS = 20
_DIMENSIONS = {"Point": 0, "Curve": 1, "Line": 1, "Surface": 2, "Volume": 3}
_ASSIGNING = frozenset(["=", "+=", "-=", "*=", "/=", "++", "--", "[", "("])
_OPEN, _CLOSE = {"(": ")", "[": "]", "{": "}"}, frozenset(")]}")
_SPLIT = ("SystemCall", "OnelabRun", "EndIf", "EndFor", "ElseIf", "Return")
_CURE = "statements that describe shapes and cell sizes; --allow-geo lets Gmsh execute the whole file"


@dataclass(frozen=True)
class GeoFile:
    """What a geometry file holds: its words as Gmsh is to read them, and the names of its groups by dimension."""

    text: str
    names: dict[int, list[str]]


def read_geo(text: str, source: str) -> GeoFile:
    """The file, if it does nothing but describe a mesh; CaseError with every statement that is refused."""
    tokens = tokens_of(text.removeprefix("\ufeff"), source)
    reader = _Reader(text.removeprefix("\ufeff"), source, tokens)
    reader.read()
    if reader.problems:
        raise CaseError(reader.problems[:_MOST_PROBLEMS])
    return GeoFile(canonical(reader.text, tokens), reader.names)


@dataclass
class _Reader:
    """Reads statements in order; variables are those assigned so far, values the numbers known for sure."""

    text: str
    source: str
    tokens: Sequence[Token]
    problems: list[Problem] = field(default_factory=list)
    names: dict[int, list[str]] = field(default_factory=lambda: {dimension: [] for dimension in range(4)})
    variables: set[str] = field(default_factory=set)
    values: dict[str, float] = field(default_factory=dict)
    blocks: list[tuple[Token, str, float]] = field(default_factory=list)

    def read(self) -> None:
        at = 0
        while at < len(self.tokens):
            end = self._end(at)
            statement = self.tokens[at:end]
            if statement[0].text in CONTROL:
                self._control(statement)
            elif statement[0].text != ";":
                self._statement(statement)
            at = end
        for opening, _, _ in self.blocks:
            self._refuse(opening, f"{opening.text} has no end", f"End{opening.text}")

    def _refuse(self, token: Token, message: str, cure: str = _CURE) -> None:
        self.problems.append(refusal(self.source, self.text, token, message, cure))

    def _end(self, at: int) -> int:
        """Where the statement that begins at a token ends: at a semicolon or, for some, at a brace."""
        head = self.tokens[at].text
        if head in ("Else", "EndIf", "EndFor", ";"):
            return at + 1
        awaited: list[str] = []
        may_end = head in ("For", "If", "ElseIf") or head in BLOCKS
        for n in range(at, len(self.tokens)):
            word = self.tokens[n].text if self.tokens[n].kind == "sign" else ""
            may_end = may_end or self.tokens[n].text in BLOCKS
            if word in _OPEN:
                awaited.append(_OPEN[word])
            elif word in _CLOSE and (not awaited or awaited.pop() != word):
                self._refuse(self.tokens[n], f"{quote(word)} closes nothing", "brackets in pairs")
                return len(self.tokens)
            elif word == ";" and not awaited:
                return n + 1
            following = self.tokens[n + 1].text if n + 1 < len(self.tokens) else ""
            if may_end and not awaited and self._is_last(head, word, following):
                return n + 1
        self._refuse(self.tokens[at], "this statement has no end", "a semicolon")
        return len(self.tokens)

    @staticmethod
    def _is_last(head: str, word: str, following: str) -> bool:
        """Whether a closing bracket is the last word of a loop's or condition's head, or of a block."""
        if head in ("If", "ElseIf"):
            return word == ")" and (following[:1].isalpha() or following in ("", ";"))
        if head == "For":
            return word in ("}", ")")
        return word == "}" and following not in ("{", "(", "[", "=", ";", ",", "Using", "In")

    def _control(self, statement: Sequence[Token]) -> None:
        """For and If open a block, which EndFor and EndIf close."""
        head = statement[0]
        if head.text in ("For", "If"):
            turns = self._loop(statement) if head.text == "For" else 1.0
            self._words(statement[1:], head.text)
            name = statement[1].text if head.text == "For" else ""
            self.blocks.append((head, name, turns * (self.blocks[-1][2] if self.blocks else 1.0)))
            if self.blocks[-1][2] > _MOST_TURNS:
                self._refuse(head, f"this loop turns {self.blocks[-1][2]:.3g} times", f"at most {_MOST_TURNS:,} turns")
            return
        opening = "For" if head.text == "EndFor" else "If"
        if not self.blocks or self.blocks[-1][0].text != opening:
            self._refuse(head, f"{head.text} without {opening}", f"{opening} before it")
        elif head.text in ("EndFor", "EndIf"):
            self.blocks.pop()
        self._words(statement[1:], head.text)

    def _loop(self, statement: Sequence[Token]) -> float:
        """How often a loop turns, 1 where that is not known; its variable is noted."""
        if statement[1].kind == "name":
            self._assign(statement[1])
        opening = next((n for n, token in enumerate(statement) if token.text in ("{", "(")), 0)
        parts: list[list[Token]] = [[]]
        for token in statement[opening + 1 : -1]:
            if token.text == ":":
                parts.append([])
            else:
                parts[-1].append(token)
        bounds = [value_of(part, self.values) for part in parts]
        if len(bounds) not in (2, 3):
            self._refuse(statement[0], "a loop without bounds", "For i In {first:last} or {first:last:step}")
            return 1.0
        first, last, step = (*bounds, 1.0)[:3]
        if step == 0.0:
            self._refuse(statement[0], "a loop whose step is 0 has no end", "a step above 0")
            return 1.0
        return 1.0 if first is None or last is None or step is None else max(0.0, (last - first) // step + 1.0)

    def _statement(self, statement: Sequence[Token]) -> None:
        head = statement[0]
        second = statement[1].text if len(statement) > 1 else ""
        if head.text in HEADS:
            if head.text == "DefineConstant":
                self._constants(statement)
            self._words(statement[1:], head.text)
            self._group(statement)
        elif head.kind != "name" or second not in _ASSIGNING or head.text in WORDS | STRANGERS:
            known = sorted(HEADS | CONTROL)
            hint = nearest(head.text, known)
            what = f"{head.text} is not a statement of the geometry" + (f" (did you mean {hint}?)" if hint else "")
            self._refuse(head, what)
        else:
            self._words(statement[1:], head.text)
            known_before = self.values
            self._assign(head)
            value = value_of(statement[2:-1], known_before) if second == "=" and not self.blocks else None
            if value is not None:
                self.values = {**known_before, head.text: value}

    def _assign(self, name: Token) -> None:
        """Note a variable; what a loop counts with stays as the loop sets it."""
        word = name.text
        if word in WORDS | CONTROL | STRANGERS or any(each in word for each in _SPLIT):
            self._refuse(name, f"{quote(word)} is not the name of a variable", "a word that Gmsh does not use itself")
        elif any(word == counter for _, counter, _ in self.blocks):
            self._refuse(name, f"{word} counts the turns of a loop and is changed in it", "another variable")
        self.variables.add(word)
        self.values = {known: value for known, value in self.values.items() if known != word}

    def _constants(self, statement: Sequence[Token]) -> None:
        """The variables that DefineConstant names."""
        depth = 0
        for token, following in zip(statement, [*statement[1:], statement[-1]]):
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
            if depth == 1 and token.kind == "name" and following.text in ("=", ",", "]", ")"):
                self._assign(token)

    def _words(self, words: Sequence[Token], head: str) -> None:
        """Refuse every word that is neither of the geometry nor a variable."""
        allowed = WORDS | self.variables | {"Field": FIELDS, "DefineConstant": CONSTANTS}.get(head, frozenset())
        before = [Token("name", head, 0), *words]
        for n, token in enumerate(words):
            if token.kind == "string":
                self._string(token, [each.text for each in before[: n + 1]])
            elif token.kind == "name" and before[n].text == ".":
                self._attribute(token, head, before[n - 1].text)
            elif token.kind == "name" and token.text not in allowed:
                said = "does more than describe a shape" if token.text in STRANGERS else "is not known here"
                self._refuse(token, f"{token.text} {said}", f"a variable assigned above, or {_CURE}")

    def _attribute(self, token: Token, head: str, owner: str) -> None:
        """Refuse an option that is not of the mesh or its sizes."""
        allowed = OPTIONS.get(owner, frozenset()) if owner in OPTIONS else FIELDS if head == "Field" else frozenset()
        if token.text not in allowed:
            name = token.text if head == "Field" else f"{owner}.{token.text}"
            self._refuse(token, f"the option {name} is not set here", f"options of the cells, or {_CURE}")

    def _string(self, token: Token, before: Sequence[str]) -> None:
        """Refuse texts other than names, and names that end a loop or condition for Gmsh, which skips by letters."""
        text = token.text[1:-1]
        is_group = before[0] == "Physical" and len(before) == 3 and before[2] == "("
        is_kernel = before == ["SetFactory", "("] and text in ("OpenCASCADE", "Built-in")
        is_label = before[0] == "DefineConstant" and before[-1] in CONSTANTS
        is_formula = before[0] == "Field" and before[-3:] == [".", "F", "="]
        if not (is_group or is_kernel or is_label or is_formula):
            self._refuse(token, f"the text {quote(text)} has no meaning here", f"names of groups, or {_CURE}")
        elif any(each.text in CONTROL for each in self.tokens):
            found = [each for each in ("If", "For", "Else", "Macro", "Return", "Function") if each in text]
            if found:
                self._refuse(token, f"{quote(text)} holds {quote(found[0])} in a file with loops", "another name")

    def _group(self, statement: Sequence[Token]) -> None:
        """Note the name of a physical group."""
        kind = statement[1].text if statement[0].text == "Physical" and len(statement) > 3 else ""
        if kind in _DIMENSIONS and statement[3].kind == "string":
            names, name = self.names[_DIMENSIONS[kind]], statement[3].text[1:-1]
            if name not in names:
                names.append(name)
