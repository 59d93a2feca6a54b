"""What is chosen by name in a case: `name` or `{name: parameters}`, and the plugin that it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...errors import Mark, PluginError, Problem, nearest
from ...model.registry import Entry, Registry
from ..text.problems import InvalidValue, kind_of, unknown
from ..text.yaml_tree import Node, Scalar
from .scope import Scope

__all__ = ["Selection", "find", "select"]

_WORDS: Mapping[str, str] = {
    "boundary": "condition",
    "interface": "interface condition",
}  # a boundary is a place in the case, its plugin a condition
_PLACED: Mapping[str, str] = {"boundary": "boundary condition", "interface": "interface condition"}


@dataclass(frozen=True)
class Selection:
    """One thing chosen by name, as in `name` or `{name: {...}}`; body is what is given below the name."""

    name: str
    mark: Mark
    body: Node | None = None


def select(node: Node, what: str) -> Selection:
    """The one name in `name` or `{name: ...}`."""
    if isinstance(node.value, Scalar) and node.value.text:
        return Selection(node.value.text, node.mark)
    if not isinstance(node.value, dict) or not node.value:
        raise InvalidValue(Problem(node.mark, f"found {kind_of(node)}", f"the name of {what}, or {{name: parameters}}"))
    names = list(node.value)
    if len(names) > 1:
        second = node.value[names[1]].key_mark
        raise InvalidValue(Problem(second, f"{' and '.join(names)} are both given", f"{what}, one only"))
    body = node.value[names[0]]
    return Selection(names[0], body.key_mark, body)


def find(kind: str, selection: Selection, scope: Scope) -> Entry:
    """The plugin of that kind that is chosen, imported."""
    registry = scope.registry
    if registry.has(kind, selection.name):
        try:
            return registry.get(kind, selection.name)
        except PluginError as error:
            raise InvalidValue(Problem(selection.mark, str(error))) from error
    registry.import_packages()
    names = registry.names(kind)
    if not scope.registry_complete and not nearest(selection.name, names):
        raise InvalidValue
    word, remark = _WORDS.get(kind, kind), _remark(kind, selection.name, registry)
    problem = unknown(word, selection.name, selection.mark, names, remark)
    raise InvalidValue(replace(problem, nearest="") if registry.find(selection.name) else problem)


def _remark(kind: str, name: str, registry: Registry) -> str:
    others = [entry.kind for entry in registry.find(name)]
    if others:
        words = _PLACED if {others[0], kind} <= _PLACED.keys() else _WORDS
        one, other = words.get(others[0], others[0]), words.get(kind, kind)
        return f"it is {'an' if one[0] in 'aeiou' else 'a'} {one}, not {'an' if other[0] in 'aeiou' else 'a'} {other}"
    broken = ", ".join(f"{package} ({reason})" for package, reason in registry.broken.items())
    return f"some installed plugins could not be loaded: {broken}" if broken else ""
