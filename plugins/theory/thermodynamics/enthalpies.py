"""Partial molar enthalpies, where a mixture states them."""

from collections.abc import Mapping

from fvtransport import View

__all__ = ["enthalpy_differences", "molar_enthalpies", "net_enthalpy"]


def molar_enthalpies(at: View) -> tuple | None:
    """h_i of all species [J/mol]; None where the mixture takes them as equal, so that sum_i h_i J_i = 0."""
    mixture = at.mixture
    return mixture.molar_enthalpies(at) if mixture.has_enthalpies else None


def enthalpy_differences(at: View) -> tuple:
    """h_i - h_N of all species but the last [J/mol], where the mixture states them."""
    *others, last = molar_enthalpies(at)
    return tuple(h - last for h in others)


def net_enthalpy(at: View, made: Mapping[str, float]):
    """sum_i nu_i h_i [J/mol] of what a reaction makes, by species; 0 where the mixture takes h_i as equal."""
    found = molar_enthalpies(at)
    if found is None:
        return 0.0
    return sum(made.get(name, 0.0) * h for name, h in zip(at.mixture.species_names, found))
