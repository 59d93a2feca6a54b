"""The figures in the paper's axes, from the tables that are written beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from fvtransport.report.figures.style import COLOURS, colours_by_time, legend, open_circles

from .models import MODELS
from .solve import BINS, WINDOWS, Cycle
from .theory import ends

__all__ = ["currents", "curves", "profiles"]

_SYMBOLS = ("$x_A$", "$T$", "$n$")
_PHASES = ("separating", "mixing")
_MARKS = ("o", "s", "^", "D")
_SIZES = (5.0, 5.0, 7.0, 3.0)


def profiles(kind: int, cycles: Mapping[str, Cycle]) -> Figure:
    """Figure 3, 4 or 5: means over windows of one phase in each row, one model in each column; kind is 0, 1 or 2."""
    shown = [
        model for model in MODELS if model.name in cycles and (kind < 2 or model.name in ("equilibrium", "kinetic"))
    ]
    figure = Figure(figsize=(2.35 * len(shown) + 1.4, 5.0), layout="constrained")
    grid = figure.subplots(2, len(shown), sharex=True, sharey="row", squeeze=False)
    for row, (phase, axes_of) in enumerate(zip(_PHASES, grid)):
        chosen = [index for index, (start, _) in enumerate(WINDOWS) if (start >= 5000.0) == bool(row)]
        for axes, model in zip(axes_of, shown):
            cycle = cycles[model.name]
            drawn = [
                axes.plot(cycle.positions, cycle.means[index, kind], color=colour)[0]
                for index, colour in zip(chosen, colours_by_time(len(chosen)))
            ]
            theory = _ends(axes, cycle.positions, phase, kind)
            axes.set_title(f"({'ab'[row]}) {model.words}", loc="left", fontsize=8.0)
        labels = [f"[{WINDOWS[index][0]:.0f}:{WINDOWS[index][1]:.0f}]" for index in chosen]
        axes_of[-1].legend(
            [*drawn, *theory],
            [*labels, *(line.get_label() for line in theory)],
            title="$t$",
            loc="center left",
            bbox_to_anchor=(1.02, 0.5),
        )
        axes_of[0].set_ylabel(_SYMBOLS[kind])
        if kind == 0 and row == 0:
            axes_of[0].set_ylim(-0.55, 1.55)
    for axes in grid[-1]:
        axes.set_xlabel("$x$")
        axes.set_xlim(0.0, 40.0)
    return figure


def currents(cycles: Mapping[str, Cycle]) -> Figure:
    """Figure 6: heat currents into the hot and out of the cold bath; the right panels show the
    beginning of the mixing.
    """
    figure = Figure(figsize=(8.2, 5.2), layout="constrained")
    grid = figure.subplots(2, 2, width_ratios=(1.5, 1.0))
    middle = 0.5 * (BINS[1:] + BINS[:-1])
    for row, name in enumerate((r"$\dot{Q}_h$", r"$\dot{Q}_c$")):
        for axes in grid[row]:
            axes.axhline(0.0, color="0.6", linewidth=0.6)
            for model, colour in zip(MODELS, COLOURS):
                axes.plot(middle, cycles[model.name].currents[row], color=colour, linewidth=1.1, label=model.words)
            axes.set_xlabel("$t$")
            axes.ticklabel_format(axis="x", style="plain")
        grid[row][0].axvline(5000.0, color="0.6", linewidth=0.6, linestyle=":")
        grid[row][0].set_xlim(0.0, 10000.0)
        grid[row][0].set_ylabel(name)
        grid[row][1].set_xlim(5000.0, 6500.0)
        grid[row][1].set_ylim(-0.07, 0.21)
    legend(figure, *grid[0][0].get_legend_handles_labels())
    return figure


def curves(panels: Sequence[Mapping[str, Any]], along: str) -> Figure:
    """Figures 7 to 10: a panel for each quantity, theory as lines and the models as marks.

    A panel has `label`, `theory` (words: (places, values, dashes)) and `models` (name: (places, values)).
    """
    figure = Figure(figsize=(4.1 * len(panels), 3.7), layout="constrained")
    grid = figure.subplots(1, len(panels), squeeze=False)[0]
    for axes, panel in zip(grid, panels):
        for words, (positions, values, dashes) in panel["theory"].items():
            colour = COLOURS[4] if "corrected" in words else "black"
            axes.plot(positions, values, color=colour, linestyle=dashes, linewidth=1.2, label=words)
        for model, colour, mark, size in zip(MODELS, COLOURS, _MARKS, _SIZES):
            positions, values = panel["models"][model.name]
            look = open_circles(colour) | {
                "marker": mark,
                "markersize": size,
                "linestyle": "none" if along == "$E$" else "-",
                "linewidth": 0.7,
                "color": colour,
                "clip_on": True,
            }
            axes.plot(positions, values, **look, label=model.words)
        if axes.get_ylim()[0] < 0.0 < axes.get_ylim()[1]:
            axes.axhline(0.0, color="0.6", linewidth=0.6)
        axes.set_xlabel(along)
        axes.set_ylabel(panel["label"])
    seen = {label: handle for axes in grid for handle, label in zip(*axes.get_legend_handles_labels())}
    figure.legend(seen.values(), seen.keys(), loc="outside lower center", ncols=2 if len(panels) == 1 else 3)
    return figure


def _ends(axes: Any, x: np.ndarray, phase: str, kind: int) -> list[Any]:
    """The theory at the end of a phase, in the axes of a panel."""
    column = ("x_A", "T", "n")[kind]
    known = ends(x, 0.3, 0.1, 0.02)[phase]
    chosen = {name: values for name, values in known.items() if name.startswith(column)}
    return [
        axes.plot(
            x,
            values,
            color="black",
            linestyle=":" if name == "x_A (35)" else (0, (4, 3)),
            linewidth=0.9,
            zorder=3.0,
            label=_words(name),
        )[0]
        for name, values in chosen.items()
    ]


def _words(name: str) -> str:
    symbol, _, number = name.partition(" ")
    return "$T_h$" if symbol == "T_h" else f"{number}, $t \\to \\infty$"
