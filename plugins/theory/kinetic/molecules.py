"""A dilute gas from the data of its molecules, and where a view finds it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fvtransport import Handle, PhysicalConstant, View

from ...handles import gas_constant, temperature
from .chapman_enskog import DiluteGas, DiluteState
from .collisions import Pair
from .lennard_jones import LennardJones
from .potentials import HardCore, Hertzian, Potential

__all__ = ["LocalGas", "boltzmann_constant", "by_name", "dilute_gas"]

boltzmann_constant = PhysicalConstant("boltzmann_constant", "J/K", "Boltzmann constant k_B; 1 in reduced units")


@dataclass(frozen=True, eq=False)
class LocalGas(Handle):
    """The gas in the state of a view; all coefficients that a view is asked for come from one evaluation."""

    gas: DiluteGas | None = None

    def evaluate(self, view: View) -> DiluteState:
        x = [view[field] for field in view.species] or [1.0]
        return self.gas.at(view[temperature], x, view[gas_constant], view[boltzmann_constant])


@lru_cache(maxsize=64)
def dilute_gas(
    masses: tuple[float, ...],
    diameters: tuple[float, ...],
    wells: tuple[float, ...] | None,
    special: tuple[tuple[int, int, float | None, float | None], ...],
    stiffness: float | None,
    order: int,
    dimension: int,
) -> LocalGas:
    """The gas of these molecules, the same object for the same numbers.

    wells are depths as temperatures; without them the molecules are hard, or repel each other with a stiffness Y/k_B.
    Diameters of unlike pairs are arithmetic means and wells geometric ones, but for what the special
    (i, j, diameter, well) say.
    """
    count, found = len(masses), {}
    exceptions = {(i, j): (diameter, well) for i, j, diameter, well in special}
    potential: Potential | HardCore = LennardJones() if wells else Hertzian() if stiffness else HardCore()
    for i in range(count):
        for j in range(i, count):
            diameter, well = 0.5 * (diameters[i] + diameters[j]), math.sqrt(wells[i] * wells[j]) if wells else 1.0
            own = exceptions.get((i, j), (None, None))
            diameter, well = own[0] or diameter, own[1] or well
            energy = stiffness * diameter**2.5 if stiffness else well
            found[i, j] = Pair(potential, (masses[i], masses[j]), diameter, energy, order, dimension)
    return LocalGas("dilute gas", gas=DiluteGas(masses, found, order, dimension))


def by_name(given: float | Mapping[str, float], names: tuple[str, ...]) -> tuple[float, ...]:
    """One number for each name, where a number alone holds for all."""
    return tuple(given[name] for name in names) if isinstance(given, Mapping) else (given,) * len(names)
