"""Figures of a result: profiles of the fields, histories of the observables, fluxes by law."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import plot_maps
from .balance import rate_floor
from .case.model import Observed
from .handles import Field
from .observe import Snapshot
from .plot_choice import axis_label, chosen_snapshots, extent, half_way, position_label, time_text
from .plot_style import (
    circle,
    colours_by_time,
    curve_style,
    legend,
    limits,
    open_circles,
    panels,
    plain_text,
    style,
    symbol,
)
from .profiles import nodes_of
from .result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw", "draw_fields", "draw_fluxes", "draw_observables"]


def draw(result: Result, folder: Path) -> list[Path]:
    """Write fields.png, fluxes.png and, in time, observables.png; returns their paths.

    A stopped run is drawn as far as it got.
    """
    if not result.snapshots:
        return []
    lines = result.system.geometry.dimension == 1
    makers = {
        "fields": draw_fields if lines else plot_maps.draw_fields,
        "fluxes": draw_fluxes if lines else plot_maps.draw_fluxes,
        "observables": draw_observables,
    }
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
    chosen, fields = chosen_snapshots(result), result.system.medium.fields
    figure, grid = panels(len(fields))
    colours = colours_by_time(len(chosen))
    x = result.system.geometry.place[0]
    for axes, field in zip(grid, fields):
        seen = [axes.plot(x, nodes_of(s, field), color=c)[0].get_ydata() for s, c in zip(chosen, colours)]
        seen += _closed_form(axes, result, field, chosen, colours)
        _frame(axes, result, axis_label(result, field.meaning, symbol(field.name), field.unit))
        limits(axes, seen, least=1e-9 * max(float(np.abs(values).max()) for values in seen))
    handles, labels = _time_entries(result, chosen, colours)
    if _exact_fields(result, chosen):
        handles.append(circle("black"))
        labels.append("closed form")
    legend(figure, handles, labels)
    return figure


def draw_fluxes(result: Result) -> Figure:
    """Flux of each law along the mesh and their total; in time, where the fields are half way to their end."""
    snapshot, system = half_way(result.snapshots), result.system
    x = system.geometry.faces.centres[0]
    parts = system.flux_by_law(snapshot.t, snapshot.values)
    noise = rate_floor(system, snapshot) / system.geometry.faces.area.max()
    figure, grid = panels(len(system.balances))
    used: dict[str, Any] = {}
    for axes, balance in zip(grid, system.balances):
        slot = snapshot.slot(balance)
        total = snapshot.rates.flux[slot]
        seen = [total]
        used.setdefault("total", axes.plot(x, total, color="black", linewidth=2.4, zorder=1.5)[0])
        for index, (name, flux) in enumerate(parts.items()):
            if np.abs(flux[slot]).max() > 1e-5 * noise[slot]:
                seen.append(flux[slot])
                used.setdefault(name, axes.plot(x, flux[slot], **curve_style(index))[0])
        axes.axhline(0.0, color="0.75", linewidth=0.6, zorder=0.5)
        _frame(axes, result, axis_label(result, f"flux of {plain_text(balance.name)}", "", balance.flux_unit))
        limits(axes, [*seen, np.zeros(1)], least=1e-5 * float(noise[slot]))
        if not snapshot.is_steady:
            axes.set_title(time_text(snapshot.t, result), loc="right")
    legend(figure, list(used.values()), [_words(name) for name in used])
    return figure


def draw_observables(result: Result) -> Figure | None:
    """History of every observable, the times asked for as circles, the closed form's value dashed; None when steady."""
    groups = _grouped(result)
    if not groups or len(result.snapshots) < 2:
        return None
    figure, grid = panels(len(groups))
    times = np.array([snapshot.t for snapshot in result.snapshots])
    logarithmic = _early(times, [history for group in groups for _, history in group])
    for axes, group in zip(grid, groups):
        exact: list[float] = []
        for index, (names, history) in enumerate(group):
            label = plain_text(", ".join(observed.name for observed in names))
            colour = axes.plot(times, history, **curve_style(index, first_is_solid=True), label=label)[0].get_color()
            for observed in names:
                _mark_readings(axes, result, observed, colour)
                exact += _mark_exact(axes, result, observed)
        unit = group[0][0][0].observable.unit_for(result.system.medium)
        names = ", ".join(observed.name for alike, _ in group for observed in alike)
        axes.set_ylabel(axis_label(result, plain_text(names), "", unit))
        axes.set_xlabel(axis_label(result, "time", "$t$", "s"))
        if logarithmic:
            axes.set_xscale("log")
        limits(axes, [history for _, history in group] + [np.array([value]) for value in exact])
        if len(group) > 1 or exact:
            axes.legend(loc="best")
    return figure


