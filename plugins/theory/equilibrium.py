"""Chemical equilibrium from standard enthalpies and entropies, so that K and the heat of reaction agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from fvtransport import Declared, Issue, Mixture, PointView, View, parameter

from ..handles import concentration, gas_constant, pressure, temperature
from .nasa7 import Nasa7
from .thermodynamics.enthalpies import net_enthalpy

__all__ = ["Equilibrium", "has_pressure"]

_USUAL = 298.15
_AGREE = 1e-6
_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(8)


class Equilibrium(Declared):
    """Standard chemical potentials mu_i(T) = H_i(T) - T S_i(T) by species, and what follows for a reaction:

        K_c = (p_0/(R T))^(sum nu) exp(-Delta_G/(R T))       at a standard pressure p_0 of ideal gases
        K_c = c_0^(sum nu) exp(-Delta_G/(R T))               at a standard concentration c_0
        Delta_H = sum_i nu_i H_i ,   Delta_G = sum_i nu_i mu_i

    H_i and S_i are given at one temperature, and extended to others by heat_capacities, or by the heat capacities of
    the mixture where none are given; or they follow from NASA's polynomials. With nasa7 and a temperature, the
    polynomials are evaluated there and extended by the heat capacities of the mixture.

    Source: K. Denbigh, The Principles of Chemical Equilibrium, 4th ed. (1981), chapter 4.
    """

    enthalpies: Mapping[str, float] | None = parameter(None, unit="J/mol", meaning="standard enthalpies H_i by species")
    entropies: Mapping[str, float] | None = parameter(None, unit="J/mol/K", meaning="standard entropies S_i by species")
    heat_capacities: Mapping[str, float] | None = parameter(
        None, unit="J/mol/K", meaning="constant c_p,i by species; those of the mixture without them"
    )
    nasa7: Mapping[str, Nasa7] | None = parameter(None, meaning="NASA's polynomials by species; instead of the others")
    temperature: float | None = parameter(
        None, unit="K", above=0.0, meaning="of H_i and S_i, 298.15 K where none is given"
    )
    standard_pressure: float | None = parameter(None, unit="Pa", above=0.0, meaning="p_0, of ideal gases")
    standard_concentration: float | None = parameter(
        None, unit="mol/m^3", above=0.0, meaning="c_0, where c does not depend on T"
    )

    def suits(self, mixture: Mixture, made: Mapping[str, float]) -> Iterable[Issue]:
        """Mistakes with respect to what a reaction makes, by species, and to the mixture."""
        if incomplete := list(self._incomplete()):
            yield from incomplete
            return
        tables = {
            "enthalpies": self.enthalpies,
            "entropies": self.entropies,
            "heat_capacities": self.heat_capacities,
            "nasa7": self.nasa7,
        }
        for name, table in tables.items():
            missing = [each for each, nu in made.items() if nu and each not in table] if table is not None else ()
            if missing:
                yield Issue(f"equilibrium lacks {name} of {', '.join(missing)}", parameter="equilibrium")
                return
        yield from self._standard_state(mixture, sum(made.values()))
        if temperature not in mixture.known():
            yield from self._heat_capacities_at_odds(mixture, made)

    def _incomplete(self) -> Iterable[Issue]:
        pair = [self.enthalpies, self.entropies]
        if self.nasa7 is None and None in pair:
            lacking = "entropies" if self.enthalpies is not None else "enthalpies"
            yield Issue(
                f"{lacking} are not given", "enthalpies and entropies by species, or nasa7", parameter="equilibrium"
            )
        if self.nasa7 is not None and any(each is not None for each in (*pair, self.heat_capacities)):
            yield Issue(
                "nasa7 is given beside enthalpies, entropies or heat_capacities", "one of them", parameter="equilibrium"
            )
        if self.standard_pressure is not None and self.standard_concentration is not None:
            yield Issue(
                "standard_pressure and standard_concentration are both given", "one of them", parameter="equilibrium"
            )

    def _standard_state(self, mixture: Mixture, change: float) -> Iterable[Issue]:
        if not change:
            return
        wanted = "standard_pressure" if has_pressure(mixture) else "standard_concentration"
        given = self.standard_pressure if has_pressure(mixture) else self.standard_concentration
        if given is None:
            text = (
                f"equilibrium lacks the {wanted}, on which K_c of a reaction that changes the number of moles depends"
            )
            yield Issue(text, f"{wanted}, such as {'1 bar' if has_pressure(mixture) else '1 mol/l'}",
                        parameter="equilibrium")  # fmt: skip

    def _heat_capacities_at_odds(self, mixture: Mixture, made: Mapping[str, float]) -> Iterable[Issue]:
        """Where Delta_H - sum nu_i h_i varies with T, a reaction there and back at two temperatures makes energy."""
        if self.nasa7 is not None and self.temperature is None:
            text = "nasa7 lacks a temperature at which the heat capacities of the mixture take over"
            yield Issue(text, "temperature: under equilibrium, in the middle of the case", parameter="equilibrium")
        if self.heat_capacities is None:
            return
        low, high = (PointView(_Bare(mixture), {temperature: T}) for T in (_USUAL, 2.0 * _USUAL))
        own = sum(nu * self.heat_capacities.get(name, 0.0) for name, nu in made.items())
        solved = (net_enthalpy(high, made) - net_enthalpy(low, made)) / _USUAL
        size = sum(abs(nu * self.heat_capacities.get(name, 0.0)) for name, nu in made.items())
        if abs(own - solved) > _AGREE * size:
            text = (
                f"heat_capacities make {own:.6g} J/mol/K for the reaction, those of the mixture {solved:.6g}: there and"
                " back at two temperatures it would make energy"
            )
            yield Issue(text, "leave them out, those of the mixture are used then", parameter="equilibrium")

    def enthalpy(self, at: View, made: Mapping[str, float]) -> Any:
        """Delta_H [J/mol] at the temperature of a view, for what a reaction makes by species."""
        T, R = at[temperature], at[gas_constant]
        if self._follows_mixture:
            return self._given_enthalpy(made, R) + net_enthalpy(at, made) - net_enthalpy(self._given_at(at), made)
        if self.nasa7 is not None:
            return R * T * sum(nu * self.nasa7[name].enthalpy(T) for name, nu in made.items() if nu)
        return self._given_enthalpy(made, R) + self._given_capacity(made) * (T - self._given_temperature)

    def potential(self, at: View, made: Mapping[str, float]) -> Any:
        """Delta_G/(R T) in the standard state at the temperature of a view, for what a reaction makes by species."""
        T, R, given = at[temperature], at[gas_constant], self._given_temperature
        if self.nasa7 is not None and not self._follows_mixture:
            species = [(nu, self.nasa7[name]) for name, nu in made.items() if nu]
            return sum(nu * (each.enthalpy(T) - each.entropy(T)) for nu, each in species)
        fixed = self._given_enthalpy(made, R) / (R * T) - self._given_entropy(made, R) / R
        if not self._follows_mixture:
            return fixed + self._given_capacity(made) / R * (1.0 - given / T - np.log(T / given))
        if not at.mixture.has_enthalpies:
            return fixed
        return fixed - self._sensible_part(at, made)

    def constant(self, at: View, made: Mapping[str, float]) -> Any:
        """K_c [(mol/m^3)^(sum nu)] at the temperature of a view."""
        change = sum(made.values())
        factor = np.exp(-self.potential(at, made))
        return factor if not change else factor * self._standard(at) ** change

    def affinity(self, at: View, made: Mapping[str, float]) -> Any:
        """A = -sum_i nu_i mu_i [J/mol] of an ideal mixture at a state, its mole fractions above zero."""
        thermal = at[gas_constant] * at[temperature]
        amount, standard = at[concentration], self._standard(at) if sum(made.values()) else 1.0
        if self.standard_pressure is not None and has_pressure(at.mixture):
            amount, standard = at[pressure], self.standard_pressure
        logs = (nu * np.log(at[at.mixture.component(name).field] * amount / standard) for name, nu in made.items())
        return -thermal * (self.potential(at, made) + sum(logs))

    def _standard(self, at: View) -> Any:
        """The concentration of the standard state [mol/m^3]."""
        if self.standard_concentration is not None:
            return self.standard_concentration
        return self.standard_pressure / (at[gas_constant] * at[temperature])

    @property
    def _follows_mixture(self) -> bool:
        """Whether the data are those of one temperature, extended by the heat capacities of the mixture."""
        return self.temperature is not None if self.nasa7 is not None else self.heat_capacities is None

    @property
    def _given_temperature(self) -> float:
        return _USUAL if self.temperature is None else self.temperature

    def _given_at(self, at: View) -> View:
        return at.where({temperature: self._given_temperature})

    def _given_enthalpy(self, made: Mapping[str, float], R: float) -> float:
        """Delta_H [J/mol] at the temperature of the data."""
        if self.nasa7 is not None:
            T = self._given_temperature
            return R * T * float(sum(nu * self.nasa7[name].enthalpy(T) for name, nu in made.items() if nu))
        return sum(nu * self.enthalpies[name] for name, nu in made.items() if nu)

    def _given_entropy(self, made: Mapping[str, float], R: float) -> float:
        """Delta_S [J/mol/K] at the temperature of the data."""
        if self.nasa7 is not None:
            T = self._given_temperature
            return R * float(sum(nu * self.nasa7[name].entropy(T) for name, nu in made.items() if nu))
        return sum(nu * self.entropies[name] for name, nu in made.items() if nu)

    def _given_capacity(self, made: Mapping[str, float]) -> float:
        return sum(nu * self.heat_capacities[name] for name, nu in made.items() if nu)

    def _sensible_part(self, at: View, made: Mapping[str, float]) -> Any:
        """Integral of sum_i nu_i (h_i - h_i(given)) dT/(R T^2) from the temperature of the data.

        Gauss-Legendre in ln T with 8 points: to round-off up to ten times that temperature, for smooth h_i.
        """
        start = net_enthalpy(self._given_at(at), made)
        length = np.log(at[temperature] / self._given_temperature)
        total = 0.0
        for point, weight in zip(_POINTS, _WEIGHTS):
            T = self._given_temperature * np.exp(0.5 * (1.0 + point) * length)
            total = total + weight * (net_enthalpy(at.where({temperature: T}), made) - start) / T
        return 0.5 * length * total / at[gas_constant]


class _Bare:
    """A mixture alone, for views in which a temperature is all there is."""

    def __init__(self, mixture: Mixture) -> None:
        self.mixture = mixture


def has_pressure(mixture: Mixture) -> bool:
    """Whether a mixture has a pressure, given or solved for, so that c depends on T."""
    return pressure in mixture.known() or any(balance.field is pressure for balance in mixture.balances)
