"""Figures of a protocol: the last cycle by phase, and the convergence of the cycles to a periodic state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...case.model import CYCLE, Observed
from ...discretisation.snapshot import Snapshot
from ...results.fields import nodes_of, shown_unit
from ...results.result import Result
from .fluxes import draw_flux_panels, flux_names
from .groups import group_histories
from .jumps import broken
from .labels import axis_label, label_axes, law_label
from .snapshots import evenly_changing, midway_snapshot
from .style import bracket, colours_by_time, curve_style, legend, limits, panel_rows, panels, plain_text, symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_cycle", "draw_cycles", "draw_fluxes", "draw_phases", "drawing_functions"]

_MAX_PROFILES = 6
_MIN_CYCLES = 3


def drawing_functions(is_line: bool) -> dict[str, Callable[[Result], Figure | None]]:
    """The functions that draw a protocol, by the names of their files; profiles only on one-dimensional meshes."""
    along = {"fields": draw_phases, "fluxes": draw_fluxes} if is_line else {}
    return {**along, "observables": draw_cycle, "cycles": draw_cycles}


def draw_phases(result: Result) -> Figure:
    """Profiles of every solved field in the last cycle, a row of panels for each phase."""
    parts, fields = _last_cycle(result), result.system.medium.fields
    figure, rows = panel_rows(len(parts), len(fields))
    curves_by_column: dict[int, list[np.ndarray]] = {}
    x = result.system.geometry.position[0]
    for row, (phase, snapshots) in zip(rows, parts.items()):
        selection = evenly_changing(snapshots, _MAX_PROFILES)
        colours = colours_by_time(max(len(selection), 2))
        for column, (axes, field) in enumerate(zip(row, fields)):
            values = [nodes_of(snapshot, field) for snapshot in selection]
            curves = [axes.plot(*broken(x, each), color=colour)[0] for each, colour in zip(values, colours)]
            curves_by_column.setdefault(column, []).extend(values)
            label_axes(axes, result, axis_label(result, field.meaning, symbol(field.name), field.unit))
        row[0].set_title(plain_text(phase), loc="left")
        labels = [f"{snapshot.t - snapshots[0].t:.4g}" for snapshot in selection]
        title = f"time in phase {bracket(shown_unit('s', result.case.units))}".rstrip()
        row[-1].legend(curves, labels, title=title, loc="center left", bbox_to_anchor=(1.02, 0.5))
    for row in rows:
        for column, axes in enumerate(row):
            limits(axes, curves_by_column[column])
    return figure


def draw_fluxes(result: Result) -> Figure:
    """Fluxes by law in the last cycle, a row of panels for each phase, when half of its change has taken place."""
    parts, drawn = _last_cycle(result), {}
    figure, rows = panel_rows(len(parts), len(result.system.balances))
    selection = [midway_snapshot(snapshots) for snapshots in parts.values()]
    names, unit = flux_names(selection), shown_unit("s", result.case.units)
    for row, (phase, snapshots), snapshot in zip(rows, parts.items(), selection):
        draw_flux_panels(row, result, snapshot, names, drawn)
        row[0].set_title(plain_text(phase), loc="left")
        time = f"{snapshot.t - snapshots[0].t:.4g}{'' if unit == 'reduced' else f' {unit}'}"
        row[-1].set_title(f"time in phase: {time}", loc="right")
    legend(figure, list(drawn.values()), [law_label(name) for name in drawn])
    return figure


def draw_cycle(result: Result) -> Figure | None:
    """History of every observable in the last cycle; None without any. Time integrals start from zero at its start."""
    parts = _last_cycle(result)
    inside = [snapshot for snapshots in parts.values() for snapshot in snapshots]
    if len(inside) < 2 or not result.case.observe:
        return None
    begin = inside[0].t
    positions = [
        index
        for index, snapshot in enumerate(result.snapshots)
        if snapshot.occurrence.cycle == inside[0].occurrence.cycle
    ]
    cumulative, others = [], []
    for observed in result.case.observe:
        history = result.history(observed.observable)[positions]
        is_cumulative = type(observed.observable).needs_time
        (cumulative if is_cumulative else others).append((observed, history - history[0] if is_cumulative else history))
    groups = [(group, True) for group in group_histories(result, cumulative)] + [
        (group, False) for group in group_histories(result, others)
    ]
    figure, grid = panels(len(groups))
    times = np.array([snapshot.t - begin for snapshot in inside])
    for axes, (group, is_cumulative) in zip(grid, groups):
        for index, (names, history) in enumerate(group):
            axes.plot(times, history, **curve_style(index, first_is_solid=True), label=_joined_names(names))
        unit = group[0][0][0].observable.reading_unit
        names = _joined_names([each for names, _ in group for each in names])
        name = "since the start of the cycle" if is_cumulative else names
        axes.set_ylabel(axis_label(result, name, "", unit))
        axes.set_xlabel(axis_label(result, "time in cycle", "", "s"))
        limits(axes, [history for _, history in group])
        _shade(axes, [(phase, snapshots[0].t - begin, snapshots[-1].t - begin) for phase, snapshots in parts.items()])
        if is_cumulative or len(group) > 1:
            axes.legend(loc="best")
    return figure


def draw_cycles(result: Result) -> Figure | None:
    """Each observable over its interval in every cycle, and the change of the state per cycle; None below 3 cycles."""
    done = result.protocol
    if done["cycles"] < _MIN_CYCLES:
        return None
    cycles = np.arange(1, done["cycles"] + 1)
    rows: dict[tuple[str, ...], list[str]] = {}
    curves: dict[str, np.ndarray] = {}
    for name, row in done["observables"].items():
        curves[name] = np.array([np.nan if each is None else each for each in row[row["over"] or CYCLE]])
        if np.isfinite(curves[name]).any():
            rows.setdefault((row["unit"],), []).append(name)
    figure, grid = panels(len(rows) + 1)
    for axes, ((unit,), names) in zip(grid, rows.items()):
        for index, name in enumerate(names):
            style = curve_style(index, first_is_solid=True)
            axes.plot(cycles, curves[name], marker="o", markersize=2.5, label=plain_text(name), **style)
        axes.set_ylabel(f"value per cycle {bracket(unit)}".rstrip())
        axes.legend(loc="best")
    changes = np.array([np.nan if each is None else each for each in done["change"]])
    grid[-1].semilogy(cycles, np.where(changes > 0.0, changes, np.nan), "k.-", markersize=4.0, linewidth=0.9)
    grid[-1].set_ylabel("relative change of the state")
    if done["tolerance"] is not None:
        grid[-1].axhline(done["tolerance"], color="black", linestyle=(0, (4, 2)), linewidth=0.9, label="tolerance")
        grid[-1].legend(loc="best")
    for axes in grid:
        axes.set_xlabel("cycle")
        axes.locator_params("x", integer=True)
    return figure


def _last_cycle(result: Result) -> dict[str, list[Snapshot]]:
    """The snapshots of the last cycle by phase, in order; the last phase may be incomplete."""
    last = result.snapshots[-1].occurrence.cycle
    parts: dict[str, list[Snapshot]] = {}
    for snapshot in result.snapshots:
        if snapshot.occurrence.cycle == last:
            parts.setdefault(snapshot.occurrence.phase, []).append(snapshot)
    return parts


def _shade(axes: Axes, phases: Sequence[tuple[str, float, float]]) -> None:
    """Shade every other phase in grey, and write the names of all phases above."""
    for index, (name, begin, end) in enumerate(phases):
        if index % 2 == 0:
            axes.axvspan(begin, end, color="0.94", linewidth=0.0, zorder=0.0)
        middle: Any = 0.5 * (begin + end)
        axes.annotate(
            plain_text(name), (middle, 1.0), xycoords=("data", "axes fraction"),
            xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=8.0, color="0.3",
        )  # fmt: skip
    axes.set_xlim(phases[0][1], phases[-1][2])


def _joined_names(names: Sequence[Observed]) -> str:
    """The names of at most three observables, separated by commas."""
    shown = ", ".join(observed.name for observed in names[:3])
    return plain_text(shown if len(names) <= 3 else f"{shown}, ...")
