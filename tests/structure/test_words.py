"""The words of the field alone: private ones are in no name, docstring or message, nor in the prose of `docs/`."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.tools.layout import PACKAGE, PLUGINS, ROOT, nodes_of

WORDS = {
    r"told": "reported, given",
    r"hangs?[ _]on|answers?[ _]to": "depends on",
    r"for it is": "because",
    r"objections?|complaints?": "issue, message",
    r"watchers?": "tracing view",
    r"gather(?:s|ed|ing)?|running totals?": "time integral, cumulative sum",
    r"slots?": "row",
    r"convey(?:s|ed|ing)?": "flux at zero gradient",
    r"leans?|leaning": "upwind weight",
    r"halfway": "face average, middle",
    r"evens? out|evened out": "diffuses",
    r"settles?|settled|settling|unsettled": "approaches the steady state, converges",
    r"stands?(?! still)": "is given, denotes, replaces",
}
"""Private words, each with what is written instead."""
OF_THE_CORE = {r"vessels?": "reservoir", r"walls?(?! friction)(?! of pores)": "boundary"}
"""Words that plugins and pages use for a vessel or a tube, a rotor or a pore, and the core for none."""
OLD_NAMES = {
    PACKAGE / "model" / "former_names.py",
    PACKAGE / "model" / "former_modules.py",
    PACKAGE / "case" / "text" / "renamed.py",
}
"""Tables of names that users' files may still have, each with the new one."""
FILES = sorted({*PACKAGE.rglob("*.py"), *PLUGINS.rglob("*.py")} - OLD_NAMES)
PAGES = sorted((ROOT / "docs").rglob("*.md"))
ABOUT_PLUGINS = {ROOT / "docs" / "plugin-guide.md"}
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _names(node: ast.AST) -> Iterator[str]:
    """The identifiers that a node introduces or uses, in words."""
    for attribute in ("name", "id", "attr", "arg", "asname"):
        name = getattr(node, attribute, None)
        if isinstance(name, str) and not re.fullmatch("__.*__", name):
            yield re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").strip()


def texts_of(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Line and text of every string, docstrings included, and of every identifier."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        else:
            yield from ((getattr(node, "lineno", 0), name) for name in _names(node))


def prose_of(page: str) -> str:
    """A page without its blocks of code, whose lines keep their numbers."""
    return FENCED.sub(lambda block: "\n" * block[0].count("\n"), page)


def found(text: str, words: dict[str, str]) -> list[str]:
    """The words in a text, each with what is written instead."""
    joined = " ".join(text.split())
    return [
        f"{match[0]} -> {instead}"
        for word, instead in words.items()
        for match in re.finditer(rf"\b(?:{word})\b", joined, re.IGNORECASE)
    ]


def _of_root(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=_of_root)
def test_code_has_the_words_of_the_field(path: Path):
    words = WORDS | OF_THE_CORE if path.is_relative_to(PACKAGE) else WORDS
    private = functools.cache(lambda text: found(text, words))
    assert not [f"{line}: {each}" for line, text in texts_of(nodes_of(path)) for each in private(text)]


@pytest.mark.parametrize("path", PAGES, ids=_of_root)
def test_pages_have_the_words_of_the_field(path: Path):
    words = WORDS | OF_THE_CORE if path in ABOUT_PLUGINS else WORDS
    assert not found(prose_of(path.read_text(encoding="utf-8")), words)


@pytest.mark.parametrize(
    "code",
    [
        '"""What is told."""',
        'text = f"{name} hangs on {other}"',
        "watcher = 1",
        "def first_complaint(): pass",
        "class TimeSlot: pass",
        "call(slot=1)",
        'text = "evened\\nout"',
    ],
)
def test_a_private_word_is_found(code):
    assert [each for _, text in texts_of(ast.walk(ast.parse(code))) for each in found(text, WORDS)]


@pytest.mark.parametrize(
    "code", ['"a gas that stands still"', "understand = 1", '"standing waves"', "class A:\n    __slots__ = ()"]
)
def test_other_words_are_left_alone(code):
    assert not [each for _, text in texts_of(ast.walk(ast.parse(code))) for each in found(text, WORDS)]


def test_code_in_a_page_is_not_prose():
    assert prose_of("told\n```yaml\nslot: 1\n```\nend") == "told\n\n\n\nend"
