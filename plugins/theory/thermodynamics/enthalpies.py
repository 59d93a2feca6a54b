"""Partial molar enthalpies, where a mixture states them."""

from fvtransport import View

__all__ = ["enthalpy_differences", "molar_enthalpies"]


def molar_enthalpies(at: View) -> tuple | None:
    """h_i of all species [J/mol]; None where the mixture takes them as equal, so that sum_i h_i J_i = 0."""
    mixture = at.mixture
    return mixture.molar_enthalpies(at) if mixture.has_enthalpies else None


def enthalpy_differences(at: View) -> tuple:
    """h_i - h_N of all species but the last [J/mol], where the mixture states them."""
    *others, last = molar_enthalpies(at)
    return tuple(h - last for h in others)
