"""Gmsh's geometry language, as far as it describes a mesh and does nothing else.

A file is read word by word against lists of what is allowed. Gmsh is given the words that were read here, not the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import CaseError, Problem, nearest, quote
from .geo_loops import MOST_TURNS, EndlessError, turns_of
from .geo_numbers import value_of
from .geo_omitted import is_omitted, misuse
from .geo_options import OPTIONS
from .geo_statements import CLOSE, OPEN, labels_in, statements
from .geo_tokens import Token, canonical, is_plain, refusal, tokens_of
from .geo_words import CONTROL, DISPLAY, FIELDS, FORMULAS, HEADS, SERVED, STRANGERS, WORDS

__all__ = ["DEEPEST", "GeoFile", "read_geo"]

DEEPEST = 50
"""Loops and conditions within one another."""

_MOST_PROBLEMS = 20
_DIMENSIONS = {"Point": 0, "Curve": 1, "Line": 1, "Surface": 2, "Volume": 3}
_ASSIGNING = frozenset(["=", "+=", "-=", "*=", "/=", "++", "--", "[", "("])
_SPLIT = ("SystemCall", "OnelabRun", "EndIf", "EndFor", "ElseIf", "Return")
_CURE = "statements that describe shapes and cell sizes; --allow-geo lets Gmsh execute the whole file"


@dataclass(frozen=True)
class GeoFile:
    """What a geometry file holds: its words as Gmsh is to read them, and the names of its groups by dimension."""

    text: str
    names: dict[int, list[str]]


def read_geo(text: str, source: str) -> GeoFile:
    """The file, if it does nothing but describe a mesh; CaseError with the first twenty statements that are refused."""
    text = text.removeprefix("\ufeff")
    tokens = tokens_of(text, source)
    reader = _Reader(text, source, tokens, has_control=any(each.text in CONTROL for each in tokens))
    reader.read()
    if reader.problems:
        raise CaseError(reader.problems)
    return GeoFile(canonical(text, reader.kept), reader.names)


@dataclass
class _Reader:
    """Reads statements in order; variables are those assigned so far, values the numbers known for sure, kept the words
    that Gmsh is to read.
    """

    text: str
    source: str
    tokens: Sequence[Token]
    has_control: bool
    problems: list[Problem] = field(default_factory=list)
    names: dict[int, list[str]] = field(default_factory=lambda: {dimension: [] for dimension in range(4)})
    variables: set[str] = field(default_factory=set)
    values: dict[str, float] = field(default_factory=dict)
    blocks: list[tuple[Token, str, float]] = field(default_factory=list)
    kept: list[Token] = field(default_factory=list)

    def read(self) -> None:
        labels = labels_in(self.tokens)
        for n in sorted(labels):
            if self.tokens[n].kind == "name" and self.tokens[n].text in STRANGERS | SERVED:
                self._refuse(self.tokens[n], f"{self.tokens[n].text} does more than label a number", "Name, Min, Max")
        words = [token for n, token in enumerate(self.tokens) if n not in labels]
        for statement in statements(words, self._refuse):
            self._read(statement)
        for opening, _, _ in self.blocks:
            self._refuse(opening, f"{opening.text} has no end", f"End{opening.text}")

    def _read(self, statement: Sequence[Token]) -> None:
        if statement[0].text in CONTROL:
            self._control(statement)
        elif is_omitted(statement):
            wrong = misuse(statement)
            if wrong is not None:
                self._refuse(*wrong, _CURE)
            return
        else:
            self._statement(statement)
        self.kept.extend(statement)

    def _refuse(self, token: Token, message: str, cure: str = _CURE) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(refusal(self.source, self.text, token, message, cure))

    def _control(self, statement: Sequence[Token]) -> None:
        """For and If open a block, which EndFor and EndIf close."""
        head = statement[0]
        if head.text in ("For", "If"):
            self._open(statement)
            return
        opening = "For" if head.text == "EndFor" else "If"
        if not self.blocks or self.blocks[-1][0].text != opening:
            self._refuse(head, f"{head.text} without {opening}", f"{opening} before it")
        elif head.text in ("EndFor", "EndIf"):
            self.blocks.pop()
        self._words(statement[1:], head.text)

    def _open(self, statement: Sequence[Token]) -> None:
        head, name, turns = statement[0], "", 1.0
        if head.text == "For":
            name = statement[1].text
            if statement[1].kind == "name":
                self._assign(statement[1])
            try:
                turns = turns_of(statement, self.values)
            except EndlessError as error:
                self._refuse(head, str(error), error.cure)
        self._words(statement[1:], head.text)
        turns *= self.blocks[-1][2] if self.blocks else 1.0
        self.blocks.append((head, name, turns))
        if turns > MOST_TURNS:
            self._refuse(head, f"this loop turns {turns:.3g} times", f"at most {MOST_TURNS:,} turns")
        if len(self.blocks) > DEEPEST:
            self._refuse(head, f"{head.text} lies in {len(self.blocks) - 1} others", f"at most {DEEPEST} in all")

    def _statement(self, statement: Sequence[Token]) -> None:
        head = statement[0]
        second = statement[1].text if len(statement) > 1 else ""
        if head.text in HEADS:
            if head.text == "DefineConstant":
                self._constants(statement)
            self._words(statement[1:], head.text)
            self._group(statement)
        elif head.kind != "name" or second not in _ASSIGNING or head.text in WORDS | STRANGERS | DISPLAY:
            hint = "" if head.text in STRANGERS else nearest(head.text, sorted(HEADS | CONTROL))
            what = f"{head.text} is not a statement of the geometry" + (f" (did you mean {hint}?)" if hint else "")
            self._refuse(head, what)
        else:
            self._words(statement[1:], head.text)
            value = value_of(statement[2:-1], self.values) if second == "=" and not self.blocks else None
            self._assign(head)
            if value is not None:
                self.values[head.text] = value

    def _assign(self, name: Token) -> None:
        """Note a variable; what a loop counts with stays as the loop sets it."""
        word = name.text
        if word in WORDS or word in STRANGERS or word in CONTROL | DISPLAY or any(each in word for each in _SPLIT):
            self._refuse(name, f"{quote(word)} is not the name of a variable", "a word that Gmsh does not use itself")
        elif any(word == counter for _, counter, _ in self.blocks):
            self._refuse(name, f"{word} counts the turns of a loop and is changed in it", "another variable")
        self.variables.add(word)
        self.values.pop(word, None)

    def _constants(self, statement: Sequence[Token]) -> None:
        """The variables that DefineConstant names."""
        depth = 0
        for token, following in zip(statement, [*statement[1:], statement[-1]]):
            depth += (token.text in OPEN) - (token.text in CLOSE)
            if depth == 1 and token.kind == "name" and following.text in ("=", ",", "]", ")"):
                self._assign(token)

    def _words(self, words: Sequence[Token], head: str) -> None:
        """Refuse every word that is neither of the geometry nor a variable."""
        before = [Token("name", head, 0), *words]
        for n, token in enumerate(words):
            if token.kind == "string":
                self._string(token, [each.text for each in before[max(0, n - 2) : n + 1]], before[0].text, n)
            elif token.kind == "name" and before[n].text == ".":
                self._attribute(token, head, before[n - 1].text)
            elif token.kind == "name" and not self._is_known(token.text, head):
                is_question = n > 0 and before[n].text in ("(", "[") and before[n - 1].text == "Exists"
                if token.text in STRANGERS or not is_question:
                    said = "does more than describe a shape" if token.text in STRANGERS else "is not known here"
                    self._refuse(token, f"{token.text} {said}", f"a variable assigned above, or {_CURE}")

    def _is_known(self, word: str, head: str) -> bool:
        return word in WORDS or word in self.variables or (head == "Field" and word in FIELDS)

    def _attribute(self, token: Token, head: str, owner: str) -> None:
        """Refuse an option that is not of the mesh or its sizes."""
        allowed = OPTIONS.get(owner, frozenset()) if owner in OPTIONS else FIELDS if head == "Field" else frozenset()
        if token.text not in allowed:
            name = token.text if head == "Field" else f"{owner}.{token.text}"
            hint = nearest(
                name, [f"{owner}.{each}" for each in sorted(allowed)] if owner in OPTIONS else sorted(allowed)
            )
            what = f"the option {name} is not set here" + (f" (did you mean {hint}?)" if hint else "")
            self._refuse(token, what, f"options of the cells, or {_CURE}")

    def _string(self, token: Token, before: Sequence[str], head: str, at: int) -> None:
        """Refuse texts other than names, and names that end a loop or condition for Gmsh, which skips by letters."""
        text = token.text[1:-1]
        is_group = head == "Physical" and at == 2 and before[-1] == "("
        is_kernel = head == "SetFactory" and at == 1 and text in ("OpenCASCADE", "Built-in")
        is_formula = head == "Field" and len(before) == 3 and before[-1] == "=" and before[-2] in FORMULAS
        if not (is_group or is_kernel or is_formula):
            self._refuse(token, f"the text {quote(text)} has no meaning here", f"names of groups, or {_CURE}")
        elif not is_plain(text):
            self._refuse(
                token, f"the text {quote(text)} is not read here", "letters, digits, spaces and - + . , : ( ) /"
            )
        elif self.has_control:
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
