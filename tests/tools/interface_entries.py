"""Two layers with a condition between them: every registered condition in every registered mixture that can carry it.

The formulas are written by hand from the states on both sides of the interface and from the fluxes through it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from fvtransport.discretisation.snapshot import Snapshot

from .cases import case_text

__all__ = ["ENTRIES", "IMPOSSIBLE", "MIXTURES", "Entry", "Layers", "States", "text_of"]

R = 8.31446261815324
T0 = 298.15


@dataclass(frozen=True)
class Layers:
    """A mixture in two layers, and the values of each field at both ends; equal where nothing is to flow."""

    plugin: str
    blocks: Mapping[str, str]
    ends: Mapping[str, tuple[float, float]]
    species: str = ""
    heat_capacities: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()


_PAIRS = "{diffusivities: {A-B: {by_region: {a: 2e-5, b: 3e-5}}, A-C: 4e-5, B-C: {by_region: {a: 1e-5, b: 3e-5}}}}"
_CONDUCTIVITY = "conductivity: {by_region: {a: 0.05, b: 0.08}}"
_GAS = "species: [A, B, C], pressure: 1e5, molar_heat_capacity: {A: 30, B: 45, C: 20}"
_FLOW = "permeability: 1e-12, viscosity: 1.5e-5"
_ENDS = {"T": (350.0, 300.0), "x_A": (0.5, 0.2)}
MIXTURES = {
    "pure": Layers("pure", {"mixture": "pure", "properties": f"{{{_CONDUCTIVITY}}}", "laws": "[conduction]"},
                   {"T": (350.0, 300.0)}),
    "binary": Layers("binary", {
        "mixture": "{binary: {species: [A, B], concentration: 40}}", "laws": "[fick, conduction]",
        "properties": f"{{diffusivity: {{by_region: {{a: 2e-5, b: 4e-5}}}}, {_CONDUCTIVITY}}}",
    }, _ENDS, "AB", weights=(1.0, 1.0)),
    "liquid": Layers("liquid", {
        "mixture": "{liquid: {species: [A, B, C], density: 1.0, molar_masses: {A: 0.02, B: 0.02, C: 0.05}}}",
        "properties": f"{{{_CONDUCTIVITY}}}", "laws": f"[maxwell_stefan: {_PAIRS}, conduction]",
    }, _ENDS | {"x_B": (0.2, 0.3)}, "ABC", weights=(0.02, 0.02, 0.05)),
    "stagnant gas": Layers("gas", {
        "mixture": f"{{gas: {{{_GAS}, bulk_flow: {{stagnant: C}}}}}}",
        "properties": f"{{{_CONDUCTIVITY}}}", "laws": f"[maxwell_stefan: {_PAIRS}, conduction]",
    }, _ENDS | {"x_B": (0.2, 0.3)}, "ABC", (30.0, 45.0, 20.0), (0.0, 0.0, 1.0)),
    "flowing gas": Layers("gas", {
        "mixture": f"{{gas: {{{_GAS}, bulk_flow: darcy}}}}",
        "properties": f"{{{_CONDUCTIVITY}, {_FLOW}}}", "laws": f"[maxwell_stefan: {_PAIRS}, conduction]",
    }, _ENDS | {"x_B": (0.2, 0.3), "p": (1.02e5, 1e5)}, "ABC", (30.0, 45.0, 20.0)),
}  # fmt: skip


@dataclass(frozen=True)
class States:
    """What a snapshot has on both sides of its interface: fields (2,) and fluxes from left to right, by name."""

    layers: Layers
    snapshot: Snapshot
    interface: str

    def __getitem__(self, name: str) -> np.ndarray:
        """A field on the left and on the right; c_A is a concentration."""
        if name.startswith("c_"):
            return self["c"] * self[f"x_{name[2:]}"]
        if name == "x_last":
            return 1.0 - sum(self[f"x_{each}"] for each in self.layers.species[:-1])
        if name == "c":
            handle = next(each for each in self.snapshot.mixture.provides() if each.name == "concentration")
        else:
            handle = next(each.field for each in self.snapshot.system.balances if each.field.name == name)
        return np.array([self.snapshot.interface_mean(handle, self.interface, side) for side in ("left", "right")])

    def flux(self, name: str) -> np.ndarray:
        """Flux of a balance, or of the last species, that leaves the left side and that enters the right one."""
        if name == "last":
            own = [self.flux(each) for each in self.layers.species[:-1]]
            if not self.layers.weights:
                return self.flux("moles") - sum(own)
            return -sum(a * each for a, each in zip(self.layers.weights, own)) / self.layers.weights[-1]
        balance = next(each for each in self.snapshot.system.balances if each.name == name)
        return np.array([self.snapshot.interface_flux(balance, self.interface, side) for side in ("left", "right")])

    @property
    def names(self) -> Sequence[str]:
        """Species as balances name them, the last one as `last`."""
        return (*self.layers.species[:-1], "last") if self.layers.species else ()

    def by_potentials(self, but: Sequence[str] = ()) -> float:
        """J_e [1/T] - sum_i N_i [mu_i/T] , mu_i/T = R ln(x_i p) - c_i (ln T + T_0/T); without some of the species."""
        T, total = self["T"], 0.0
        p = self["p"] if "p" in self.layers.ends else np.ones(2)
        for k, name in enumerate(self.names):
            heat = self.layers.heat_capacities[k] if self.layers.heat_capacities else 0.0
            fraction = 1.0 if name in but else self[f"x_{name}"] * p
            potential = R * np.log(fraction) - heat * (np.log(T) + T0 / T)
            total -= self.flux(name).mean() * np.diff(np.broadcast_to(potential, 2))[0]
        return float(total + self.flux("energy").mean() * np.diff(1.0 / T)[0])


Formula = Callable[[States], float]


@dataclass(frozen=True)
class Entry:
    """A condition in layers: its text and that of the mirrored one, by field, and the entropy production per area.

    ends are those of some fields, where they are not those of the layers; equal are the ends between which nothing
    flows; where absent, the value of the left end on both.
    """

    condition: str
    layers: str
    texts: Mapping[str, str]
    formula: Formula
    mirrored: Mapping[str, str] = field(default_factory=dict)
    at_rest: Mapping[str, str] = field(default_factory=dict)
    equal: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    ends: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """For the name of a test."""
        return f"{self.condition} of {'+'.join(self.texts)} in {self.layers}"


def text_of(entry: Entry, ends: Mapping[str, tuple[float | None, float]] | None = None, area: float = 1.0,
            is_turned: bool = False, texts: Mapping[str, str] | None = None) -> str:  # fmt: skip
    """The case of an entry; turned, the interface is named b-a and the condition is mirrored."""
    layers = MIXTURES[entry.layers]
    ends = layers.ends | entry.ends if ends is None else ends
    given = texts or ({**entry.texts, **entry.mirrored} if is_turned else entry.texts)
    sides = [", ".join(f"{name}: {_at_end(pair[k])}" for name, pair in ends.items()) for k in (0, 1)]
    conditions = ", ".join(f"{name}: {{{entry.condition}: {text}}}" for name, text in given.items())
    return case_text(
        layers.blocks,
        title="layers", units="SI", solve="steady",
        mesh=f"{{type: Grid1D, length: 0.02, cells: 6, cross_section: {area}, regions: {{a: x < 0.01, b: x >= 0.01}}}}",
        boundaries=f"{{left: {{{sides[0]}}}, right: {{{sides[1]}}}}}",
        interfaces=f"{{{'b-a' if is_turned else 'a-b'}: {{{conditions}}}}}",
    )  # fmt: skip


_DILUTE = {"x_A": (0.05, 0.01), "x_B": (0.2, 0.2)}
"""A solute in a gas; beyond that a membrane with a volume flow, which counts moles by their mean, has no sign."""
_COUNTER = _DILUTE | {"p": (1e5, 1.02e5)}
"""And a flow against the solute, with which the jump of the other species between equal pressures has a sign."""


def _at_end(value: float | None) -> str:
    """A given value, or a closed end."""
    return "no_flux" if value is None else f"{{dirichlet: {value!r}}}"


def _resistances() -> list[Entry]:
    sizes = {"T": "0.05", "x_A": "{x_A}", "p": "2e3"}
    per_flux = {"binary": "5", "liquid": "5", "stagnant gas": "2", "flowing gas": "0.5"}
    return [
        Entry("contact_resistance", name, {each: sizes[each].format(x_A=per_flux.get(name, ""))}, States.by_potentials)
        for name, layers in MIXTURES.items()
        for each in layers.ends
        if each in sizes
    ]


def _partition(states: States) -> float:
    """Nothing by what is in equilibrium; where the moles are solved for, what the last species makes of its jump."""
    return states.by_potentials(("A",)) if "p" in states.layers.ends else 0.0


def _dilute(states: States, permeability: float, conductivity: float, sigma: float, pressure: float) -> float:
    """J_s R [ln c] and J_v (Delta p - R T Delta c)/T from left to right."""
    c, T = states["c_A"], states["T"].mean()
    osmotic = R * T * (c[0] - c[1])
    mean = osmotic / (R * T * np.log(c[0] / c[1])) if c[0] != c[1] else c[0]
    flow = conductivity * (pressure - sigma * osmotic)
    return float((flow**2 / conductivity + permeability * osmotic**2 / mean) / T) if conductivity else float(
        permeability * osmotic**2 / mean / T)  # fmt: skip


def _membranes() -> list[Entry]:
    text = "{{solute_permeability: 2e-8, hydraulic_conductivity: 2e-9, reflection_coefficient: 0.4{more}}}"
    given = ", pressure_difference: {}"
    found = []
    for name in ("binary", "liquid", "stagnant gas"):
        forward, back, none = (text.format(more=given.format(each)) for each in ("3e4", "-3e4", "0"))
        found.append(Entry(
            "membrane", name, {"x_A": forward}, lambda states: _dilute(states, 2e-8, 2e-9, 0.4, 3e4),
            mirrored={"x_A": back}, at_rest={"x_A": none},
        ))  # fmt: skip
        found.append(Entry("membrane", name, {"x_A": "{solute_permeability: 2e-8}"},
                           lambda states: _dilute(states, 2e-8, 0.0, 0.0, 0.0)))  # fmt: skip
    own = text.format(more="")
    found.append(
        Entry(
            "membrane", "flowing gas", {"x_A": own, "p": own[:-1] + ", solute: A}"}, States.by_potentials, ends=_DILUTE
        )
    )
    return found


def _reactions() -> list[Entry]:
    text = (
        "{{reactants: {{A: 1}}, products: {{B: 1}}, rate_constant: 2e-3, reverse_rate_constant: 1e-3, "
        "heat_of_reaction: -2e3{}}}"
    )

    def affinity(states: States) -> float:
        forward, back = 2e-3 * states["c_A"][0], 1e-3 * states["c_last" if states.layers.species == "AB" else "c_B"][0]
        return float(R * (forward - back) * np.log(forward / back))

    rest = {"binary": {"x_A": (1 / 3, 1 / 3)}}
    ternary = {"x_A": (0.2, 0.2), "x_B": (0.4, 0.4)}
    return [
        Entry("interface_reaction", name, {"x_A": text.format("")}, affinity,
              mirrored={"x_A": text.format(", side: right")}, equal=rest.get(name, ternary))
        for name in MIXTURES if name != "pure"
    ]  # fmt: skip


_RATIO = "1.5*exp(100/T)"
ENTRIES = [
    *_resistances(),
    *(Entry("partition", name, {"x_A": f"{{ratio: {_RATIO!r}}}"}, _partition,
            mirrored={"x_A": f"{{ratio: '1/({_RATIO})'}}"}, ends=_COUNTER if name == "flowing gas" else {})
      for name in ("binary", "liquid", "stagnant gas", "flowing gas")),
    *(Entry("partition", name, {"x_A": "{left: {sieverts: 0.5}, right: {henry: '1e-2*exp(200/T)'}}"}, _partition,
            mirrored={"x_A": "{right: {sieverts: 0.5}, left: {henry: '1e-2*exp(200/T)'}}"})
      for name in ("binary", "liquid", "stagnant gas")),
    *_membranes(),
    *_reactions(),
    *(Entry("sorption", name, {"x_A": "1e-4"}, lambda states: 0.0) for name in MIXTURES if name != "pure"),
]  # fmt: skip
IMPOSSIBLE = {(name, "pure") for name in ("partition", "membrane", "interface_reaction", "sorption")}
"""Conditions on species, in a mixture that has none."""
