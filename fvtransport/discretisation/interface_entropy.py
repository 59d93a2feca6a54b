"""Entropy produced on interfaces: J_e [1/T] - sum_i N_i [mu_i/T], the brackets right less left, on every face.

J_e is the total flux of energy and mu_i/T includes the enthalpy that goes with it. It is computed balance by balance:
the reduced heat flux q' = J_e - sum_i h_i N_i times [1/T], and each N_i times the jump that is left at one temperature.
Only the sum over an interface has a sign. Where the fluxes of both sides differ by what the interface makes or stores,
their mean passes the jump.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..mesh.geometry import InterfaceFaces
from ..model.handles import Balance, Field
from ..model.interface import Interface, InterfaceView, flux_of_field
from ..model.naming import name_of
from ..model.views import View
from .flux_evaluation import FluxEvaluation
from .interface_equations import InterfaceEquations
from .system import System

__all__ = ["InterfaceEntropy", "interface_entropies", "linear_jumps", "unlike_continuity"]

_SAME = 1e-9


@dataclass(frozen=True)
class InterfaceEntropy:
    """Entropy production on one interface per area and time, arrays (faces of the interface,).

    parts are those of its conditions, `partition of x_H`, None where one cannot be computed, and those of continuous
    fields whose potential jumps nevertheless, `continuity of x_D`. size is what the production would be if all fields
    jumped by their own value: round-off is a small part of it.
    """

    interface: InterfaceFaces
    parts: Mapping[str, np.ndarray | None]
    size: np.ndarray

    @property
    def place(self) -> str:
        """The name of the interface, for messages."""
        return self.interface.name or "jumps within a region"

    @property
    def name(self) -> str:
        """What produces the entropy, and where."""
        return f"{' and '.join(self.parts)} at {self.place}"

    @property
    def total(self) -> np.ndarray | None:
        """The entropy production of all together; None where a part is not known."""
        known = [part for part in self.parts.values() if part is not None]
        return sum(known, start=np.zeros(self.size.shape)) if len(known) == len(self.parts) else None


def interface_entropies(
    system: System, t: float, values: np.ndarray, evaluation: FluxEvaluation
) -> list[InterfaceEntropy]:
    """The entropy production of every interface; values (balances, nodes) satisfy the equations of the interfaces."""
    return [_entropy_of(system, t, each, values, evaluation) for each in system.interfaces]


def unlike_continuity(system: System, t: float, values: np.ndarray, evaluation: FluxEvaluation) -> Iterator[str]:
    """Fields that are continuous where the thermodynamic metrics of the two sides differ at one state, each with its
    interface.
    """
    for equations in system.interfaces:
        left, right = equations.sides(*system.geometry.faces.left_right(values), evaluation.flux)
        same = (left.state, left.state)
        view = InterfaceView(system.medium, t, 0, same, (left.flux, right.flux), equations.positions)
        sides = [system.medium.mixture.metric(side) for side in (view.left, view.right)]
        for row, field in enumerate(system.medium.fields):
            pairs = [[np.asarray(side[key]) for side in sides] for key in sides[0] if key[0].field is field]
            differ = any((np.abs(one - other) > _SAME * np.abs(one)).any() for one, other in pairs)
            if differ and row not in equations.conditions:
                yield f"{field.name} at {equations.interface.name}"


def _entropy_of(
    system: System, t: float, equations: InterfaceEquations, values: np.ndarray, evaluation: FluxEvaluation
) -> InterfaceEntropy:
    views = [_view(system, t, row, equations, values, evaluation) for row in range(len(system.balances))]
    passing = 0.5 * (views[0].fluxes[0] + views[0].fluxes[1])
    terms = _Terms.of(system, views, equations.conditions, passing)
    shape, size = equations.interface.area.shape, _size(system, views[0], passing)
    parts: dict[str, np.ndarray | None] = {}
    for row, view in enumerate(views):
        condition = equations.conditions.get(row)
        if condition is not None:
            part = None if terms is None else terms.of_condition(row, condition, view)
            parts[f"{name_of(type(condition))} of {view.field.name}"] = (
                None if part is None else np.broadcast_to(part, shape)
            )
        elif terms is not None and (np.abs(terms.passing(row)) > _SAME * size).any():
            parts[f"continuity of {view.field.name}"] = np.broadcast_to(terms.passing(row), shape)
    return InterfaceEntropy(equations.interface, parts, size)


@dataclass(frozen=True)
class _Terms:
    """Fluxes through an interface, the jumps of what they are multiplied with, and means of this, by row."""

    fluxes: list[np.ndarray]
    jumps: list[np.ndarray]
    means: list[np.ndarray]
    row: Mapping[Balance | Field, int]

    @classmethod
    def of(
        cls, system: System, views: list[InterfaceView], conditions: Mapping[int, Interface], passing: np.ndarray
    ) -> _Terms | None:
        """Those of an interface; None where the mixture does not state what is needed."""
        medium, view, mixture = system.medium, views[0], system.medium.mixture
        sides = [mixture.entropy_variables(side) for side in (view.left, view.right)]
        if not sides[0] or mixture.last_flux is None:
            return None
        jumps = {field: sides[1][field] - sides[0][field] for field in sides[0]}
        means = {field: 0.5 * (sides[1][field] + sides[0][field]) for field in sides[0]}
        fluxes = {field: passing[row] for row, field in enumerate(medium.fields)}
        for field, amounts in mixture.transported(view.left, view.right).items():
            for species, amount in amounts.items():
                fluxes[field] = fluxes[field] - amount * flux_of_field(medium, passing, species)
                jumps[species] = jumps[species] + amount * jumps[field]
        if system.reference is not None:
            jumps = linear_jumps(view.mixture.metric(view.left.at(system.reference)), view.left, view.right)
        for row, condition in conditions.items():
            jumps |= {field: -np.asarray(each) for field, each in condition.potential_jumps(views[row]).items()}
        return cls([fluxes[each] for each in medium.fields], _by_row(system, jumps), _by_row(system, means), medium.row)

    def passing(self, row: int) -> np.ndarray:
        """Entropy produced by the flux of one balance."""
        return self.fluxes[row] * self.jumps[row]

    def of_condition(self, row: int, condition: Interface, view: InterfaceView) -> np.ndarray | None:
        """Entropy produced by the flux of the balance of a condition and by what the condition makes."""
        kind = type(condition)
        if kind.further_entropy_production is not Interface.further_entropy_production:
            further = condition.further_entropy_production(view)
            return None if further is None else self.passing(row) + further
        if kind.production is Interface.production:
            return self.passing(row)
        if kind.potential_jumps is Interface.potential_jumps:
            return None
        made = condition.production(view)
        return self.passing(row) + sum(self.means[self.row[key]] * made[key] for key in made if key in self.row)


def _by_row(system: System, by_field: Mapping[Field, np.ndarray]) -> list[np.ndarray]:
    """What multiplies the fluxes of the balances, from what multiplies those of all species and of the energy."""
    mixture, nothing = system.medium.mixture, np.zeros(())
    last = by_field.get(mixture.mole_fractions[-1], nothing) if mixture.mole_fractions else nothing
    shares = mixture.last_flux or {}
    return [
        np.asarray(by_field.get(balance.field, nothing) + shares.get(balance, 0.0) * last)
        for balance in system.balances
    ]


def linear_jumps(metric: Mapping[tuple[Balance, Field], Any], near: View, far: View) -> dict[Field, np.ndarray]:
    """Jumps of 1/T and -mu_i/T from near to far in a linearised model, -sum_j G_ij [u_j], by the field of each balance.

    metric is that of the state that the model is linearised about.
    """
    jumps: dict[Field, np.ndarray] = {}
    for (balance, field), value in metric.items():
        jumps[balance.field] = jumps.get(balance.field, 0.0) + value * (near[field] - far[field])
    return jumps


def _size(system: System, view: InterfaceView, passing: np.ndarray) -> np.ndarray:
    """sum_ij |J_i G_ij u_j|, (faces of the interface,)."""
    at = view.left.at(system.reference)
    size = np.zeros(passing.shape[1:])
    for (balance, field), value in system.medium.mixture.metric(at).items():
        size += np.abs(passing[system.medium.row[balance]] * value * view.left[field])
    return size


def _view(
    system: System, t: float, row: int, equations: InterfaceEquations, values: np.ndarray, evaluation: FluxEvaluation
) -> InterfaceView:
    left, right = equations.sides(*system.geometry.faces.left_right(values), evaluation.flux)
    states, fluxes = (left.state, right.state), (left.flux, right.flux)
    return InterfaceView(system.medium, t, row, states, fluxes, equations.positions)
