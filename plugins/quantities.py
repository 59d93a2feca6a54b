"""The shared handles of the field: temperature and energy, and the coefficients that stand once under `properties:`.

Sign and naming follow de Groot and Mazur; the thermal diffusion of a binary mixture may be given in any one convention.
"""

import numpy as np

from fvtransport import (
    Balance,
    CellView,
    Constant,
    Convention,
    FaceView,
    Field,
    FluxView,
    Handle,
    Mixture,
    PluginError,
    Shared,
    View,
)

__all__ = [
    "concentration",
    "conductivity",
    "diffusivity",
    "driving_force",
    "dufour_coefficient",
    "energy",
    "entropy_production",
    "factor_rows",
    "gas_constant",
    "heat_capacity",
    "knudsen_diffusivities",
    "linearised_drift",
    "logarithmic_mean",
    "molar_fluxes",
    "molar_forces",
    "mole_fraction",
    "mole_fraction_of",
    "moles",
    "permeability",
    "pressure",
    "rate_constant_unit",
    "sensible_heat",
    "smallest_diffusivity",
    "soret_conductivity",
    "temperature",
    "thermal_diffusion_coefficient",
    "thermodynamic_factor",
    "unless_binary",
    "unless_thermal",
    "upwind_mean",
    "upwind_weight",
    "viscosity",
]

temperature = Field("T", "K", "temperature", lower=0.0, excludes_bounds=True)
energy = Balance("energy", temperature, "W/m^2", "J", "thermal energy")
pressure = Field("p", "Pa", "pressure", lower=0.0, excludes_bounds=True)
moles = Balance("moles", pressure, "mol/m^2/s", "mol", "moles of all species")
gas_constant = Constant("gas_constant", "J/mol/K", "molar gas constant R; k_B = 1 in reduced units")

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
    return (
        given
        + at[concentration] * at[gas_constant] * at[temperature] ** 2 * _product(at) * coefficient**2 / at[diffusivity]
    )


