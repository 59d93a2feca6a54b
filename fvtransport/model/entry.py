"""What a plugin is to the registry: a class with a name, whose interface says its kind."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cached_property

from ..errors import PluginError
from .boundary import Boundary
from .interface import Interface
from .law import Law
from .mixture import BulkFlow, Mixture
from .observable import Observable
from .parameters import Declared
from .property import Property
from .solution import Solution

__all__ = ["KINDS", "Entry", "kind_of"]

KINDS: dict[str, type[Declared]] = {
    "law": Law,
    "property": Property,
    "mixture": Mixture,
    "bulk_flow": BulkFlow,
    "boundary": Boundary,
    "interface": Interface,
    "observable": Observable,
    "solution": Solution,
}


def kind_of(cls: type[Declared], name: str, origin: str) -> str:
    """The kind of a class that is used under a name; PluginError where it implements no interface."""
    for kind, interface in KINDS.items():
        if issubclass(cls, interface):
            return kind
    raise PluginError(f'{cls.__name__} in {origin} is named "{name}" but is no {", ".join(KINDS)}')


@dataclass(frozen=True)
class Entry:
    """One registered plugin: what it is, under which name, where it came from, and its class or `module:Class`.

    summary is the first line of its docstring where that is known without importing it, '' otherwise.
    """

    kind: str
    name: str
    origin: str
    target: type[Declared] | str
    summary: str = ""

    @cached_property
    def cls(self) -> type[Declared]:
        """The class, imported when it is first asked for; PluginError where that fails."""
        if not isinstance(self.target, str):
            return self.target
        module, _, name = self.target.partition(":")
        try:
            return getattr(importlib.import_module(module), name)
        except (Exception, SystemExit) as error:
            reason = f"{type(error).__name__}: {error}"
            raise PluginError(f'{self.kind} "{self.name}" ({self.origin}) could not be loaded: {reason}') from error

    @property
    def is_imported(self) -> bool:
        """Whether the class is at hand."""
        return not isinstance(self.target, str) or "cls" in vars(self)

    def is_of(self, cls: type) -> bool:
        """Whether it registers this class; decided without importing anything."""
        if not isinstance(self.target, str):
            return self.target is cls
        return self.target == f"{cls.__module__}:{cls.__qualname__}"
