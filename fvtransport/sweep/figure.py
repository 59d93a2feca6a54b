"""The figure of a sweep: curves along one axis, a map over two axes, scatter plots with an envelope over more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..report.figures.style import COLOURS, bracket, limits, open_circles, panels, plain_text, style
from .plan import Method
from .run import SweepResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

_MAX_PANELS = 6
_BINS, _PER_BIN = 12, 8
_DOTS = {"linestyle": "none", "marker": "o", "markersize": 2.5, "alpha": 0.5, "markeredgewidth": 0.0}
_STAR = {"linestyle": "none", "marker": "*", "markersize": 9.0, "label": "optimum"}
_CROSS = {"linestyle": "none", "marker": "x", "markersize": 4.0, "color": "black", "label": "failed"}


def draw(result: SweepResult) -> Path | None:
    """Write sweep.png into the result folder and return its path; None where there is nothing to plot.

    It shows the objective or, without one, every observable.
    """
    names = [result.objective.column] if result.objective else list(result.units)
    names = [name for name in names if np.isfinite(_numbers(result, name)).any()][:_MAX_PANELS]
    columns = [axis.column for axis in result.plan.axes if _are_numbers(result, axis.column)]
    if not names or not columns:
        return None
    is_map = result.plan.method is Method.GRID and len(columns) == len(result.plan.axes) == 2
    with style():
        if is_map:
            figure, grid = panels(len(names))
            for axes, name in zip(grid, names):
                _draw_map(axes, result, columns, name)
        else:
            shown = [(column, name) for name in names for column in columns][:_MAX_PANELS]
            figure, grid = panels(len(shown))
            for axes, (column, name) in zip(grid, shown):
                _draw_curve(axes, result, column, name)
        path = result.directory / "sweep.png"
        figure.savefig(path)
    return path


def _draw_curve(axes: Axes, result: SweepResult, column: str, name: str) -> None:
    """One quantity along one axis: a curve where only this axis varies, otherwise points and their envelope."""
    x, y = _values(result, column), _numbers(result, name)
    good = np.isfinite(y)
    if len(result.plan.axes) == 1 or result.plan.method is Method.LIST:
        order = np.argsort(x[good])
        axes.plot(x[good][order], y[good][order], color=COLOURS[0])
        axes.plot(x[good], y[good], **open_circles(COLOURS[0]))
    else:
        axes.plot(x[good], y[good], color=COLOURS[0], **_DOTS)
        if result.objective:
            axes.plot(*_envelope(x[good], y[good], result), color=COLOURS[1], label="best values")
    if result.objective and result.best is not None:
        best = result.best
        axes.plot(best["values"][column], result.objective.value(best), color=COLOURS[1], zorder=4, **_STAR)
    limits(axes, [y[good]])
    if not good.all():
        bottom = np.full((~good).sum(), axes.get_ylim()[0])
        axes.plot(x[~good], bottom, clip_on=False, **_CROSS)
    if _is_logarithmic(result, column):
        axes.set_xscale("log")
    axes.set_xlabel(plain_text(column))
    axes.set_ylabel(_label(result, name))
    if axes.get_legend_handles_labels()[1]:
        axes.legend(loc="best")


def _envelope(x: np.ndarray, y: np.ndarray, result: SweepResult) -> tuple[np.ndarray, np.ndarray]:
    """The best points along an axis: at each value of a grid, otherwise in bins with equal numbers of points."""
    if result.plan.method is Method.GRID:
        groups = [np.flatnonzero(x == position) for position in np.unique(x)]
    else:
        groups = np.array_split(np.argsort(x), min(_BINS, max(x.size // _PER_BIN, 1)))
    best = np.argmax if result.objective.is_maximum else np.argmin
    selection = np.array([group[best(y[group])] for group in groups], int)
    return x[selection], y[selection]


def _draw_map(axes: Axes, result: SweepResult, columns: Sequence[str], name: str) -> None:
    """One quantity over two axes; failed points are left white and marked with a cross."""
    x, y = (_values(result, column) for column in columns)
    values = _numbers(result, name)
    across, up = np.unique(x), np.unique(y)
    table = np.full((up.size, across.size), np.nan)
    table[np.searchsorted(up, y), np.searchsorted(across, x)] = values
    image = axes.pcolormesh(across, up, table, shading="nearest", cmap="viridis", rasterized=True)
    axes.get_figure().colorbar(image, ax=axes, label=_label(result, name))
    bad = ~np.isfinite(values)
    axes.plot(x[bad], y[bad], **_CROSS)
    if result.objective and result.best is not None:
        axes.plot(*(result.best["values"][column] for column in columns), color=COLOURS[1], **_STAR)
    if _is_logarithmic(result, columns[0]):
        axes.set_xscale("log")
    if _is_logarithmic(result, columns[1]):
        axes.set_yscale("log")
    axes.set_xlabel(plain_text(columns[0]))
    axes.set_ylabel(plain_text(columns[1]))


def _numbers(result: SweepResult, name: str) -> np.ndarray:
    """An observable at every point; NaN at failed points."""
    values = [row.get("observables", {}).get(name) if row["status"] == "converged" else None for row in result.rows]
    return np.array([np.nan if value is None else value for value in values], float)


def _values(result: SweepResult, column: str) -> np.ndarray:
    return np.array([row["values"][column] for row in result.rows], float)


def _are_numbers(result: SweepResult, column: str) -> bool:
    return all(isinstance(row["values"][column], (int, float)) for row in result.rows)


def _is_logarithmic(result: SweepResult, column: str) -> bool:
    axis = next(axis for axis in result.plan.axes if axis.column == column)
    return axis.is_logarithmic and axis.bounds[0] > 0.0


def _label(result: SweepResult, name: str) -> str:
    return f"{plain_text(name)} {bracket(result.units.get(name, ''))}".strip()