conductivity = Shared(
    "conductivity",
    "W/m/K",
    "thermal conductivity kappa at uniform composition",
    positive=True,
    conductance=True,
    conventions=(
        Convention(
            "conductivity_without_diffusion",
            "W/m/K",
            "lambda where no species diffuses (J = 0), as in a sealed cell: kappa = lambda + c R T^2 x_A x_B D'^2/D",
            _at_uniform_composition,
        ),
    ),
)
diffusivity = Shared("diffusivity", "m^2/s", "diffusion coefficient D_AB", positive=True, conductance=True)
heat_capacity = Shared("heat_capacity", "J/m^3/K", "heat capacity c_p per volume", positive=True)
viscosity = Shared("viscosity", "Pa*s", "dynamic viscosity mu of the mixture", positive=True)
permeability = Shared("permeability", "m^2", "permeability B to viscous flow", positive=True, conductance=True)
knudsen_diffusivities = Shared(
    "knudsen_diffusivities",
    "m^2/s",
    "Knudsen diffusivities D_K,i of all species in their order, where walls hold them back",
    optional=True,
)
smallest_diffusivity = Shared(
    "smallest_diffusivity",
    "m^2/s",
    "smallest diffusivity of all pairs, against which a bulk flow carries",
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


def mole_fraction(species: str) -> Field:
    """Handle of the mole fraction x_i of a species."""
    return Field(f"x_{species}", "", f"mole fraction of {species}", lower=0.0, upper=1.0)


def unless_binary(mixture: Mixture) -> list[str]:
    """The objection of a law of two species to any other mixture, and to pores whose walls take part in diffusion."""
    count = len(mixture.mole_fractions)
    if getattr(getattr(mixture, "flow", None), "holds_back", False):
        return [
            "it leaves out the friction at the walls of the pores, which dusty_gas is about; expected maxwell_stefan"
        ]
    cure = "maxwell_stefan, for any number of species" if count > 2 else "a mixture such as binary or gas"
    return [] if count == 2 else [f"it is a law of two species, and the mixture has {count or 'none'}; expected {cure}"]


def unless_thermal(mixture: Mixture, what: str) -> list[str]:
    """The caution of what couples heat and diffusion where the mixture has a temperature once and for all."""
    return [f"{what} no effect: the mixture gives T, which has no gradient"] if temperature in mixture.known() else []


def mole_fraction_of(view: View, species: str) -> Field:
    """The mole fraction of a species, by the name that the case gives it; KeyError where the mixture has none."""
    return {field.name: field for field in view.species}[f"x_{species}"]


def rate_constant_unit(rate: str, order: float) -> str:
    """Unit of k in  rate = k concentration^order:  rate over (mol/m^3)^order, such as 1/s or m/s for order 1."""
    short = {
        ("mol/m^3/s", 1.0): "1/s",
        ("mol/m^3/s", 2.0): "m^3/mol/s",
        ("mol/m^2/s", 1.0): "m/s",
        ("mol/m^2/s", 2.0): "m^4/mol/s",
    }
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


def factor_rows(view: View):
    """Rows of the thermodynamic factor; a number is that of a binary mixture. None where the mixture is ideal."""
    factor = view[thermodynamic_factor]
    return factor if factor is None or isinstance(factor, tuple) else ((factor,),)


def upwind_weight(peclet):
    """s = coth(Pe/2) - 2/Pe, by which a face leans to the node that a flow comes from: 1 to the left, -1 to the right.

    The value (u_L + u_R)/2 + s (u_L - u_R)/2 makes convection and diffusion together exact for uniform coefficients. Pe/6
    for slow flow, so of second order; u of the node upstream for fast flow, so monotone.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        far = 1.0 / np.tanh(0.5 * peclet) - 2.0 / peclet
    return np.where(np.abs(peclet) < _NEAR_ZERO, peclet / 6.0 - peclet**3 / 360.0, far)


def upwind_mean(left, right, share):
    """The value on a face that leans by `share` to the left, from those on both sides."""
    return 0.5 * (left + right) + 0.5 * share * (left - right)


_NEAR_ZERO = 1e-2
_SMALLEST = 1e-290


def logarithmic_mean(a, b):
    """(b - a)/ln(b/a), element by element: a where both are equal, towards 0 as one of them vanishes.

    Accurate to round-off however close the two are. Negative numbers, as trial states may have, count as zero.
    """
    low = np.maximum(np.minimum(a, b), _SMALLEST)
    rise = (np.maximum(np.maximum(a, b), _SMALLEST) - low) / low
    apart = rise > 0.0
    steps = np.where(apart, rise, 1.0)
    return low * np.where(apart, steps / np.log1p(steps), 1.0)


class _DrivingForces(Handle):
    """Driving forces d_i of all species by field, per metre; empty where no forces act."""

    def evaluate(self, view: FaceView) -> dict[Field, np.ndarray]:
        forces = view[molar_forces]
        if forces is None:
            return {}
        at, thermal = view[linearised_drift], view[gas_constant] * view[temperature]
        if at is not None:
            shares, thermal = [at[field] for field in view.species], at[gas_constant] * at[temperature]
        elif len(forces) == 2:
            return _binary_forces(view, (forces[0] - forces[1]) / thermal)
        else:
            shares = [logarithmic_mean(view.left[field], view.right[field]) for field in view.species]
        mean = sum(share * force for share, force in zip(shares, forces)) / sum(shares)
        drift = (share * (force - mean) / thermal for share, force in zip(shares, forces))
        return {field: view.grad(field) - each for field, each in zip(view.species, drift)}


def _binary_forces(view: FaceView, pull) -> dict[Field, np.ndarray]:
    """As for any number of species: L_A L_B/(L_A + L_B) is the logarithmic mean of x_A x_B' and x_A' x_B, ' the other side."""
    A, B = view.species
    left, right = view.left, view.right
    force = view.grad(A) - logarithmic_mean(left[A] * right[B], right[A] * left[B]) * pull
    return {A: force, B: -force}


_driving_forces = _DrivingForces("driving_forces", "1/m")


def driving_force(face: FaceView, field: Field):
    """What drives the diffusion that belongs to a field, per metre; for a species d_i, for other fields the gradient.

        d_i = grad x_i - x_i (F_i - sum_k x_k F_k)/(R T)

    F_k are the molar forces; without them it is the plain gradient. Between two nodes x_i in front of the forces is the
    logarithmic mean L_i, and sum_k x_k F_k is sum_k L_k F_k / sum_k L_k: d_i then vanishes to round-off where the mole
    fractions of the nodes have Boltzmann's ratios, and sum_i d_i = 0. Shape (..., faces).
    """
    force = face[_driving_forces].get(field)
    return face.grad(field) if force is None else force


def molar_fluxes(face: FluxView) -> tuple:
    """Total molar fluxes N_i of all species along the face normal, in their order; the last is not solved for.

    It is what the others leave of the total, which a mixture with a bulk flow states as `total_flux(face)`. Shapes (..., faces).
    """
    solved = {balance.field: balance for balance in face.balances}
    fluxes = tuple(face.flux(solved[field]) for field in face.species[:-1])
    total = getattr(face.medium.mixture, "total_flux", lambda _: 0.0)
    return (*fluxes, total(face) - sum(fluxes))


def entropy_production(face: FluxView):
    """Entropy production per volume [W/m^3/K], sum of J_i X_i along the face normal. Shape (..., faces)."""
    return sum(face.dissipative_flux(balance) * face.force(balance) for balance in face.balances)


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
