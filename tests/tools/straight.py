"""A binary slab with straight profiles of temperature and composition, made by hand: every reading of it is known."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
from fvtransport.plugins.boundaries.dirichlet import Dirichlet
from fvtransport.plugins.bulk_flow.darcy import Darcy
from fvtransport.plugins.handles import conductivity, diffusivity, heat_capacity, temperature
from fvtransport.plugins.laws.conduction import Conduction
from fvtransport.plugins.laws.fick import Fick

from fvtransport import Constant, Observable
from fvtransport.discretisation.boundary_equation import BoundaryEquation
from fvtransport.discretisation.snapshot import Snapshot
from fvtransport.discretisation.system import System
from fvtransport.mesh.fipy_mesh import build_mesh, geometry_of
from fvtransport.mesh.spec import Axis, MeshSpec
from fvtransport.model.views import CellView
from tests.tools.views import binary, gas, medium

__all__ = [
    "AREA", "CAPACITY", "COLD", "CONCENTRATION", "DIFFUSIVITY", "HOT", "KAPPA", "LENGTH", "POOR", "RICH",
    "gas_cells", "straight",
]  # fmt: skip
LENGTH, AREA, CONCENTRATION, CAPACITY, KAPPA, DIFFUSIVITY = 2.0, 3.0, 40.0, 1000.0, 0.5, 0.25
HOT, COLD, RICH, POOR = 400.0, 300.0, 0.8, 0.2


def straight(observables: Sequence[Observable] = (), integrals: Sequence[float] = ()) -> Snapshot:
    """T from 400 K to 300 K and x_A from 0.8 to 0.2 on 4 graded cells, at t = 4 s, with amounts that have left by each
    end and that sources have produced, and the integrals in time of some observables.
    """
    mixture = binary(CONCENTRATION)
    given = medium(mixture, {diffusivity: DIFFUSIVITY, conductivity: KAPPA, heat_capacity: CAPACITY})
    spec = MeshSpec("Grid1D", (Axis("x", LENGTH, 4, ratio=5.0),), AREA, ("left", "right"))
    geometry = geometry_of(build_mesh(spec), spec)
    fields = (temperature, mixture.mole_fractions[0])
    equations = [
        BoundaryEquation(geometry.boundaries[name], row, fields[row], Dirichlet(value=Constant(value=value)))
        for name, values in (("left", (HOT, RICH)), ("right", (COLD, POOR)))
        for row, value in enumerate(values)
    ]
    system = System(given, {"conduction": Conduction(), "fick": Fick()}, geometry, equations, observables)
    along = geometry.position[0] / LENGTH
    values = np.stack([HOT + (COLD - HOT) * along, RICH + (POOR - RICH) * along])
    left = {(0, "left"): -7.0, (0, "right"): 5.0, (1, "left"): -0.3, (1, "right"): 0.1}
    return Snapshot(system, 4.0, values, left, np.array([3.0, -0.2]), time_integral=np.array(integrals))


def gas_cells(pressures: Sequence[float], temperature: float = 300.0, **masses: float) -> SimpleNamespace:
    """The cells of a gas, half A and half B, at some pressures [Pa]; the first half of them is the region `fine`."""
    mixture = gas(temperature=temperature, molar_masses=masses, bulk_flow=Darcy())
    count = len(pressures)
    state = np.array([[0.5] * count, list(pressures)])
    view = CellView(medium(mixture), 0.0, state, np.zeros((4, count)))
    return SimpleNamespace(
        mixture=mixture, cell_view=view, volumes=np.ones(count), in_region=lambda name: np.arange(count) < count // 2
    )
