"""Transport coefficients of a dilute gas from the forces between its molecules, at the local state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np

from fvtransport import Context, Issue, Property, View, parameter, plugin

from ..handles import concentration, gas_constant, temperature
from ..theory.kinetic.chapman_enskog import DiluteState
from ..theory.kinetic.molecules import LocalGas, boltzmann_constant, by_name, dilute_gas

ByName = float | Mapping[str, float]
_PAPER = {"thermal_diffusion_factor": -0.13657 / 0.25, "conductivity": 0.419877}
_PAPER_MASSES, _PAPER_STIFFNESS = (1.0, 10.0), 1e5


class KineticProperty(Property):
    """What all coefficients of kinetic theory are given: the molecules, the order, the dimension."""

    molar_masses: Mapping[str, float] | None = parameter(
        None, unit="kg/mol", above=0.0, meaning="molar masses by species; those of the mixture without it"
    )
    diameters: ByName = parameter(unit="m", above=0.0, meaning="diameters sigma, one for all or by species")
    well_depths: ByName | None = parameter(
        None,
        unit="K",
        above=0.0,
        meaning="depths epsilon/k_B of the Lennard-Jones 12-6 potential, one for all or by species",
    )
    stiffness: float | None = parameter(
        None,
        unit="K/m^2.5",
        above=0.0,
        meaning="Y/k_B of the Hertzian potential Y (sigma - r)^(5/2), the same for all pairs",
    )
    pair_diameters: Mapping[str, float] | None = parameter(
        None, unit="m", above=0.0, meaning="sigma of pairs {A-B: ...} where it is not the arithmetic mean"
    )
    pair_well_depths: Mapping[str, float] | None = parameter(
        None, unit="K", above=0.0, meaning="epsilon/k_B of pairs {A-B: ...} where it is not the geometric mean"
    )
    dimension: Literal[2, 3] = parameter(3, meaning="2 for disks in a plane, 3 for molecules in space")
    order: int = parameter(1, minimum=1, maximum=10, meaning="Sonine polynomials that are kept")
    source: Literal["computed", "paper"] = parameter(
        "computed",
        meaning="paper: alpha_T = -0.13657/0.25 and lambda = 0.419877 as quoted for the heat pump, in every state",
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.well_depths is not None and self.stiffness is not None:
            yield Issue("well_depths and stiffness are both given", "one potential, or neither for hard molecules")
        if self.pair_well_depths and self.well_depths is None:
            yield Issue("pair_well_depths are given without well_depths")
        for name, given in (("pair_diameters", self.pair_diameters), ("pair_well_depths", self.pair_well_depths)):
            for key in given or ():
                if key.count("-") != 1:
                    yield Issue(f"{name} has {key!r}", "two species as in A-B", parameter=name)
        masses = sorted((self.molar_masses or {}).values())
        paper = (self.dimension, self.order, self.stiffness, self.diameters) == (2, 1, _PAPER_STIFFNESS, 1.0)
        if self.source == "paper" and not (paper and masses in ([], list(_PAPER_MASSES))):
            text = (
                "source: paper holds for molar masses 1 and 10, diameters 1, stiffness 1e5, dimension 2 and "
                "order 1 only"
            )
            yield Issue(text, parameter="source")
        if context.state is not None:
            yield from self._out_of_reach(context.state)

    def _out_of_reach(self, at: View) -> Iterable[Issue]:
        low, high = self._gas(at).gas.bounds
        T = np.atleast_1d(at[temperature])
        outside = T[(low > T) | (high < T)]
        if outside.size:
            bounds = f"from {low:.4g} to {high:.4g}"
            yield Issue(f"T = {outside[0]:.6g} is outside of the collision integrals, which go {bounds}")

    def state(self, at: View) -> DiluteState:
        """The gas where `at` looks, evaluated once for all coefficients; ArithmeticError where a
        species has no molecule.
        """
        return at[self._gas(at)]

    def thermal_diffusion_factor(self, at: View, i: int, j: int):
        """alpha_ij; the paper's belongs to the light species."""
        state = self.state(at)
        if self.source == "computed":
            return state.thermal_diffusion_factor(i, j)
        return _PAPER["thermal_diffusion_factor"] * (1.0 if state.gas.masses[i] < state.gas.masses[j] else -1.0)

    def conductivity(self, at: View):
        """lambda."""
        return _PAPER["conductivity"] if self.source == "paper" else self.state(at).conductivity

    def _gas(self, at: View) -> LocalGas:
        masses = self.molar_masses or at.mixture.known_molar_masses
        if not masses:
            raise ArithmeticError("the molar masses are not known: give molar_masses here, or to the mixture")
        names = at.mixture.species_names or tuple(masses)[:1]
        for what, given in (("molar_masses", masses), ("diameters", self.diameters), ("well_depths", self.well_depths)):
            if isinstance(given, Mapping) and (missing := [name for name in names if name not in given]):
                raise ArithmeticError(f"{what} lack {', '.join(missing)}; the species are {', '.join(names)}")
        wells = None if self.well_depths is None else by_name(self.well_depths, names)
        return dilute_gas(
            by_name(masses, names),
            by_name(self.diameters, names),
            wells,
            self._special(names),
            self.stiffness,
            self.order,
            self.dimension,
        )

    def _special(self, names: tuple[str, ...]) -> tuple[tuple[int, int, float | None, float | None], ...]:
        found, diameters, wells = [], self.pair_diameters or {}, self.pair_well_depths or {}
        for key in dict.fromkeys([*diameters, *wells]):
            ends = [names.index(name.strip()) for name in key.split("-") if name.strip() in names]
            if len(ends) < 2:
                raise ArithmeticError(f"{key} is not a pair of the species {', '.join(names)}")
            found.append((*sorted(ends), diameters.get(key), wells.get(key)))
        return tuple(found)


