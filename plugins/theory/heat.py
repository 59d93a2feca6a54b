"""Stored heat."""

from __future__ import annotations

import numpy as np

from fvtransport import CellView

from ..handles import heat_capacity, temperature

__all__ = ["sensible_heat"]

_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(8)


def sensible_heat(cell: CellView, reference: float):
    """Stored heat per volume [J/m^3]: c_p T for a plain number, else the integral of c_p dT
    from the reference temperature.

    Gauss-Legendre with 8 points, exact for polynomials in T up to degree 15. Shape (..., cells).
    """
    if cell.number(heat_capacity) is not None:
        return cell[heat_capacity] * cell[temperature]
    rise = cell[temperature] - reference
    capacities = [cell.where({temperature: reference + 0.5 * (1.0 + s) * rise})[heat_capacity] for s in _POINTS]
    return sum(0.5 * weight * capacity for weight, capacity in zip(_WEIGHTS, capacities)) * rise
