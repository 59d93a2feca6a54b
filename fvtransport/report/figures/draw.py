"""Figures of a result: profiles of the fields, histories of the observables, fluxes by law."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...case.model import Observed
from ...discretisation.snapshot import Snapshot
from ...model.handles import Field
from ...results.fields import nodes_of
from ...results.result import Result
from . import maps as plot_maps
from . import protocol as plot_protocol
from .fluxes import draw_fluxes
from .groups import grouped
from .choice import axis_label, chosen_snapshots, framed, time_text
from .style import circle, colours_by_time, curve_style, legend, limits, open_circles, panels, plain_text, style, symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MAX_LENGTH = 40

__all__ = ["draw", "draw_fields", "draw_fluxes", "draw_observables"]


def draw(result: Result, folder: Path) -> list[Path]:
    """Write fields.png, fluxes.png and, in time, observables.png; returns their paths.

    With a protocol they show the last cycle, phase by phase, and cycles.png how the cycles came to repeat themselves. A
    stopped run is drawn as far as it got.
    """
    if not result.snapshots:
        return []
    lines = result.system.geometry.dimension == 1
    makers = {
        "fields": draw_fields if lines else plot_maps.draw_fields,
        "fluxes": draw_fluxes if lines else plot_maps.draw_fluxes,
        "observables": draw_observables,
    }
    if result.protocol is not None:
        makers |= plot_protocol.makers(lines)
    written = []
    for name, make in makers.items():
        with style():
            figure = make(result)
            if figure is not None:
                path = folder / f"{name}.png"
                figure.savefig(path)
                written.append(path)
    return written


def draw_fields(result: Result) -> Figure:
    """Profiles of every solved field at the explicit times, the closed form as circles."""
    selection, fields = chosen_snapshots(result), result.system.medium.fields
    figure, grid = panels(len(fields))
    colours = colours_by_time(len(selection))
    x = result.system.geometry.position[0]
    for axes, field in zip(grid, fields):
        seen = [axes.plot(x, nodes_of(s, field), color=c)[0].get_ydata() for s, c in zip(selection, colours)]
        seen += _closed_form(axes, result, field, selection, colours)
        framed(axes, result, axis_label(result, field.meaning, symbol(field.name), field.unit))
        limits(axes, seen, least=1e-9 * max(float(np.abs(values).max()) for values in seen))
    handles, labels = _time_entries(result, selection, colours)
    if _exact_fields(result, selection):
        handles.append(circle("black"))
        labels.append("closed form")
    legend(figure, handles, labels)
    return figure


def draw_observables(result: Result) -> Figure | None:
    """History of every observable, the times asked for as circles, the closed form's value dashed, what was measured as squares.

    None when steady.
    """
    groups = grouped(result, [(observed, result.history(observed.observable)) for observed in result.case.observe])
    if not groups or len(result.snapshots) < 2:
        return None
    figure, grid = panels(len(groups))
    times = np.array([snapshot.t for snapshot in result.snapshots])
    logarithmic = _early(times, [history for group in groups for _, history in group])
    for axes, group in zip(grid, groups):
        exact: list[float] = []
        for index, (names, history) in enumerate(group):
            label = plain_text(", ".join(_titles(names)))
            colour = axes.plot(times, history, **curve_style(index, first_is_solid=True), label=label)[0].get_color()
            for observed in names:
                _mark_readings(axes, result, observed, colour)
                exact += _mark_exact(axes, result, observed) + _mark_measured(axes, result, observed, colour)
        unit = group[0][0][0].observable.unit_for(result.system.medium)
        names = ", ".join(name for alike, _ in group for name in _titles(alike))
        names = names if len(names) <= _MAX_LENGTH else ""
        axes.set_ylabel(axis_label(result, plain_text(names), "", unit))
        axes.set_xlabel(axis_label(result, "time", "$t$", "s"))
        if logarithmic:
            axes.set_xscale("log")
        limits(axes, [history for _, history in group] + [np.array([value]) for value in exact])
        entries = axes.get_legend_handles_labels()[1]
        if len(entries) > 1:
            many = len(entries) > 4
            axes.legend(
                **({"loc": "lower center", "bbox_to_anchor": (0.5, 1.0), "ncols": 2} if many else {"loc": "best"})
            )
    return figure


def _exact_fields(result: Result, selection: Sequence[Snapshot]) -> list[tuple[int, dict[str, np.ndarray]]]:
    """The closed form at those chosen snapshots that the comparison looks at."""
    requested = result.case.comparison
    if requested is None or not result.ending.succeeded:
        return []
    x, compared = result.system.geometry.position[0], {id(snapshot) for snapshot in result.compared}
    exact = [(i, dict(requested.solution.fields(x, s.t))) for i, s in enumerate(selection) if id(s) in compared]
    return [(i, fields) for i, fields in exact if fields]


def _closed_form(
    axes: Axes, result: Result, field: Field, selection: Sequence[Snapshot], colours: Sequence[Any]
) -> list[np.ndarray]:
    x, drawn = result.system.geometry.position[0], []
    every = np.unique([np.abs(x - position).argmin() for position in np.linspace(x[0], x[-1], 13)])
    for index, fields in _exact_fields(result, selection):
        if field.name in fields:
            values = np.broadcast_to(fields[field.name], x.shape)
            axes.plot(x[every], values[every], **open_circles(colours[index]))
            drawn.append(values)
    return drawn


def _time_entries(result: Result, selection: Sequence[Snapshot], colours: Sequence[Any]) -> tuple[list[Any], list[str]]:
    from matplotlib.lines import Line2D

    labels = ["computed"] if result.is_steady else [time_text(snapshot.t, result) for snapshot in selection]
    return [Line2D([], [], color=colour) for colour in colours], labels


def _titles(names: Sequence[Observed]) -> list[str]:
    """Names of the observables that a curve is the history of; times that are taken of it only where there are no others."""
    curves = [observed.name for observed in names if observed.reduction is None or not observed.reduction.is_time]
    return curves or [observed.name for observed in names]


def _mark_readings(axes: Axes, result: Result, observed: Observed, colour: Any) -> None:
    reading = result.observables[observed.name]
    if reading.times is not None:
        axes.plot(reading.times, np.atleast_1d(reading.value), **open_circles(colour))


def _mark_exact(axes: Axes, result: Result, observed: Observed) -> list[float]:
    """The closed form's value: a dashed line for the end of the run, upright where it is a time, crosses for given times."""
    requested, reading = result.case.comparison, result.observables[observed.name]
    exact = requested.solution.observables().get(observed.name) if requested is not None else None
    if exact is None:
        return []
    values = [float(value) for value in np.atleast_1d(np.asarray(exact, float))]
    if observed.reduction is not None and observed.reduction.is_time:
        label = plain_text(f"{observed.name}, closed form")
        axes.axvline(values[0], color="black", linestyle=(0, (4, 2)), linewidth=0.9, label=label, zorder=1.5)
        return []
    if reading.times is None and len(values) == 1:
        axes.axhline(
            values[0], color="black", linestyle=(0, (4, 2)), linewidth=0.9, label=_once(axes, "closed form"), zorder=1.5
        )
    elif reading.times is not None and len(values) == len(reading.times):
        axes.plot(reading.times, values, "k+", markersize=6.0, label=_once(axes, "closed form"), zorder=4)
    return values


