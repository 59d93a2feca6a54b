"""Figures of the fluxes along a one-dimensional mesh, by law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...discretisation.snapshot import Snapshot
from ...results.balance import rate_floor
from ...results.result import Result
from .jumps import broken
from .labels import axis_label, label_axes, law_label, time_text
from .snapshots import midway_snapshot
from .style import curve_style, legend, limits, panels, plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_flux_panels", "draw_fluxes", "flux_names"]


def draw_fluxes(result: Result) -> Figure:
    """The flux of each law and their total; in a transient, when half of the change of the fields has taken place."""
    snapshot = midway_snapshot(result.snapshots)
    figure, grid = panels(len(result.system.balances))
    drawn: dict[str, Any] = {}
    draw_flux_panels(grid, result, snapshot, flux_names([snapshot]), drawn)
    if not snapshot.is_steady:
        for axes in grid:
            axes.set_title(time_text(snapshot.t, result), loc="right")
    legend(figure, list(drawn.values()), [law_label(name) for name in drawn])
    return figure


def flux_names(snapshots: Iterable[Snapshot]) -> list[str]:
    """The names of all laws that have a flux in one of the snapshots, each once."""
    parts = (snapshot.system.fluxes.by_law(snapshot.t, snapshot.values) for snapshot in snapshots)
    return list(dict.fromkeys(name for by_law in parts for name in by_law))


def draw_flux_panels(
    grid: Sequence[Axes], result: Result, snapshot: Snapshot, names: Sequence[str], drawn: dict[str, Any]
) -> None:
    """Draw one panel for each balance, with the style of each law by its place in names.

    The first curve of every law is added to drawn, by the name of the law.
    """
    system = snapshot.system
    x, parts = system.geometry.faces.centres[0], snapshot.fluxes.by_law
    noise = rate_floor(system, snapshot) / system.geometry.faces.area.max()
    for axes, balance in zip(grid, system.balances):
        row = snapshot.row(balance)
        total = snapshot.evaluation.flux[row]
        curves = [total]
        drawn.setdefault("total", axes.plot(*broken(x, total), color="black", linewidth=2.4, zorder=1.5)[0])
        for name, flux in parts.items():
            if np.abs(flux[row]).max() > 1e-5 * noise[row]:
                curves.append(flux[row])
                drawn.setdefault(name, axes.plot(*broken(x, flux[row]), **curve_style(names.index(name)))[0])
        axes.axhline(0.0, color="0.75", linewidth=0.6, zorder=0.5)
        label_axes(axes, result, axis_label(result, f"flux of {plain_text(balance.name)}", "", balance.flux_unit))
        limits(axes, [*curves, np.zeros(1)], least=1e-5 * float(noise[row]))
