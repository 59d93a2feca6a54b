"""Figures of a protocol: the last cycle phase by phase, and how the cycles came to repeat themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...case.model import CYCLE, Observed
from ...discretisation.snapshot import Snapshot
from ...results.fields import nodes_of, shown_unit
from ...results.result import Result
from .fluxes import panels_of, worded
from .groups import grouped
from .choice import axis_label, framed, half_way, spread_out
from .style import bracket, colours_by_time, curve_style, legend, limits, panel_rows, panels, plain_text, symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_cycle", "draw_cycles", "draw_fluxes", "draw_phases", "makers"]

_MAX_PROFILES = 6
_FEWEST_CYCLES = 3


def makers(lines: bool) -> dict[str, Callable[[Result], Figure | None]]:
    """The figures of a protocol by the names of their files; those along a line only where the mesh is one."""
    along = {"fields": draw_phases, "fluxes": draw_fluxes} if lines else {}
    return {**along, "observables": draw_cycle, "cycles": draw_cycles}


def draw_phases(result: Result) -> Figure:
    """Profiles of every solved field in the last cycle, a row of panels for each phase."""
    parts, fields = _last_cycle(result), result.system.medium.fields
    figure, rows = panel_rows(len(parts), len(fields))
    seen: dict[int, list[np.ndarray]] = {}
    x = result.system.geometry.position[0]
    for row, (phase, snapshots) in zip(rows, parts.items()):
        selection = spread_out(snapshots, _MAX_PROFILES)
        colours = colours_by_time(max(len(selection), 2))
        for column, (axes, field) in enumerate(zip(row, fields)):
            curves = [axes.plot(x, nodes_of(s, field), color=colour)[0] for s, colour in zip(selection, colours)]
            seen.setdefault(column, []).extend(np.asarray(curve.get_ydata()) for curve in curves)
            framed(axes, result, axis_label(result, field.meaning, symbol(field.name), field.unit))
        row[0].set_title(plain_text(phase), loc="left")
        labels = [f"{snapshot.t - snapshots[0].t:.4g}" for snapshot in selection]
        title = f"time in phase {bracket(shown_unit('s', result.case.units))}".rstrip()
        row[-1].legend(curves, labels, title=title, loc="center left", bbox_to_anchor=(1.02, 0.5))
    for row in rows:
        for column, axes in enumerate(row):
            limits(axes, seen[column])
    return figure


def draw_fluxes(result: Result) -> Figure:
    """Fluxes by law in the last cycle, a row of panels for each phase, where its fields are half way to their end."""
    parts, used = _last_cycle(result), {}
    figure, rows = panel_rows(len(parts), len(result.system.balances))
    for row, (phase, snapshots) in zip(rows, parts.items()):
        snapshot = half_way(snapshots)
        panels_of(row, result, snapshot, used)
        row[0].set_title(plain_text(phase), loc="left")
        row[-1].set_title(f"{snapshot.t - snapshots[0].t:.4g} after it began", loc="right")
    legend(figure, list(used.values()), [worded(name) for name in used])
    return figure


def draw_cycle(result: Result) -> Figure | None:
    """History of every observable in the last cycle; amounts since a start are counted from its beginning."""
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
    conserved, others = [], []
    for observed in result.case.observe:
        history = result.history(observed.observable)[positions]
        is_amount = type(observed.observable).needs_time
        (conserved if is_amount else others).append((observed, history - history[0] if is_amount else history))
    groups = [(group, True) for group in grouped(result, conserved)] + [
        (group, False) for group in grouped(result, others)
    ]
    figure, grid = panels(len(groups))
    times = np.array([snapshot.t - begin for snapshot in inside])
    for axes, (group, is_amount) in zip(grid, groups):
        for index, (names, history) in enumerate(group):
            axes.plot(times, history, **curve_style(index, first_is_solid=True), label=_listed(names))
        unit = group[0][0][0].observable.unit_for(result.system.medium)
        words = "in the cycle" if is_amount else _listed([each for names, _ in group for each in names])
        axes.set_ylabel(axis_label(result, words, "", unit))
        axes.set_xlabel(axis_label(result, "time in cycle", "", "s"))
        limits(axes, [history for _, history in group])
        _shade(axes, [(phase, snapshots[0].t - begin, snapshots[-1].t - begin) for phase, snapshots in parts.items()])
        if is_amount or len(group) > 1:
            axes.legend(loc="best")
    return figure


def draw_cycles(result: Result) -> Figure | None:
    """What each observable was over its span in every cycle, and how much each cycle changed the state; None for a few."""
    done = result.protocol
    if done["cycles"] < _FEWEST_CYCLES:
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
        axes.set_ylabel(f"in each cycle {bracket(unit)}".rstrip())
        axes.legend(loc="best")
    changes = np.array([np.nan if each is None else each for each in done["change"]])
    grid[-1].semilogy(cycles, np.where(changes > 0.0, changes, np.nan), "k.-", markersize=4.0, linewidth=0.9)
    grid[-1].set_ylabel("relative change of the state")
    if done["tolerance"] is not None:
        grid[-1].axhline(done["tolerance"], color="black", linestyle=(0, (4, 2)), linewidth=0.9, label="tolerance")
        grid[-1].legend(loc="best")
    for axes in grid:
        axes.set_xlabel("cycle")
        axes.xaxis.get_major_locator().set_params(integer=True)
    return figure


def _last_cycle(result: Result) -> dict[str, list[Snapshot]]:
    """The snapshots of the last cycle by phase, in order; those of a phase that was stopped too."""
    last = result.snapshots[-1].occurrence.cycle
    parts: dict[str, list[Snapshot]] = {}
    for snapshot in result.snapshots:
        if snapshot.occurrence.cycle == last:
            parts.setdefault(snapshot.occurrence.phase, []).append(snapshot)
    return parts


def _shade(axes: Axes, phases: Sequence[tuple[str, float, float]]) -> None:
    """Every other phase on a grey ground, all with their names above."""
    for index, (name, begin, end) in enumerate(phases):
        if index % 2 == 0:
            axes.axvspan(begin, end, color="0.94", linewidth=0.0, zorder=0.0)
        middle: Any = 0.5 * (begin + end)
        axes.annotate(
            plain_text(name), (middle, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 2), textcoords="offset points",
            ha="center", va="bottom", fontsize=8.0, color="0.3",
        )  # fmt: skip
    axes.set_xlim(phases[0][1], phases[-1][2])


def _listed(names: Sequence[Observed]) -> str:
    """Some names, not too many."""
    shown = ", ".join(observed.name for observed in names[:3])
    return plain_text(shown if len(names) <= 3 else f"{shown}, ...")
