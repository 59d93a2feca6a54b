"""What a former name is today, in words; classes with members of former names are refused when they are defined."""

from __future__ import annotations

import inspect
from functools import cached_property
from types import FunctionType
from typing import Any

from ..errors import PluginError
from .former_modules import MODULES
from .former_names import MEMBERS, NAMES

__all__ = ["current_module", "current_name", "former_members", "import_text", "member_text", "reason", "refuse_former"]

_PACKAGE = "fvtransport"
_INTERFACES = f"{_PACKAGE}.model."
_PUBLIC = (_INTERFACES, f"{_PACKAGE}.plugins.")


def current_module(path: str) -> str:
    """The present path of a module `fvtransport.a.b`; '' where its path is no former one."""
    key = path.removeprefix(f"{_PACKAGE}.")
    return absolute(MODULES[key]) if path != key and key in MODULES else ""


def current_name(path: str) -> str:
    """The present path of a module or of a name `fvtransport.a.b.name`; '' where its path is no former one.

    Of a name in a module that is neither a plugin nor part of their interface, the present path of the module.
    """
    key = path.removeprefix(f"{_PACKAGE}.")
    if path == key:
        return ""
    if key in NAMES:
        return "" if NAMES[key] == key else absolute(NAMES[key])
    module, _, name = path.rpartition(".")
    found = current_module(module)
    if not found or current_module(path):
        return current_module(path)
    return f"{found}.{name}" if found == _PACKAGE or found.startswith(_PUBLIC) else found


def absolute(relative: str) -> str:
    """A path of the table with the name of the package."""
    return f"{_PACKAGE}.{relative}" if relative else _PACKAGE


def import_text(path: str) -> str:
    """How to import a name by its present path; a member of a class is given by its path."""
    module, _, name = path.rpartition(".")
    is_member = module.rpartition(".")[2][:1].isupper()
    return path if is_member or not module else f"from {module} import {name}"


def former_members(interface: str) -> dict[str, str]:
    """Former names of the members of an interface, with the present ones."""
    return {**MEMBERS["Declared"], **MEMBERS.get(interface, {})}


def member_text(interface: str, old: str, new: str) -> str:
    """What is wrong with a class that defines a member by its former name."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in interface).strip()
    kind = "plugin" if interface == "Declared" else words
    return f'"{old}" of a{"n" if kind[0] in "aeiou" else ""} {kind} is now "{new}"'


def refuse_former(cls: type) -> None:
    """Raise PluginError where a class outside of the core has a member by its former name."""
    for interface in cls.__mro__:
        if not interface.__module__.startswith(_INTERFACES):
            continue
        for old, new in MEMBERS.get(interface.__name__, {}).items():
            owner = next((each for each in cls.__mro__ if old in vars(each)), None)
            if owner is not None and not owner.__module__.startswith(_INTERFACES):
                raise PluginError(f"{_place(owner, old)}: {member_text(interface.__name__, old, new)}; expected {new}")


def _place(cls: type, name: str) -> str:
    """File and line of a member, or the name of its class where they are not known."""
    member: Any = inspect.getattr_static(cls, name)
    if isinstance(member, property):
        member = member.fget
    elif isinstance(member, cached_property):
        member = member.func
    elif isinstance(member, (classmethod, staticmethod)):
        member = member.__func__
    if not isinstance(member, FunctionType):
        return f"{cls.__module__}.{cls.__qualname__}"
    return f"{member.__code__.co_filename}:{member.__code__.co_firstlineno}"


def reason(error: BaseException) -> str:
    """Why an import failed, with the present path where a module is named by its former one."""
    text = f"{type(error).__name__}: {error}"
    new = current_module(error.name or "") if isinstance(error, ModuleNotFoundError) else ""
    return f"{text}; it is now {new}" if new else text
