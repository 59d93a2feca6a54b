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
from . import maps, protocol
from .fluxes import draw_fluxes
from .groups import group_histories
from .jumps import broken, side_nodes
from .labels import axis_label, label_axes, time_text
from .snapshots import chosen_snapshots
from .style import circle, colours_by_time, curve_style, legend, limits, open_circles, panels, plain_text, style, symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MAX_LENGTH = 40
_CLOSED_FORM = {"color": "black", "linestyle": (0, (4, 2)), "linewidth": 0.9, "zorder": 1.5}
_MEASURED = {
    "linestyle": "none",
    "marker": "s",
    "markersize": 4.5,
    "markeredgecolor": "white",
    "markeredgewidth": 0.6,
    "zorder": 3,
}

__all__ = ["draw", "draw_fields", "draw_fluxes", "draw_observables"]


def draw(result: Result, folder: Path) -> list[Path]:
    """Write fields.png, fluxes.png and, for transients, observables.png; returns their paths.

    With a protocol they show the last cycle by phase, and cycles.png shows the convergence of the cycles. An incomplete
    run is drawn up to its last snapshot.
    """
    if not result.snapshots:
        return []
    is_line = result.system.geometry.dimension == 1
    functions = {
        "fields": draw_fields if is_line else maps.draw_fields,
        "fluxes": draw_fluxes if is_line else maps.draw_fluxes,
        "observables": draw_observables,
    }
    if result.protocol is not None:
        functions |= protocol.drawing_functions(is_line)
    written = []
    for name, draw_figure in functions.items():
        with style():
            figure = draw_figure(result)
            if figure is not None:
                path = folder / f"{name}.png"
                figure.savefig(path)
                written.append(path)
    return written


def draw_fields(result: Result) -> Figure:
    """Profiles of every solved field at the chosen times, with the closed form as circles."""
    selection, fields = chosen_snapshots(result), result.system.medium.fields
    figure, grid = panels(len(fields))
    colours = colours_by_time(len(selection))
    x = result.system.geometry.position[0]
    for axes, field in zip(grid, fields):
        curves = [nodes_of(snapshot, field) for snapshot in selection]
        for values, colour in zip(curves, colours):
            axes.plot(*broken(x, values), color=colour)
        curves += _closed_form(axes, result, field, selection, colours)
        label_axes(axes, result, axis_label(result, field.meaning, symbol(field.name), field.unit))
        limits(axes, curves, least=1e-9 * max(float(np.abs(values).max()) for values in curves))
    handles, labels = _time_legend(result, selection, colours)
    if _exact_fields(result, selection):
        handles.append(circle("black"))
        labels.append("closed form")
    legend(figure, handles, labels)
    return figure


def draw_observables(result: Result) -> Figure | None:
    """History of every observable; None for steady states.

    Circles are values at requested times, dashed lines and crosses the closed form, squares measured values.
    """
    histories = [(observed, result.history(observed.observable)) for observed in result.case.observe]
    groups = group_histories(result, histories)
    if not groups or len(result.snapshots) < 2:
        return None
    figure, grid = panels(len(groups))
    times = np.array([snapshot.t for snapshot in result.snapshots])
    logarithmic = _is_early(times, [history for group in groups for _, history in group])
    for axes, group in zip(grid, groups):
        exact: list[float] = []
        for index, (names, history) in enumerate(group):
            label = plain_text(", ".join(_titles(names)))
            colour = axes.plot(times, history, **curve_style(index, first_is_solid=True), label=label)[0].get_color()
            for observed in names:
                _mark_requested(axes, result, observed, colour)
                exact += _mark_closed_form(axes, result, observed) + _mark_measured(axes, result, observed, colour)
        unit = group[0][0][0].observable.reading_unit
        names = ", ".join(name for observed, _ in group for name in _titles(observed))
        names = names if len(names) <= _MAX_LENGTH else ""
        axes.set_ylabel(axis_label(result, plain_text(names), "", unit))
        axes.set_xlabel(axis_label(result, "time", "$t$", "s"))
        if logarithmic:
            axes.set_xscale("log")
        limits(axes, [history for _, history in group] + [np.array([value]) for value in exact])
        entries = axes.get_legend_handles_labels()[1]
        if len(entries) > 1:
            above = {"loc": "lower center", "bbox_to_anchor": (0.5, 1.0), "ncols": 2}
            axes.legend(**(above if len(entries) > 4 else {"loc": "best"}))
    return figure


