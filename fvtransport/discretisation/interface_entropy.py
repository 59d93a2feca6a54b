"""Entropy produced on interfaces: J_e [1/T] - sum_i N_i [mu_i/T], the brackets right less left, by condition.

Only the conditions know the terms in brackets. A continuous field produces nothing, unless the chemical
potential is another function of it on either side; that is named and not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..model.interface import InterfaceView
from ..model.naming import name_of
from .flux_evaluation import FluxEvaluation
from .interface_equations import InterfaceEquations
from .system import System

__all__ = ["interface_entropy", "unjudged_continuity"]

_SAME = 1e-9


def interface_entropy(
    system: System, t: float, values: np.ndarray, evaluation: FluxEvaluation
) -> dict[str, np.ndarray | None]:
    """Entropy production per area and time by condition, (faces of the interface,); None where a condition states
    none. values (balances, nodes) satisfy the equations of the interfaces.
    """
    found: dict[str, np.ndarray | None] = {}
    for equations in system.interfaces:
        for row, condition in equations.conditions.items():
            view = _view(system, t, row, equations, values, evaluation)
            produced = condition.entropy_production(view)
            name = f"{name_of(type(condition))} of {view.field.name} at {equations.interface.name}"
            found[name] = None if produced is None else np.broadcast_to(produced, equations.interface.area.shape)
    return found


def unjudged_continuity(system: System, t: float, values: np.ndarray, evaluation: FluxEvaluation) -> Iterator[str]:
    """Fields that are continuous where the thermodynamic metrics of the two sides differ, each with its interface."""
    for equations in system.interfaces:
        free = [row for row in range(len(system.balances)) if row not in equations.conditions]
        view = _view(system, t, 0, equations, values, evaluation)
        sides = [system.medium.mixture.metric(side) for side in (view.left, view.right)]
        for row in free:
            field = system.medium.fields[row]
            pairs = [[np.asarray(side[key]) for side in sides] for key in sides[0] if key[0].field is field]
            if any((np.abs(left - right) > _SAME * np.abs(left)).any() for left, right in pairs):
                yield f"{field.name} at {equations.interface.name}"


def _view(
    system: System, t: float, row: int, equations: InterfaceEquations, values: np.ndarray, evaluation: FluxEvaluation
) -> InterfaceView:
    left, right = equations.sides(*system.geometry.faces.left_right(values), evaluation.flux)
    states, fluxes = (left.state, right.state), (left.flux, right.flux)
    return InterfaceView(system.medium, t, row, states, fluxes, equations.positions)
