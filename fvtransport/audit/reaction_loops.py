"""Closed loops of reactions, after which everything is as before: neither affinity nor heat may be left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from .measurement import ROUND_OFF, Measurement, relative
from .reaction_states import ReactionState

__all__ = ["heats_of_loops", "null_space", "turning_loops"]

_ZERO = 1e-9


def turning_loops(state: ReactionState) -> Iterator[Measurement]:
    """Around a closed loop of reversible reactions, sum_r n_r ln(r_f/r_r) = 0 (Wegscheider)."""
    forward, reverse = state.logarithms
    reversible = [r for r, each in enumerate(state.declared) if each.is_reversible]
    for part in null_space(state.matrix()[reversible]) if reversible else ():
        rows = [r for r, n in zip(reversible, part) if n]
        weights = part[part != 0.0, None]
        total = (weights * (forward[rows] - reverse[rows])).sum(axis=0)
        scale = (np.abs(weights) * (1.0 + np.abs(forward[rows]) + np.abs(reverse[rows]))).sum(axis=0)
        names, loop = tuple(dict.fromkeys(state.names[r] for r in rows)), _combination(state, rows, weights[:, 0])
        yield Measurement(names, "Wegscheider's condition", relative(total, scale), ROUND_OFF,
                          f"the closed loop {loop} would turn for ever: the product of r_f/r_r around it is"
                          " exp({total:.6g}) where it must be 1", {"total": total}, loop)  # fmt: skip


def heats_of_loops(state: ReactionState) -> Iterator[Measurement]:
    """Around a closed loop of any reactions, sum_r n_r Delta_H_r = 0."""
    for part in null_space(state.matrix()):
        rows, weights = np.flatnonzero(part), part[part != 0.0]
        names, loop = tuple(dict.fromkeys(state.names[r] for r in rows)), _combination(state, rows, weights)
        heats = [state.declared[r].enthalpy for r in rows]
        silent = [state.names[r] for r, heat in zip(rows, heats) if heat is None]
        missing = f"no heat of reaction is stated by {' and '.join(dict.fromkeys(silent)) or 'any of them'}"
        stated = [state.on_cells(np.nan if heat is None else heat) for heat in heats]
        total = sum(n * heat for n, heat in zip(weights, stated))
        scale = sum(abs(n) * np.abs(heat) for n, heat in zip(weights, stated))
        yield Measurement(names, "Hess's law", relative(total, scale), ROUND_OFF,
                          f"the closed loop {loop} makes heat out of nothing: Delta_H around it is"
                          " {total:.6g} J/mol where it must be 0", {"total": total}, loop, missing=missing)  # fmt: skip


def null_space(matrix: np.ndarray) -> list[np.ndarray]:
    """A basis of the combinations n of rows with n @ matrix = 0, each with one row that no other one has."""
    reduced, pivots = matrix.T.astype(float).copy(), list[int]()
    for column in range(reduced.shape[1]):
        row = len(pivots)
        if row == len(reduced) or not np.abs(reduced[row:, column]).max() > _ZERO:
            continue
        best = row + int(np.abs(reduced[row:, column]).argmax())
        reduced[[row, best]] = reduced[[best, row]]
        reduced[row] /= reduced[row, column]
        others = np.arange(len(reduced)) != row
        reduced[others] -= np.outer(reduced[others, column], reduced[row])
        pivots.append(column)
    basis = []
    for free in sorted(set(range(reduced.shape[1])) - set(pivots)):
        combination = np.zeros(reduced.shape[1])
        combination[free] = 1.0
        combination[pivots] = -reduced[: len(pivots), free]
        basis.append(np.where(np.abs(combination) > _ZERO, combination, 0.0))
    return basis


def _combination(state: ReactionState, rows: Iterable[int], weights: np.ndarray) -> str:
    """A loop in words, such as "reaction - 2 reaction_2"."""
    text = ""
    for r, weight in zip(rows, weights):
        size = "" if abs(weight) == 1.0 else f"{abs(weight):g} "
        text += f"{' - ' if weight < 0.0 else ' + ' if text else ''}{size}{state.names[r]}"
    return text.strip()
