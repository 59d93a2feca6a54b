"""The Stefan tube as a case: A diffuses through B at rest, of which the flux is known on any mesh."""

from __future__ import annotations

import math

from tests.tools.cases import ISOTHERMAL, case_text, line
from tests.tools.views import R

__all__ = ["X_LEFT", "X_RIGHT", "C", "N", "stefan"]

P, T, D, L, X_LEFT, X_RIGHT = 1e5, 300.0, 2e-5, 0.1, 0.6, 0.2
C = P / (R * T)
N = C * D / L * math.log((1.0 - X_RIGHT) / (1.0 - X_LEFT))
"""Flux of A along +x, and in all."""


def stefan(run_text, observe: str, masses: str = "{A: 0.018, B: 0.028}") -> dict[str, float]:
    """What is observed of the film, by name."""
    text = case_text(
        ISOTHERMAL, units=None, mesh=line(L, 5), observe=observe, properties=f"{{diffusivity: {D}}}",
        mixture=f"{{gas: {{species: [A, B], pressure: {P}, temperature: {T}, molar_masses: {masses}, "
        "bulk_flow: {stagnant: B}}}",
        boundaries=f"{{left: {{x_A: {{dirichlet: {X_LEFT}}}}}, right: {{x_A: {{dirichlet: {X_RIGHT}}}}}}}",
    )  # fmt: skip
    return {name: reading.value for name, reading in run_text(text).observables.items()}
