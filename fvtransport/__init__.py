"""Finite-volume simulation of coupled heat and mass transport from YAML case files.

Users call `check`, `run` and `load`; authors of plugins import the interfaces and handles.
"""

from __future__ import annotations

import importlib
from typing import Any

from .errors import CaseError, FvtransportError, PluginError
from .model.boundary import Boundary
from .model.flux_view import FluxView
from .model.formula import Formula
from .model.handles import (
    COORDINATES,
    TIME,
    Balance,
    BoundaryName,
    Constant,
    Convention,
    Coordinate,
    Field,
    Handle,
    RegionName,
    Shared,
    Time,
)
from .model.law import Law
from .model.mixture import BulkFlow, Mixture
from .model.observable import Observable
from .model.parameters import parameter
from .model.plugin import plugin
from .model.property import Property
from .model.solution import Solution
from .model.state import Closure, Coefficient, State
from .model.views import BoundaryView, CellView, FaceView, PointView, View

__all__ = [
    "COORDINATES",
    "TIME",
    "Balance",
    "Boundary",
    "BoundaryName",
    "BoundaryView",
    "BulkFlow",
    "CaseError",
    "CellView",
    "Closure",
    "Coefficient",
    "Constant",
    "Convention",
    "Coordinate",
    "FaceView",
    "Field",
    "FluxView",
    "Formula",
    "FvtransportError",
    "Handle",
    "Law",
    "Mixture",
    "Observable",
    "PluginError",
    "PointView",
    "Property",
    "RegionName",
    "Shared",
    "Solution",
    "State",
    "Time",
    "View",
    "check",
    "contract",
    "load",
    "parameter",
    "plugin",
    "run",
]

_LATE = {"check": "api", "run": "api", "load": "api", "contract": "verification.contract"}


def __getattr__(name: str) -> Any:
    """The functions that solve are imported when they are first asked for, with all they need."""
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_LATE[name]}")
    return module if _LATE[name].endswith(name) else getattr(module, name)
