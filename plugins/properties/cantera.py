"""Transport coefficients of a gas from a mechanism of Cantera, at the local state; needs the extra `cantera`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from fvtransport import Context, Issue, Property, View, parameter, plugin

from ..handles import concentration, gas_constant, temperature
from ..theory.mechanisms import available, described, factor_fit, pair_fit, pure_fits, unreadable
from ..theory.mixture_fits import MixtureFit, conductivity_fit

_SI = 8.31446261815324


class CanteraProperty(Property):
    """What all coefficients of a mechanism share: its file, and the range of temperature that it holds for."""

    mechanism: str = parameter(meaning="file of the mechanism, of Cantera's own or by its path, such as gri30.yaml")

    def validate(self, context: Context) -> Iterable[Issue]:
        if text := unreadable(self.mechanism, self._named()):
            yield Issue(text)
        elif context.state is not None:
            low, high = available(self.mechanism).bounds
            T = np.atleast_1d(context.state[temperature])
            outside = T[(low > T) | (high < T)]
            if outside.size:
                text = (
                    f"T = {outside[0]:.6g} is outside the fits of {self.mechanism}, which go from {low:g} to {high:g} K"
                )
                yield Issue(text)

    def _named(self) -> tuple[str, ...]:
        """Species of the mechanism that the parameters name."""
        return ()

    def sources(self) -> dict[str, str]:
        """Mechanism, digest of its file and version of Cantera, for the provenance of a result."""
        return {self.mechanism: described(self.mechanism)}


def _in_si(at: View) -> None:
    if abs(at[gas_constant] / _SI - 1.0) > 1e-6:
        raise ArithmeticError("a mechanism of Cantera is in SI units; expected units: SI")


class CanteraPair(CanteraProperty):
    """A coefficient of two species."""

    pair: tuple[str, str] = parameter(meaning="the two species, by their names in the mechanism")

    def _named(self) -> tuple[str, ...]:
        return self.pair


@plugin("cantera_diffusivity")
class CanteraDiffusivity(CanteraPair):
    """Binary diffusivity of two species of a mechanism:  D_AB(T, p) = (D_AB p)(T) / (c R T)

    D p is a function of temperature only, tabulated once from Cantera's fits to the theory of Chapman and Enskog. c R T
    is the pressure of an ideal gas.

    Source: R. J. Kee, M. E. Coltrin, P. Glarborg, Chemically Reacting Flow (2003), chapter 12.
    """

    def __call__(self, at: View):
        _in_si(at)
        return pair_fit(self.mechanism, self.pair)(at[temperature]) / (
            at[concentration] * at[gas_constant] * at[temperature]
        )


@plugin("cantera_thermal_diffusion_factor")
class CanteraThermalDiffusionFactor(CanteraPair):
    """Thermal diffusion factor of two species by Cantera:  alpha_AB = D^T_A rho/(c^2 M_A M_B D_AB x_A x_B)

    D^T_A is that of the multicomponent model. Positive where A goes to the cold side. For a mixture of these two
    species, in which it depends on T and x_A; tabulated once.

    Source: R. J. Kee, M. E. Coltrin, P. Glarborg, Chemically Reacting Flow (2003), chapter 12.
    """

    def __call__(self, at: View):
        _in_si(at)
        named = dict(zip(at.mixture.species_names, at.species))
        if set(named) != set(self.pair):
            raise ArithmeticError(
                f"expected a mixture of {self.pair[0]} and {self.pair[1]} only; the species are {', '.join(named)}"
            )
        return factor_fit(self.mechanism, self.pair)(at[temperature], at[named[self.pair[0]]])


class CanteraMixture(CanteraProperty):
    """A coefficient of the mixture at the local composition."""

    species: tuple[str, ...] | None = parameter(
        None, meaning="names in the mechanism, in the order of the mixture; those of the mixture without it"
    )

    def _named(self) -> tuple[str, ...]:
        return self.species or ()

    def _composition(self, at: View) -> tuple[tuple[str, ...], list]:
        """Names in the mechanism and mole fractions of all species."""
        _in_si(at)
        names = self.species or at.mixture.species_names
        x = [at[field] for field in at.species] or [1.0]
        if len(names) != len(x):
            raise ArithmeticError(
                f"expected species: {len(x)} names in {self.mechanism}, in the order of the mixture; found {len(names)}"
            )
        if text := unreadable(self.mechanism, names):
            raise ArithmeticError(text)
        return tuple(names), x


@plugin("cantera_viscosity")
class CanteraViscosity(CanteraMixture):
    """Viscosity of a gas mixture from those of its species, by Wilke:  mu = sum_i x_i mu_i / sum_j x_j Phi_ij

    Phi_ij = (1 + (mu_i/mu_j)^(1/2) (M_j/M_i)^(1/4))^2 / (8 (1 + M_i/M_j))^(1/2). This is
    Cantera's mixture-averaged model.

    Source: C. R. Wilke, J. Chem. Phys. 18 (1950) 517.
    """

    def __call__(self, at: View):
        names, x = self._composition(at)
        found = pure_fits(self.mechanism, names)
        roots = [np.sqrt(fit(at[temperature])) for fit in found.viscosities]
        total = 0.0
        for share, root, mass in zip(x, roots, found.masses):
            weights = (
                other * (1.0 + root / each * (heavy / mass) ** 0.25) ** 2 / np.sqrt(8.0 * (1.0 + mass / heavy))
                for other, each, heavy in zip(x, roots, found.masses)
            )
            total = total + share * root**2 / sum(weights)
        return total


@plugin("cantera_conductivity")
class CanteraConductivity(CanteraMixture):
    """Conductivity of a gas mixture from those of its species:  kappa = (sum_i x_i k_i + 1/sum_i (x_i/k_i)) / 2

    This is Cantera's mixture-averaged model. It leaves out thermal diffusion, and belongs to
    conductivity_without_diffusion where the laws state that; internal motion of the molecules is counted.

    Source: S. Mathur, P. K. Tondon, S. C. Saxena, Mol. Phys. 12 (1967) 569.
    """

    def __call__(self, at: View):
        names, x = self._composition(at)
        values = [fit(at[temperature]) for fit in pure_fits(self.mechanism, names).conductivities]
        along = sum(share * value for share, value in zip(x, values))
        return 0.5 * (along + 1.0 / sum(share / value for share, value in zip(x, values)))


class CanteraMulticomponent(CanteraMixture):
    """A conductivity by the multicomponent model."""

    def _fit(self, at: View, at_rest: bool) -> tuple[MixtureFit, list]:
        """The fit and the mole fractions of all species."""
        names, x = self._composition(at)
        if len(names) < 2:
            raise ArithmeticError("expected a mixture; the conductivity of one species is cantera_conductivity")
        return conductivity_fit(self.mechanism, names, at_rest), x


@plugin("cantera_multicomponent_conductivity")
class CanteraMulticomponentConductivity(CanteraMulticomponent):
    """Conductivity of a gas mixture at uniform composition by the multicomponent model:  kappa = lambda_0(T, x)

    q' = -kappa grad T + R T sum_i D^T_i d_i/(M_i x_i) with Cantera's D^T_i and driving forces d_i, so it belongs to
    conductivity. Thermal diffusion raises it above the conductivity without diffusion. Tabulated once for the species
    of the mixture.

    Source: R. J. Kee, M. E. Coltrin, P. Glarborg, Chemically Reacting Flow (2003), chapter 12.
    """

    def __call__(self, at: View):
        fit, x = self._fit(at, at_rest=False)
        return fit(at[temperature], x)


@plugin("cantera_multicomponent_conductivity_without_diffusion")
class CanteraMulticomponentConductivityWithoutDiffusion(CanteraMulticomponent):
    """Conductivity of a gas mixture where none of its species diffuses, by the multicomponent model:

        lambda = lambda_0 + sum_i (R/(M_i x_i)) D^T_i e_i ,  e_i = sum_j (x_i x_j/D_ij)(D^T_j/rho_j - D^T_i/rho_i)

    e_i grad ln T are the driving forces that hold every species still, as in a sealed cell that has come to rest. It
    belongs to conductivity_without_diffusion. Tabulated once for the species of the mixture.

    Source: R. J. Kee, M. E. Coltrin, P. Glarborg, Chemically Reacting Flow (2003), chapter 12.
    """

    def __call__(self, at: View):
        fit, x = self._fit(at, at_rest=True)
        return fit(at[temperature], x)
