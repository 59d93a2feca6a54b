"""The rooms of the package and the imports between them: `python -m tests.tools.layout` prints what a test holds.

With `--write` the drawing in `CONTRIBUTING.md` is brought up to date. A room is a folder of `fvtransport/`, or a file
at its top. Its level is the longest way down through imports.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE, PLUGINS = ROOT / "fvtransport", ROOT / "plugins"
DOOR = "__init__"
PAGE = ROOT / "CONTRIBUTING.md"
DRAWN = re.compile(r"(?<=```text rooms\n).*?(?=\n```)", re.DOTALL)


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file of the sources, parsed once; leave it as it is."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """The nodes of the tree of a file."""
    return tuple(ast.walk(tree_of(path)))


@functools.cache
def imported(path: Path, package: tuple[str, ...], typing: bool = True) -> tuple[tuple[str, ...], ...]:
    """Absolute dotted names that a file imports, at any depth of nesting; package is that of the file.

    typing counts what is imported for annotations alone as well.
    """
    if typing:
        return tuple(_imported(nodes_of(path), package))
    body = [node for node in tree_of(path).body if not _is_for_annotations(node)]
    return tuple(_imported(ast.walk(ast.Module(body, [])), package))


def _is_for_annotations(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _imported(nodes: Iterable[ast.AST], package: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = (*base, *(node.module.split(".") if node.module else ()))
            yield from ((*stem, alias.name) for alias in node.names)


def package_of(path: Path) -> tuple[str, ...]:
    """The dotted package in which a file of `fvtransport/` lies."""
    return ("fvtransport", *path.relative_to(PACKAGE).parent.parts)


def room_of(path: Path) -> str:
    """The folder of a file below `fvtransport/`, or the stem of a file at its top."""
    inside = path.relative_to(PACKAGE)
    return str(inside.parent) if inside.parent.parts else inside.stem


def _room_named(name: tuple[str, ...]) -> str:
    """The room that an absolute dotted name of the package leads to."""
    folder = PACKAGE
    for part in name[1:]:
        if not (folder / part).is_dir():
            break
        folder = folder / part
    if folder != PACKAGE:
        return str(folder.relative_to(PACKAGE))
    return name[1] if len(name) > 1 and (PACKAGE / f"{name[1]}.py").is_file() else DOOR


def files() -> list[Path]:
    """The Python files of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def arrows() -> dict[str, set[str]]:
    """For each room the other rooms that it imports."""
    found: dict[str, set[str]] = {room_of(path): set() for path in files()}
    for path in files():
        for name in imported(path, package_of(path)):
            if name[0] == "fvtransport" and name[1:2] != ("plugins",):
                found[room_of(path)].add(_room_named(name))
    return {room: targets - {room} for room, targets in found.items()}


def levels(graph: dict[str, set[str]]) -> dict[str, int]:
    """The level of every room, 1 at the bottom; ValueError where rooms import each other in a circle."""
    level: dict[str, int] = {}
    while graph.keys() - level.keys():
        ready = {room for room in graph.keys() - level.keys() if graph[room] <= level.keys()}
        if not ready:
            raise ValueError(f"a circle among {', '.join(sorted(graph.keys() - level.keys()))}")
        level |= {room: 1 + max((level[each] for each in graph[room]), default=0) for room in ready}
    return level


def drawing() -> str:
    """Rooms from the top down, each with its level, the number of its files and the rooms that it imports."""
    graph = arrows()
    level = levels(graph)
    count = {room: sum(room_of(path) == room and path.name != "__init__.py" for path in files()) for room in graph}
    width = max(map(len, graph))
    rows = [
        f"[{level[room]:2d}] {room:<{width}} {count[room] or 1:3d}  {' '.join(sorted(graph[room]))}".rstrip()
        for room in sorted(graph, key=lambda room: (-level[room], room))
    ]
    return "\n".join(
        [*rows, f"{len(graph)} rooms, {max(level.values())} levels, {sum(map(len, graph.values()))} arrows"]
    )


def drawn() -> str:
    """The drawing as `CONTRIBUTING.md` has it; '' where it has none."""
    found = DRAWN.search(PAGE.read_text(encoding="utf-8"))
    return found[0] if found else ""


if __name__ == "__main__":
    print(drawing())
    if "--write" in sys.argv[1:]:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(DRAWN.sub(lambda _: drawing(), page), encoding="utf-8")
