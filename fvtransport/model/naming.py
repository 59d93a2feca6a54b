"""The name by which cases choose a plugin."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import TypeVar

from ..errors import TAG, PluginError

__all__ = ["name_of", "plugin", "tag_of"]

T = TypeVar("T", bound=type)


def plugin(name: str) -> Callable[[T], T]:
    """Name a class as a plugin; its interface (Law, Property, ...) says the kind. A registry
    that meets its module collects it.
    """
    if not isinstance(name, str):
        given = name.__name__ if isinstance(name, (type, FunctionType)) else name
        raise PluginError(f'write @plugin("name") above {given}, with the name that cases use')

    def tag(cls: T) -> T:
        setattr(cls, TAG, name)
        return cls

    return tag


def name_of(cls: type) -> str:
    """The name that a class was given as a plugin; that of the class itself where it was given none."""
    return vars(cls).get(TAG, cls.__name__)


def tag_of(value: object) -> str | None:
    """The name that `@plugin` gave to a class itself, not to its base; None for anything else."""
    return vars(value).get(TAG) if isinstance(value, type) else None
