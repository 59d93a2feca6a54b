"""The reference of case files and plugins as Markdown, made from the declarations that the checker reads.

python -m fvtransport.reference.markdown > docs/reference.md
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

from ..case.blocks.mesh_kinds import MESHES
from ..case.reading.schema import SOLVERS, TOP, Compared, Lasting, Observation, UntilPeriodic
from ..model.entry import KINDS, Entry
from ..model.parameters import Declared
from ..model.registry import Registry
from .catalogue import as_dict

__all__ = ["reference"]

_BLOCKS = {
    "title": "text",
    "description": "text",
    "units": "`SI` (default) or `reduced`: k_B = R = 1, bare numbers",
    "parameters": "names for numbers, quantities or expressions of other parameters",
    "plugins": "Python files with plugins, relative to the case",
    "audit": (
        "`warn` (default), `off`, `strict` (exit 4 on what is violated or not judged) or "
        "`{strict: {accept: [names of terms]}}`"
    ),
    "expects": "warnings that the case is known to have: list of `{warning: text that occurs in it, because: reason}`",
    "mesh": "`type` and what that kind takes, below",
    "mixture": "one mixture plugin",
    "properties": "shared coefficients by name; a number, a quantity, an expression or a property plugin",
    "laws": "list of law plugins: `name` or `{name: {parameters}}`",
    "initial": "initial value of each field, an expression of position",
    "boundaries": "condition of each field on each boundary; `default:` for boundaries that are not named",
    "interfaces": "condition of a field between two regions, `left-right: {field: condition}`; else it is continuous",
    "solve": "`steady`, `{steady: ...}` or `{transient: ...}`, below",
    "protocol": (
        "`phases: {name: {duration: ..., changes}}` and `repeat:` a number, `until_periodic` or "
        "`{until_periodic: {...}}`"
    ),
    "observe": (
        "observables by a name of yours: `{plugin: parameters, at: times}`, `{..., over: phase}`, `{formula: ...}`"
    ),
    "compare": "`solution` (a solution plugin) and `tolerance`",
}


def reference(registry: Registry) -> str:
    """Blocks of a case, mesh kinds, ways to solve and all plugins, each with its parameters."""
    entries = [entry for entry in registry if entry.origin == "built in"]
    return "\n".join([*_head(), *_blocks(), *_kinds(), *_plugins(entries)]).rstrip() + "\n"


def _head() -> Iterator[str]:
    yield "# Reference of case files and plugins"
    yield ""
    yield "Made from the declarations by `python -m fvtransport.reference.markdown`; a test holds it to them."
    yield ""


def _blocks() -> Iterator[str]:
    yield from ("## Blocks", "", "| block | needed | holds |", "|---|---|---|")
    for name, needed in TOP.items():
        yield f"| `{name}` | {'yes' if needed else ''} | {_BLOCKS[name]} |"
    yield ""


def _kinds() -> Iterator[str]:
    yield from ("## Meshes", "")
    kinds = dict.fromkeys(MESHES.values())
    for kind in kinds:
        names = ", ".join(f"`{name}`" for name, each in MESHES.items() if each is kind)
        yield from _declared(names, kind)
    yield from ("## Ways to solve", "")
    for name, solver in SOLVERS.items():
        yield from _declared(f"`{name}`", solver)
    yield from _declared("`observe: {name: {..., at: ...}}`", Observation)
    yield from _declared("`compare`", Compared)
    yield from _declared("`protocol: {phases: {name: {duration: ..., ...}}}`", Lasting)
    yield from _declared("`protocol: {repeat: {until_periodic: ...}}`", UntilPeriodic)


def _plugins(entries: Iterable[Entry]) -> Iterator[str]:
    entries = list(entries)
    for kind in KINDS:
        yield from (f"## {kind.title()} plugins", "")
        for entry in entries:
            if entry.kind == kind:
                yield from _declared(
                    f"`{entry.name}`", entry.cls, [each["name"] for each in as_dict(entry)["properties"]]
                )


def _declared(title: str, cls: type[Declared], reads: Iterable[str] = ()) -> Iterator[str]:
    yield from (f"### {title}", "", "```text", inspect.getdoc(cls) or "", "```", "")
    shared = ", ".join(f"`{name}`" for name in reads)
    if shared:
        yield from (f"Reads {shared}.", "")
    rows = list(cls.declarations())
    if not rows:
        return
    yield from ("| parameter | unit | range | default | meaning |", "|---|---|---|---|---|")
    for row in rows:
        short = " (may be given alone)" if row.name == cls.shorthand else ""
        default = "" if row.required else f"`{row.default}`"
        yield f"| `{row.name}`{short} | {row.unit.replace('|', '')} | {row.range_text()} | {default} | {row.meaning} |"
    yield ""


if __name__ == "__main__":
    print(reference(Registry.installed()), end="")
