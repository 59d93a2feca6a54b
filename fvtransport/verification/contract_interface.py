"""What a condition between two materials must keep, each in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..discretisation.interface_equations import InterfaceEquations, Side
from ..model.handles import Field
from ..model.interface import Interface, InterfaceView
from .contract_trial import ContractTrial, same, stacking

__all__ = ["interface_breaches"]


def interface_breaches(trial: ContractTrial, condition: Interface, field: Field) -> Iterator[str]:
    """A condition is element-wise and depends on one of the two sides or on the flux; so is what it produces.

    What it stores is element-wise too, and depends on the states alone; so is what it states of the entropy.
    """
    row, medium = trial.system.medium.row[field], trial.system.medium
    for equations in trial.system.interfaces:
        alone = InterfaceEquations(equations.interface, {row: condition}, equations.positions)
        count, finite = equations.interface.area.size, not trial.beyond_data

        def terms(states: np.ndarray, alone: InterfaceEquations = alone, **moved: float) -> Mapping[Any, Any]:
            left, right = (
                _moved(side, row, moved.get(name, 0.0)) for name, side in _sides(trial, alone, states).items()
            )
            flux = moved.get("flux", 0.0)
            left, right = (Side(side.state, side.flux + flux) for side in (left, right))
            found = alone.terms(medium, trial.t, left, right)
            names = [balance.name for balance in medium.balances]
            produced = {f"production of {name}": part for name, part in zip(names, found)}
            return {"residual": found[len(names) + row], **produced}

        yield from stacking("its", terms, trial, count, finite)
        before = terms(trial.states)["residual"]
        ways = ({"left": 1e-3}, {"right": 1e-3}, {"flux": 1.0})
        if all(same(before, terms(trial.states, **way)["residual"]) for way in ways):
            yield "residual depends neither on the field on either side nor on its flux, so that it fixes nothing"
        if alone.stored:
            yield from _storage_breaches(trial, alone, row, finite)
        yield from _entropy_breaches(trial, alone, row, finite)


def _storage_breaches(trial: ContractTrial, equations: InterfaceEquations, row: int, finite: bool) -> Iterator[str]:
    def stored(states: np.ndarray, later: float = 0.0, flux: float = 0.0) -> Mapping[Any, Any]:
        left, right = (side.state for side in _sides(trial, equations, states).values())
        through = np.full(left.shape, flux)
        view = InterfaceView(
            trial.system.medium, trial.t + later, row, (left, right), (through, through), equations.positions
        )
        return {None: equations.conditions[row].storage(view)}

    yield from stacking("storage", stored, trial, equations.interface.area.size, finite)
    before = stored(trial.states)[None]
    if not same(before, stored(trial.states, later=1.0)[None]):
        yield "storage is a function of time"
    if not same(before, stored(trial.states, flux=1.0)[None]):
        yield "storage depends on the flux"


def _entropy_breaches(trial: ContractTrial, equations: InterfaceEquations, row: int, finite: bool) -> Iterator[str]:
    condition, medium = equations.conditions[row], trial.system.medium

    def view(states: np.ndarray) -> InterfaceView:
        left, right = _sides(trial, equations, states).values()
        return InterfaceView(
            medium, trial.t, row, (left.state, right.state), (left.flux, right.flux), equations.positions
        )

    def further(states: np.ndarray) -> Mapping[Any, Any]:
        found = condition.further_entropy_production(view(states))
        return {} if found is None else {None: found}

    count, known = equations.interface.area.size, set(medium.mixture.mole_fractions)
    for field in condition.potential_jumps(view(trial.states)):
        if field not in known:
            yield f"potential_jumps has {field.name}, which is not the mole fraction of a species"
    yield from stacking("potential jump", lambda states: condition.potential_jumps(view(states)), trial, count, finite)
    if type(condition).further_entropy_production is not Interface.further_entropy_production:
        yield from stacking("further entropy production", further, trial, count, finite)


def _sides(trial: ContractTrial, equations: InterfaceEquations, states: np.ndarray) -> dict[str, Side]:
    left, right = trial.system.geometry.faces.left_right(states)
    return dict(zip(("left", "right"), equations.sides(left, right, np.zeros(left.shape))))


def _moved(side: Side, row: int, part: float) -> Side:
    state = side.state.copy()
    state[row] *= 1.0 + part
    return Side(state, side.flux)
