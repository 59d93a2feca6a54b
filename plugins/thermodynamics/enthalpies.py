"""Partial molar enthalpies, where a mixture states them."""

from fvtransport import Mixture, View

__all__ = ["enthalpy_differences", "knows_enthalpies", "molar_enthalpies"]


def knows_enthalpies(mixture: Mixture) -> bool:
    """Whether a mixture states the enthalpies that its species carry; their zero is that of its stored energy."""
    return hasattr(mixture, "molar_enthalpies")


def molar_enthalpies(at: View) -> tuple | None:
    """h_i of all species [J/mol]; None where the mixture takes them as equal, so that sum_i h_i J_i = 0."""
    mixture = at.medium.mixture
    return mixture.molar_enthalpies(at) if knows_enthalpies(mixture) else None


def enthalpy_differences(at: View) -> tuple:
    """h_i - h_N of all species but the last [J/mol], where the mixture states them."""
    *others, last = molar_enthalpies(at)
    return tuple(h - last for h in others)
