"""A small case of two layers for every law and every bulk flow, each coefficient different on the two sides."""

from __future__ import annotations

from dataclasses import replace

from .cases import binary
from .layers import Layered

__all__ = ["CASES"]

_CONTENT = "<1.0|2.0>"
_AT = "{T: 1.0, x_A: 0.4}"
_THERMAL = {"T": (1.2, 0.9), "x_A": (0.6, 0.3)}
_DILUTE = {"x_A": (0.6, 0.1)}
_COEFFICIENTS = (
    "diffusivity: <1.0|0.4*contrast>, conductivity: <0.8|1.1*contrast>, "
    "thermal_diffusion_coefficient: <0.3|-0.1*contrast>, dufour_coefficient: <0.3|-0.1*contrast>"
    ", heat_capacity: <1.0|2.0>"
)


def _law(name: str, plugin: str, laws: str, ends=None, mixture: str = "", properties: str = "") -> Layered:
    """A binary mixture with heat, unless a mixture is given."""
    blocks = {
        "mixture": mixture or binary(_CONTENT, molar_masses="{A: 1.0, B: 5.0}"),
        "properties": f"{{{properties or _COEFFICIENTS}}}",
        "laws": f"[{laws}]",
    }
    return Layered(name, plugin, blocks, _THERMAL if ends is None else ends)


def _isothermal(
    name: str, plugin: str, laws: str, properties: str, concentration: str = "<1.0|2.0*contrast>"
) -> Layered:
    mixture = binary(concentration, temperature=1.0, molar_masses="{A: 1.0, B: 5.0}")
    return _law(name, plugin, laws, _DILUTE, mixture, properties)


def _pure(name: str, plugin: str, laws: str, conductivity: str) -> Layered:
    properties = f"conductivity: {conductivity}, heat_capacity: <1.0|2.0>"
    return _law(name, plugin, laws, {"T": (2.0, 1.0)}, "pure", properties)


_PAIRS = "A-B: <1.0|0.5*contrast>, A-C: <0.7|0.2*contrast>, B-C: <0.3|0.9*contrast>"
_TERNARY = {"x_A": (0.5, 0.1), "x_B": (0.2, 0.4)}


def _gas(
    name: str, plugin: str, flow: str, pairs: str = _PAIRS, more: str = "", **ends: tuple[float, float]
) -> Layered:
    """Three species at one temperature."""
    mixture = (
        "{gas: {species: [A, B, C], molar_masses: {A: 1.0, B: 3.0, C: 7.0}, pressure: 1.0, temperature: 1.0, "
        f"bulk_flow: {flow}}}}}"
    )
    properties = "permeability: <0.5|0.2*contrast>, viscosity: <1.0|2.0>, diffusivity: <1.0|0.3*contrast>"
    laws = f"maxwell_stefan: {{diffusivities: {{{pairs}}}}}{more}"
    return _law(name, plugin, laws, {**_TERNARY, **ends}, mixture, properties)


_DUSTY = "{dusty_gas: {knudsen_diffusivities: {A: 1.0, B: 0.5, C: 0.4}, WHICH}}"
_FACTORS = "thermal_diffusion_factors: {A-B: <0.3|-0.2>}"
_ONSAGER = "L_qq: <0.8|1.1*contrast>, L_qi: {A: <0.1|-0.02>}, L_ij: {A-A: <0.3|0.2*contrast>}"
_VANISHING = (
    "L_qq: <0.8*T**2|1.1*T**2*contrast>, L_qi: {A: <0.1*x_A*x_B*T|-0.02*x_A*x_B>}, "
    "L_ij: {A-A: <0.3*x_A*x_B|0.2*contrast*x_A*x_B*(1 + x_A)>}"
)
_PLAIN = "diffusivity: <1.0|3.0>"

