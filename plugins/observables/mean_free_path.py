"""Mean free path of the molecules."""

import numpy as np

from fvtransport import Observable, Property, RegionName, SolvedState, parameter, plugin

from ..handles import gas_constant, pressure, temperature, viscosity
from ..theory.frames import masses_of
from ..theory.knudsen import mean_free_path


@plugin("mean_free_path")
class MeanFreePath(Observable):
    """Largest mean free path in the domain or in a region:  l = (mu/p) sqrt(pi R T/(2 M))    [m]

    mu is the viscosity, M the mean molar mass of the mixture.

    Source: G. A. Bird, Molecular Gas Dynamics (1994), section 4.3.
    """

    unit = "m"
    viscosity: Property | None = parameter(
        None, unit="Pa*s", above=0.0, meaning="viscosity mu; that under properties without it"
    )
    region: RegionName | None = parameter(None, meaning="region of the mesh; all of it without a name")

    def measure(self, state: SolvedState) -> float:
        return float(largest_free_path(state, self.viscosity, self.region))


def largest_free_path(state: SolvedState, own: Property | None, region: str | None) -> float:
    """The largest mean free path of a solution, in a region or everywhere."""
    at = state.cell_view
    mean = sum(mass * at[field] for mass, field in zip(masses_of(state.mixture, None), at.species))
    thickness = at[viscosity] if own is None else own(at)
    paths = mean_free_path(thickness, at[pressure], at[temperature], mean, at[gas_constant])
    paths = np.broadcast_to(paths, state.volumes.shape)
    return float(paths.max() if region is None else paths[state.in_region(region)].max())
