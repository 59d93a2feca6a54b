"""Right sets of reactions, and wrong ones made of them by one change each, with what the audit must say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.tools.cases import case_text

R = 8.31446261815324
LAWS_FILE = Path(__file__).with_name("reaction_laws.py")

BINARY = {
    "mesh": '{type: Grid1D, length: 1 cm, cells: 12, regions: {cold: "x < 0.005", hot: "x >= 0.005"}}',
    "mixture": "{binary: {species: [A, B], concentration: 40 mol/m^3}}",
    "properties": "{diffusivity: 1e-5, conductivity: 0.03, heat_capacity: 1200 J/m^3/K}",
    "initial": '{T: "300 + 1e4*x", x_A: "0.2 + 30*x"}',
    "boundaries": "{default: {T: no_flux, x_A: no_flux}}",
    "solve": "{transient: {until: 1 s}}",
}
ISOTHERMAL = BINARY | {
    "mixture": "{binary: {species: [A, B], concentration: 40 mol/m^3, temperature: 400 K}}",
    "properties": "{diffusivity: 1e-5}",
    "initial": '{x_A: "0.2 + 30*x"}',
    "boundaries": "{default: {x_A: no_flux}}",
}
GAS = BINARY | {
    "mixture": "{gas: {species: [A, B], pressure: 1 bar, molar_heat_capacity: {A: 40, B: 30}}}",
    "properties": "{diffusivity: 1e-5, conductivity: 0.03}",
    "boundaries": "{default: {T: {dirichlet: 350}, x_A: {dirichlet: 0.3}}}",
    "solve": "steady",
}
DISSOCIATING = GAS | {
    "mixture": "{gas: {species: [A, B], pressure: 1 bar, bulk_flow: {flux_ratio: {A: 2, B: 1}},"
    " molar_heat_capacity: {A: 77, B: 37}}}"
}
TERNARY = GAS | {
    "mixture": "{gas: {species: [A, B, C], pressure: 1 bar, molar_heat_capacity: 35}}",
    "properties": "{conductivity: 0.03}",
    "initial": '{T: "300 + 1e4*x", x_A: "0.2 + 30*x", x_B: 0.3}',
    "boundaries": "{default: {T: {dirichlet: 350}, x_A: {dirichlet: 0.3}, x_B: {dirichlet: 0.3}}}",
}
"""The mixtures; laws are added by each set."""
STEFAN = "maxwell_stefan: {diffusivities: {A-B: 1e-5, A-C: 2e-5, B-C: 1.5e-5}}"

A_B = "reactants: {A: 1}, products: {B: 1}"
A_2B = "reactants: {A: 1}, products: {B: 2}"
FAST = "rate_constant: {arrhenius: {pre_exponential_factor: 3e6, activation_energy: 50 kJ/mol}}"


def boltzmann(factor: float, heat: float, more: str = "") -> str:
    """The property factor exp(-heat/(R T)) times more."""
    return f'"{factor!r}*exp(-({heat!r})/({R!r}*T)){more}"'


def kirchhoff(factor: float, heat: float, rise: float, change: int = 0) -> str:
    """K_c in an ideal gas with Delta_H = heat + rise (T - 298.15) and a change in the number of moles."""
    return boltzmann(factor, heat - rise * 298.15, f"*T**({rise / R!r} - {change})")


def reaction(*parts: str) -> str:
    """A law in the list of laws."""
    return "{reaction: {" + ", ".join(part for part in parts if part) + "}}"


def laws(*reactions: str, diffusion: str = "fick", heat: bool = True) -> str:
    """The block of laws."""
    return "[" + ", ".join([diffusion, *(["conduction"] if heat else []), *reactions]) + "]"


def loop(third: str, heat: str = "10 kJ/mol", second: str = "", first: str = "-30 kJ/mol") -> str:
    """A = B, B = C, A = C, of which Delta_H is -30, 40 and 10 kJ/mol."""
    steps = (
        reaction(A_B, FAST, f"equilibrium_constant: {boltzmann(2e-4, -30e3)}", f"heat_of_reaction: {first}"),
        reaction(
            "reactants: {B: 1}, products: {C: 1}", FAST,
            f"equilibrium_constant: {second or boltzmann(3e5, 40e3)}", "heat_of_reaction: 40 kJ/mol",
        ),
        reaction("reactants: {A: 1}, products: {C: 1}", FAST, f"equilibrium_constant: {third}",
                 f"heat_of_reaction: {heat}" if heat else ""),
    )  # fmt: skip
    return laws(*steps, diffusion=STEFAN)


def opposite(there: str, back: str, **more: bool) -> str:
    """Two irreversible reactions, A -> B and B -> A, with their heats."""
    turned = "reactants: {B: 1}, products: {A: 1}"
    return laws(reaction(A_B, FAST, there), reaction(turned, FAST, back), **more)


K, HEAT = f"equilibrium_constant: {boltzmann(4e-3, -20e3)}", "heat_of_reaction: -20 kJ/mol"
K_GAS = f"equilibrium_constant: {kirchhoff(1e4, -20e3, -10.0)}"
K_TWO = f"equilibrium_constant: {kirchhoff(4e12, 57e3, -3.0, 1)}"
DATA = "enthalpies: {A: 9.079e3, B: 33.095e3}, entropies: {A: 304.376, B: 240.034}"
NITROGEN = (
    "nasa7: {A: {low: [3.5, 1e-3, 2e-7, 0, 0, -1e3, 4.0], high: [3.58, 9e-4, 2.2e-7, 0, 0, -1036.66667, 3.53738]},"
    " B: {low: [3.1, 2e-3, 0, 0, 0, 2e2, 5.0]}}"
)
BOTH = "reactants: {A: 1, B: 1}, products: {B: 2}"

RIGHT: dict[str, str] = {
    "isomers": case_text(BINARY, laws=laws(reaction(A_B, FAST, K, HEAT))),
    "isomers, both rates": case_text(BINARY, laws=laws(reaction(
        A_B, FAST, "reverse_rate_constant: {arrhenius: {pre_exponential_factor: 7.5e8, activation_energy: 70 kJ/mol}}",
        HEAT))),
    "isomers without heat": case_text(BINARY, laws=laws(reaction(A_B, FAST, "equilibrium_constant: 4"))),
    "isomers at a given temperature": case_text(
        ISOTHERMAL, laws=laws(reaction(A_B, "rate_constant: 1, equilibrium_constant: 4"), heat=False)),
    "isomers in a gas": case_text(GAS, laws=laws(reaction(A_B, FAST, K_GAS, HEAT))),
    "isomers from data": case_text(BINARY, laws=laws(reaction(A_B, FAST, f"equilibrium: {{{DATA}}}"))),
    "isomers in a gas from data": case_text(GAS, laws=laws(reaction(A_B, FAST, f"equilibrium: {{{DATA}}}"))),
    "isomers from NASA's polynomials": case_text(
        GAS, laws=laws(reaction(A_B, FAST, f"equilibrium: {{{NITROGEN}, temperature: 350 K}}"))),
    "at a given temperature from NASA's polynomials": case_text(
        ISOTHERMAL, laws=laws(reaction(A_B, "rate_constant: 1", f"equilibrium: {{{NITROGEN}}}"), heat=False)),
    "dissociation": case_text(DISSOCIATING, laws=laws(reaction(A_2B, FAST, K_TWO, "heat_of_reaction: 57 kJ/mol"))),
    "dissociation from data": case_text(
        DISSOCIATING, laws=laws(reaction(A_2B, FAST, f"equilibrium: {{{DATA}, standard_pressure: 1 bar}}"))),
    "autocatalysis": case_text(BINARY, laws=laws(reaction(
        BOTH, "rate_constant: {arrhenius: {pre_exponential_factor: 3e6, activation_energy: 50 kJ/mol}}", K, HEAT))),
    "orders of one half": case_text(BINARY, laws=laws(reaction(
        "reactants: {A: 0.5}, products: {B: 0.5}", FAST, f"equilibrium_constant: {boltzmann(4e-3, -20e3)}", HEAT))),
    "two ways of one reaction": case_text(BINARY, laws=laws(
        reaction(A_B, FAST, K, HEAT), reaction(A_B, "rate_constant: 0.3", K, HEAT))),
    "both ways of one reaction by half": case_text(BINARY, laws=laws(
        reaction(A_B, FAST, K, HEAT),
        reaction("reactants: {B: 2}, products: {A: 2}", "rate_constant: 0.3",
                 f"equilibrium_constant: {boltzmann(4e-3**-2, 40e3)}", "heat_of_reaction: 40 kJ/mol"))),
    "opposite and irreversible": case_text(BINARY, laws=opposite(HEAT, "heat_of_reaction: 20 kJ/mol")),
    "loop": case_text(TERNARY, laws=loop(boltzmann(2e-4 * 3e5, 10e3))),
    "loop from data": case_text(TERNARY, laws=laws(*(
        reaction(f"reactants: {{{one}: 1}}, products: {{{other}: 1}}", FAST,
                 "equilibrium: {enthalpies: {A: 1e4, B: -2e4, C: 3e4}, entropies: {A: 200, B: 150, C: 210}}")
        for one, other in ("AB", "BC", "AC")), diffusion=STEFAN)),
    "orders of a law of its own": case_text(ISOTHERMAL, plugins=f"[{LAWS_FILE}]", laws=laws(
        "orders_at_odds: {forward: 1, reverse: 2}", heat=False)),
    "heat of a law of its own": case_text(BINARY, plugins=f"[{LAWS_FILE}]", laws=laws(
        "declares_other_heat: {heat: -2e4, produced: -2e4}")),
}  # fmt: skip
"""Sets that obey thermodynamics, by name."""


@dataclass(frozen=True)
class WrongSet:
    """A set with one mistake: the case, and the rule and terms that must be violated, or not judged.

    rule is '' where nothing can tell, for the reason given.
    """

    name: str
    text: str
    rule: str
    terms: tuple[str, ...] = ("reaction",)
    is_judged: bool = True
    reason: str = ""


def wrong(name: str, base: dict[str, str], rule: str, block: str, *terms: str, **more: object) -> WrongSet:
    """A wrong set from the mixture and the block of laws."""
    own = {"plugins": f"[{LAWS_FILE}]"} if "at_odds" in block or "declares" in block or "undeclared" in block else {}
    return WrongSet(name, case_text(base, laws=block, **own), rule, terms or ("reaction",), **more)


LOOP = ("reaction", "reaction_2", "reaction_3")
PAIR = ("reaction", "reaction_2")
HOFF, WEGSCHEIDER, HESS, KIRCHHOFF, ACTION, DECLARED = (
    "van 't Hoff", "Wegscheider's condition", "Hess's law", "Kirchhoff's law", "mass action", "declared rates",
)  # fmt: skip
WRONG: tuple[WrongSet, ...] = (
    wrong("sign of the heat", BINARY, HOFF, laws(reaction(A_B, FAST, K, "heat_of_reaction: 20 kJ/mol"))),
    wrong("heat doubled", BINARY, HOFF, laws(reaction(A_B, FAST, K, "heat_of_reaction: -40 kJ/mol"))),
    wrong("heat per calorie", BINARY, HOFF, laws(reaction(A_B, FAST, K, "heat_of_reaction: -4.78 kJ/mol"))),
    wrong("heat off by 1e-5", BINARY, HOFF, laws(reaction(A_B, FAST, K, "heat_of_reaction: -20.0002 kJ/mol"))),
    wrong("heat left out", BINARY, HOFF, laws(reaction(A_B, FAST, K))),
    wrong("constant K with heat", BINARY, HOFF, laws(reaction(A_B, FAST, "equilibrium_constant: 4", HEAT))),
    wrong("wrong sign of van 't Hoff", BINARY, HOFF, laws(reaction(
        A_B, FAST, f"equilibrium_constant: {boltzmann(4e-3, 20e3)}", HEAT))),
    wrong("k_r with E_f + Delta_H", BINARY, HOFF, laws(reaction(
        A_B, FAST, "reverse_rate_constant: {arrhenius: {pre_exponential_factor: 2, activation_energy: 30 kJ/mol}}",
        HEAT))),
    wrong("K in one region only", BINARY, HOFF, laws(reaction(
        A_B, FAST, f"equilibrium_constant: {{by_region: {{cold: {boltzmann(4e-3, -20e3)}, hot: 2}}}}", HEAT))),
    wrong("K steep above 380 K", BINARY, HOFF, laws(reaction(
        A_B, FAST, f"equilibrium_constant: {boltzmann(4e-3, -20e3, '*(1 + exp((T - 390)/2))')}", HEAT))),
    wrong("heat in a gas without its heat capacities", GAS, HOFF, laws(reaction(
        A_B, FAST, f"equilibrium_constant: {boltzmann(1e4, -20e3)}", HEAT))),
    wrong("sign of the heat in a gas", GAS, HOFF, laws(reaction(A_B, FAST, K_GAS, "heat_of_reaction: 20 kJ/mol"))),
    wrong("sum nu left out", DISSOCIATING, HOFF, laws(reaction(
        A_2B, FAST, f"equilibrium_constant: {kirchhoff(4e12, 57e3, -3.0, 0)}", "heat_of_reaction: 57 kJ/mol"))),
    wrong("sum nu with the wrong sign", DISSOCIATING, HOFF, laws(reaction(
        A_2B, FAST, f"equilibrium_constant: {kirchhoff(4e12, 57e3, -3.0, -1)}", "heat_of_reaction: 57 kJ/mol"))),
    wrong("constant K_c in a dissociating gas", DISSOCIATING, HOFF, laws(reaction(
        A_2B, FAST, "equilibrium_constant: 0.1 mol/m^3"))),
    wrong("autocatalysis with the wrong heat", BINARY, HOFF, laws(reaction(
        BOTH, FAST, K, "heat_of_reaction: -10 kJ/mol"))),
    wrong("loop with one K off by 1 %", TERNARY, WEGSCHEIDER, loop(boltzmann(1.01 * 60.0, 10e3)), *LOOP),
    wrong("loop with one K off by 1e-9", TERNARY, WEGSCHEIDER, loop(boltzmann((1 + 1e-9) * 60.0, 10e3)), *LOOP),
    wrong("loop with one K inverted", TERNARY, WEGSCHEIDER, loop(boltzmann(1 / 60.0, -10e3)), *LOOP),
    wrong("loop with one heat off", TERNARY, HESS, loop(boltzmann(60.0, 10e3), "10.1 kJ/mol"), *LOOP),
    wrong("loop with one heat left out", TERNARY, HESS, loop(boltzmann(60.0, 10e3), ""), *LOOP, is_judged=False,
          reason="a reaction without a heat of reaction may have any"),
    wrong("loop with one K steeper", TERNARY, HOFF, loop(boltzmann(60.0, 10e3), second=boltzmann(3e5, 41e3)),
          "reaction_2"),
    wrong("loop with two heats exchanged", TERNARY, HESS, loop(boltzmann(60.0, 10e3), first="40 kJ/mol"), *LOOP),
    wrong("two ways with two K", BINARY, WEGSCHEIDER, laws(
        reaction(A_B, FAST, K, HEAT),
        reaction(A_B, "rate_constant: 0.3", f"equilibrium_constant: {boltzmann(5e-3, -20e3)}", HEAT)), *PAIR),
    wrong("autocatalysis and its plain way with two K", ISOTHERMAL, WEGSCHEIDER, laws(
        reaction(A_B, "rate_constant: 1, equilibrium_constant: 4"),
        reaction(BOTH, "rate_constant: 1, equilibrium_constant: 5"), heat=False), *PAIR),
    wrong("a catalyst that turns itself", ISOTHERMAL, WEGSCHEIDER, laws(reaction(
        "reactants: {A: 1, B: 1}, products: {A: 1, B: 1}", "rate_constant: 1, equilibrium_constant: 2"), heat=False)),
    wrong("opposite and irreversible, both exothermic", BINARY, HESS, opposite(HEAT, HEAT), *PAIR),
    wrong("opposite and irreversible, exothermic in a gas", GAS, HESS, opposite(HEAT, HEAT), *PAIR),
    wrong("opposite and irreversible, one heat left out", BINARY, HESS, opposite(HEAT, ""), *PAIR, is_judged=False,
          reason="a reaction without a heat of reaction may have any"),
    wrong("K off in a loop, in one region", ISOTHERMAL, WEGSCHEIDER, laws(
        reaction(A_B, "rate_constant: 1, equilibrium_constant: 4"),
        reaction(A_B, "rate_constant: 2, equilibrium_constant: {by_region: {cold: 4, hot: 4.1}}"), heat=False), *PAIR),
    wrong("K off at one end of a composition", ISOTHERMAL, ACTION, laws(reaction(
        A_B, "rate_constant: 1", 'equilibrium_constant: "4*(1 + x_A**4)"'), heat=False)),
    wrong("another order on the way back", ISOTHERMAL, ACTION, laws(
        "orders_at_odds: {forward: 1, reverse: 0.1, order: 2}", heat=False), "orders_at_odds"),
    wrong("other heat than declared", BINARY, DECLARED, laws(
        "declares_other_heat: {heat: -2e4, produced: 2e4}"), "declares_other_heat"),
    wrong("other moles than declared", BINARY, DECLARED, laws(
        "declares_other_heat: {heat: -2e4, produced: -2e4, doubled: 2}"), "declares_other_heat"),
    wrong("an ideal reaction in a mixture that is not", ISOTHERMAL | {
        "properties": "{diffusivity: 1e-5, thermodynamic_factor: \"1 - 3*x_A*x_B\"}"}, ACTION,
        laws(reaction(A_B, "rate_constant: 1, equilibrium_constant: 4"), heat=False)),
    wrong("a wrong K at one temperature", ISOTHERMAL, "", laws(
        reaction(A_B, "rate_constant: 1, equilibrium_constant: 40"), heat=False),
        reason="without standard potentials any constant K is possible"),
    wrong("a wrong heat at a given temperature", ISOTHERMAL, "", laws(
        reaction(A_B, "rate_constant: 1, equilibrium_constant: 4", HEAT), heat=False),
        reason="at a given temperature a heat of reaction has no effect"),
    wrong("opposite and irreversible with any rates", ISOTHERMAL, "", laws(
        reaction(A_B, "rate_constant: 1"),
        reaction("reactants: {B: 1}, products: {A: 1}", "rate_constant: 7"), heat=False),
        reason="irreversible reactions are external, whatever drives them"),
    wrong("a reaction that declares nothing", ISOTHERMAL, "", laws("undeclared_reaction", heat=False),
          reason="a source without declared rates is external"),
)  # fmt: skip
"""Wrong sets."""
