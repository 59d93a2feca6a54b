"""Where a field falls to zero."""

import numpy as np

from fvtransport import Field, Observable, SolvedState, parameter, plugin


@plugin("front")
class Front(Observable):
    """Distance at which a field falls to zero along a line, measured from a given position towards +x.

    The nodes next to a front see zeros beside them and are off; so a parabola through the last three nodes at which the
    field still is a given share of its value at the start is extrapolated to its zero. Exact where the profile is a
    parabola, as behind the front of the porous-medium equation; third order in the distance extrapolated otherwise. The
    distance to the end of the line where the field does not fall so far.
    """

    unit = "m"
    of: Field = parameter(meaning="the field, such as x_A")
    start: float = parameter(0.0, unit="m", meaning="position from which the distance is measured")
    share: float = parameter(0.1, above=0.0, maximum=0.9, meaning="share of the starting value that counts as inside")

    def measure(self, state: SolvedState) -> float:
        x, u = state.along_x(self.of)
        x, u = x[x >= self.start] - self.start, u[x >= self.start]
        outside = np.flatnonzero(u <= self.share * u[0])
        if outside.size == 0:
            return float(x[-1])
        last = max(int(outside[0]), 3)
        near, far = x[last - 3 : last], u[last - 3 : last]
        curve = np.polyfit(near - near[-1], far, 2)
        beyond = [root.real for root in np.roots(curve) if abs(root.imag) <= 1e-9 * abs(root) and root.real > 0.0]
        # a straight line through the last two where the parabola never comes down
        run = min(beyond) if beyond else -far[-1] * (near[-1] - near[-2]) / (far[-1] - far[-2])
        return float(near[-1] + run)
