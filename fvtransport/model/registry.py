"""The door that every plugin comes in by: built-in, installed package or a file the case names.

A plugin is imported when it is used. Built-in plugins are known from the index that ships with them; a package
states its own in its entry points, `NAME = module:Class`. A package that states only a module is imported for a
name not found elsewhere.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import json
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import PluginError, nearest
from .elementary import ELEMENTARY
from .entry import KINDS, Entry, kind_of
from .former_use import reason
from .naming import name_of, tag_of
from .parameters import Declared
from .plugin_file import load_module

__all__ = ["BUILT_IN", "Registry"]

BUILT_IN = "built in"
INDEX = "index.json"
_GROUP = "fvtransport.plugins"
_INDEXED = "builtin"


class Registry:
    """All plugins of one run. `broken` keeps those of installed packages that could not be
    imported, by name and reason.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], list[Entry]] = {}
        self._points: list[EntryPoint] = []  # not imported yet
        self._handles: list[str] = []
        self._used: dict[tuple[str, str], type[Declared]] = {}
        self.broken: dict[str, str] = {}
        for cls in ELEMENTARY:
            self.add(name_of(cls), cls, BUILT_IN)

    @classmethod
    def installed(cls) -> Registry:
        """Built-in plugins and those of installed packages; none of them is imported yet."""
        registry = cls()
        for point in sorted(importlib.metadata.entry_points(group=_GROUP), key=lambda p: (p.name, p.value)):
            if point.name != _INDEXED or not registry._add_index(point.value, BUILT_IN):
                registry._points.append(point)
        return registry

    def copy(self) -> Registry:
        """Another registry with the same plugins, to which files can be added."""
        copy = Registry()
        copy._entries = {key: list(entries) for key, entries in self._entries.items()}
        copy._points, copy._handles = list(self._points), list(self._handles)
        copy.broken.update(self.broken)
        return copy

    def add(self, name: str, cls: type[Declared], origin: str) -> None:
        """Register one class under its kind; refuses what is not a plugin and a second plugin of the same name."""
        entry = Entry(kind_of(cls, name, origin), name, origin, cls)
        self._import_stated(name)
        earlier = self._entries.get((entry.kind, name), [])
        if any(not each.is_of(cls) for each in earlier):
            raise PluginError(_clash([*earlier, entry]))
        self._put(entry)

    def add_module(self, module: ModuleType, origin: str) -> None:
        """Collect the tagged classes that a module defines."""
        for name, cls in _tagged(module):
            self.add(name, cls, origin)

    def add_file(self, path: Path) -> None:
        """Collect the plugins of one Python file, such as a case names under `plugins:`.

        CaseError for former names in it, PluginError where it cannot be loaded.
        """
        self.add_module(load_module(path), str(path))

    def names(self, kind: str) -> list[str]:
        """Names of all plugins of a kind that are known so far, sorted; nothing is imported."""
        return sorted(name for k, name in self._entries if k == kind)

    def has(self, kind: str, name: str, search: bool = True) -> bool:
        """Whether there is a plugin of that kind and name; search imports the packages
        that do not state their names.
        """
        self._import_stated(name)
        if search and (kind, name) not in self._entries:
            self._import_points([point for point in self._points if not point.attr])
        return (kind, name) in self._entries

    def get(self, kind: str, name: str) -> Entry:
        """The plugin of that kind and name, imported.

        PluginError with the nearest name where there is none, with both origins where there are two, and where the
        import fails.
        """
        if not self.has(kind, name):
            self.import_packages()
            near = nearest(name, self.names(kind))
            raise PluginError(f'no {kind} is named "{name}"' + (f'; did you mean "{near}"?' if near else ""))
        entries = self._entries[kind, name]
        if len(entries) > 1:
            raise PluginError(_clash(entries))
        self._used[kind, name] = entries[0].cls
        return entries[0]

    def find(self, name: str) -> list[Entry]:
        """Every plugin of that name, of whatever kind."""
        self._import_stated(name)
        if not any(n == name for _, n in self._entries):
            self.import_packages()
        return [entry for entry in self.known() if entry.name == name]

    def entry_of(self, cls: type) -> Entry | None:
        """The entry of a class, None where it is not registered."""
        return next((entry for entry in self.known() if entry.is_of(cls)), None)

    def known(self) -> list[Entry]:
        """What is known without importing anything, by kind and name."""
        kinds = list(KINDS)
        entries = [entry for each in self._entries.values() for entry in each]
        return sorted(entries, key=lambda entry: (kinds.index(entry.kind), entry.name, entry.origin))

    def __iter__(self) -> Iterator[Entry]:
        self.import_packages()
        return iter(self.known())

    def importable(self, kind: str = "") -> list[Entry]:
        """All plugins, or those of a kind, imported; those that cannot be are left out and noted as broken."""
        return [entry for entry in self if entry.kind in (kind or entry.kind) and self._is_importable(entry)]

    def import_packages(self) -> None:
        """Import the plugins of all installed packages, built-in ones not."""
        self._import_points(list(self._points))

    def clashes(self) -> list[str]:
        """What is wrong with names that several plugins of a kind have."""
        return [_clash(entries) for _, entries in sorted(self._entries.items()) if len(entries) > 1]

    def modules(self) -> list[ModuleType]:
        """The modules whose shared handles cases may use: those of the index and of all plugins imported so far."""
        names = [entry.cls.__module__ for entry in self.known() if entry.is_imported]
        modules = [importlib.import_module(name) for name in self._handles]
        return [*modules, *(sys.modules[name] for name in dict.fromkeys(names) if name in sys.modules)]

    def _add_index(self, package: str, origin: str) -> bool:
        """Know the plugins of a package from the index in its folder; False where it has none."""
        spec = importlib.util.find_spec(package)
        folders = spec.submodule_search_locations if spec is not None and spec.submodule_search_locations else ()
        path = next((path for folder in folders if (path := Path(folder) / INDEX).is_file()), None)
        if path is None:
            return False
        index = json.loads(path.read_text(encoding="utf-8"))
        self._handles += [f"{package}.{module}" for module in index["handles"]]
        for kind, name, target, summary in index["plugins"]:
            self._put(Entry(kind, name, origin, f"{package}.{target}", summary))
        return True

    def _put(self, entry: Entry) -> None:
        entries = self._entries.setdefault((entry.kind, entry.name), [])
        if isinstance(entry.target, str) or not any(each.is_of(entry.target) for each in entries):
            entries.append(entry)

    def _import_stated(self, name: str) -> None:
        self._import_points([point for point in self._points if point.attr and point.name == name])

    def _import_points(self, points: Iterable[EntryPoint]) -> None:
        """Import what entry points name. PluginError where that shows that a plugin in use has a namesake."""
        for point in points:
            self._points.remove(point)
            package = point.dist.name if point.dist else point.name
            try:
                entries = list(_entries_of(point, f"package {package}"))
            except (Exception, SystemExit) as error:  # a broken package must not stop cases that do not use it
                name = f"{package}: {point.name}" if point.attr else point.name
                self.broken[name] = reason(error)
                continue
            for entry in entries:
                self._put(entry)
        for key in self._used:
            if len(self._entries[key]) > 1:
                raise PluginError(_clash(self._entries[key]))

    def _is_importable(self, entry: Entry) -> bool:
        try:
            return isinstance(entry.cls, type)
        except PluginError as error:
            self.broken[f"{entry.kind} {entry.name}"] = str(error)
            return False


