"""The shared handles of the field: temperature and energy, and the coefficients given once under `properties:`.

Sign and naming follow de Groot and Mazur; the thermal diffusion of a binary mixture may be given in any one convention.
"""

import numpy as np

from fvtransport import (
    Balance,
    Convention,
    Field,
    PhysicalConstant,
    PluginError,
    Shared,
    Species,
    View,
)

__all__ = [
    "concentration",
    "conductivity",
    "diffusivity",
    "dufour_coefficient",
    "energy",
    "gas_constant",
    "heat_capacity",
    "knudsen_diffusivities",
    "linearised_drift",
    "molar_forces",
    "moles",
    "permeability",
    "pressure",
    "smallest_diffusivity",
    "soret_conductivity",
    "species",
    "temperature",
    "thermal_diffusion_coefficient",
    "thermodynamic_factor",
    "viscosity",
]

temperature = Field("T", "K", "temperature", lower=0.0, excludes_bounds=True)
energy = Balance("energy", temperature, "W/m^2", "J", "thermal energy")
pressure = Field("p", "Pa", "pressure", lower=0.0, excludes_bounds=True)
moles = Balance("moles", pressure, "mol/m^2/s", "mol", "moles of all species")
gas_constant = PhysicalConstant("gas_constant", "J/mol/K", "molar gas constant R; k_B = 1 in reduced units")

concentration = Shared("concentration", "mol/m^3", "total molar concentration c", positive=True)
soret_conductivity = Shared(
    "soret_conductivity",
    "W/m/K",
    "kappa - lambda, what the law of diffusion adds to the heat conducted at uniform composition",
    optional=True,
)


def _at_uniform_composition(given, at: View):
    """kappa from lambda, the conductivity where no species diffuses."""
    extra = at[soret_conductivity]
    if extra is not None:
        return given + extra
    try:
        coefficient = at[thermal_diffusion_coefficient]
    except PluginError:  # nothing diffuses by heat
        return given
    resistance = 1.0 / np.where(at[diffusivity] > 0.0, at[diffusivity], np.inf)  # none where nothing diffuses
    return (
        given + at[concentration] * at[gas_constant] * at[temperature] ** 2 * _product(at) * coefficient**2 * resistance
    )


conductivity = Shared(
    "conductivity",
    "W/m/K",
    "thermal conductivity kappa at uniform composition",
    positive=True,
    may_vanish=True,
    is_tensor=True,
    conventions=(
        Convention(
            "conductivity_without_diffusion",
            "W/m/K",
            "lambda where no species diffuses (J = 0), as in a sealed cell: kappa = lambda + c R T^2 x_A x_B D'^2/D",
            _at_uniform_composition,
        ),
    ),
)
diffusivity = Shared(
    "diffusivity", "m^2/s", "diffusion coefficient D_AB", positive=True, may_vanish=True, is_tensor=True
)
heat_capacity = Shared("heat_capacity", "J/m^3/K", "heat capacity c_p per volume", positive=True)
viscosity = Shared("viscosity", "Pa*s", "dynamic viscosity mu of the mixture", positive=True)
permeability = Shared("permeability", "m^2", "permeability B to viscous flow", positive=True, may_vanish=True)
knudsen_diffusivities = Shared(
    "knudsen_diffusivities",
    "m^2/s",
    "Knudsen diffusivities D_K,i of all species in their order, where the walls of pores retard them",
    optional=True,
)
smallest_diffusivity = Shared(
    "smallest_diffusivity",
    "m^2/s",
    "smallest diffusivity of all pairs, against which a bulk flow convects",
    optional=True,
)
thermodynamic_factor = Shared(
    "thermodynamic_factor",
    "",
    "rows of Gamma_ij, without the last species; d_i = sum_j Gamma_ij grad x_j",
    optional=True,
)
molar_forces = Shared(
    "molar_forces",
    "N/mol",
    "molar forces F_k . n along the normal of a face, a tuple in the order of the species",
    optional=True,
)
linearised_drift = Shared(
    "linear_drift", "", "view of the state at which the drift in a field is frozen", optional=True
)


def species(name: str, molar_mass: float | None = None) -> Species:
    """A species with a handle of its mole fraction x_i; molar_mass [kg/mol] where it is known."""
    return Species(name, Field(f"x_{name}", "", f"mole fraction of {name}", lower=0.0, upper=1.0), molar_mass)


def _product(at):
    A, B = at.species
    return at[A] * at[B]


thermal_diffusion_coefficient = Shared(
    "thermal_diffusion_coefficient",
    "m^2/s/K",
    "thermal diffusion coefficient D' of the first species; positive drives it to the cold side",
    conventions=(
        Convention("soret_coefficient", "1/K", "S_T = D'/D", lambda given, at: given * at[diffusivity]),
        Convention(
            "thermal_diffusion_factor",
            "",
            "alpha_T = T S_T",
            lambda given, at: given * at[diffusivity] / at[temperature],
        ),
        Convention(
            "thermal_diffusion_ratio",
            "",
            "k_T = T x_A x_B D'/D",
            lambda given, at: given * at[diffusivity] / (at[temperature] * _product(at)),
        ),
    ),
)
dufour_coefficient = Shared(
    "dufour_coefficient", "m^2/s/K", "Dufour coefficient D''; Onsager's reciprocity makes it equal to D'"
)
