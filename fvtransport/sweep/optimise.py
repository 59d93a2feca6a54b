"""Optimisation: differential evolution over all bounds, then a trust-region search from the best point found."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from .objective import Objective
from .plan import SweepPlan, Task

__all__ = ["MIN_POINTS", "optimise"]

MIN_POINTS = 10
_GLOBAL_FRACTION = 0.5
_POPULATION_PER_AXIS = 5
_MIN_POPULATION = 5
_FIRST_RADIUS, _LAST_RADIUS = 0.1, 1e-4
_FAILED_COST = 1e100
Solve = Callable[[list[Task]], list[dict[str, Any]]]


class _BudgetExhausted(Exception):
    """All points that the budget allows are solved."""


def optimise(plan: SweepPlan, objective: Objective, solve: Solve) -> None:
    """Search with at most plan.samples points; solve returns one row for each task, in order.

    The points depend only on the seed and on the results, not on how many are solved in parallel.
    """
    search = _Search(plan, objective, solve)
    try:
        search.search_globally()
        search.search_locally()
    except _BudgetExhausted:
        pass


class _Search:
    """Minimisation of a cost on the unit cube, with a record of the points already solved."""

    def __init__(self, plan: SweepPlan, objective: Objective, solve: Solve) -> None:
        self._plan, self._objective, self._solve = plan, objective, solve
        self._costs: dict[tuple[str, ...], float] = {}
        self._best: tuple[float, np.ndarray] | None = None

    def search_globally(self) -> None:
        """Differential evolution; the points of a generation are solved together."""
        from scipy.optimize import differential_evolution
        from scipy.stats.qmc import LatinHypercube

        plan, dimension = self._plan, len(self._plan.axes)
        size = max(_MIN_POPULATION, min(_POPULATION_PER_AXIS * dimension, plan.samples // 4))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # raised where all points of a generation fail
            differential_evolution(
                self._cost,
                [(0.0, 1.0)] * dimension,
                init=LatinHypercube(dimension, rng=plan.seed).random(size),
                maxiter=max(int(_GLOBAL_FRACTION * plan.samples) // size - 1, 1),
                rng=plan.seed,
                polish=False,
                updating="deferred",
                workers=lambda cost, points: self._costs_at(points),
            )

    def search_locally(self) -> None:
        """COBYQA from the best point: local quadratic models of the cost, without derivatives."""
        from scipy.optimize import minimize

        if self._best is None:
            return
        options = {"initial_tr_radius": _FIRST_RADIUS, "final_tr_radius": _LAST_RADIUS, "maxfev": self._plan.samples}
        bounds = [(0.0, 1.0)] * len(self._plan.axes)
        minimize(self._cost, self._best[1], method="COBYQA", bounds=bounds, options=options)

    def _cost(self, x: np.ndarray) -> float:
        (cost,) = self._costs_at([x])
        worst = max((cost for cost in self._costs.values() if cost < _FAILED_COST), default=_FAILED_COST)
        return min(cost, worst)

    def _costs_at(self, points: Iterable[Sequence[float]]) -> list[float]:
        """The costs at some points; raises _BudgetExhausted where the budget does not allow all of them."""
        cubes = [np.clip(np.asarray(point, float), 0.0, 1.0) for point in points]
        selection = [self._plan.between(cube) for cube in cubes]
        keys = [tuple(value.text for value in point) for point in selection]
        new = {key: point for key, point in zip(keys, selection) if key not in self._costs}
        allowed = list(new.items())[: self._plan.samples - len(self._costs)]
        first = len(self._costs) + 1
        tasks = [self._plan.task(number, point) for number, (_, point) in enumerate(allowed, start=first)]
        for (key, _), row in zip(allowed, self._solve(tasks) if tasks else []):
            value = self._objective.value(row)
            cost = _FAILED_COST if value is None else -value if self._objective.is_maximum else value
            self._costs[key] = cost
            if value is not None and (self._best is None or cost < self._best[0]):
                self._best = cost, cubes[keys.index(key)]
        if len(allowed) < len(new):
            raise _BudgetExhausted
        return [self._costs[key] for key in keys]
