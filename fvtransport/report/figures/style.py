"""The common style of all figures: sizes, distinguishable colours, units, limits and legends."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

__all__ = [
    "COLOURS",
    "bracket",
    "circle",
    "colour_bar",
    "colours_by_time",
    "curve_style",
    "legend",
    "limits",
    "map_panels",
    "open_circles",
    "panel_rows",
    "panels",
    "plain_text",
    "style",
    "symbol",
]

# Palette of Okabe and Ito, distinguishable with any colour vision; black is reserved for totals and closed forms.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_DASHES = ("-", (0, (5, 1.5)), (0, (4, 1.2, 1, 1.2)), (0, (1.2, 1.2)))
_STYLE = {
    "figure.dpi": 150,
    "savefig.dpi": 150,
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.labelsize": 9.0,
    "axes.titlesize": 9.0,
    "legend.fontsize": 8.0,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "axes.linewidth": 0.7,
    "lines.linewidth": 1.4,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.formatter.use_mathtext": True,
    "axes.formatter.limits": (-3, 4),
    "legend.frameon": False,
    "mathtext.fontset": "dejavusans",
}
_WIDTH, _PANEL, _EDGES, _ENTRY = 3.5, 2.5, 0.55, 1.1
_MAP_HEIGHT, _MAP_WIDTHS, _MAP_EDGES, _PROFILE_HEIGHT = 2.3, (1.0, 3.4), (0.55, 0.75), 1.6


@contextmanager
def style() -> Iterator[None]:
    """Apply the Matplotlib settings of all figures within a `with` block."""
    import matplotlib

    with matplotlib.rc_context(_STYLE):
        yield


def panels(count: int) -> tuple[Figure, list[Axes]]:
    """A figure with panels side by side, at most three in a row; rendered by Agg, without a display."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    columns = min(count, 3)
    rows = math.ceil(count / columns)
    figure = Figure(figsize=(_WIDTH * columns, _PANEL * rows + _EDGES), layout="constrained")
    FigureCanvasAgg(figure)
    grid = list(np.ravel(figure.subplots(rows, columns, squeeze=False)))
    for axes in grid[count:]:
        axes.remove()
    return figure, grid[:count]


def panel_rows(rows: int, columns: int) -> tuple[Figure, list[list[Axes]]]:
    """A figure with rows of panels of equal size."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH * columns + _ENTRY, _PANEL * rows + _EDGES), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, [list(row) for row in figure.subplots(rows, columns, squeeze=False)]


def map_panels(
    sizes: Sequence[tuple[float, float]], rows: int, with_profile: bool = False
) -> tuple[Figure, list[list[Axes]]]:
    """A figure with rows of maps of the given widths and heights, and optionally a profile at the end of each row."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    widths = [float(np.clip(_MAP_HEIGHT * width / height, *_MAP_WIDTHS)) for width, height in sizes]
    heights = [min(_MAP_HEIGHT, scaled * height / width) for scaled, (width, height) in zip(widths, sizes)]
    widths = [scaled + _MAP_EDGES[0] for scaled in widths] + [_WIDTH] * with_profile
    row_height = max([*heights, _PROFILE_HEIGHT if with_profile else 0.0]) + _MAP_EDGES[1]
    figure = Figure(figsize=(sum(widths) + 0.9, row_height * rows + _EDGES), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, [list(row) for row in figure.subplots(rows, len(widths), squeeze=False, width_ratios=widths)]


def colour_bar(image: Any, axes: Axes, label: str) -> None:
    """Add a colour bar with the height of the map next to it."""
    width = axes.get_figure().get_figwidth() * axes.get_position().width
    axes.get_figure().colorbar(image, cax=axes.inset_axes([1.0 + 0.1 / width, 0.0, 0.12 / width, 1.0]), label=label)


def colours_by_time(count: int) -> list[Any]:
    """Colours of successive times, from dark (early) to light (late)."""
    import matplotlib

    return list(matplotlib.colormaps["viridis"](np.linspace(0.0, 0.88, count))) if count > 1 else [COLOURS[0]]


def open_circles(colour: Any) -> dict[str, Any]:
    """Plot arguments for open circles, which do not hide the curve below."""
    return {
        "linestyle": "none",
        "marker": "o",
        "markersize": 4.0,
        "markerfacecolor": "white",
        "markeredgecolor": colour,
        "markeredgewidth": 0.9,
        "clip_on": False,
        "zorder": 3,
    }


def circle(colour: Any) -> Line2D:
    """The legend entry of open circles."""
    from matplotlib.lines import Line2D

    return Line2D([], [], **{**open_circles(colour), "clip_on": True})


def curve_style(index: int, first_is_solid: bool = False) -> dict[str, Any]:
    """Colour and dashes of the curve with this index; curves can be distinguished without colour."""
    dashes = _DASHES[(index if first_is_solid else index + 1) % len(_DASHES)]
    return {"color": COLOURS[index % len(COLOURS)], "linestyle": dashes, "zorder": 2.0}


def limits(axes: Axes, curves: Sequence[np.ndarray], least: float = 0.0) -> None:
    """Set limits that include all curves; variations below `least` or round-off are drawn as a flat line."""
    low, high = min(float(np.min(c)) for c in curves), max(float(np.max(c)) for c in curves)
    if not np.isfinite(high - low):
        return
    magnitude = max(abs(low), abs(high))
    if high - low <= max(least, 1e-9 * magnitude):
        half = 0.1 * magnitude if magnitude > least else 1.0
        low, high = low - half, high + half
    margin = 0.06 * (high - low)
    axes.set_ylim(low - margin, high + margin)


def legend(figure: Figure, handles: Sequence[Any], labels: Sequence[str]) -> None:
    """Add one legend below all panels."""
    if handles:
        rows = math.ceil(len(handles) / int(figure.get_figwidth() / _ENTRY))
        columns = math.ceil(len(handles) / rows)
        figure.legend(handles, labels, loc="outside lower center", ncols=columns, handlelength=2.2, columnspacing=1.4)


def symbol(name: str) -> str:
    """`x_A` as a mathematical symbol with an upright index; other names as text."""
    head, _, index = name.partition("_")
    if not head.isalnum() or not (index.isalnum() or head == name):
        return plain_text(name)
    return rf"${head}_\mathrm{{{index}}}$" if index else f"${head}$"


def plain_text(name: str) -> str:
    """A name as literal text, with the dollar sign escaped."""
    return name.replace("$", r"\$")


def bracket(shown: str) -> str:
    """The unit in the label of an axis, in brackets; empty for none."""
    return "(reduced units)" if shown == "reduced" else f"[{unit_text(shown)}]" if shown else ""


def unit_text(unit: str) -> str:
    """`mol/m^2/s` as `mol m$^{-2}$ s$^{-1}$`."""
    parts = unit.replace("*", " ").split("/")
    text = [_raised(factor, 1) for factor in parts[0].split() if factor != "1"]
    return " ".join(text + [_raised(factor, -1) for part in parts[1:] for factor in part.split()])


def _raised(factor: str, sign: int) -> str:
    base, _, power = factor.partition("^")
    if not power and sign > 0:
        return base
    try:
        return f"{base}$^{{{sign * int(power or 1)}}}$"
    except ValueError:
        return factor if sign > 0 else f"({factor})$^{{-1}}$"
