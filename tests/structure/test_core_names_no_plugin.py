"""The core names no plugin: no look-up and no comparison by a literal, and it works without any plugin installed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fvtransport.case.checks.checked_case import load
from fvtransport.errors import CaseError
from fvtransport.model.registry import KINDS, Registry
from fvtransport.reference.json_schema import case_schema
from fvtransport.reference.markdown import reference
from tests.tools.layout import PACKAGE, files, tree_of

LOOK_UPS = {"get", "names", "find", "entries_named"}
ENTRIES = [entry for entry in Registry.installed() if entry.origin == "built in"]
PLUGINS = {entry.name for entry in ENTRIES}
PARAMETERS = {each.name for entry in ENTRIES for each in entry.cls.declarations()}
# Words of the core that some plugin uses too: kinds, keys of blocks and meshes, columns of tables, ends and sides.
OWN = {*KINDS, "left", "right", "flux", "inner_radius", "duration", "until", "times", "values"}
CASE = """\
mesh: {type: Grid1D, length: 1, cells: 4}
mixture: {binary: {species: [A, B], concentration: 40, temperature: 300}}
properties: {diffusivity: 1.6e-5}
laws: [fick]
boundaries: {default: {x_A: no_flux}}
solve: steady
"""


def texts(node: ast.AST) -> Iterator[str]:
    """The literal texts that an expression is or lists."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        for each in node.elts:
            yield from texts(each)


def looked_up(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Literals that a registry is asked for, kinds aside."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        of_registry = isinstance(function, ast.Attribute) and "registry" in ast.unparse(function.value)
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in LOOK_UPS and (of_registry or isinstance(function, ast.Name)):
            for argument in [*node.args, *(each.value for each in node.keywords)]:
                yield from ((node.lineno, text) for text in texts(argument) if text not in KINDS)


def compared(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Literals that something is compared with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            parts = [node.value]
        else:
            continue
        yield from ((node.lineno, text) for part in parts for text in texts(part))


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_core_names_no_plugin(path: Path):
    tree = tree_of(path)
    assert not list(looked_up(tree))
    assert not [found for found in compared(tree) if found[1] in (PLUGINS | PARAMETERS) - OWN]


@pytest.mark.parametrize(
    "line",
    [
        'registry.get("property", "constant")',
        'scope.registry.names("fick")',
        'find("fick", selection, scope)',
        'name == "constant"',
        'entry.name in ("constant", "expression")',
        '"bulk" != name != "species"',
        'match name:\n    case "no_flux":\n        pass',
        '"concentration" in cls.model_fields',
    ],
)
def test_a_literal_is_found(line):
    tree = ast.parse(line)
    assert [*looked_up(tree), *(found for found in compared(tree) if found[1] in (PLUGINS | PARAMETERS) - OWN)]


def test_a_registry_has_the_plugins_without_physics():
    found = [(entry.kind, entry.name, entry.origin) for entry in Registry()]
    assert found == [
        ("property", "constant", "built in"),
        ("property", "expression", "built in"),
        ("boundary", "no_flux", "built in"),
    ]


def test_without_plugins_a_law_is_unknown(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    with pytest.raises(CaseError) as caught:
        load(path, registry=Registry())
    messages = [problem.message for problem in caught.value.problems]
    assert 'unknown law "fick"' in messages and 'unknown mixture "binary"' in messages


def test_without_plugins_schema_and_reference_are_made():
    Draft202012Validator.check_schema(case_schema(Registry()))
    assert "### `no_flux`" in reference(Registry())
