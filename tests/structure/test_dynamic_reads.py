"""What an object has is said by its class: no attribute is looked up on the chance that it is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.tools.layout import PACKAGE, PLUGINS, ROOT, tree_of

DECLARED = {
    "fvtransport/model/former_scan.py:visit_ClassDef": "whether an interface has a member that a plugin file defines",
    "plugins/properties/ramp.py:__call__": "the parameter `from` is a word that Python keeps for itself",
}
"""Functions that ask for an attribute that may be absent, or by a name in quotes, and why."""
OF_OTHERS = {"plugins/theory/mechanisms.py:value": "two quantities of Cantera's phase, each by its name there"}
"""Functions of plugins that read an attribute of another object by a name that is not known beforehand, and why."""


def _calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of `hasattr` and `getattr`, with the function that it is in as `file:function`."""
    name = path.relative_to(ROOT).as_posix()

    def within(node: ast.AST, function: str) -> Iterator[tuple[str, ast.Call]]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function = node.name
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"getattr", "hasattr"}:
            yield f"{name}:{function}", node
        for child in ast.iter_child_nodes(node):
            yield from within(child, function)

    yield from within(tree_of(path), "")


def _found(folder: Path) -> list[tuple[str, ast.Call]]:
    return [found for path in sorted(folder.rglob("*.py")) for found in _calls(path)]


def _is_guess(call: ast.Call) -> bool:
    """Whether a call asks for what may not be there, or for a name in quotes."""
    return ast.unparse(call.func) == "hasattr" or len(call.args) == 3 or isinstance(call.args[1], ast.Constant)


def test_no_attribute_is_guessed():
    found = {place for place, call in [*_found(PACKAGE), *_found(PLUGINS)] if _is_guess(call)}
    assert found == DECLARED.keys()


def test_plugins_read_no_others_by_changing_names():
    found = {place for place, call in _found(PLUGINS) if ast.unparse(call.args[0]) != "self"}
    assert found == OF_OTHERS.keys()
