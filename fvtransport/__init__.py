"""Finite-volume simulation of coupled heat and mass transport from YAML case files.

Users call `check`, `run` and `load`; authors of plugins import the interfaces and handles.
"""

from __future__ import annotations

import importlib
from typing import Any

from .errors import CaseError, FvtransportError, PluginError
from .model.averages import log_mean, upwind_mean, upwind_weight
from .model.boundary import Boundary
from .model.elementary import Constant, Expression, NoFlux
from .model.flux_view import FluxView
from .model.former_use import current_name
from .model.formula import Formula
from .model.handles import (
    COORDINATES,
    TIME,
    Balance,
    BoundaryName,
    Convention,
    Coordinate,
    Field,
    Handle,
    InterfaceName,
    PhysicalConstant,
    RegionName,
    Shared,
    Species,
    Time,
)
from .model.interface import Interface, InterfaceView
from .model.law import Law
from .model.mixture import BulkFlow, Mixture
from .model.naming import plugin
from .model.observable import Observable
from .model.parameters import Declared, parameter
from .model.property import Property
from .model.reaction import OpposedRates
from .model.solution import Solution
from .model.solved_state import SolvedState
from .model.state import Closure, Coefficient, State
from .model.tensors import normal_component
from .model.validation import Context, Issue, Severity, mistakes, warnings
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
    "Context",
    "Convention",
    "Coordinate",
    "Declared",
    "Expression",
    "FaceView",
    "Field",
    "FluxView",
    "Formula",
    "FvtransportError",
    "Handle",
    "Interface",
    "InterfaceName",
    "InterfaceView",
    "Issue",
    "Law",
    "Mixture",
    "NoFlux",
    "Observable",
    "OpposedRates",
    "PhysicalConstant",
    "PluginError",
    "PointView",
    "Property",
    "RegionName",
    "Severity",
    "Shared",
    "Solution",
    "SolvedState",
    "Species",
    "State",
    "Time",
    "View",
    "check",
    "contract",
    "load",
    "log_mean",
    "mistakes",
    "normal_component",
    "parameter",
    "plugin",
    "run",
    "upwind_mean",
    "upwind_weight",
    "warnings",
]

_LATE = {"check": "api", "run": "api", "load": "api", "contract": "verification.contract"}


def __getattr__(name: str) -> Any:
    """The functions that solve are imported when they are first asked for, with all they need.

    ImportError with the present name for a former one: `from fvtransport import` shows no other error's text.
    """
    if new := current_name(f"{__name__}.{name}"):
        raise ImportError(f"{__name__}.{name} is now {new}", name=__name__)
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_LATE[name]}")
    return module if _LATE[name].endswith(name) else getattr(module, name)
