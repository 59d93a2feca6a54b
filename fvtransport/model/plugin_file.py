"""A Python file with plugins, loaded as a module."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from ..errors import CaseError, PluginError
from .former_scan import former_uses
from .former_use import reason

__all__ = ["load_module"]


def load_module(path: Path) -> ModuleType:
    """The module in a file. CaseError for uses of former names, PluginError where it cannot be imported."""
    if found := former_uses(path):
        raise CaseError(found)
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
        raise PluginError(f"{path} could not be loaded: {reason(error)}") from error
    return module
