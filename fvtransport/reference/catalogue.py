"""The plugins in words, all from their one declaration: docstring, parameters, units, ranges."""

from __future__ import annotations

import inspect
from typing import Any

from ..case.reading.type_table import type_of
from ..errors import PluginError, nearest
from ..model.entry import Entry
from ..model.law import Law
from ..model.parameters import Declaration
from ..model.registry import Registry

__all__ = ["as_dict", "as_line", "entries_named", "show", "show_list"]


def entries_named(registry: Registry, name: str) -> list[Entry]:
    """Every plugin of that name; PluginError with the nearest name otherwise."""
    entries = registry.find(name)
    if not entries:
        near = nearest(name, {entry.name for entry in registry})
        raise PluginError(f'no plugin is named "{name}"' + (f'; did you mean "{near}"?' if near else ""))
    return entries


def as_line(entry: Entry) -> dict[str, str]:
    """Kind, name, origin and first sentence."""
    return {"kind": entry.kind, "name": entry.name, "origin": entry.origin, "summary": _summary(entry)}


def as_dict(entry: Entry) -> dict[str, Any]:
    """Everything the declaration says."""
    needs = entry.cls.needs if issubclass(entry.cls, Law) else ()
    return {
        **as_line(entry),
        "description": inspect.getdoc(entry.cls) or "",
        "parameters": [_parameter(declaration) for declaration in entry.cls.declarations()],
        "properties": [{"name": handle.name, "unit": handle.unit, "meaning": handle.meaning} for handle in needs],
        "shorthand": entry.cls.shorthand,
    }


def show_list(registry: Registry) -> None:
    """A table of all plugins on standard output."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("kind", "name", "origin", "summary"):
        table.add_column(heading, overflow="fold")
    for entry in registry:
        table.add_row(*(Text(text) for text in as_line(entry).values()))
    console = Console()
    console.print(table)
    for name, reason in registry.broken.items():
        console.print(f"broken package {name}: {reason}", style="yellow", markup=False)
    for text in registry.clashes():
        console.print(text, style="yellow", markup=False)


def show(entries: list[Entry]) -> None:
    """The declaration of each plugin on standard output."""
    for entry in entries:
        data = as_dict(entry)
        print(f"{data['name']} ({data['kind']}, {data['origin']})\n\n{data['description']}\n")
        _show_rows("Parameters", data["parameters"])
        _show_rows("Shared properties it reads", data["properties"])


def _show_rows(title: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    print(f"{title}:")
    for row in rows:
        facts = [row.get("type", ""), f"[{row['unit']}]" if row["unit"] else "", row.get("range", "")]
        facts.append("" if row.get("required", True) else f"default {row['default']}")
        print(f"  {row['name']}  " + ", ".join(fact for fact in facts if fact))
        print(f"      {row['meaning']}")


def _parameter(declaration: Declaration) -> dict[str, Any]:
    return {
        "name": declaration.name,
        "type": type_of(declaration.annotation).describe(),
        "unit": declaration.unit,
        "range": declaration.range_text(),
        "required": declaration.required,
        "default": declaration.default,
        "meaning": declaration.meaning,
    }


def _summary(entry: Entry) -> str:
    return entry.summary or (inspect.getdoc(entry.cls) or "").partition("\n")[0].rstrip(":")