CASES: tuple[Layered, ...] = (
    _pure("conduction", "conduction", "conduction", "<1.0|2.0*contrast>"),
    _pure("conduction that depends on T", "conduction", "conduction", "<T|(3 + T**2)*contrast>"),
    _isothermal("fick", "fick", "fick", _PLAIN),
    _isothermal("fick that depends on x", "fick", "fick", "diffusivity: <1.0 + x_A|contrast/(1 + x_A)>", "<1.0|2.0>"),
    _law("soret", "soret", "conduction, fick, soret"),
    _law("dufour", "dufour", "conduction, fick, dufour"),
    _law("soret_dufour", "soret_dufour", "conduction, fick, soret_dufour"),
    _law("soret_dufour linearised", "soret_dufour", f"conduction, fick, soret_dufour: {{linearised_at: {_AT}}}"),
    replace(_law("mass_fraction_form", "mass_fraction_form",
                 "mass_fraction_form: {k: <0.8|1.1*contrast>, rho_D: <1.0|0.3*contrast>, d_ST: <-0.2|-0.05*contrast>}"),
            cells=20),
    _law("mass_fraction_form of equal masses", "mass_fraction_form",
         "mass_fraction_form: {k: <0.8|1.1*contrast>, rho_D: <1.0|0.3*contrast>, d_ST: <0.1|-0.05>, D_F: <-0.1|0.05>}",
         mixture=binary(_CONTENT, molar_masses="{A: 2.0, B: 2.0}")),
    _law("maxwell_stefan of two species", "maxwell_stefan",
         "conduction, maxwell_stefan: {diffusivities: {A-B: <1.0|0.3*contrast>}}"),
    _law("maxwell_stefan with thermal diffusion", "maxwell_stefan",
         f"conduction, maxwell_stefan: {{diffusivities: {{A-B: <1.0|0.3*contrast>}}, {_FACTORS}}}"),
    _gas("maxwell_stefan of three species", "maxwell_stefan", "equimolar"),
    _gas("maxwell_stefan of equal pairs", "maxwell_stefan", "equimolar",
         "A-B: <1.0|0.5*contrast>, A-C: <1.0|0.5*contrast>, B-C: <1.0|0.5*contrast>"),
    _law("phenomenological", "phenomenological", f"phenomenological: {{{_VANISHING}}}"),
    _law("phenomenological linearised", "phenomenological",
         f"phenomenological: {{{_ONSAGER}, linearised_at: {_AT}}}"),
    _isothermal("advection", "advection", "fick, advection: {velocity: [<0.8|0.4/contrast>]}", _PLAIN),
    replace(_isothermal("advection upwind", "advection",
                        "fick, advection: {velocity: [<0.8|0.4/contrast>], scheme: upwind}", _PLAIN), order=0.9),
    _isothermal("advection central", "advection", "fick, advection: {velocity: [<0.8|0.4/contrast>], scheme: central}",
                _PLAIN),
    replace(_isothermal("body_force", "body_force", "fick, body_force: {gravity: <-0.1|-0.3>}", _PLAIN), cells=20),
    replace(_law("body_force with heat", "body_force",
                 "conduction, fick, soret_dufour, body_force: {gravity: <-0.1|-0.3>}"), cells=20),
    _law("heat_of_mixing", "heat_of_mixing", "conduction, fick, heat_of_mixing: {A-B: -2.0}"),
    _isothermal("reaction", "reaction",
                "fick, reaction: {reactants: {A: 1}, products: {B: 1}, rate_constant: <0.7|2.0>}", _PLAIN),
    _pure("source", "source", "conduction, source: {balance: energy, rate: <1.0|-2.0 + T>}", "<1.0|2.0*contrast>"),
    _isothermal("storage", "storage", "fick, storage: {balance: A, retardation_factor: <1.5|4.0>}", _PLAIN),
    _gas("equimolar", "equimolar", "equimolar"),
    _gas("stagnant", "stagnant", "{stagnant: C}"),
    _gas("flux_ratio", "flux_ratio", "{flux_ratio: {A: 2, C: 1}}"),
    _gas("mass", "mass", "mass"),
    _gas("graham", "graham", "graham"),
    _gas("darcy", "darcy", "darcy", p=(1.5, 1.0)),
    _gas("darcy of uniform composition", "darcy", "darcy", p=(1.5, 1.0), x_A=(0.3, 0.3), x_B=(0.3, 0.3)),
    _gas("equilibrium of forces", "mechanical_equilibrium", "{mechanical_equilibrium: {stiffness: 10}}", p=(1.02, 1.0)),
    _gas("dusty_gas", "dusty_gas", _DUSTY.replace("WHICH", "viscous_flow: true"), p=(1.5, 1.0)),
    _gas("dusty_gas without viscous flow", "dusty_gas", _DUSTY.replace("WHICH", "viscous_flow: false"), p=(1.5, 1.0)),
    _gas("dusty_gas at uniform pressure", "dusty_gas", _DUSTY.replace("WHICH", "uniform_pressure: true")),
)  # fmt: skip
