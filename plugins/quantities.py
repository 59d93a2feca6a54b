"""The shared handles of the field: temperature and energy, and the coefficients that stand once under `properties:`.

Sign and naming follow de Groot and Mazur; the thermal diffusion of a binary mixture may be given in any one convention.
"""

import numpy as np

from fvtransport import Balance, CellView, Constant, Convention, ExchangeView, Field, Shared, View

__all__ = [
    "concentration",
    "conductivity",
    "diffusivity",
    "dufour_coefficient",
    "energy",
    "entropy_production",
    "gas_constant",
    "heat_capacity",
    "mole_fraction",
    "mole_fraction_of",
    "rate_constant_unit",
    "sensible_heat",
    "temperature",
    "thermal_diffusion_coefficient",
]

temperature = Field("T", "K", "temperature", lower=0.0)
energy = Balance("energy", temperature, "W/m^2", "J", "thermal energy")
gas_constant = Constant("gas_constant", "J/mol/K", "molar gas constant R; k_B = 1 in reduced units")

concentration = Shared("concentration", "mol/m^3", "total molar concentration c", positive=True)
conductivity = Shared(
    "conductivity", "W/m/K", "thermal conductivity kappa at uniform composition", positive=True, conductance=True
)
diffusivity = Shared("diffusivity", "m^2/s", "diffusion coefficient D_AB", positive=True, conductance=True)
heat_capacity = Shared("heat_capacity", "J/m^3/K", "heat capacity c_p per volume", positive=True)


def mole_fraction(species: str) -> Field:
    """Handle of the mole fraction x_i of a species."""
    return Field(f"x_{species}", "", f"mole fraction of {species}", lower=0.0, upper=1.0)


def mole_fraction_of(view: View, species: str) -> Field:
    """The mole fraction of a species, by the name that the case gives it; KeyError where the mixture has none."""
    return {field.name: field for field in view.species}[f"x_{species}"]


def rate_constant_unit(rate: str, order: float) -> str:
    """Unit of k in  rate = k concentration^order:  rate over (mol/m^3)^order, such as 1/s or m/s for order 1."""
    short = {("mol/m^3/s", 1.0): "1/s", ("mol/m^3/s", 2.0): "m^3/mol/s", ("mol/m^2/s", 1.0): "m/s", ("mol/m^2/s", 2.0): "m^4/mol/s"}
    if (rate, order) in short or not order:
        return short.get((rate, order), rate)
    return f"{rate}{' ' if rate else ''}(m^3/mol)^{order:g}"


def sensible_heat(cell: CellView, reference: float):
    """Stored heat per volume [J/m^3]: c_p T for a plain number, else the integral of c_p dT from the reference temperature.

    Gauss-Legendre with 8 points, exact for polynomials in T up to degree 15. Shape (..., cells).
    """
    if cell.number(heat_capacity) is not None:
        return cell[heat_capacity] * cell[temperature]
    rise = cell[temperature] - reference
    points, weights = np.polynomial.legendre.leggauss(8)
    capacities = [cell.where({temperature: reference + 0.5 * (1.0 + s) * rise})[heat_capacity] for s in points]
    return sum(0.5 * weight * capacity for weight, capacity in zip(weights, capacities)) * rise


def entropy_production(face: ExchangeView):
    """Entropy production per volume [W/m^3/K], sum of J_i X_i along the face normal. Shape (..., faces)."""
    return sum(face.driven_flux(balance) * face.force(balance) for balance in face.balances)


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
