"""Ideal gases at rest in a field of force."""

from collections.abc import Mapping

import numpy as np

__all__ = ["at_rest", "content_mistakes"]


def at_rest(
    content: Mapping[str, float], reach: np.ndarray, exponent: np.ndarray, pressure: float
) -> Mapping[str, np.ndarray]:
    """Mole fractions `x_<species>` and pressure `p` where every gas by itself has Boltzmann's
    distribution, exp(exponent).

    exponent = -U_i/(R T), (species, n), falls from 0 at the datum to -reach at the other end, and is
    linear in the volume between: the mean of exp(exponent) over the content is (1 - exp(-reach))/reach.
    pressure is that at the datum.
    """
    amounts = np.array(list(content.values())) * reach / -np.expm1(-reach)
    partial = amounts[:, None] * np.exp(exponent)
    whole = partial.sum(axis=0)
    return {**{f"x_{name}": row / whole for name, row in zip(content, partial)}, "p": pressure * whole / amounts.sum()}


def content_mistakes(content: Mapping[str, float], molar_masses: Mapping[str, float]) -> list[str]:
    """Why a content does not suit the species; empty when it does."""
    if set(content) != set(molar_masses):
        return [f"content names {', '.join(content)}; expected {', '.join(molar_masses)}"]
    if abs(sum(content.values()) - 1.0) > 1e-9:
        return [f"the shares of the content sum to {sum(content.values()):g}; expected 1"]
    return []
