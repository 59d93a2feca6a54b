"""Cases with one or two random mistakes: a key dropped, misspelt or doubled, a value replaced, blocks exchanged."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from fvtransport.case.text.yaml_reader import parse
from fvtransport.case.text.yaml_tree import Node, Scalar

__all__ = ["as_text", "load_tree", "mutated"]

_VALUES = (
    "nonsense", "", "0", "-1", "-1.0e-3", ".nan", ".inf", "1.0e+300", "1.0e-300", "3 m/s", "2*", "unknown_name + 1",
    "t", "x", "1/x", "log(0)", "true", "~", "'1'", [], {}, ["1", "2"], [[]], {"a": "1"}, {"constant": "1"},
    {"table": {"a": ["1"]}}, "step", "constant", "no_flux", "é", "A", "T", "left", "10**400",
)  # fmt: skip
_PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-*/.() é~")


def load_tree(path: Path) -> dict[str, Any]:
    """A case as dictionaries, lists and unquoted text."""
    return _content(parse(path.read_text(encoding="utf-8"), str(path)))


def _content(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _content(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_content(child) for child in node.value]
    return node.value.text if isinstance(node.value, Scalar) else node.value


def as_text(tree: dict[str, Any]) -> str:
    """The tree as YAML, one top-level block per line; a list of pairs stands for a mapping with a repeated key."""
    return "".join(f"{_text(key)}: {_text(value)}\n" for key, value in tree.items()) or "{}\n"


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)}: {_text(each)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple):
        return "{" + ", ".join(f"{_text(key)}: {_text(each)}" for key, each in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_text(each) for each in value) + "]"
    if (set(value) <= _PLAIN and value == value.strip() and value[:1] not in "*-+") or _is_number(value):
        return value
    return "'" + value.replace("\n", " ").strip("'").replace("'", "''") + "'"


def _is_number(text: str) -> bool:
    try:
        return bool(float(text.replace(".nan", "nan").replace(".inf", "inf")) or True)
    except ValueError:
        return False


def mutated(tree: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A copy of the tree with one mistake, or two."""
    for _ in range(1 + (chance.random() < 0.25)):
        tree = _once(tree, chance)
    return tree


def _once(tree: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    places = list(_places(tree, ()))
    if not places:
        return tree
    place = chance.choice(places)
    change = chance.choice((_delete, _replace, _replace, _replace, _rename, _double, _exchange))
    return change(tree, place, places, chance)


def _places(value: Any, above: tuple) -> Any:
    """The path of every value below the top."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield (*above, key)
        yield from _places(child, (*above, key))


def _at(value: Any, place: tuple) -> Any:
    for key in place:
        value = value[key]
    return value


def _put(value: Any, place: tuple, change: Any) -> Any:
    """A copy in which the collection above a place is change(collection, key)."""
    if len(place) == 1:
        return change(value, place[0])
    if isinstance(value, dict):
        return {key: _put(child, place[1:], change) if key == place[0] else child for key, child in value.items()}
    return [_put(child, place[1:], change) if key == place[0] else child for key, child in enumerate(value)]


def _with(value: Any, key: Any, new: Any) -> Any:
    if isinstance(value, dict):
        return {**value, key: new}
    return [*value[:key], new, *value[key + 1 :]]


def _delete(tree: dict, place: tuple, places: list, chance: random.Random) -> dict:
    def without(above: Any, key: Any) -> Any:
        if isinstance(above, dict):
            return {name: child for name, child in above.items() if name != key}
        return above[:key] + above[key + 1 :]

    return _put(tree, place, without)


def _replace(tree: dict, place: tuple, places: list, chance: random.Random) -> dict:
    new = chance.choice(_VALUES)
    return _put(tree, place, lambda above, key: _with(above, key, new))


def _rename(tree: dict, place: tuple, places: list, chance: random.Random) -> dict:
    def misspelt(above: Any, key: Any) -> Any:
        if isinstance(above, list):
            return _with(above, key, _typo(above[key], chance) if isinstance(above[key], str) else above[key])
        return {_typo(name, chance) if name == key else name: child for name, child in above.items()}

    return _put(tree, place, misspelt)


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word)) if word else 0
    return word[:at] + chance.choice(("", "q", word[at : at + 1] * 2)) + word[at + 1 :] or "q"


def _double(tree: dict, place: tuple, places: list, chance: random.Random) -> dict:
    def twice(above: Any, key: Any) -> Any:
        if isinstance(above, list):
            return [*above, above[key]]
        return (*above.items(), (key, above[key])) if len(place) > 1 else {**above, f"{key}_2": above[key]}

    return _put(tree, place, twice)


def _exchange(tree: dict, place: tuple, places: list, chance: random.Random) -> dict:
    """Put the value of another place here; at the top, the two blocks change places."""
    other = chance.choice([each for each in places if len(each) == len(place)])
    here, there = _at(tree, place), _at(tree, other)
    tree = _put(tree, place, lambda above, key: _with(above, key, there))
    return _put(tree, other, lambda above, key: _with(above, key, here)) if len(place) == 1 else tree
