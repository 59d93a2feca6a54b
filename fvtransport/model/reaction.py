"""Reactions as laws, boundaries and interfaces declare them, for the audit: opposed rates, stoichiometry, enthalpy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .handles import Field

__all__ = ["OpposedRates"]


@dataclass(frozen=True)
class OpposedRates:
    """One reaction at a state: how fast it goes forward and back, per volume in cells or per area on faces.

    coefficients are nu_i by mole-fraction field, negative for what is consumed; species of which the net coefficient is
    zero may be left out. forward and reverse [mol/m^3/s, or mol/m^2/s] broadcast with the fields; reverse is None where
    the reaction is irreversible. enthalpy is Delta_H [J/mol] at this state, with the sensible enthalpies of
    the mixture: the heat source is -(Delta_H - sum_i nu_i h_i) (forward - reverse); None where the reaction states no
    heat. affinity is A = -sum_i nu_i mu_i [J/mol] where standard chemical potentials are known. temperature is the
    field conjugate to the heat, gas_constant R in the units of the case.
    """

    coefficients: Mapping[Field, float]
    forward: Any
    reverse: Any | None
    temperature: Field
    gas_constant: float
    enthalpy: Any | None = None
    affinity: Any | None = None

    @property
    def is_reversible(self) -> bool:
        """Whether the way back is stated."""
        return self.reverse is not None

    @property
    def net(self) -> Any:
        """Moles of reaction per volume (or area) and time, forward less reverse."""
        return self.forward if self.reverse is None else self.forward - self.reverse