def _mark_measured(axes: Axes, result: Result, observed: Observed, colour: Any) -> list[float]:
    """What the source of the closed form says was measured, as filled squares."""
    requested = result.case.comparison
    times, values = requested.solution.measured().get(observed.name, ((), ())) if requested is not None else ((), ())
    if not len(times):
        return []
    look = {"color": colour, "markersize": 4.5, "markeredgecolor": "white", "markeredgewidth": 0.6, "linestyle": "none"}
    axes.plot(times, values, "s", label=_once(axes, "measured"), zorder=3, **look)
    return [float(value) for value in values]


def _once(axes: Axes, label: str) -> str:
    """An entry of the legend, where there is none like it yet."""
    return "_nolegend_" if label in axes.get_legend_handles_labels()[1] else label


def _early(times: np.ndarray, histories: Sequence[np.ndarray]) -> bool:
    """Whether most happens so early that only a logarithmic time axis shows it."""
    if times[0] < 0.0 or np.count_nonzero(times > 0.0) < 8:
        return False
    done = []
    for history in histories:
        way = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(history)))])
        if way[-1] > 0.0:
            done.append(times[np.searchsorted(way, 0.8 * way[-1])])
    return bool(done) and float(np.median(done)) < times[0] + 0.15 * (times[-1] - times[0])
