"""Manufactured solutions for any set of laws: smooth exact fields, and the sources and wall data that belong to them.

The code of the laws itself is run on formulas (see `symbolic`), once per axis with the unit normal along it; the
divergence of that flux, less the sources of the laws, is what must be produced to make the chosen fields a steady
solution. Every boundary condition keeps its kind and coefficients: it is shifted by what the exact solution leaves of
it, so that a Dirichlet condition gets the exact value, Neumann's the exact flux, an exchange the exact surroundings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..case.model import Case, SteadySpec, TransientSpec
from ..discretisation.build import Discretisation, build
from ..discretisation.system import BoundaryEquation, System
from ..errors import FvtransportError, PluginError
from ..mesh.spec import MeshSpec
from ..model.boundary import Boundary
from ..model.handles import Balance, Field
from ..model.law import Law
from ..model.medium import Medium
from ..model.mixture import Mixture
from ..model.state import Terms
from ..model.views import BoundaryView, CellView
from .exact_fields import divergence, extents, selection
from .symbolic import NotSymbolic, SymbolicFace, SymbolicView, expression_of, import_sympy, number_functions

__all__ = ["IllPosed", "Manufactured", "ManufacturedSource", "ShiftedEquation", "ShiftedFlux", "manufacture"]

_COARSE = 4
Numbers = Callable[[np.ndarray], np.ndarray]


class IllPosed(FvtransportError):
    """The laws of a case let a quantity flow up its own gradient: no solution could be approached."""

    exit_code = 2


@dataclass(frozen=True)
class Manufactured:
    """Exact fields of a case with what belongs to them, as functions of places (3 or more, n).

    values and sources are (balances, n); fluxes (axes x balances, n) those along each axis. expressions are the fields
    as sympy formulas of x, y, z.
    """

    case: Case
    expressions: Mapping[Field, Any]
    values: Numbers
    fluxes: Numbers
    sources: Numbers

    def flux_on(self, position: np.ndarray, normal: np.ndarray) -> np.ndarray:
        """Exact total flux along the given normals (3, n), (balances, n)."""
        axes = self.fluxes(position).reshape(-1, len(self.expressions), position.shape[1])
        return np.einsum("abn,an->bn", axes, normal[: len(axes)])

    def discretise(self, mesh: MeshSpec) -> Discretisation:
        """The case on a mesh of the same kind, with manufactured sources and wall data, started at the exact fields."""
        problem = build(replace(self.case, mesh=mesh))
        system, geometry = problem.system, problem.system.geometry
        exact = self.values(geometry.position)
        states, fluxes = (
            self.values(geometry.faces.centres),
            self.flux_on(geometry.faces.centres, geometry.faces.normal),
        )
        boundary_equations = [
            replace(each, condition=_shifted(each, system.medium, states, fluxes[each.row], self.start))
            for each in system.boundary_equations
        ]
        cells = geometry.cell_positions
        law = ManufacturedSource(
            balances=system.balances,
            produced=self.sources(cells),
            exact=self.values(cells),
            anchor=self._anchors(boundary_equations, system.medium, states, fluxes, cells),
        )
        whole = System(system.medium, {**system.laws, "manufactured": law}, geometry, boundary_equations)
        _check_posed(whole, exact, self.start)
        whole.trace_dependencies(self.start, exact)
        return Discretisation(whole, exact, np.abs(exact).max(axis=1))

    @property
    def start(self) -> float:
        """The time at which laws and conditions are looked at."""
        return self.case.solve.start if isinstance(self.case.solve, TransientSpec) else 0.0

    def _anchors(
        self,
        boundary_equations: Sequence[BoundaryEquation],
        medium: Medium,
        states: np.ndarray,
        fluxes: np.ndarray,
        position: np.ndarray,
    ) -> np.ndarray:
        """Strength of the sink of each balance [flux per length and field]; zero where a condition fixes the level."""
        moved, exact = states * 1.001, self.values(position)
        pinned = set()
        for each in boundary_equations:
            flux = fluxes[each.row]
            before, after = (
                each.condition.residual(_boundary_view(each, medium, s, flux, self.start)) for s in (states, moved)
            )
            if np.any(before != after):
                pinned.add(each.row)
        size = np.abs(self.sources(position)).max(axis=1) / np.ptp(exact, axis=1)
        return np.array([0.0 if row in pinned else size[row] or 1.0 for row in range(len(exact))])


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
    """An equation of a wall, less what the exact solution leaves of it:  g(u) - g(u_exact) = 0"""

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


def manufacture(case: Case, fields: Mapping[str, Any] | None = None) -> Manufactured:
    """The manufactured solution of a case.

    fields maps names of solved fields to sympy expressions of x, y, z (symbols with real=True); without it smooth ones
    are chosen, inside the range of each field, with gradients in every field. Raises NotSymbolic where a law cannot be
    evaluated on formulas, and where coefficients jump between regions.
    """
    symbols = import_sympy().symbols("x y z", real=True)
    coarse = replace(case.mesh, axes=tuple(replace(axis, cells=min(axis.cells, _COARSE)) for axis in case.mesh.axes))
    steady = replace(case, solve=SteadySpec(), observe=(), derived={}, comparison=None, protocol=None)
    problem = build(replace(case, mesh=coarse))
    medium, laws = problem.system.medium, case.laws
    axes = case.mesh.axes or extents(problem.system.geometry)
    exact = _given(medium, fields) if fields else selection(case.mesh, axes, problem, symbols)
    t = case.solve.start if isinstance(case.solve, TransientSpec) else 0.0
    faces = [SymbolicFace(medium, t, exact, symbols, axis) for axis in range(len(axes))]
    fluxes = [_passing(medium, laws, face) for face in faces]
    made = _summed(medium, laws, "source", SymbolicView(medium, t, exact, symbols))
    for face in faces:
        made = [total + part for total, part in zip(made, _summed(medium, laws, "face_source", face))]
    spread = [divergence(case.mesh, [flux[row] for flux in fluxes], symbols) for row in range(len(made))]
    return Manufactured(
        steady,
        exact,
        number_functions([exact[field] for field in medium.fields], symbols),
        number_functions([term for flux in fluxes for term in flux], symbols),
        number_functions([total - source for total, source in zip(spread, made)], symbols),
    )


def _given(medium: Medium, fields: Mapping[str, Any]) -> dict[Field, Any]:
    names = {field.name: field for field in medium.fields}
    if fields.keys() != names.keys():
        raise FvtransportError(f"an exact field is needed for each of {', '.join(names)}; given: {', '.join(fields)}")
    return {field: expression_of(fields[name]) for name, field in names.items()}


def _passing(medium: Medium, laws: Mapping[str, Law], face: SymbolicFace) -> list[Any]:
    """The total flux of every balance along the normal, what the mixture carries included, as formulas; the face then has them."""
    dissipative_part = _summed(medium, laws, "flux", face)
    face.carry(dissipative_part)
    if type(medium.mixture).convective_flux is Mixture.convective_flux:
        return dissipative_part
    convective_flux = _by_row(medium, "the bulk flow", lambda: medium.mixture.convective_flux(face))
    total = [own + with_flow for own, with_flow in zip(dissipative_part, convective_flux)]
    face.carry(total, convective_flux)
    return total


def _summed(medium: Medium, laws: Mapping[str, Law], term: str, view: SymbolicView) -> list[Any]:
    """The fluxes, the sources or the work of all laws by balance, as formulas."""
    total = [import_sympy().Integer(0) for _ in medium.balances]
    for name, law in laws.items():
        if getattr(type(law), term) is not getattr(Law, term):
            parts = _by_row(medium, f"law {name}", lambda: getattr(law, term)(view))
            total = [own + part for own, part in zip(total, parts)]
    return total


def _by_row(medium: Medium, what: str, evaluate: Callable[[], Terms]) -> list[Any]:
    """Terms by balance, as formulas; NotSymbolic names what they are of."""
    try:
        parts = evaluate()
    except (NotSymbolic, PluginError) as error:
        raise NotSymbolic(f"{what}: {error}") from error
    except Exception as error:
        text = f"{what} cannot be evaluated on formulas: {type(error).__name__}: {error}"
        raise NotSymbolic(text) from error
    total = [import_sympy().Integer(0) for _ in medium.balances]
    for key, part in parts.items():
        if (row := medium.row.get(key)) is not None:
            total[row] += expression_of(part)
    return total


def _boundary_view(
    equation: BoundaryEquation, medium: Medium, states: np.ndarray, flux: np.ndarray, t: float
) -> BoundaryView:
    return BoundaryView(medium, t, equation.row, states, flux, equation.boundary)


def _shifted(equation: BoundaryEquation, medium: Medium, states: np.ndarray, flux: np.ndarray, t: float) -> Boundary:
    """The condition moved so that the exact state and flux (..., faces) satisfy it."""
    view = _boundary_view(equation, medium, states, flux, t)
    if equation.prescribes:
        return ShiftedFlux(inner=equation.condition, shift=view.flux - equation.condition.outward_flux(view))
    return ShiftedEquation(inner=equation.condition, shift=np.asarray(equation.condition.residual(view), float))


def _check_posed(system: System, values: np.ndarray, t: float) -> None:
    """Refuse laws by which a field flows up its own gradient, or cross-effects that outweigh the direct ones."""
    matrix = _conductances(system, values, t)
    own = np.einsum("fii->fi", matrix)
    for balance, conductance in zip(system.balances, own.T):
        if conductance.min() < 0.0:
            position = system.geometry.faces.centres[0, conductance.argmin()]
            text = f"{balance.name} flows up the gradient of {balance.field.name}, at x = {position:g}: a sign is wrong"
            raise IllPosed(text)
    scaled = matrix / np.where(own > 0.0, own, 1.0)[:, :, None]
    if np.linalg.eigvals(scaled).real.min() < -1e-12:
        raise IllPosed("the cross-effects outweigh the direct ones: the laws together are no diffusion")


def _conductances(system: System, values: np.ndarray, t: float) -> np.ndarray:
    """Minus the derivative of each flux by each gradient, (faces, balances, balances)."""
    mean, columns = system.face_average(values), []
    for row, size in enumerate(np.abs(values).max(axis=1)):
        half = np.zeros(mean.shape)
        half[row] = 0.5e-4 * size
        parts = [system.fluxes(t, mean - sign * half, mean + sign * half, system.laws).values() for sign in (1.0, -1.0)]
        rising, falling = (sum(each, np.zeros(mean.shape)) for each in parts)
        columns.append((falling - rising) / (2e-4 * size * system.geometry.faces.inverse_distance))
    return np.moveaxis(np.stack(columns, axis=1), -1, 0)
