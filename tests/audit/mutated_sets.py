"""Wrong sets of transport, made of right ones by one change each, with what the audit must say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.tools.cases import case_text

PLUGIN = f"[{Path(__file__).with_name('mutants.py')}]"
LINE = "{type: Grid1D, length: 2.0, cells: 12}"

BINARY = {
    "units": "reduced", "plugins": PLUGIN, "mesh": LINE,
    "mixture": "{binary: {species: [A, B], concentration: 0.1}}",
    "properties": "{diffusivity: 2.0, conductivity: 0.5, thermal_diffusion_coefficient: -1.2, heat_capacity: 0.2}",
    "laws": "[conduction, fick, soret_dufour]",
    "initial": '{T: "1.5 + 0.3*x", x_A: "0.3 + 0.1*x"}',
    "boundaries": "{default: {T: no_flux, x_A: no_flux}}",
    "solve": "{transient: 0.1}",
}  # fmt: skip
FLAT = BINARY | {"initial": "{T: 1.5, x_A: 0.3}"}
PURE = BINARY | {
    "mixture": "pure", "properties": "{conductivity: 0.5, heat_capacity: 0.2}", "laws": "[conduction]",
    "initial": '{T: "1.5 + 0.3*x"}', "boundaries": "{default: {T: no_flux}}",
}  # fmt: skip
CYLINDER = BINARY | {"mesh": "{type: CylindricalGrid1D, length: 2.0, cells: 12}"}
PLANE = PURE | {
    "mesh": "{type: Grid2D, length: [2.0, 1.0], cells: [4, 3]}",
    "initial": '{T: "1.5 + 0.3*x + 0.2*y"}', "laws": "[conduction]",
}  # fmt: skip
ISOTHERMAL = BINARY | {
    "mixture": "{binary: {species: [A, B], concentration: 0.1, temperature: 1.0}}",
    "properties": "{diffusivity: 2.0}", "laws": "[fick]",
    "initial": '{x_A: "0.3 + 0.1*x"}', "boundaries": "{default: {x_A: no_flux}}",
}  # fmt: skip
TERNARY = {
    "plugins": PLUGIN, "mesh": "{type: Grid1D, length: 1 cm, cells: 12}",
    "mixture": "{gas: {species: [A, B, C], pressure: 1 bar, temperature: 300 K}}",
    "laws": "[maxwell_stefan: {diffusivities: {A-B: 8e-5, A-C: 6e-5, B-C: 2e-5}}]",
    "initial": '{x_A: "0.2 + 30*x", x_B: "0.4 - 20*x"}',
    "boundaries": "{default: {x_A: no_flux, x_B: no_flux}}", "solve": "{transient: {until: 1 s}}",
}  # fmt: skip
HOT = TERNARY | {
    "mixture": "{gas: {species: [A, B, C], pressure: 1 bar, molar_heat_capacity: 35}}",
    "properties": "{conductivity: 0.06}",
    "laws": "[conduction, maxwell_stefan: {diffusivities: {A-B: 8e-5, A-C: 6e-5, B-C: 2e-5},"
            " thermal_diffusion_factors: {A-B: -0.2, A-C: -0.3, B-C: 0.1}}]",
    "initial": '{T: "300 + 5000*x", x_A: "0.2 + 30*x", x_B: "0.4 - 20*x"}',
    "boundaries": "{default: {T: {dirichlet: 300 K}, x_A: {dirichlet: 0.2}, x_B: {dirichlet: 0.4}}}",
    "solve": "steady",
}  # fmt: skip
MATRIX = HOT | {
    "laws": "[phenomenological: {L_qq: 7350, L_qi: {A: -0.068, B: 0.028},"
            " L_ij: {A-A: 9.4e-5, A-B: -4.86e-5, B-B: 4.42e-5}}]",
}  # fmt: skip
LIQUID = TERNARY | {
    "mixture": "{liquid: {species: [A, B], density: 1000, temperature: 300 K, molar_masses: {A: 0.018, B: 0.046}}}",
    "properties": "{diffusivity: 1e-9, thermodynamic_factor: {margules: {A-B: 1.2}}}",
    "laws": "[maxwell_stefan: {diffusivities: {A-B: 1e-9}}]",
    "initial": '{x_A: "0.2 + 30*x"}', "boundaries": "{default: {x_A: no_flux}}",
}  # fmt: skip
PORE = TERNARY | {
    "mixture": "{gas: {species: [A, B], pressure: 1 bar, temperature: 300 K, molar_masses: {A: 4e-3, B: 40e-3},"
               " bulk_flow: {dusty_gas: {pore_diameter: 1 um}}}}",
    "properties": "{viscosity: 2.2e-5}", "laws": "[maxwell_stefan: {diffusivities: {A-B: 7.3e-5}}]",
    "initial": '{x_A: "0.2 + 30*x", p: "1e5 + 1e6*x"}', "boundaries": "{default: {x_A: no_flux, p: no_flux}}",
}  # fmt: skip


def pore(flow: str, **blocks: str) -> str:
    """A gas in pores with a bulk flow that solves for the pressure."""
    mixture = (
        "{gas: {species: [A, B], pressure: 1 bar, temperature: 300 K, molar_masses: {A: 4e-3, B: 40e-3},"
        f" bulk_flow: {flow}}}}}"
    )
    given = {"properties": "{viscosity: 2.2e-5, permeability: 1e-12}"} | blocks
    return case_text(PORE, mixture=mixture, **given)


DUSTY = "{wrong_dusty_gas: {pore_diameter: 1 um, factor: %s}}"
DARCY = "{wrong_darcy: {factor: %s}}"
LEVEL = "{wrong_mechanical_equilibrium: {stiffness: 10, factor: %s}}"
LIGHT = {"properties": "{diffusivity: 7.3e-5}", "laws": "[fick]"}
DIFFUSIVE = {"properties": "{viscosity: 2.2e-5, permeability: 1e-12, diffusivity: 7.3e-5}", "laws": "[fick]"}
FILM = "diffusivities: {A-B: 8e-5, A-C: 6e-5, B-C: 2e-5}"
FACTORS = f"{FILM}, thermal_diffusion_factors: {{A-B: -0.2, A-C: -0.3, B-C: 0.1}}"


def change(law: str, *parts: str, beside: str = "") -> str:
    """The block of laws with one that is changed."""
    return f"[{beside + ', ' if beside else ''}wrong_{law}: {{{', '.join(each for each in parts if each)}}}]"


@dataclass(frozen=True)
class Wrong:
    """A wrong set: the terms that are named, under a rule; a reason where it cannot be judged. runs: only in time."""

    name: str
    text: str
    rule: str
    terms: tuple[str, ...]
    runs: bool = False


def heat(*parts: str, base=PURE) -> str:
    beside = "" if base["mixture"] == "pure" else "fick, soret_dufour"
    return case_text(base, laws=change("conduction", *parts, beside=beside))


def pair(*parts: str, base=BINARY) -> str:
    return case_text(base, laws=change("soret_dufour", *parts, beside="conduction, fick"))


def fick(*parts: str, base=ISOTHERMAL) -> str:
    return case_text(base, laws=change("fick", *parts))


def stefan(*parts: str, base=TERNARY) -> str:
    return case_text(base, laws=change("maxwell_stefan", *parts, beside="conduction" if base is HOT else ""))


SIGN, SECOND, ONSAGER, SOLVED = "factor: -1", "second law", "reciprocity", "dissipation"
FOR_A_WHILE = 'factor: "1 - 1.5*exp(-((t - 0.041)/0.006)**2)"'
LATER = "factor: {schedule: {at: [0, 0.05], values: [1, %s]}}"
MARCH = "{transient: {until: 0.1, max_step: 2e-3}}"

CAUGHT = [
    Wrong("conduction, sign", heat(SIGN), SECOND, ("wrong_conduction",)),
    Wrong("conduction, sign, at rest", heat(SIGN, base=PURE | {"initial": "{T: 1.5}"}), SECOND, ("wrong_conduction",)),
    Wrong("conduction, beyond x", heat('factor: "where(x > 1.4, -1, 1)"'), SECOND, ("wrong_conduction",)),
    Wrong("conduction, near a boundary", heat('factor: "where(x < 0.1, -1, 1)"'), SECOND, ("wrong_conduction",)),
    Wrong("conduction, in one region", heat('factor: {by_region: {a: 1, b: -0.1}}', base=PURE | {
        "mesh": '{type: Grid1D, length: 2.0, cells: 12, regions: {a: "x < 1", b: "x >= 1"}}'}),
        SECOND, ("wrong_conduction",)),
    Wrong("conduction, hot state only", heat('factor: "where(T > 1.9, -0.2, 1)"'), SECOND, ("wrong_conduction",)),
    Wrong("conduction, composition", heat('factor: "0.4 - x_A"', base=BINARY), SECOND, ("wrong_conduction",)),
    Wrong("conduction, too little for the pair", heat("factor: 0.02", base=BINARY), SECOND, ("soret_dufour",)),
    Wrong("conduction, steep", heat("factor: -1", "slope: steep", "beyond: 0.1"), SOLVED, ("wrong_conduction",)),
    Wrong("conduction, cubic", heat("factor: -1", "slope: cubic", "beyond: 0.2"), SOLVED, ("wrong_conduction",)),
    Wrong("conduction, uphill only", heat("factor: -1", "slope: one_sided"), SOLVED, ("wrong_conduction",)),
    Wrong("conduction, far nodes", heat("factor: -1", "slope: far", "beyond: 0.05"), SOLVED, ("wrong_conduction",)),
    Wrong("conduction in a cylinder, sign", heat(SIGN, base=CYLINDER), SECOND, ("wrong_conduction",)),
    Wrong("conduction in a plane, sign", heat(SIGN, base=PLANE), SECOND, ("wrong_conduction",)),
    Wrong("conduction in a plane, corner", heat('factor: "where(x*y > 1, -1, 1)"', base=PLANE), SECOND,
          ("wrong_conduction",)),
    Wrong("conduction, for a time", case_text(PURE, laws=change("conduction", LATER % "-0.01"),
          solve=MARCH), SECOND, ("wrong_conduction",), runs=True),
    Wrong("conduction, between two outputs", case_text(PURE, laws=change("conduction", FOR_A_WHILE), solve=MARCH),
          "dissipation between outputs", ("wrong_conduction",), runs=True),
    Wrong("conduction, state of a later time", case_text(PURE, initial="{T: 1.5}", solve=MARCH,
          boundaries="{left: {T: {dirichlet: 3.0}}, default: {T: no_flux}}",
          laws=change("conduction", 'factor: "where(x > 0.2, where(T > 2.0, -0.05, 1), 1)"')),
          SECOND, ("wrong_conduction",), runs=True),
    Wrong("fick, sign", fick(SIGN), SECOND, ("wrong_fick",)),
    Wrong("fick, sign where A is rare", fick('factor: "where(x_A < 0.32, -1, 1)"'), SECOND, ("wrong_fick",)),
    Wrong("fick, sign of a trace", fick('factor: "where(x_A < 1e-4, -1, 1)"', base=ISOTHERMAL | {
        "initial": '{x_A: "1e-9 + 1e-10*x"}'}), SECOND, ("wrong_fick",)),
    Wrong("fick, sign of a trace of B", fick('factor: "where(x_A > 0.9999, -1, 1)"', base=ISOTHERMAL | {
        "initial": '{x_A: "1 - 1e-8 - 1e-9*x"}'}), SECOND, ("wrong_fick",)),
    Wrong("fick, steep", fick("factor: -1", "slope: steep", "beyond: 0.05"), SOLVED, ("wrong_fick",)),
    Wrong("fick, cubic", fick("factor: -1", "slope: cubic", "beyond: 0.08"), SOLVED, ("wrong_fick",)),
    Wrong("fick, one-sided", fick("factor: -1", "slope: one_sided"), SOLVED, ("wrong_fick",)),
    Wrong("fick, near the right end", fick('factor: "where(x > 1.95, -1, 1)"'), SECOND, ("wrong_fick",)),
    Wrong("fick, between two outputs", case_text(ISOTHERMAL, laws=change("fick", FOR_A_WHILE), solve=MARCH),
          "dissipation between outputs", ("wrong_fick",), runs=True),
    Wrong("pair, sign of the heat", pair(SIGN, "only: energy"), ONSAGER, ("wrong_soret_dufour",)),
    Wrong("pair, sign of the matter", pair(SIGN, "only: x_A"), ONSAGER, ("wrong_soret_dufour",)),
    Wrong("pair, factor of the heat", pair("factor: 1.00001", "only: energy"), ONSAGER, ("wrong_soret_dufour",)),
    Wrong("pair, at rest", pair("factor: 2", "only: energy", base=FLAT), ONSAGER, ("wrong_soret_dufour",)),
    Wrong("pair, T instead of T^2", pair('factor: "1/T"', "only: energy"), ONSAGER, ("wrong_soret_dufour",)),
    Wrong("pair, heat in one half", pair('factor: "where(x > 1, 1, 0)"', "only: energy"), ONSAGER,
          ("wrong_soret_dufour",)),
    Wrong("pair, far too large", pair("factor: 20"), SECOND, ("wrong_soret_dufour",)),
    Wrong("pair, too large where it is hot", pair('factor: "where(T > 2, 20, 1)"'), SECOND, ("wrong_soret_dufour",)),
    Wrong("pair in a cylinder, sign of the heat", pair(SIGN, "only: energy", base=CYLINDER), ONSAGER,
          ("wrong_soret_dufour",)),
    Wrong("pair, dropped for a time", case_text(BINARY, laws=change(
        "soret_dufour", LATER % "0", "only: energy", beside="conduction, fick"), solve=MARCH),
        ONSAGER, ("wrong_soret_dufour",), runs=True),
    Wrong("pair, two conventions", case_text(BINARY, laws="[conduction, fick, soret, dufour]",
          properties=BINARY["properties"].replace("heat_c", "dufour_coefficient: 1.2, heat_c")), ONSAGER,
          ("soret", "dufour")),
    Wrong("cross-talk beside the pair", case_text(
        BINARY, laws="[conduction, fick, soret_dufour, cross_talk: {of: x_A, along: T, strength: 0.01}]"), ONSAGER,
        ("cross_talk",)),
    Wrong("cross-talk too large for a partner", case_text(
        BINARY, laws="[conduction, fick, cross_talk: {of: x_A, along: T, strength: 1.0}]"), SECOND, ("cross_talk",)),
    Wrong("heat of another gradient too large", case_text(
        BINARY, laws="[conduction, fick, cross_talk: {of: energy, along: x_A, strength: 20}]"), SECOND,
        ("cross_talk",)),
    Wrong("only cross-talk", case_text(BINARY, laws="[fick, cross_talk: {of: energy, along: x_A, strength: 1}]"),
          SECOND, ("cross_talk",)),
    Wrong("advection uphill, linear", case_text(PURE, laws="[conduction, disguised: {strength: 1, power: 1}]"), SECOND,
          ("disguised",)),
    Wrong("advection uphill, by the square", case_text(PURE, laws="[conduction, disguised: {strength: 4, power: 2}]"),
          SOLVED, ("disguised",)),
    Wrong("advection uphill, by the root", case_text(PURE, laws="[conduction, disguised: {strength: 1, power: 0.5}]"),
          SECOND, ("disguised",)),
    Wrong("stefan, sign", stefan(SIGN, FILM), SECOND, ("wrong_maxwell_stefan",)),
    Wrong("stefan, sign of one species", stefan(SIGN, "only: x_A", FILM), SECOND, ("wrong_maxwell_stefan",)),
    Wrong("stefan, factor of one species", stefan("factor: 1.1", "only: x_A", FILM), ONSAGER,
          ("wrong_maxwell_stefan",)),
    Wrong("stefan, one species by state", stefan('factor: "1 + x_B"', "only: x_B", FILM), ONSAGER,
          ("wrong_maxwell_stefan",)),
    Wrong("stefan, species coupled beside it", case_text(TERNARY, laws=TERNARY["laws"].replace(
        "}}]", "}}, cross_talk: {of: x_A, along: x_B, strength: 1e-4}]")), ONSAGER, ("cross_talk",)),
    Wrong("stefan with heat, sign of the heat", stefan(SIGN, "only: energy", FACTORS, base=HOT), ONSAGER,
          ("wrong_maxwell_stefan",)),
    Wrong("stefan with heat, factor of the heat", stefan("factor: 1.01", "only: energy", FACTORS, base=HOT), ONSAGER,
          ("wrong_maxwell_stefan",)),
    Wrong("matrix not symmetric", case_text(MATRIX, laws=MATRIX["laws"].replace("B-B", "B-A: -4.8e-5, B-B")), ONSAGER,
          ("phenomenological",)),
    Wrong("matrix not positive", case_text(MATRIX, laws=MATRIX["laws"].replace("-4.86e-5", "-8e-5")), SECOND,
          ("phenomenological",)),
    Wrong("matrix, L_iq not L_qi", case_text(MATRIX, laws=MATRIX["laws"].replace(
        "L_ij", "L_iq: {A: -0.07, B: 0.028}, L_ij")), ONSAGER, ("phenomenological",)),
    Wrong("matrix, heat of one species", case_text(MATRIX, laws=change(
        "phenomenological", "factor: 1.5", "only: x_B", MATRIX["laws"].partition("{")[2][:-2])), ONSAGER,
        ("wrong_phenomenological",)),
    Wrong("liquid, sign", case_text(LIQUID, laws=change(
        "maxwell_stefan", SIGN, "diffusivities: {A-B: 1e-9}")), SECOND, ("wrong_maxwell_stefan",)),
    Wrong("liquid, fick in an unstable mixture", case_text(
        LIQUID, properties=LIQUID["properties"].replace("1.2", "2.6"), laws="[fick]"), SECOND, ("fick",)),
    Wrong("darcy, sign", pore(DARCY % "-1", **DIFFUSIVE), SECOND, ("bulk_flow",)),
    Wrong("darcy, in one half", pore(DARCY % "-1, beyond: 0.005", **DIFFUSIVE), SECOND, ("bulk_flow",)),
    Wrong("mechanical equilibrium, sign", pore(LEVEL % "-1", **LIGHT), SECOND, ("bulk_flow",)),
    Wrong("dusty gas, sign", pore(DUSTY % "-1"), SECOND, ("bulk_flow",)),
    Wrong("dusty gas, factor", pore(DUSTY % "1.2"), ONSAGER, ("bulk_flow",)),
    Wrong("tensor, not positive", case_text(PLANE, laws="[turned: {diagonal: 0.5, upper: 0.9, lower: 0.9}]"), SECOND,
          ("turned",)),
    Wrong("tensor, sign", case_text(PLANE, laws="[turned: {diagonal: -0.5, upper: 0.0, lower: 0.0}]"), SECOND,
          ("turned",)),
    Wrong("tensor, not symmetric", case_text(PLANE, laws="[turned: {diagonal: 0.5, upper: 0.1, lower: -0.1}]"),
          ONSAGER, ("turned",)),
    Wrong("metric not symmetric", case_text(
        TERNARY, properties="{thermodynamic_factor: {wrong_margules: {interactions: {A-B: 0.4}, excess: 0.1}}}"),
        "symmetry of the metric", ("mixture",)),
    Wrong("metric, factor", case_text(LIQUID, mixture=LIQUID["mixture"].replace(
        "liquid: {", "wrong_liquid: {factor: 1.1, ")),
          "potential of the metric", ("mixture",)),
    Wrong("metric, sign", case_text(LIQUID, mixture=LIQUID["mixture"].replace(
        "liquid: {", "wrong_liquid: {factor: -1, ")),
          "potential of the metric", ("mixture",)),
]  # fmt: skip


@dataclass(frozen=True)
class Unseen:
    """A wrong set that is not called violated: the verdict on one term, and the reason."""

    name: str
    text: str
    term: str
    verdict: str
    reason: str
    runs: bool = False


UNSTABLE = LIQUID["properties"].replace("1.2", "2.6")
DRIFT = "a flux without any gradient is external: nothing in the case opposes it"
FREE = "the theorems leave the size of a coefficient open"
NONLINEAR = "reciprocity is a theorem for small gradients, and holds there"

OPEN = [
    Unseen("spinodal", case_text(LIQUID, properties=UNSTABLE), "mixture", "not judged",
           "the fluxes produce entropy, but the mixture unmixes, for which the equations are not meant"),
    Unseen("soret alone", case_text(BINARY, laws="[conduction, fick, soret]"), "soret", "one-way",
           "its partner is left out, which is a model; the size of the partner is reported"),
    Unseen("cross-talk alone", case_text(
        BINARY, laws="[conduction, fick, cross_talk: {of: x_A, along: T, strength: 0.01}]"), "cross_talk", "one-way",
        "as soret alone"),
    Unseen("heat pumped by a given flux", case_text(PURE, laws="[conduction, cooler: {strength: 3}]"), "cooler",
           "external", DRIFT),
    Unseen("heat carried uphill at a given speed", case_text(
        PURE, laws="[conduction, disguised: {strength: 3, power: 0}]"), "disguised", "external", DRIFT),
    Unseen("pair, steep", pair(SIGN, "only: energy", "slope: steep", "beyond: 0.05"), "wrong_soret_dufour",
           "not judged", NONLINEAR),
    Unseen("pair, one sign of the gradient", pair("factor: 3", "only: x_A", "slope: cubic", "beyond: 1"),
           "wrong_soret_dufour", "not judged", NONLINEAR),
    Unseen("pair, far nodes", pair(SIGN, "only: energy", "slope: far", "beyond: 0.05"), "wrong_soret_dufour", "passed",
           "what a law does only between distant nodes counts as numerical, as exponential fitting does"),
    Unseen("conduction, factor", heat("factor: 3"), "wrong_conduction", "passed", FREE),
    Unseen("conduction, kink at steep gradients", heat("factor: 0.5", "slope: steep", "beyond: 0.1"),
           "wrong_conduction", "not judged", NONLINEAR),
    Unseen("pair, both signs", pair(SIGN), "wrong_soret_dufour", "passed", FREE),
    Unseen("pair, both factors", pair("factor: 1.1"), "wrong_soret_dufour", "passed", FREE),
    Unseen("stefan, factor", stefan("factor: 2", FILM), "wrong_maxwell_stefan", "passed", FREE),
    Unseen("darcy, factor", pore(DARCY % "5", **DIFFUSIVE), "bulk_flow", "passed", FREE),
    Unseen("conduction, in a state that does not occur", heat('factor: "where(T > 2.5, -1, 1)"'), "wrong_conduction",
           "passed", "only what occurs is judged"),
    Unseen("conduction, for an instant", case_text(PURE, solve="{transient: 0.1}", laws=change(
        "conduction", 'factor: "1 - 1.5*exp(-((t - 0.04123)/1e-9)**2)"')), "wrong_conduction", "passed",
        "one accepted step in four is looked at", runs=True),
]  # fmt: skip
"""Wrong sets that the audit does not call violated; `docs/numerics/audit.md` lists the reasons."""
