"""What thermodynamics asks of opposed rates, measured at one state; each rule says how far it is off in every cell.

At constant composition and pressure, (d/dT) ln(r_f/r_r) = Delta_H/(R T^2): the closure of the
mixture gives the part of the total concentration, -sum nu d ln c/dT.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..model.handles import Field
from .measurement import DERIVATIVE, NOISE, ROUND_OFF, Measurement, relative
from .reaction_loops import heats_of_loops, turning_loops
from .reaction_states import ReactionState, declaring_laws

__all__ = ["measured"]


def measured(state: ReactionState) -> Iterator[Measurement]:
    """Every rule that can be measured at a state."""
    if not state.declared:
        return
    yield from _declared_source(state)
    yield from _affinity(state)
    yield from turning_loops(state)
    yield from _composition(state)
    if state.solves(state.declared[0].temperature):
        yield from heats_of_loops(state)
        yield from _kirchhoff(state)
        yield from _van_t_hoff(state)


def _van_t_hoff(state: ReactionState) -> Iterator[Measurement]:
    """At constant composition and pressure, d ln(r_f/r_r)/dT = Delta_H/(R T^2)."""
    field = state.declared[0].temperature
    (forward, reverse), logs, T = state.slopes(field), state.logarithms, state.on_cells(state.view()[field])
    for r, (each, sensible) in enumerate(zip(state.declared, state.sensible)):
        if not each.is_reversible:
            continue
        heat = state.on_cells(sensible if each.enthalpy is None else each.enthalpy)
        unit = each.gas_constant * T**2
        implied = unit * (forward[r] - reverse[r])
        noise = NOISE * (1.0 + np.abs(logs[0][r]) + np.abs(logs[1][r])) / T
        scale = np.abs(forward[r]) + np.abs(reverse[r]) + np.abs(heat) / unit + noise
        stated = "it states none, which makes" if each.enthalpy is None else "it states"
        yield Measurement((state.names[r],), "van 't Hoff", relative((implied - heat) / unit, scale), DERIVATIVE,
                          "the equilibrium of its rates moves with T as if Delta_H were {implied:.6g} J/mol, but "
                          f"{stated} {{heat:.6g}} at T = {{T:.6g}}: d ln(r_f/r_r)/dT = Delta_H/(R T^2)",
                          {"implied": implied, "heat": heat, "T": T}, str(r))  # fmt: skip


def _kirchhoff(state: ReactionState) -> Iterator[Measurement]:
    """Delta_H varies with T as the enthalpies of the mixture do, or reactions at two temperatures would make energy."""
    field = state.declared[0].temperature
    T = state.on_cells(state.view()[field])

    stated, solved = state.heat_slopes(field)
    for r, each in enumerate(state.declared):
        if each.enthalpy is None:
            continue
        gap = stated[r] - solved[r]
        scale = np.abs(stated[r]) + np.abs(solved[r]) + NOISE * np.abs(state.on_cells(each.enthalpy)) / T
        yield Measurement((state.names[r],), "Kirchhoff's law", relative(gap, scale), DERIVATIVE,
                          "Delta_H less the enthalpies of the mixture changes by {gap:.6g} J/mol/K at T = {T:.6g}, so"
                          " that the reaction makes energy: its heat capacities are not those of the mixture",
                          {"gap": gap, "T": T}, str(r), is_silent=not each.is_reversible)  # fmt: skip


def _affinity(state: ReactionState) -> Iterator[Measurement]:
    """With standard chemical potentials, ln(r_f/r_r) = A/(R T)."""
    forward, reverse = state.logarithms
    for r, each in enumerate(state.declared):
        if each.affinity is None or not each.is_reversible:
            continue
        given = state.on_cells(each.affinity / (each.gas_constant * state.view()[each.temperature]))
        solved = forward[r] - reverse[r]
        scale = 1.0 + np.abs(forward[r]) + np.abs(reverse[r]) + np.abs(given)
        yield Measurement((state.names[r],), "affinity", relative(solved - given, scale), ROUND_OFF,
                          "ln(r_f/r_r) is {solved:.6g}, but A/(R T) of its standard chemical potentials {given:.6g}",
                          {"solved": solved, "given": given}, str(r))  # fmt: skip


def _composition(state: ReactionState) -> Iterator[Measurement]:
    """At constant T and p, d ln(r_f/r_r)/dx_j = -sum_i nu_i dmu_i/dx_j/(R T), by the metric G of the mixture.

    With Gibbs-Duhem the right-hand side is -sum_i (nu_i - x_i sum nu) G_ij/R over the species that are solved for.
    """
    view = state.view()
    metric = state.mixture.metric(view)
    for field in state.mixture.mole_fractions:
        if not state.solves(field):
            continue
        column = {balance.field: value for (balance, of), value in metric.items() if of is field}
        (forward, reverse), logs, reach = state.slopes(field), state.logarithms, state.reach(field)
        for r, each in enumerate(state.declared):
            if each.is_reversible:
                terms = _potential_slopes(state, r, column)
                gap = forward[r] - reverse[r] - terms.sum(axis=0)
                noise = NOISE * (1.0 + np.abs(logs[0][r]) + np.abs(logs[1][r])) / reach
                scale = np.abs(forward[r]) + np.abs(reverse[r]) + np.abs(terms).sum(axis=0) + noise
                yield _composition_measurement(state.names[r], field, forward[r] - reverse[r], terms, gap / scale, r)


def _composition_measurement(
    name: str, field: Field, solved: np.ndarray, terms: np.ndarray, deviation: np.ndarray, r: int
) -> Measurement:
    given = terms.sum(axis=0)
    return Measurement((name,), "mass action", np.abs(deviation), DERIVATIVE,
                       f"ln(r_f/r_r) changes with {field.name} by {{solved:.6g}}, but A/(R T) of the chemical"
                       " potentials of the mixture by {given:.6g}: its rates and the mixture have different equilibria",
                       {"solved": solved, "given": given}, f"{r} {field.name}")  # fmt: skip


def _potential_slopes(state: ReactionState, r: int, column: dict[Field, np.ndarray]) -> np.ndarray:
    """The terms of -sum_i nu_i dmu_i/dx_j/(R T), (solved species, cells); NaN where the mixture states no metric."""
    each, view = state.declared[r], state.view()
    change = sum(each.coefficients.values())
    own = [field for field in state.mixture.mole_fractions if field in column]
    if not own:
        return np.full((1, state.values.shape[-1]), np.nan)
    parts = [-(each.coefficients.get(i, 0.0) - view[i] * change) * column[i] / each.gas_constant for i in own]
    return np.array([state.on_cells(part) for part in parts])


def _declared_source(state: ReactionState) -> Iterator[Measurement]:
    """What a law produces is what its declared rates make; for heat, -(Delta_H - sum_i nu_i h_i) r."""
    view, sensible, row = state.view(), state.sensible, state.system.medium.row
    for name, law in declaring_laws(state.system).items():
        own = [r for r, each in enumerate(state.names) if each == name]
        produced = law.source(view)
        fields = [field for field in (*state.mixture.mole_fractions, *_temperatures(state, own)) if field in row]
        for field in fields:
            solved = state.on_cells(sum(value for key, value in produced.items() if row.get(key) == row[field]))
            parts = [_made(state, r, field, sensible[r]) for r in own]
            made, scale = (state.on_cells(sum(values)) for values in zip(*parts))
            yield Measurement((name,), "declared rates", relative(solved - made, scale), ROUND_OFF,
                              "it produces {solved:.6g} in the balance of " + field.name
                              + ", but its declared rates make {made:.6g}",
                              {"solved": solved, "made": made}, field.name, is_silent=True)  # fmt: skip


def _made(state: ReactionState, r: int, field: Field, sensible: Any) -> tuple[np.ndarray, np.ndarray]:
    """What a reaction makes in the balance of a field, and the size of the terms in it."""
    each = state.declared[r]
    gross = np.abs(each.forward) + (0.0 if each.reverse is None else np.abs(each.reverse))
    if field is not each.temperature:
        nu = each.coefficients.get(field, 0.0)
        return state.on_cells(nu * each.net), state.on_cells(abs(nu) * gross)
    if each.enthalpy is None:
        return state.on_cells(0.0), state.on_cells(0.0)
    return state.on_cells((sensible - each.enthalpy) * each.net), state.on_cells(
        (np.abs(sensible) + np.abs(each.enthalpy)) * gross
    )


def _temperatures(state: ReactionState, own: list[int]) -> list[Field]:
    return list(dict.fromkeys(state.declared[r].temperature for r in own))