def _exact_fields(result: Result, selection: Sequence[Snapshot]) -> list[tuple[int, dict[str, np.ndarray]]]:
    """The closed form at the chosen snapshots that the comparison uses, with their indices."""
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
    even = [int(np.abs(x - position).argmin()) for position in np.linspace(x[0], x[-1], 13)]
    every = np.unique([*even, *side_nodes(result.system.geometry)])
    for index, fields in _exact_fields(result, selection):
        if field.name in fields:
            values = np.broadcast_to(fields[field.name], x.shape)
            axes.plot(x[every], values[every], **open_circles(colours[index]))
            drawn.append(values)
    return drawn


def _time_legend(result: Result, selection: Sequence[Snapshot], colours: Sequence[Any]) -> tuple[list[Any], list[str]]:
    from matplotlib.lines import Line2D

    labels = ["computed"] if result.is_steady else [time_text(snapshot.t, result) for snapshot in selection]
    return [Line2D([], [], color=colour) for colour in colours], labels


def _titles(names: Sequence[Observed]) -> list[str]:
    """Names of the observables with this history; those reduced to a time only where there are no others."""
    curves = [observed.name for observed in names if observed.reduction is None or not observed.reduction.is_time]
    return curves or [observed.name for observed in names]


def _mark_requested(axes: Axes, result: Result, observed: Observed, colour: Any) -> None:
    reading = result.observables[observed.name]
    if reading.times is not None:
        axes.plot(reading.times, np.atleast_1d(reading.value), **open_circles(colour))


def _mark_closed_form(axes: Axes, result: Result, observed: Observed) -> list[float]:
    """The closed form: a dashed line at the final value, vertical for a time; crosses at requested times."""
    requested, reading = result.case.comparison, result.observables[observed.name]
    exact = requested.solution.observables().get(observed.name) if requested is not None else None
    if exact is None:
        return []
    values = [float(value) for value in np.atleast_1d(np.asarray(exact, float))]
    if observed.reduction is not None and observed.reduction.is_time:
        label = plain_text(f"{observed.name}, closed form")
        axes.axvline(values[0], label=label, **_CLOSED_FORM)
        return []
    if reading.times is None and len(values) == 1:
        axes.axhline(values[0], label=_label_once(axes, "closed form"), **_CLOSED_FORM)
    elif reading.times is not None and len(values) == len(reading.times):
        axes.plot(reading.times, values, "k+", markersize=6.0, label=_label_once(axes, "closed form"), zorder=4)
    return values


def _mark_measured(axes: Axes, result: Result, observed: Observed, colour: Any) -> list[float]:
    """Measured values that are given with the closed form, as filled squares."""
    requested = result.case.comparison
    times, values = requested.solution.measured().get(observed.name, ((), ())) if requested is not None else ((), ())
    if not len(times):
        return []
    axes.plot(times, values, color=colour, label=_label_once(axes, "measured"), **_MEASURED)
    return [float(value) for value in values]


def _label_once(axes: Axes, label: str) -> str:
    """A label for the legend, or none where the legend has it already."""
    return "_nolegend_" if label in axes.get_legend_handles_labels()[1] else label


def _is_early(times: np.ndarray, histories: Sequence[np.ndarray]) -> bool:
    """Whether most of the change takes place so early that a logarithmic time axis is needed."""
    if times[0] < 0.0 or np.count_nonzero(times > 0.0) < 8:
        return False
    times_of_change = []
    for history in histories:
        path = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(history)))])
        if path[-1] > 0.0:
            times_of_change.append(times[np.searchsorted(path, 0.8 * path[-1])])
    return bool(times_of_change) and float(np.median(times_of_change)) < times[0] + 0.15 * (times[-1] - times[0])
