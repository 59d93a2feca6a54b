"""Sources and boundary conditions moved so that the exact fields of a manufactured solution satisfy them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..discretisation.boundary_equation import BoundaryEquation
from ..model.boundary import Boundary
from ..model.handles import Balance
from ..model.law import Law
from ..model.medium import Medium
from ..model.views import BoundaryView, CellView

__all__ = ["ManufacturedSource", "ShiftedEquation", "ShiftedFlux", "boundary_view", "shifted"]


class ManufacturedSource(Law):
    """What must be produced to make the exact fields a solution:  s = div J - r + k (u_exact - u)

    k is zero but for balances whose level nothing else fixes.
    """

    balances: tuple[Balance, ...]
    produced: np.ndarray
    exact: np.ndarray
    anchor: np.ndarray

    def source(self, cell: CellView) -> Mapping[Balance, Any]:
        terms = {}
        for row, balance in enumerate(self.balances):
            terms[balance] = self.produced[row]
            if self.anchor[row]:
                terms[balance] = terms[balance] + self.anchor[row] * (self.exact[row] - cell[balance.field])
        return terms


class ShiftedEquation(Boundary):
    """A boundary equation, less its residual for the exact solution:  g(u) - g(u_exact) = 0"""

    inner: Boundary
    shift: np.ndarray

    def residual(self, boundary: BoundaryView) -> Any:
        return self.inner.residual(boundary) - self.shift


class ShiftedFlux(Boundary):
    """An imposed flux, moved so that the exact solution has it:  J . n = F(u) + (J_exact . n - F(u_exact))"""

    inner: Boundary
    shift: np.ndarray

    def outward_flux(self, boundary: BoundaryView) -> Any:
        return self.inner.outward_flux(boundary) + self.shift


def boundary_view(
    equation: BoundaryEquation, medium: Medium, states: np.ndarray, flux: np.ndarray, t: float
) -> BoundaryView:
    """The view of a boundary for exact states and fluxes on all faces."""
    return BoundaryView(medium, t, equation.row, states, flux, equation.boundary)


def shifted(equation: BoundaryEquation, medium: Medium, states: np.ndarray, flux: np.ndarray, t: float) -> Boundary:
    """The condition moved so that the exact state and flux (..., faces) satisfy it."""
    view = boundary_view(equation, medium, states, flux, t)
    if equation.prescribes:
        return ShiftedFlux(inner=equation.condition, shift=view.flux - equation.condition.outward_flux(view))
    return ShiftedEquation(inner=equation.condition, shift=np.asarray(equation.condition.residual(view), float))
