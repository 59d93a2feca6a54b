"""The search for the best point: differential evolution over the whole box, then a trust region around what it found."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from .objective import Objective
from .plan import Plan, Task

__all__ = ["FEWEST", "optimise"]

FEWEST = 10
_GLOBAL = 0.5
_PER_AXIS = 5
_SMALLEST = 5
_FIRST_RADIUS, _LAST_RADIUS = 0.1, 1e-4
_FAILED = 1e100
Solve = Callable[[list[Task]], list[dict[str, Any]]]


class _Spent(Exception):
    """The budget is used up."""


def optimise(plan: Plan, objective: Objective, solve: Solve) -> None:
    """Spend at most plan.samples points; solve answers with one row for each task, in order.

    Which points are asked for depends on the answers and the seed alone, not on how many are solved at a time.
    """
    search = _Search(plan, objective, solve)
    try:
        search.everywhere()
        search.nearby()
    except _Spent:
        pass


class _Search:
    """Points on the unit cube, costs to be made small."""

    def __init__(self, plan: Plan, objective: Objective, solve: Solve) -> None:
        self._plan, self._objective, self._solve = plan, objective, solve
        self._costs: dict[tuple[str, ...], float] = {}
        self._best: tuple[float, np.ndarray] | None = None

    def everywhere(self) -> None:
        """Differential evolution; a generation is solved at once."""
        from scipy.optimize import differential_evolution
        from scipy.stats.qmc import LatinHypercube

        plan, dimension = self._plan, len(self._plan.axes)
        size = max(_SMALLEST, min(_PER_AXIS * dimension, plan.samples // 4))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a generation of failures has no spread
            differential_evolution(
                lambda x: self._cost(x),
                [(0.0, 1.0)] * dimension,
                init=LatinHypercube(dimension, rng=plan.seed).random(size),
                maxiter=max(int(_GLOBAL * plan.samples) // size - 1, 1),
                rng=plan.seed,
                polish=False,
                updating="deferred",
                workers=lambda cost, points: self._all(points),
            )

    def nearby(self) -> None:
        """COBYQA from the best point: quadratic models of the costs around it, without derivatives."""
        from scipy.optimize import minimize

        if self._best is None:
            return
        options = {"initial_tr_radius": _FIRST_RADIUS, "final_tr_radius": _LAST_RADIUS, "maxfev": self._plan.samples}
        bounds = [(0.0, 1.0)] * len(self._plan.axes)
        minimize(self._cost, self._best[1], method="COBYQA", bounds=bounds, options=options)

    def _cost(self, x: np.ndarray) -> float:
        (cost,) = self._all([x])
        worst = max((cost for cost in self._costs.values() if cost < _FAILED), default=_FAILED)
        return min(cost, worst)

    def _all(self, points: Iterable[Sequence[float]]) -> list[float]:
        """The costs of some points; raises _Spent once those that the budget allows are solved."""
        cubes = [np.clip(np.asarray(point, float), 0.0, 1.0) for point in points]
        made = [self._plan.between(cube) for cube in cubes]
        keys = [tuple(value.text for value in point) for point in made]
        fresh = {key: point for key, point in zip(keys, made) if key not in self._costs}
        allowed = list(fresh.items())[: self._plan.samples - len(self._costs)]
        first = len(self._costs) + 1
        tasks = [self._plan.task(number, point) for number, (_, point) in enumerate(allowed, start=first)]
        for (key, _), row in zip(allowed, self._solve(tasks) if tasks else []):
            value = self._objective.of(row)
            cost = _FAILED if value is None else -value if self._objective.is_maximum else value
            self._costs[key] = cost
            if value is not None and (self._best is None or cost < self._best[0]):
                self._best = cost, cubes[keys.index(key)]
        if len(allowed) < len(fresh):
            raise _Spent
        return [self._costs[key] for key in keys]