def _exact_fields(result: Result, chosen: Sequence[Snapshot]) -> list[tuple[int, dict[str, np.ndarray]]]:
    """The closed form at those chosen snapshots that the comparison looks at."""
    asked = result.case.comparison
    if asked is None or not result.ending.succeeded:
        return []
    x, compared = result.system.geometry.place[0], {id(snapshot) for snapshot in result.compared}
    exact = [(i, dict(asked.solution.fields(x, s.t))) for i, s in enumerate(chosen) if id(s) in compared]
    return [(i, fields) for i, fields in exact if fields]


def _closed_form(
    axes: Axes, result: Result, field: Field, chosen: Sequence[Snapshot], colours: Sequence[Any]
) -> list[np.ndarray]:
    x, drawn = result.system.geometry.place[0], []
    every = np.unique([np.abs(x - place).argmin() for place in np.linspace(x[0], x[-1], 13)])
    for index, fields in _exact_fields(result, chosen):
        if field.name in fields:
            values = np.broadcast_to(fields[field.name], x.shape)
            axes.plot(x[every], values[every], **open_circles(colours[index]))
            drawn.append(values)
    return drawn


def _time_entries(result: Result, chosen: Sequence[Snapshot], colours: Sequence[Any]) -> tuple[list[Any], list[str]]:
    from matplotlib.lines import Line2D

    labels = ["computed"] if result.is_steady else [time_text(snapshot.t, result) for snapshot in chosen]
    return [Line2D([], [], color=colour) for colour in colours], labels


def _mark_readings(axes: Axes, result: Result, observed: Observed, colour: Any) -> None:
    reading = result.observables[observed.name]
    if reading.times is not None:
        axes.plot(reading.times, np.atleast_1d(reading.value), **open_circles(colour))


def _mark_exact(axes: Axes, result: Result, observed: Observed) -> list[float]:
    """The closed form's value: a dashed line for the end of the run, crosses for given times."""
    asked, reading = result.case.comparison, result.observables[observed.name]
    exact = asked.solution.observables().get(observed.name) if asked is not None else None
    if exact is None:
        return []
    values = [float(value) for value in np.atleast_1d(np.asarray(exact, float))]
    if reading.times is None and len(values) == 1:
        axes.axhline(values[0], color="black", linestyle=(0, (4, 2)), linewidth=0.9, label="closed form", zorder=1.5)
    elif reading.times is not None and len(values) == len(reading.times):
        axes.plot(reading.times, values, "k+", markersize=6.0, label="closed form", zorder=4)
    return values


def _grouped(result: Result) -> list[list[tuple[list[Observed], np.ndarray]]]:
    """Panels of curves: those of one unit and similar size share one, and equal curves are one curve."""
    groups: list[list[tuple[list[Observed], np.ndarray]]] = []
    medium = result.system.medium
    for observed in result.case.observe:
        history = result.history(observed.observable)
        unit = observed.observable.unit_for(medium)
        alike = [group for group in groups if group[0][0][0].observable.unit_for(medium) == unit]
        twin = next((names for group in alike for names, curve in group if np.array_equal(curve, history)), None)
        room = next((group for group in alike if len(group) < 4 and _similar(group[0][1], history)), None)
        if twin is not None:
            twin.append(observed)
        elif room is not None:
            room.append(([observed], history))
        else:
            groups.append([([observed], history)])
    return groups


def _similar(first: np.ndarray, second: np.ndarray) -> bool:
    sizes = sorted(float(np.abs(curve).max()) for curve in (first, second))
    return 20.0 * sizes[0] >= sizes[1]


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


def _frame(axes: Axes, result: Result, label: str) -> None:
    axes.set_xlabel(position_label(result, 0))
    axes.set_ylabel(label)
    axes.set_xlim(*extent(result.system.geometry, 0))


def _words(name: str) -> str:
    return plain_text(name.replace("_", " "))