def _pair(at: View, pair: tuple[str, str] | None) -> tuple[int, int]:
    """Places of the two species of a pair; those of a binary where none is given."""
    names = at.mixture.species_names
    if pair is None and len(names) == 2:
        return 0, 1
    if pair is None or set(pair) - set(names) or pair[0] == pair[1]:
        raise ArithmeticError(f"expected pair: two of {', '.join(names)}")
    return names.index(pair[0]), names.index(pair[1])


def _number_density(at: View):
    return at[concentration] * at[gas_constant] / at[boltzmann_constant]


@plugin("kinetic_diffusivity")
class KineticDiffusivity(KineticProperty):
    """Diffusivity of a dilute gas by Chapman and Enskog:  D_AB(T, n, x_A) = k T / (n m_A (s_00 - ...))

    To first order it does not depend on composition: in space D = 3 sqrt(2 pi k T/mu) / (16 n pi sigma^2 Omega(1,1)*),
    1/mu = 1/m_A + 1/m_B; for like disks in a plane D = sqrt(k T/(pi m)) / (2 n sigma).

    Source: S. Chapman, T. G. Cowling, The Mathematical Theory of Non-uniform Gases, 3rd ed. (1970), chapters 8 to 10.
    """

    pair: tuple[str, str] | None = parameter(None, meaning="two species, where the mixture has more")

    def __call__(self, at: View):
        return self.state(at).diffusivity(*_pair(at, self.pair), _number_density(at))


@plugin("kinetic_thermal_diffusion_factor")
class KineticThermalDiffusionFactor(KineticProperty):
    """Thermal diffusion factor of a dilute gas by Chapman and Enskog:  alpha_T = T D'/D = k_T/(x_A x_B)

    Positive where the first species of the mixture, or of the pair, goes to the cold side.

    Source: S. Chapman, T. G. Cowling, The Mathematical Theory of Non-uniform Gases, 3rd ed. (1970), chapters 8 to 10.
    """

    pair: tuple[str, str] | None = parameter(None, meaning="two species, where the mixture has more")

    def __call__(self, at: View):
        return self.thermal_diffusion_factor(at, *_pair(at, self.pair))


@plugin("kinetic_thermal_diffusion")
class KineticThermalDiffusion(KineticProperty):
    """Thermal diffusion coefficient of a dilute binary gas by Chapman and Enskog:  D' = alpha_T D/T = k_T D/(x_A x_B T)

    Source: S. Chapman, T. G. Cowling, The Mathematical Theory of Non-uniform Gases, 3rd ed. (1970), chapters 8 to 10.
    """

    def __call__(self, at: View):
        pair = _pair(at, None)
        D = self.state(at).diffusivity(*pair, _number_density(at))
        return self.thermal_diffusion_factor(at, *pair) * D / at[temperature]


@plugin("kinetic_conductivity")
class KineticConductivity(KineticProperty):
    """Conductivity of a dilute binary gas at uniform composition:  kappa = lambda + n k x_A x_B alpha_T^2 D

    lambda is that of kinetic_conductivity_without_diffusion; alpha_T^2 D = (T D')^2/D. Internal motion of the molecules
    is left out: it is that of single atoms.

    Source: S. Chapman, T. G. Cowling, The Mathematical Theory of Non-uniform Gases, 3rd ed. (1970), chapters 8 to 10.
    """

    def __call__(self, at: View):
        first, second = at.species
        factor = self.thermal_diffusion_factor(at, *_pair(at, None))
        D = self.state(at).diffusivity(0, 1, _number_density(at))
        return self.conductivity(at) + at[concentration] * at[gas_constant] * at[first] * at[second] * factor**2 * D


@plugin("kinetic_conductivity_without_diffusion")
class KineticConductivityWithoutDiffusion(KineticProperty):
    """Conductivity of a dilute gas of any number of species where none diffuses:  lambda = q'/(-grad T) at J = 0

    For like disks in a plane lambda = 2 (k/sigma) sqrt(k T/(pi m)), for like spheres (75/64) (k/sigma^2) sqrt(k T/(pi
    m)), to first order. It belongs to `conductivity_without_diffusion`. Internal motion of the molecules is left out.

    Source: S. Chapman, T. G. Cowling, The Mathematical Theory of Non-uniform Gases, 3rd ed. (1970), chapters 8 to 10.
    """

    def __call__(self, at: View):
        return self.conductivity(at)


@plugin("kinetic_viscosity")
class KineticViscosity(KineticProperty):
    """Viscosity of a dilute gas of any number of species, of first order:  mu = k T sum_ij x_i x_j (H^-1)_ij

    For like spheres mu = (5/16) sqrt(m k T/pi)/sigma^2.

    Source: S. Chapman, T. G. Cowling, The Mathematical Theory of Non-uniform Gases, 3rd ed. (1970), chapters 8 to 10.
    """

    def __call__(self, at: View):
        return self.state(at).viscosity
