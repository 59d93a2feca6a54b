"""The index of the built-in plugins, made from their source: `python -m tests.tools.plugin_index`
writes `plugins/index.json`.

The registry reads it to know kinds, names and summaries without importing a plugin; a test
holds it equal to the source.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from tests.tools.layout import PLUGINS

INDEX = PLUGINS / "index.json"
INTERFACES = {
    "Law": "law",
    "Property": "property",
    "Mixture": "mixture",
    "BulkFlow": "bulk_flow",
    "Boundary": "boundary",
    "Interface": "interface",
    "Observable": "observable",
    "Solution": "solution",
}


def index_text(folder: Path = PLUGINS) -> str:
    """One line for each plugin: kind, name, module and class, first line of its docstring;
    modules of shared handles first.
    """
    trees = {
        _module(path, folder): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))
    }
    bases = {node.name: node.bases for tree in trees.values() for node in tree.body if isinstance(node, ast.ClassDef)}
    plugins = sorted(each for module, tree in trees.items() for each in _plugins(module, tree, bases))
    handles = sorted(module for module, tree in trees.items() if any(map(_is_handle, tree.body)))
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in plugins)
    return f'{{"handles": {json.dumps(handles)},\n"plugins": [\n{lines}\n]}}\n'


def _module(path: Path, folder: Path) -> str:
    parts = path.relative_to(folder).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _plugins(module: str, tree: ast.Module, bases: dict[str, list[ast.expr]]) -> Iterator[tuple[str, str, str, str]]:
    for node in tree.body:
        for mark in node.decorator_list if isinstance(node, ast.ClassDef) else ():
            if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "plugin":
                summary = (ast.get_docstring(node) or "").partition("\n")[0].rstrip(":")
                yield _kind(node.bases, bases), ast.literal_eval(mark.args[0]), f"{module}:{node.name}", summary


def _kind(own: list[ast.expr], bases: dict[str, list[ast.expr]]) -> str:
    """The kind of a class from its own bases, through theirs down to an interface."""
    for base in own:
        name = getattr(base, "id", "")
        if kind := INTERFACES.get(name) or _kind(bases.get(name, []), bases):
            return kind
    return ""


def _is_handle(node: ast.stmt) -> bool:
    """Whether a statement at the top of a module makes a shared handle."""
    return isinstance(node, ast.Assign) and any(
        isinstance(each, ast.Call) and getattr(each.func, "id", "") == "Shared" for each in ast.walk(node.value)
    )


if __name__ == "__main__":
    INDEX.write_text(index_text(), encoding="utf-8")
