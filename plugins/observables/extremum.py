"""Highest or lowest value of a field."""

from typing import Literal

import numpy as np

from fvtransport import Field, Observable, SolvedState, parameter, plugin


@plugin("extremum")
class Extremum(Observable):
    """Highest or lowest value of a field in the domain, on its boundary too:  max u - u_0  or  min u - u_0

    Along a line that of the parabola through the extreme node and its neighbours, so of third order; else that of a
    node. u_0 is what it is read relative to, zero unless given.
    """

    of: Field = parameter(meaning="the field, such as T or x_A")
    kind: Literal["highest", "lowest"] = parameter("highest", meaning="highest or lowest")
    relative_to: float = parameter(0.0, unit="{field}", meaning="value u_0 that is taken off")

    def measure(self, state: SolvedState) -> float:
        sign = 1.0 if self.kind == "highest" else -1.0
        u = sign * state.at_nodes(self.of) - sign * self.relative_to
        best = float(u.max())
        if state.dimension == 1:
            x, u = state.along_x(self.of)
            best = max(best, _vertex(x, sign * u - sign * self.relative_to))
        return sign * best

    @property
    def reading_unit(self) -> str:
        return self.of.unit


def _vertex(x: np.ndarray, u: np.ndarray) -> float:
    """Height of the parabola through the highest inner node and its neighbours; that of the node where it has none."""
    middle = int(np.clip(u.argmax(), 1, u.size - 2))
    near, values = x[middle - 1 : middle + 2] - x[middle], u[middle - 1 : middle + 2]
    (left, centre, right), (a, _, b) = values, near
    if not (centre >= left and centre >= right):
        return float(centre)
    slopes = (left - centre) / a, (right - centre) / b
    bend = (slopes[1] - slopes[0]) / (b - a)
    slope = slopes[0] - bend * a
    return float(centre - slope**2 / (4.0 * bend)) if bend < 0.0 else float(centre)
