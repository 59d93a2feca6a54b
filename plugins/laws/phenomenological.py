"""The linear laws of irreversible thermodynamics, from the matrix of their coefficients."""

import functools
from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np

from fvtransport import Context, FaceView, Issue, Law, Mixture, Property, State, View, mistakes, parameter, plugin

from ..handles import concentration, conductivity, energy, gas_constant, smallest_diffusivity, temperature
from ..theory.thermodynamics.enthalpies import enthalpy_differences
from ..theory.thermodynamics.metric import ABSENT
from ..validation import thermal_only


@plugin("phenomenological")
class Phenomenological(Law):
    """Heat and diffusion of any number of species from Onsager's coefficients, the last species N being the reference:

        q'  = L_qq X_q + sum_j L_qj X_j      [W m^-2] ,          X_q = grad(1/T)
        J_i = L_iq X_q + sum_j L_ij X_j      [mol m^-2 s^-1] ,   X_i = -(1/T) grad_T(mu_i - mu_N)

    L_qj by species, L_ij by pairs `A-B`. What is given once counts both ways (L_iq = L_qi, L_ji = L_ij); L_iq or a
    second entry `B-A` breaks reciprocity on purpose, and the audit says so. In an ideal mixture X_i = -R (d_i/x_i -
    d_N/x_N), d_i being grad x_i or, where a `body_force` acts, its driving force; coefficients must vanish with the
    mole fraction of their species.

    With heat_flux: total the coefficients are those of q' + sum_i h_i J_i, and the forces those that belong to it,
    X_i = -grad((mu_i - mu_N)/T): L_qq/T^2 is then not the conductivity. Linearised about a state, the coefficients and
    the factors of the gradients are those of that state.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapters IV and XI.
    """

    covers = ("conduction", "fick", "soret", "dufour", "soret_dufour", "maxwell_stefan", "mass_fraction_form")
    L_qq: Property | None = parameter(
        None, unit="W*K/m", minimum=0.0, meaning="L_qq = kappa T^2; none where the temperature is given"
    )
    L_qi: Mapping[str, Property] = parameter({}, unit="mol*K/m/s", meaning="L_qi by species, all but the last")
    L_ij: Mapping[str, Property] = parameter(
        unit="mol^2*K/J/m/s",
        meaning="L_ij by pairs of all species but the last, such as {A-A: ..., A-B: ..., B-B: ...}",
    )
    L_iq: Mapping[str, Property] = parameter(
        {}, unit="mol*K/m/s", meaning="L_iq where they are not L_qi, against reciprocity"
    )
    heat_flux: Literal["reduced", "total"] = parameter(
        "reduced", meaning="which heat flux L_qq and L_qi give: q', or q' + sum_i h_i J_i"
    )
    linearised_at: State | None = parameter(
        None, meaning="state {T: ..., x_A: ...} at which the coefficients are frozen"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        mixture = context.mixture
        if mixture is None:
            return
        names = list(mixture.species_names[:-1])
        if not names:
            yield Issue("the mixture has no species", "one of two or more, such as binary or gas")
        elif mixture.flow is not None and mixture.flow.has_wall_friction:
            text = "the walls of the pores take part in diffusion, and the fluxes have no matrix of their own"
            yield Issue(text, "maxwell_stefan, or another bulk_flow")
        else:
            yield from mistakes(self._incomplete(mixture, names, mixture.species_names[-1]))
            if self.L_qq is not None or self.L_qi or self.L_iq:
                yield from thermal_only(context, "L_qq, L_qi and L_iq have")

    def _incomplete(self, mixture: Mixture, names: list[str], last: str) -> Iterable[str]:
        """What is missing or too much in the matrix for the balances of a mixture."""
        yield from _wrong_pairs(self.L_ij, names, last)
        is_thermal = energy in mixture.balances
        if is_thermal and self.L_qq is None:
            yield "L_qq is missing, and the energy is solved for; give it, or give the mixture a temperature"
        for what, given in (("L_qi", self.L_qi), ("L_iq", self.L_iq)):
            yield from (f"{what}: {text}" for name in given if (text := _not_independent(name, names, last)))
            if missing := [name for name in names if name not in given and is_thermal and (given or what == "L_qi")]:
                yield f"{what} lacks {', '.join(missing)}; 0 says that there is no cross-effect"
        if self.heat_flux == "total" and is_thermal and not mixture.has_enthalpies:
            yield (
                "the mixture states no enthalpies h_i to subtract from a total heat flux; expected the mixture gas, or"
                " heat_flux: reduced"
            )

    def provides(self, mixture: Mixture):
        """The diffusivity against which a bulk flow convects."""
        thermal = {} if self.L_qq is None else {conductivity: lambda at: self.L_qq(at) / at[temperature] ** 2}
        return {**thermal, smallest_diffusivity: self._smallest}

    def flux(self, face: FaceView):
        at = face.at(self.linearised_at)
        if self.linearised_at is None:
            at = at.where({field: np.maximum(at[field], ABSENT) for field in at.species})
        thermal, forces = _forces(face, at)
        convective_flux = {}
        if self.heat_flux == "total":
            convective_flux = dict(zip(forces, enthalpy_differences(at)))
            forces = {name: force - convective_flux[name] * thermal for name, force in forces.items()}
        matrix, soret = {pair: entry(at) for pair, entry in self.L_ij.items()}, self.L_iq or self.L_qi
        fluxes = {}
        for row in forces:
            fluxes[row] = sum(_either(matrix, row, column) * force for column, force in forces.items())
            if row in soret:
                fluxes[row] = fluxes[row] + soret[row](at) * thermal
        terms = {field: fluxes[name] for field, name in zip(face.species, forces)}
        if self.L_qq is None:
            return terms
        heat = self.L_qq(at) * thermal + sum(entry(at) * forces[name] for name, entry in self.L_qi.items())
        return {**terms, energy: heat - sum(h * fluxes[name] for name, h in convective_flux.items())}

    def _smallest(self, at: View):
        """The smallest R L_ii/(c x_i (1 - x_i))."""
        at = at.where({field: np.clip(at[field], ABSENT, 1.0 - ABSENT) for field in at.species})
        named = zip(at.species[:-1], at.mixture.species_names)
        own = ((field, self.L_ij.get(f"{name}-{name}")) for field, name in named)
        each = (entry(at) / (at[field] * (1.0 - at[field])) for field, entry in own if entry is not None)
        return functools.reduce(np.minimum, each, np.inf) * at[gas_constant] / at[concentration]


def _forces(face: FaceView, at: View):
    """X_q, and X_i by species, from the thermodynamic metric of the mixture at a view."""
    mixture = face.mixture
    found = {}
    for (balance, field), entry in mixture.metric(at).items():
        found[balance.field] = found.get(balance.field, 0.0) - entry * mixture.driving_force(face, field)
    own = {name: found[field] for name, field in zip(mixture.species_names, face.species[:-1])}
    return found.get(temperature, 0.0), own


def _either(matrix: Mapping[str, object], row: str, column: str):
    """An entry by its own name, else by that of the pair turned round."""
    own = matrix.get(f"{row}-{column}")
    return matrix[f"{column}-{row}"] if own is None else own


def _wrong_pairs(given: Mapping[str, Property], names: list[str], last: str) -> list[str]:
    """What is wrong with the names of pairs, in words for the user."""
    pairs = {f"{row}-{column}" for row in names for column in names}
    wanted = [f"{row}-{column}" for i, row in enumerate(names) for column in names[i:]]
    found = []
    for pair in given:
        if pair not in pairs:
            reason = f": {last} is the reference, on which nothing is given" if pair in _with_last(names, last) else ""
            found.append(f"L_ij: {pair} is not a pair of independent species{reason}; expected {', '.join(wanted)}")
    turned = {f"{row}-{column}": f"{column}-{row}" for row in names for column in names}
    if missing := [pair for pair in wanted if pair not in given and turned[pair] not in given]:
        found.append(f"L_ij lacks {', '.join(missing)}; 0 says that there is no cross-effect")
    return found


def _with_last(names: list[str], last: str) -> set[str]:
    return {f"{last}-{last}"} | {f"{a}-{b}" for name in names for a, b in ((name, last), (last, name))}


def _not_independent(name: str, names: list[str], last: str) -> str:
    if name in names:
        return ""
    reason = (
        f"{name} is the reference, on which nothing is given" if name == last else f"the mixture has no species {name}"
    )
    return f"{reason}; expected {', '.join(names)}"
