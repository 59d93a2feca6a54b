"""First-order reaction that changes the number of moles, in a slab."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .roots import bracketed_roots

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(80)
_DEEPEST = 600.0


def _first(y: np.ndarray) -> np.ndarray:
    """(exp(y) - 1)/y."""
    small = np.abs(y) < 1e-8
    return np.where(small, 1.0 + 0.5 * y, np.expm1(y) / np.where(small, 1.0, y))


def _second(y: np.ndarray) -> np.ndarray:
    """(exp(y) - 1 - y)/y^2, by its series near zero."""
    series, term = np.zeros_like(y), np.full_like(y, 0.5)
    for k in range(3, 22):
        series, term = series + term, term * y / k
    near = np.abs(y) < 1.0
    return np.where(near, series, (np.expm1(y) - y) / np.where(near, 1.0, y) ** 2)


@plugin("stefan_slab")
class StefanSlab(Solution):
    """Steady diffusion into a slab in which A turns into n B at the rate k c x, sealed at z = L, at uniform pressure.

    Of every A that goes in, n B come out, N_B = -n N_A, so that with  m = n - 1  and  u = ln(1 + m x)/m

        N_A = -c D x'/(1 + m x) = -c D u' ,     D u'' = k x = k (exp(m u) - 1)/m ,     u'(L) = 0

    u is x where m = 0. The first integral, with F(u) the integral of x du and a the value of u at the sealed end, is

        u'^2 = (2 k/D) (F(u) - F(a)) ,     phi = L sqrt(k/D) = integral from a to u_0 of du/sqrt(2 (F(u) - F(a)))
        eta = N_A(0)/(k c x_0 L) = sqrt(2 (F(u_0) - F(a)))/(phi x_0)

    The integral is taken over v, u = a cosh(v), in which it has no singularity and, for x << 1, an integrand of 1: by
    Gauss-Legendre with 80 points, to round-off. a follows by bisection, and so does the profile.

    Observables: `effectiveness` eta and `N_A` [mol m^-2 s^-1] into the slab at z = 0.

    Conditions: uniform T, p, c, D, k; no way back from B to A; 1 + m x_0 > 0.

    Source: E. W. Thiele, Ind. Eng. Chem. 31 (1939) 916, for the effect of the volume change;
    the integral by separation.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    rate_constant: float = parameter(unit="1/s", above=0.0, meaning="rate constant k")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L of the slab")
    x_mouth: float = parameter(above=0.0, maximum=1.0, meaning="mole fraction x_0 at z = 0")
    products: float = parameter(2.0, minimum=0.0, meaning="n, moles of B from one of A")
    species: str = parameter("A", meaning="the species that reacts")

    @property
    def modulus(self) -> float:
        """phi = L sqrt(k/D)."""
        return self.length * float(np.sqrt(self.rate_constant / self.diffusivity))

    @property
    def _gain(self) -> float:
        """m."""
        return self.products - 1.0

    @property
    def _mouth(self) -> float:
        """u at z = 0."""
        return float(np.log1p(self._gain * self.x_mouth)) / self._gain if self._gain else self.x_mouth

    def _fraction(self, u: np.ndarray) -> np.ndarray:
        """x at u."""
        return u * _first(self._gain * np.asarray(u, float))

    def _rise(self, d: np.ndarray, a: np.ndarray) -> np.ndarray:
        """(F(a + d) - F(a))/d, without loss of digits."""
        return self._fraction(a) * _first(self._gain * d) + d * _second(self._gain * d)

    def _depth(self, v: np.ndarray, a: np.ndarray) -> np.ndarray:
        """sqrt(k/D) times the distance from the sealed end to where u = a cosh(v)."""
        v = np.asarray(v, float)
        at = 0.5 * v[..., None] * (1.0 + _NODES)
        floor = np.asarray(a, float)[..., None]
        slopes = np.cosh(0.5 * at) * np.sqrt(floor / self._rise(2.0 * floor * np.sinh(0.5 * at) ** 2, floor))
        return 0.5 * v * (slopes @ _WEIGHTS)

    @cached_property
    def _end(self) -> tuple[float, float]:
        """v at z = 0 and a."""

        def surplus(v: np.ndarray) -> np.ndarray:
            return self._depth(v, self._mouth / np.cosh(v)) - self.modulus

        (v,) = bracketed_roots(surplus, np.array([1e-9]), np.array([_DEEPEST]))
        return float(v), self._mouth / float(np.cosh(v))

    @property
    def x_end(self) -> float:
        """Mole fraction at the sealed end."""
        return float(self._fraction(np.array(self._end[1])))

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        v_mouth, a = self._end
        depth = self.modulus * (1.0 - np.asarray(x, float) / self.length)
        # counted from 1, so that the bisection ends where v itself is 0
        low, high = np.ones_like(depth), np.full_like(depth, 1.0 + v_mouth)
        v = bracketed_roots(lambda w: self._depth(w - 1.0, np.full_like(w, a)) - depth, low, high) - 1.0
        return {f"x_{self.species}": self._fraction(a * np.cosh(v))}

    def observables(self) -> Mapping[str, float]:
        a = self._end[1]
        d = self._mouth - a
        eta = float(np.sqrt(2.0 * d * self._rise(np.array(d), np.array(a)))) / (self.modulus * self.x_mouth)
        whole = self.rate_constant * self.concentration * self.x_mouth * self.length
        return {"effectiveness": eta, f"N_{self.species}": eta * whole}

    def validate(self, context: Context) -> Iterable[Issue]:
        if not 1e-3 <= self.modulus <= 0.9 * _DEEPEST:
            return mistakes(
                [f"the Thiele modulus is {self.modulus:.4g}; this form is evaluated from 0.001 to {0.9 * _DEEPEST:.0f}"]
            )
        if 1.0 + self._gain * self.x_mouth <= 0.0:
            return mistakes(
                ["A that vanishes without a product cannot be all of the gas: x_mouth must be below 1 at products = 0"]
            )
        return mistakes([])
