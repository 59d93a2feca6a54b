"""Bracket integrals of Sonine polynomials for one pair of species, in two or three dimensions, to any order.

With the reduced velocities C_i = sqrt(m_i/(2 k T)) V_i of the pair, G of the centre of mass and
g of the relative motion,

    C_1 = sqrt(M_1) G + sqrt(M_2) g ,     C_2 = sqrt(M_2) G - sqrt(M_1) g ,     M_i = m_i/(m_1 + m_2)

A collision turns g and leaves G and |g| alone. The part of a function of C that is an angular harmonic of degree l in
the direction of g therefore loses, on average over the angle of deflection chi, the share that the cross section

    Q_l = integral of (1 - P_l(cos chi)) d(cross section) ,        P_l: cos(l chi) in two dimensions, Legendre in three

measures, and every bracket integral is a sum over l of averages of Q_l with a polynomial in g^2. That polynomial is
given here by its coefficients in the Laguerre polynomials of g^2 that are orthonormal in the integral over g.

Source: S. Chapman, T. G. Cowling, The Mathematical Theory of Non-uniform Gases, 3rd ed. (1970), chapters 4, 8 and 9.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .quadrature import gauss_laguerre, gauss_legendre, laguerre_values

__all__ = ["PairBrackets", "pair_brackets", "weight_power"]


def weight_power(dimension: int) -> float:
    """a of the weight  g^(2a) e^(-g^2) d(g^2)  in the integral over the relative speed."""
    return 0.5 * (dimension - 1)


@dataclass(frozen=True)
class PairBrackets:
    """Brackets  [F, G] = sum over l, r of matrix[..., l - 1, r] M_lr

    They are in units of sqrt(2 k T/mu), of vectors of unit norm.
    M_lr is the average of Q_l with the r-th Laguerre polynomial. own_first[p, q] belongs to the Sonine polynomials p
    and q of species 1, [s_p(C_1), s_q(C_1)]; own_second to those of species 2; cross[p, q] to [s_p(C_1), s_q(C_2)], p,
    q = 0 ... order. shear_own and shear_cross belong to the tensor C C of species 1 with itself and with that of
    species 2; that of species 2 with itself is shear_second.
    """

    own_first: np.ndarray
    own_second: np.ndarray
    cross: np.ndarray
    shear_first: np.ndarray
    shear_second: np.ndarray
    shear_cross: np.ndarray


@lru_cache(maxsize=256)
def pair_brackets(share: float, order: int, dimension: int) -> PairBrackets:
    """The brackets of a pair of which the first molecule has this share of the mass, M_1 = m_1/(m_1 + m_2)."""
    count = 2 * order + 2
    a = weight_power(dimension)
    g2, weights = gauss_laguerre(count, a)
    project = laguerre_values(count, a, g2) * weights
    G2, G_weights = gauss_laguerre(count, 0.5 * dimension - 1.0)
    harmonics = _circle if dimension == 2 else _sphere
    scale = 1.0 / (dimension * math.gamma(0.5 * dimension) ** 2)
    first = harmonics(share, 1.0, G2, g2, order)
    second = harmonics(1.0 - share, -1.0, G2, g2, order)
    both = [np.einsum("k,xplkj,xqlkj,rj->pqlr", scale * G_weights, one, two, project)
            for one, two in ((first, first), (second, second), (first, second))]  # fmt: skip
    return PairBrackets(*both, *_shear(share, dimension, g2, project))


def _polynomials(share: float, sign: float, G2, g2, cosine, order: int, dimension: int) -> np.ndarray:
    """Sonine polynomials of C^2 of unit norm for each component of s_p C, shape (p, G, g, angle)."""
    G2, g2 = G2[:, None, None], g2[:, None]
    C2 = share * G2 + (1.0 - share) * g2 + 2.0 * sign * np.sqrt(share * (1.0 - share) * G2 * g2) * cosine
    # the norm of a component of s C over all velocities is the Laguerre norm over d Gamma(d/2)
    return laguerre_values(order + 1, 0.5 * dimension, C2) * math.sqrt(dimension * math.gamma(0.5 * dimension))


def _circle(share: float, sign: float, G2, g2, order: int) -> np.ndarray:
    """Fourier components of s_p C in the angle from G to g: (both senses of rotation, p, l, G,
    g), l = 1 ... order + 1.
    """
    count = 2 * order + 4
    angle = 2.0 * np.pi * np.arange(count) / count
    C = math.sqrt(share) * np.sqrt(G2)[:, None, None] + sign * math.sqrt(1.0 - share) * np.sqrt(g2)[:, None] * np.exp(
        1j * angle
    )
    values = _polynomials(share, sign, G2, g2, np.cos(angle), order, 2) * C
    parts = np.fft.fft(values, axis=-1).real / count
    degrees = np.arange(1, order + 2)
    return np.moveaxis(np.stack([parts[..., degrees], parts[..., -degrees]]), -1, 2)


def _sphere(share: float, sign: float, G2, g2, order: int) -> np.ndarray:
    """Components of s_p C along and across G in spherical harmonics of g: (2, p, l, G, g), l = 1 ... order + 1."""
    cosine, weights = gauss_legendre(order + 3)
    along = (
        math.sqrt(share) * np.sqrt(G2)[:, None, None] + sign * math.sqrt(1.0 - share) * np.sqrt(g2)[:, None] * cosine
    )
    across = sign * math.sqrt(1.0 - share) * np.sqrt(g2)[:, None] * np.sqrt(1.0 - cosine**2)
    s = _polynomials(share, sign, G2, g2, cosine, order, 3)
    P, slope = _legendre(order + 1, cosine)
    degrees = np.arange(1, order + 2)
    axial = 0.5 * weights * P * np.sqrt(2.0 * degrees + 1.0)[:, None]
    round_ = 0.5 * weights * slope * np.sqrt((2.0 * degrees + 1.0) / (degrees * (degrees + 1.0)))[:, None]
    return np.stack([np.einsum("pkjc,lc->plkj", s * along, axial), np.einsum("pkjc,lc->plkj", s * across, round_)])


def _legendre(highest: int, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """P_l and sqrt(1 - x^2) P_l' for l = 1 ... highest, each of shape (l, x)."""
    bases = [np.polynomial.legendre.Legendre.basis(degree) for degree in range(1, highest + 1)]
    return np.stack([each(x) for each in bases]), np.sqrt(1.0 - x**2) * np.stack([each.deriv()(x) for each in bases])


def _shear(share: float, d: int, g2, project) -> list[np.ndarray]:
    """Brackets of the traceless tensors C C of unit norm, first order; only l = 1 and 2 take part."""
    scale = 4.0 / ((d - 1.0) * (d + 2.0) * math.gamma(0.5 * d))
    turned = 0.5 * d * (2.0 + 2.0 / d - 4.0 / d**2) * g2
    squared = (d - 1.0) / d * g2**2
    rest = 1.0 - share
    found = []
    for one, two in ((share * rest, rest**2), (share * rest, share**2), (-share * rest, share * rest)):
        found.append(scale * np.stack([project @ (one * turned), project @ (two * squared)]))
    return found
