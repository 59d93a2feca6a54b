"""The door that every plugin comes in by: built-in, installed package or a file the case names."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import PluginError, nearest
from .boundary import Boundary
from .elementary import ELEMENTARY
from .law import Law
from .mixture import BulkFlow, Mixture
from .naming import TAG, name_of
from .observable import Observable
from .parameters import Declared
from .property import Property
from .solution import Solution

__all__ = ["KINDS", "Entry", "Registry"]

KINDS: dict[str, type[Declared]] = {
    "law": Law,
    "property": Property,
    "mixture": Mixture,
    "bulk_flow": BulkFlow,
    "boundary": Boundary,
    "observable": Observable,
    "solution": Solution,
}
GROUP = "fvtransport.plugins"
BUILT_IN = "built in"


@dataclass(frozen=True)
class Entry:
    """One registered plugin: what it is, under which name, and where it came from."""

    kind: str
    name: str
    cls: type[Declared]
    origin: str


class Registry:
    """All plugins of one run, those of the core always. `broken` keeps installed plugins that could not be imported, by name and reason."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], Entry] = {}
        self.broken: dict[str, str] = {}
        for cls in ELEMENTARY:
            self.add(name_of(cls), cls, BUILT_IN)

    @classmethod
    def installed(cls) -> Registry:
        """Built-in plugins and those of installed packages, through their entry points."""
        registry = cls()
        for point in sorted(importlib.metadata.entry_points(group=GROUP), key=lambda p: (p.name != "builtin", p.name)):
            try:
                module = point.load()
                found = list(_walk(module))
            except Exception as error:  # a broken package must not stop cases that do not use it
                registry.broken[point.name] = f"{type(error).__name__}: {error}"
                continue
            origin = BUILT_IN if point.name == "builtin" else f"package {point.dist.name if point.dist else point.name}"
            for part in found:
                registry.add_module(part, origin)
        return registry

    def add_module(self, module: ModuleType, origin: str) -> None:
        """Collect the tagged classes that a module defines."""
        for value in vars(module).values():
            if isinstance(value, type) and TAG in vars(value) and value.__module__ == module.__name__:
                self.add(getattr(value, TAG), value, origin)

    def add_file(self, path: Path) -> None:
        """Collect the plugins of one Python file, such as a case names under `plugins:`."""
        name = f"fvtransport_user_{path.stem}_{hashlib.sha1(str(path).encode()).hexdigest()[:8]}"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise PluginError(f"{path} is not a Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # annotations that are texts are looked up there
        try:
            spec.loader.exec_module(module)
        except (Exception, SystemExit) as error:
            del sys.modules[name]
            raise PluginError(f"{path} could not be loaded: {type(error).__name__}: {error}") from error
        self.add_module(module, str(path))

    def add(self, name: str, cls: type[Declared], origin: str) -> None:
        """Register one class under its kind; refuses what is no plugin and a second plugin of the same name."""
        kind = next((kind for kind, interface in KINDS.items() if issubclass(cls, interface)), None)
        if kind is None:
            raise PluginError(f'{cls.__name__} in {origin} is named "{name}" but is no {", ".join(KINDS)}')
        earlier = self._entries.get((kind, name))
        if earlier is not None and earlier.cls is not cls:
            raise PluginError(f'two plugins are named {kind} "{name}": one from {earlier.origin}, one from {origin}')
        self._entries[kind, name] = Entry(kind, name, cls, origin)

    def names(self, kind: str) -> list[str]:
        """Names of all plugins of a kind, sorted."""
        return sorted(name for k, name in self._entries if k == kind)

    def get(self, kind: str, name: str) -> Entry:
        """The plugin of that kind and name; PluginError with the nearest name otherwise."""
        entry = self._entries.get((kind, name))
        if entry is None:
            near = nearest(name, self.names(kind))
            raise PluginError(f'no {kind} is named "{name}"' + (f'; did you mean "{near}"?' if near else ""))
        return entry

    def find(self, name: str) -> list[Entry]:
        """Every plugin of that name, of whatever kind."""
        return [entry for (_, n), entry in sorted(self._entries.items()) if n == name]

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self._entries.values(), key=lambda entry: (list(KINDS).index(entry.kind), entry.name)))


def _walk(module: Any) -> Iterator[ModuleType]:
    """A module and, where it is a package, everything below it."""
    yield module
    for info in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
        yield importlib.import_module(info.name)
