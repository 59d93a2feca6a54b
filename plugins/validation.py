"""What several plugins ask of their parameters and of the mixture they are used with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fvtransport import Context, Field, Issue, Severity

from .handles import temperature

_ROUND_OFF = 1e-12

__all__ = [
    "binary_only",
    "condition_of",
    "distinct_species",
    "each_species",
    "exactly_one",
    "known_species",
    "molar_masses_known",
    "moles_kept",
    "pairs_once",
    "ratio_kept",
    "thermal_only",
]


def exactly_one(**given: object) -> Iterator[Issue]:
    """A mistake unless one of two parameters is given, and one only."""
    count = sum(value is not None for value in given.values())
    if count != 1:
        yield Issue(f"{'both' if count else 'neither'} of {' and '.join(given)} given", "one of them")


def distinct_species(names: Sequence[str]) -> Iterator[Issue]:
    """A mistake unless there are two species or more, each with a name of its own."""
    if len(names) < 2 or len(set(names)) < len(names):
        yield Issue("expected two species or more, each with a name of its own", parameter="species")


def each_species(name: str, given: Mapping[str, object] | None, species: Sequence[str]) -> Iterator[Issue]:
    """A mistake unless a mapping by species has an entry for each of them and for no other."""
    if given is not None and set(given) != set(species):
        text = f"{name} has {', '.join(given) or 'nothing'}"
        yield Issue(text, f"one number for each of {', '.join(species)}", parameter=name)


def binary_only(context: Context) -> Iterator[Issue]:
    """A law of two species suits no other mixture, nor pores whose walls exert friction on each species."""
    mixture = context.mixture
    if mixture is None:
        return
    count = len(mixture.components)
    if mixture.flow is not None and mixture.flow.has_wall_friction:
        yield Issue("it leaves out the friction at the walls of the pores, which dusty_gas is about", "maxwell_stefan")
    elif count != 2:
        cure = "maxwell_stefan, for any number of species" if count > 2 else "a mixture such as binary or gas"
        yield Issue(f"it is a law of two species, and the mixture has {count or 'none'}", cure)


def thermal_only(context: Context, what: str) -> Iterator[Issue]:
    """A warning where a coupling of heat and diffusion meets a mixture of given temperature."""
    if context.mixture is not None and temperature in context.mixture.known():
        text = f"{what} no effect: the mixture gives T, which has no gradient"
        yield Issue(text, severity=Severity.WARNING)


def known_species(context: Context, names: Iterable[str]) -> Iterator[Issue]:
    """A mistake for each name that is not a species of the mixture."""
    if context.mixture is None:
        return
    known = context.mixture.species_names
    for name in names:
        if name not in known:
            text = f"the mixture has no species {name}; its species are {', '.join(known) or 'not distinguished'}"
            yield Issue(text)


def molar_masses_known(context: Context, who: str) -> Iterator[Issue]:
    """A mistake unless the mixture gives the molar masses of all species."""
    mixture = context.mixture
    if mixture is not None and len(mixture.known_molar_masses) < max(len(mixture.components), 1):
        yield Issue(f"{who} needs the molar_masses of all species")


def condition_of(context: Context, field: Field, who: str) -> Iterator[Issue]:
    """A mistake unless a boundary condition is that of one certain field."""
    if context.field is not None and context.field is not field:
        yield Issue(f"{who} is a condition of {field.name}, not of {context.field.name}")


def pairs_once(given: Iterable[str], names: Sequence[str], what: str = "") -> Iterator[Issue]:
    """A mistake for each key that is not a pair `A-B` of two species, and for pairs that are given both ways."""
    wanted = [f"{one}-{other}" for i, one in enumerate(names) for other in names[i + 1 :]]
    turned = {f"{b}-{a}": f"{a}-{b}" for a, b in ((a, b) for i, a in enumerate(names) for b in names[i + 1 :])}
    prefix, given = f"{what}: " if what else "", set(given)
    for pair in sorted(given - set(wanted) - set(turned)):
        yield Issue(f"{prefix}{pair} is not a pair of species", ", ".join(wanted) or "a mixture of species")
    for backward, pair in turned.items():
        if pair in given and backward in given:
            yield Issue(f"{prefix}{pair} and {backward} are the same pair", "one of them")


def ratio_kept(context: Context, made: Mapping[str, float], who: str) -> Iterator[Issue]:
    """A mistake where what is made, by species, breaks the ratio sum_i a_i N_i = 0 that binds
    the fluxes of the mixture.
    """
    mixture = context.mixture
    if mixture is None or mixture.flux_weights is None:
        return
    weights = dict(zip(mixture.species_names, mixture.flux_weights))
    terms = [weights.get(name, 0.0) * nu for name, nu in made.items()]
    if abs(sum(terms)) > _ROUND_OFF * max(map(abs, terms), default=0.0):
        text = (
            f"{who} makes moles in proportions that the bulk flow cannot carry: its fluxes are bound by "
            "sum a_i N_i = 0,"
            " which asks for sum a_i nu_i = 0; choose a flux_ratio that suits the reaction, or bulk_flow: darcy, which"
            " solves for the pressure"
        )
        yield Issue(text)


def moles_kept(
    context: Context, made: Mapping[str, float], reactants: Mapping[str, float], products: Mapping[str, float]
) -> Iterator[Issue]:
    """A mistake where the mixture cannot carry away the moles that a reaction makes."""
    mixture = context.mixture
    if mixture is None:
        return
    if not mixture.keeps_moles:
        yield from ratio_kept(context, made, "reaction")
        return
    after, before = sum(products.values()), sum(reactants.values())
    if abs(after - before) <= _ROUND_OFF * max(map(abs, made.values()), default=0.0):
        return
    cure = "write a reaction with as many moles of products as of reactants"
    if mixture.flow is not None:
        cure = "give the mixture bulk_flow: darcy or mechanical_equilibrium, which solve for the pressure"
        ratio = f"{{{', '.join(reactants)}: {after:g}, {', '.join(products)}: {before:g}}}"
        cure += f", or in a steady state flux_ratio: {ratio}" if len(made) == 2 else ""
    text = (
        f"reaction makes {after:g} mol out of {before:g} mol, but this mixture has no bulk flow (N = 0) to carry the"
        f" difference away: div N = R_T; {cure}"
    )
    yield Issue(text)
