"""Flux of one species through a boundary."""

from fvtransport import BoundaryName, Observable, SolvedState, parameter, plugin

from ..theory.frames import molar_flux


@plugin("species_flux")
class SpeciesFlux(Observable):
    """Mean total molar flux of a species through a boundary along the face normal:  N_i = J_i + x_i N    [mol/m^2/s]

    Of every species, the one that follows from the others too. Along +x at both ends of a line.
    """

    unit = "mol/m^2/s"
    species: str = parameter(meaning="name of the species")
    boundary: BoundaryName = parameter(meaning="the boundary it passes")

    def measure(self, state: SolvedState) -> float:
        names = state.mixture.species_names
        if self.species not in names:
            raise ValueError(f"the mixture has no species {self.species}; its species are {', '.join(names)}")
        return float(molar_flux(state, self.boundary)[names.index(self.species)])
