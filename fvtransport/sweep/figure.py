"""The picture of a sweep: curves over one axis, a map over two, all points and their envelope over more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..report.figures.style import COLOURS, bracket, limits, open_circles, panels, plain_text, style
from .plan import Method
from .run import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

_MOST_PANELS = 6
_BINS, _PER_BIN = 12, 8


def draw(outcome: Outcome) -> Path | None:
    """Write sweep.png beside the table: the objective, or without one every observable; None where there is nothing to show."""
    names = [outcome.objective.column] if outcome.objective else list(outcome.units)
    names = [name for name in names if np.isfinite(_numbers(outcome, name)).any()][:_MOST_PANELS]
    along = [axis.column for axis in outcome.plan.axes if _are_numbers(outcome, axis.column)]
    if not names or not along:
        return None
    is_map = outcome.plan.method is Method.GRID and len(along) == len(outcome.plan.axes) == 2
    with style():
        if is_map:
            figure, grid = panels(len(names))
            for axes, name in zip(grid, names):
                _map(axes, outcome, along, name)
        else:
            shown = [(column, name) for name in names for column in along][:_MOST_PANELS]
            figure, grid = panels(len(shown))
            for axes, (column, name) in zip(grid, shown):
                _over(axes, outcome, column, name)
        path = outcome.directory / "sweep.png"
        figure.savefig(path)
    return path


def _over(axes: Axes, outcome: Outcome, column: str, name: str) -> None:
    """One quantity over one axis: a curve where nothing else varies, else points and their envelope."""
    x, y = _values(outcome, column), _numbers(outcome, name)
    good = np.isfinite(y)
    if len(outcome.plan.axes) == 1 or outcome.plan.method is Method.LIST:
        order = np.argsort(x[good])
        axes.plot(x[good][order], y[good][order], color=COLOURS[0])
        axes.plot(x[good], y[good], **open_circles(COLOURS[0]))
    else:
        axes.plot(
            x[good],
            y[good],
            linestyle="none",
            marker="o",
            markersize=2.5,
            color=COLOURS[0],
            alpha=0.5,
            markeredgewidth=0.0,
        )
        if outcome.objective:
            axes.plot(*_envelope(x[good], y[good], outcome), color=COLOURS[1])
    if outcome.objective and outcome.best is not None:
        best = outcome.best
        axes.plot(
            best["values"][column], outcome.objective.of(best), marker="*", markersize=9.0, color=COLOURS[1], zorder=4
        )
    limits(axes, [y[good]])
    low = axes.get_ylim()[0]
    if not good.all():
        axes.plot(
            x[~good],
            np.full((~good).sum(), low),
            linestyle="none",
            marker="x",
            color="black",
            clip_on=False,
            markersize=4.0,
        )
    if _is_logarithmic(outcome, column):
        axes.set_xscale("log")
    axes.set_xlabel(_heading(column))
    axes.set_ylabel(_label(outcome, name))


def _envelope(x: np.ndarray, y: np.ndarray, outcome: Outcome) -> tuple[np.ndarray, np.ndarray]:
    """The best of the points near each place: at each value of a grid, in bins of as many points elsewhere."""
    if outcome.plan.method is Method.GRID:
        groups = [np.flatnonzero(x == position) for position in np.unique(x)]
    else:
        groups = np.array_split(np.argsort(x), min(_BINS, max(x.size // _PER_BIN, 1)))
    best = np.argmax if outcome.objective.is_maximum else np.argmin
    selection = np.array([group[best(y[group])] for group in groups], int)
    return x[selection], y[selection]


def _map(axes: Axes, outcome: Outcome, along: Sequence[str], name: str) -> None:
    """One quantity over two axes; failed points stay white, with a cross."""
    x, y = (_values(outcome, column) for column in along)
    values = _numbers(outcome, name)
    across, up = np.unique(x), np.unique(y)
    table = np.full((up.size, across.size), np.nan)
    table[np.searchsorted(up, y), np.searchsorted(across, x)] = values
    painted = axes.pcolormesh(across, up, table, shading="nearest", cmap="viridis", rasterized=True)
    axes.get_figure().colorbar(painted, ax=axes, label=_label(outcome, name))
    bad = ~np.isfinite(values)
    axes.plot(x[bad], y[bad], linestyle="none", marker="x", color="black", markersize=4.0)
    if outcome.objective and outcome.best is not None:
        axes.plot(*(outcome.best["values"][column] for column in along), marker="*", markersize=9.0, color=COLOURS[1])
    if _is_logarithmic(outcome, along[0]):
        axes.set_xscale("log")
    if _is_logarithmic(outcome, along[1]):
        axes.set_yscale("log")
    axes.set_xlabel(_heading(along[0]))
    axes.set_ylabel(_heading(along[1]))


def _numbers(outcome: Outcome, name: str) -> np.ndarray:
    """An observable at every point; NaN at those that failed."""
    found = [row.get("observables", {}).get(name) if row["status"] == "converged" else None for row in outcome.rows]
    return np.array([np.nan if value is None else value for value in found], float)


def _values(outcome: Outcome, column: str) -> np.ndarray:
    return np.array([row["values"][column] for row in outcome.rows], float)


def _are_numbers(outcome: Outcome, column: str) -> bool:
    return all(isinstance(row["values"][column], (int, float)) for row in outcome.rows)


def _is_logarithmic(outcome: Outcome, column: str) -> bool:
    axis = next(axis for axis in outcome.plan.axes if axis.column == column)
    return axis.is_logarithmic and axis.bounds[0] > 0.0


def _label(outcome: Outcome, name: str) -> str:
    return f"{plain_text(name)} {bracket(outcome.units.get(name, ''))}".strip()


def _heading(column: str) -> Any:
    return plain_text(column)