def _entries_of(point: EntryPoint, origin: str) -> Iterator[Entry]:
    """The plugins of an entry point: one class under its own name, or all classes of a
    module and of what is below it.
    """
    loaded = point.load()
    if point.attr:
        if tag_of(loaded) != point.name:
            raise PluginError(f'{point.value} is stated as "{point.name}" but not named @plugin("{point.name}")')
        yield Entry(kind_of(loaded, point.name, origin), point.name, origin, loaded)
        return
    for module in _walk(loaded):
        for name, cls in _tagged(module):
            yield Entry(kind_of(cls, name, origin), name, origin, cls)


def _tagged(module: ModuleType) -> list[tuple[str, Any]]:
    """The classes that a module defines and names as plugins."""
    named = [(tag_of(value), value) for value in vars(module).values()]
    return [(name, cls) for name, cls in named if name is not None and cls.__module__ == module.__name__]


def _walk(module: Any) -> Iterator[ModuleType]:
    """A module and, where it is a package, everything below it."""
    yield module
    for info in pkgutil.walk_packages(vars(module).get("__path__", ()), f"{module.__name__}."):
        yield importlib.import_module(info.name)


def _clash(entries: list[Entry]) -> str:
    origins = ", ".join(f"one from {entry.origin}" for entry in entries)
    return f'two plugins are named {entries[0].kind} "{entries[0].name}": {origins}'
