"""Mean free path of the molecules."""

from typing import Any

import numpy as np

from fvtransport import Observable, Property, RegionName, parameter, plugin

from ..frames import masses_of
from ..knudsen import mean_free_path
from ..quantities import gas_constant, pressure, temperature, viscosity


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

    def measure(self, snapshot: Any) -> float:
        return float(largest_free_path(snapshot, self.viscosity, self.region))


def largest_free_path(snapshot: Any, own: Property | None, region: str | None) -> float:
    """The largest mean free path of a solution, in a region or everywhere."""
    at, cells = snapshot.nodes, snapshot.system.geometry.cells
    mean = sum(mass * at[field] for mass, field in zip(masses_of(snapshot.system.medium, None), at.species))
    thickness = at[viscosity] if own is None else own(at)
    paths = mean_free_path(thickness, at[pressure], at[temperature], mean, at[gas_constant])
    paths = np.broadcast_to(paths, snapshot.values.shape[1:])[cells]
    return float(paths.max() if region is None else paths[at.inside(region)[cells]].max())
