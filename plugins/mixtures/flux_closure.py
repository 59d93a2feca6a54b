"""What the bulk flow of a gas must leave determined: the balance of the last species, the total flux, the moles."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from fvtransport import Context, Field, Issue, Mixture, Property, View, parameter

from ..handles import gas_constant, pressure, temperature
from ..theory.fluxes import weighted_sum

_NOTHING = 1e-14
_HARDLY = 1e-7  # where the solver's increments of mole fractions reach beyond zero
_SOLVED_PRESSURE = "bulk_flow: mechanical_equilibrium or darcy, which solve for the pressure; or solve: steady"


def last_species_free(mixture: Mixture) -> Iterable[Issue]:
    """The last species must follow from the ratio of fluxes, or nothing would solve its balance."""
    names, weights = mixture.species_names, mixture.flux_weights
    if weights is None or weights[-1]:
        return
    bound = [name for name, weight in zip(names, weights) if weight]
    order = ", ".join([name for name in names if name != bound[-1]] + bound[-1:])
    text = f"{names[-1]} has no part in the ratio of fluxes, but its flux must follow from it"
    yield Issue(f"{text}; write species: [{order}]")


def unbounded_flux(mixture: Mixture, values: Mapping[Field, Any]) -> Iterable[Issue]:
    """Mole fractions on a boundary for which no total flux satisfies the ratio of fluxes,
    whatever the others are.
    """
    weights, fields = mixture.flux_weights, mixture.mole_fractions
    if weights is None or not any(field in values for field in fields):
        return
    by_field = dict(zip(fields, weights))
    others = [weight for field, weight in by_field.items() if field not in values]
    known = sum(by_field[field] * value for field, value in values.items() if field in by_field)
    rest = 1.0 - sum(value for field, value in values.items() if field in by_field)
    reach = np.maximum(*(np.abs(known + rest * weight) for weight in (min(others), max(others))))
    if np.any(reach <= _NOTHING):
        yield Issue(_unbounded(weights, mixture.species_names, 0.0))


def moles_not_kept(mixture: Mixture) -> Iterable[Issue]:
    """At a given p neither c nor, with a ratio of fluxes, sum_i a_i N_i leaves room for dc/dt + div N = R_T."""
    if mixture.flux_weights is None and not mixture.keeps_moles:
        text = (
            "this bulk_flow neither solves for p nor states the weights of a ratio of fluxes, and it does not say that "
            "it keeps the moles (div N = 0): in time, nothing would hold the balance of the last species"
        )
        cure = f"`weights` or `keeps_moles` in the class of the bulk flow; {_SOLVED_PRESSURE}"
        yield Issue(text, cure, parameter="bulk_flow")
    if len(set(mixture.flux_weights or ())) > 1:
        text = (
            "this bulk_flow does not solve for p: N from a ratio of fluxes at every instant would not keep the moles "
            "of every species in time"
        )
        yield Issue(text, _SOLVED_PRESSURE, parameter="bulk_flow")
    if temperature not in mixture.known():
        text = "concentration depends on T and would change in time, but N at a given p does not make up for it"
        yield Issue(text, _SOLVED_PRESSURE)


class IdealGasLaw(Property):
    """c = p/(R T)."""

    weights: tuple[float, ...] = parameter((), meaning="a_i of sum_i a_i N_i = 0")

    def __call__(self, at: View):
        return at[pressure] / (at[gas_constant] * at[temperature])

    def validate(self, context: Context) -> Iterable[Issue]:
        """Where no total flux satisfies the ratio of fluxes."""
        if context.state is None:
            return
        at = context.state
        amount = np.asarray(weighted_sum(at, self.weights) if self.weights else 1.0)
        if not (np.all(amount > _HARDLY) or (min(self.weights) < 0.0 and np.all(amount < -_HARDLY))):
            yield Issue(_unbounded(self.weights, at.mixture.species_names, float(np.min(amount))))


def _unbounded(weights: Sequence[float], species: Sequence[str], amount: float) -> str:
    parts = (
        (f"{weight:g} " if weight != 1.0 else "") + f"x_{name}" for weight, name in zip(weights, species) if weight
    )
    return (
        f"{' + '.join(parts)} = {amount:.3g} leaves the total flux without bound: N = -sum a_i J_i / sum a_i x_i of "
        "the bulk flow; keep it above zero on every boundary, or solve for the pressure with darcy or "
        "mechanical_equilibrium"
    )
