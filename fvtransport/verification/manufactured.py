"""Manufactured solutions for any set of laws: smooth exact fields, and the sources and boundary data that belong to
them.

The code of the laws itself is run on formulas (see `symbolic`), once per axis with the unit normal along it; the
divergence of that flux, less the sources of the laws, is what must be produced to make the chosen fields a steady
solution. Every boundary condition keeps its kind and coefficients: it is shifted by what the exact solution leaves of
it, so that a Dirichlet condition gets the exact value, Neumann's the exact flux, an exchange the exact surroundings.
Where the code of a law cannot be run on formulas, its flux is evaluated with numbers (see `numeric_laws`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from ..case.model import Case, SteadySpec, TransientSpec
from ..discretisation.boundary_equation import BoundaryEquation
from ..discretisation.build import Discretisation, build
from ..discretisation.system import System
from ..errors import FvtransportError, PluginError, plugin_call
from ..mesh.geometry import Geometry
from ..mesh.spec import MeshSpec
from ..model.handles import Field
from ..model.law import Law
from ..model.medium import Medium
from ..model.mixture import Mixture
from ..model.state import Terms
from .exact_fields import divergence, extents, selection
from .numeric_laws import NumericLaws, cell_production
from .posed import IllPosed, NotFinite, check_finite, check_posed
from .shifted import ManufacturedSource, ShiftedEquation, ShiftedFlux, boundary_view, shifted
from .symbolic import NotSymbolic, SymbolicFace, SymbolicView, expression_of, import_sympy, number_functions

__all__ = ["IllPosed", "Manufactured", "ManufacturedSource", "ShiftedEquation", "ShiftedFlux", "manufacture"]

_COARSE = 4
Numbers = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Manufactured:
    """Exact fields of a case with what belongs to them, as functions of places (3 or more, n).

    values and sources are (balances, n); fluxes (axes x balances, n) those along each axis. expressions are the fields
    as sympy formulas of x, y, z. Where no formula exists, reason says why, and sources are what the laws produce.
    """

    case: Case
    expressions: Mapping[Field, Any]
    values: Numbers
    fluxes: Numbers
    sources: Numbers
    reason: str = ""

    def flux_on(self, position: np.ndarray, normal: np.ndarray) -> np.ndarray:
        """Exact total flux along the given normals (3, n), (balances, n)."""
        axes = self.fluxes(position).reshape(-1, len(self.expressions), position.shape[1])
        return np.einsum("abn,an->bn", axes, normal[: len(axes)])

    def produced(self, geometry: Geometry) -> np.ndarray:
        """What must be produced per volume and time in the cells of a mesh, (balances, cells)."""
        sources = self.sources(geometry.cell_positions)
        if not self.reason:
            return sources
        return cell_production(geometry, self.flux_on(geometry.faces.centres, geometry.faces.normal), sources)

    def discretise(self, mesh: MeshSpec) -> Discretisation:
        """The case on a mesh of the same kind, with manufactured sources and boundary data, started at the exact
        fields.
        """
        discretised = build(replace(self.case, mesh=mesh))
        system, geometry = discretised.system, discretised.system.geometry
        exact = self.values(geometry.position)
        check_finite(system, exact, self.start)
        states, fluxes = (
            self.values(geometry.faces.centres),
            self.flux_on(geometry.faces.centres, geometry.faces.normal),
        )
        boundary_equations = [
            replace(each, condition=shifted(each, system.medium, states, fluxes[each.row], self.start))
            for each in system.boundary_equations
        ]
        produced, inside = self.produced(geometry), self.values(geometry.cell_positions)
        _require_finite(system, produced, fluxes)
        law = ManufacturedSource(
            balances=system.balances,
            produced=produced,
            exact=inside,
            anchor=self._anchors(boundary_equations, system.medium, states, fluxes, produced, inside),
        )
        whole = System(system.medium, {**system.laws, "manufactured": law}, geometry, boundary_equations)
        check_posed(whole, exact, self.start)
        whole.fluxes.trace_dependencies([self.start], exact)
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
        produced: np.ndarray,
        exact: np.ndarray,
    ) -> np.ndarray:
        """Strength of the sink of each balance [flux per length and field]; zero where a condition fixes the level."""
        moved = states * 1.001
        pinned = set()
        for each in boundary_equations:
            flux = fluxes[each.row]
            before, after = (
                each.condition.residual(boundary_view(each, medium, s, flux, self.start)) for s in (states, moved)
            )
            if np.any(before != after):
                pinned.add(each.row)
        size = np.abs(produced).max(axis=1) / np.ptp(exact, axis=1)
        return np.array([0.0 if row in pinned else size[row] or 1.0 for row in range(len(exact))])


def manufacture(case: Case, fields: Mapping[str, Any] | None = None) -> Manufactured:
    """The manufactured solution of a case.

    fields maps names of solved fields to sympy expressions of x, y, z (symbols with real=True); without it smooth ones
    are chosen, inside the range of the case, with gradients in every field. Sources are derived as formulas, or from
    numbers where a law cannot be evaluated on formulas. Raises NotSymbolic where neither is possible, as where
    coefficients jump between regions.
    """
    symbols = import_sympy().symbols("x y z", real=True)
    coarse = replace(case.mesh, axes=tuple(replace(axis, cells=min(axis.cells, _COARSE)) for axis in case.mesh.axes))
    steady = replace(case, solve=SteadySpec(), observe=(), derived={}, comparison=None, protocol=None)
    discretised = build(replace(case, mesh=coarse))
    medium = discretised.system.medium
    axes = case.mesh.axes or extents(discretised.system.geometry)
    exact = _given(medium, fields) if fields else selection(case.mesh, axes, discretised, symbols)
    t = case.solve.start if isinstance(case.solve, TransientSpec) else 0.0
    values = number_functions([exact[field] for field in medium.fields], symbols)
    try:
        fluxes, sources = _formulas(case, medium, t, exact, symbols[: len(axes)], symbols)
        return Manufactured(steady, exact, values, fluxes, sources)
    except NotSymbolic as reason:
        slopes = [number_functions([exact[f].diff(s) for f in medium.fields], symbols) for s in symbols[: len(axes)]]
        laws = NumericLaws(medium, case.laws, t, values, slopes)
        _try(laws, discretised.system.geometry, reason)
        return Manufactured(steady, exact, values, laws.fluxes, laws.sources, str(reason))


def _formulas(
    case: Case, medium: Medium, t: float, exact: Mapping[Field, Any], along: Sequence[Any], symbols: Sequence[Any]
) -> tuple[Numbers, Numbers]:
    """Fluxes along the axes, and what must be produced, derived from the code of the laws; raises NotSymbolic."""
    faces = [SymbolicFace(medium, t, exact, symbols, axis) for axis in range(len(along))]
    fluxes = [_passing(medium, case.laws, face) for face in faces]
    made = _summed(medium, case.laws, "source", SymbolicView(medium, t, exact, symbols))
    for face in faces:
        made = [total + part for total, part in zip(made, _summed(medium, case.laws, "face_source", face))]
    spread = [divergence(case.mesh, [flux[row] for flux in fluxes], symbols) for row in range(len(made))]
    return (
        number_functions([term for flux in fluxes for term in flux], symbols),
        number_functions([total - source for total, source in zip(spread, made)], symbols),
    )


def _try(laws: NumericLaws, geometry: Geometry, reason: NotSymbolic) -> None:
    """Raise the reason why there are no formulas where the laws cannot be evaluated with numbers at points either."""
    try:
        with np.errstate(all="ignore"):
            plugin_call("the laws", lambda: laws.fluxes(geometry.cell_positions))
            plugin_call("the laws", lambda: laws.sources(geometry.cell_positions))
    except (PluginError, ArithmeticError) as error:
        raise reason from error


def _require_finite(system: System, produced: np.ndarray, fluxes: np.ndarray) -> None:
    """Raise NotFinite where a source or a flux of the exact fields has no value, though the laws themselves have."""
    for what, found, places in (
        ("source", produced, system.geometry.cell_positions),
        ("flux", fluxes, system.geometry.faces.centres),
    ):
        wrong = np.argwhere(~np.isfinite(found))
        if wrong.size:
            row, i = wrong[0]
            text = (
                f"the manufactured {what} of {system.balances[row].name} is {found[row, i]:g} at x = {places[0, i]:g}"
            )
            raise NotFinite(f"{text}: a law has no derivative at the exact fields there")


def _given(medium: Medium, fields: Mapping[str, Any]) -> dict[Field, Any]:
    names = {field.name: field for field in medium.fields}
    if fields.keys() != names.keys():
        raise FvtransportError(f"an exact field is needed for each of {', '.join(names)}; given: {', '.join(fields)}")
    return {field: expression_of(fields[name]) for name, field in names.items()}


def _passing(medium: Medium, laws: Mapping[str, Law], face: SymbolicFace) -> list[Any]:
    """The total flux of every balance along the normal, convection included, as formulas; the face has them."""
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
            parts = _by_row(medium, f"law {name}", partial(getattr(law, term), view))
            total = [own + part for own, part in zip(total, parts)]
    return total


def _by_row(medium: Medium, what: str, evaluate: Callable[[], Terms]) -> list[Any]:
    """Terms by balance, as formulas; NotSymbolic names what they are of."""
    try:
        parts = plugin_call(f"{what} cannot be evaluated on formulas", evaluate)
    except NotSymbolic as error:
        raise NotSymbolic(f"{what}: {error}") from error
    except PluginError as error:
        raise NotSymbolic(str(error)) from error
    total = [import_sympy().Integer(0) for _ in medium.balances]
    for key, part in parts.items():
        if (row := medium.row.get(key)) is not None:
            total[row] += expression_of(part)
    return total
