"""Flux of one species through a boundary."""

from typing import Any

from fvtransport import BoundaryName, Observable, parameter, plugin

from ..frames import molar_flux, species_names


@plugin("species_flux")
class SpeciesFlux(Observable):
    """Mean total molar flux of a species through a boundary along the face normal:  N_i = J_i + x_i N    [mol/m^2/s]

    Of every species, the one that follows from the others too. Along +x at both ends of a line.
    """

    unit = "mol/m^2/s"
    species: str = parameter(meaning="name of the species")
    boundary: BoundaryName = parameter(meaning="the boundary it passes")

    def measure(self, snapshot: Any) -> float:
        names = species_names(snapshot.system.medium)
        if self.species not in names:
            raise ValueError(f"the mixture has no species {self.species}; its species are {', '.join(names)}")
        return float(molar_flux(snapshot, self.boundary)[names.index(self.species)])
