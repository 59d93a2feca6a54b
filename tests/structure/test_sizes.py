"""Files are short enough to be read at once, and one name means one thing."""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.tools.layout import PACKAGE, PLUGINS, ROOT, files, nodes_of

LINES_OF_CODE, LINES_OF_TESTS = 250, 400
LINES_OF_A_FUNCTION, WIDTH = 40, 120
TABLES = ["fvtransport/verification/symbolic_functions.py:functions"]
"""Functions that are longer, each a table; at most three."""
TWINS: set[str] = set()
"""Names of two classes. Nothing is added."""
HOMONYMS = [
    "bounds",
    "compare",
    "interfaces",
    "mixture",
    "parameters",
    "phases",
    "protocol",
    "read",
    "solve",
    "steady",
]
"""Modules of one name in several rooms, where the room makes the meaning plain: `case/blocks`
reads what another does.
"""
SOURCES = sorted(
    path
    for folder in (PACKAGE, PLUGINS, ROOT / "tests")
    for path in folder.rglob("*.py")
    if "__pycache__" not in path.parts
)


def _name(path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_files_are_short():
    assert not [_name(path) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > _most(path)]


def _most(path) -> int:
    return LINES_OF_TESTS if _name(path).startswith("tests/") else LINES_OF_CODE


def test_functions_are_short():
    long = [
        f"{_name(path)}:{node.name}"
        for path in SOURCES
        if not _name(path).startswith("tests/")
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LINES_OF_A_FUNCTION
    ]
    assert sorted(long) == TABLES and len(TABLES) <= 3


def test_a_class_has_its_name_for_itself():
    places = defaultdict(list)
    for path in files():
        for node in nodes_of(path):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(_name(path))
    assert {name: where for name, where in places.items() if len(where) > 1}.keys() == TWINS


def test_modules_share_a_name_only_where_the_room_says_more():
    places = defaultdict(list)
    for path in files():
        if not path.name.startswith("__"):
            places[path.stem].append(_name(path))
    assert sorted(name for name, where in places.items() if len(where) > 1) == sorted(HOMONYMS)


def test_lines_of_pages_fit():
    wide = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        is_code = False
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            is_code ^= line.lstrip().startswith("```")
            if len(line) > WIDTH and not is_code and not line.lstrip().startswith("|"):
                wide.append(f"{_name(path)}:{number}")
    assert not wide
