"""Figures of the fluxes along a line, by law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...discretisation.snapshot import Snapshot
from ...results.balance import rate_floor
from ...results.result import Result
from .choice import axis_label, framed, half_way, time_text
from .style import curve_style, legend, limits, panels, plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_fluxes", "panels_of", "worded"]


def draw_fluxes(result: Result) -> Figure:
    """Flux of each law along the mesh and their total; in time, where the fields are half way to their end."""
    snapshot = half_way(result.snapshots)
    figure, grid = panels(len(result.system.balances))
    used: dict[str, Any] = {}
    panels_of(grid, result, snapshot, used)
    if not snapshot.is_steady:
        for axes in grid:
            axes.set_title(time_text(snapshot.t, result), loc="right")
    legend(figure, list(used.values()), [worded(name) for name in used])
    return figure


def panels_of(grid: Sequence[Axes], result: Result, snapshot: Snapshot, used: dict[str, Any]) -> None:
    """Draw one panel for each balance; curves that no earlier panel used are added to used, by law."""
    system = snapshot.system
    x, parts = system.geometry.faces.centres[0], snapshot.fluxes.by_law
    noise = rate_floor(system, snapshot) / system.geometry.faces.area.max()
    names = list(dict.fromkeys([*(name for name in used if name != "total"), *parts]))
    for axes, balance in zip(grid, system.balances):
        row = snapshot.row(balance)
        total = snapshot.evaluation.flux[row]
        seen = [total]
        used.setdefault("total", axes.plot(x, total, color="black", linewidth=2.4, zorder=1.5)[0])
        for name, flux in parts.items():
            if np.abs(flux[row]).max() > 1e-5 * noise[row]:
                seen.append(flux[row])
                used.setdefault(name, axes.plot(x, flux[row], **curve_style(names.index(name)))[0])
        axes.axhline(0.0, color="0.75", linewidth=0.6, zorder=0.5)
        framed(axes, result, axis_label(result, f"flux of {plain_text(balance.name)}", "", balance.flux_unit))
        limits(axes, [*seen, np.zeros(1)], least=1e-5 * float(noise[row]))


def worded(name: str) -> str:
    """The name of a law as a legend has it."""
    return plain_text(name.replace("_", " "))
