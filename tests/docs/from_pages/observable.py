"""Where a field has its centre of mass."""

import numpy as np

from fvtransport import Context, Field, Issue, Observable, Severity, SolvedState, parameter, plugin


@plugin("centre")
class Centre(Observable):
    """Centre of mass of a field along x:  integral of x u dV / integral of u dV    [m]"""

    shorthand = "of"
    unit = "m"
    of: Field = parameter(meaning="the field, such as T or x_A")

    def validate(self, context: Context):
        if context.mixture is not None and self.of in context.mixture.known():
            yield Issue(f"{self.of.name} is given and uniform", severity=Severity.WARNING, parameter="of")

    def measure(self, state: SolvedState) -> float:
        weight = state.cells(self.of) * state.volumes
        total = np.sum(weight)
        if total == 0.0:
            raise ValueError(f"the mean of {self.of.name} is zero, so that it has no centre")
        return float(np.sum(weight * state.cell_view.coordinate(0)) / total)
