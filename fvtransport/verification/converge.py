"""Errors on a series of refined meshes, and the order at which they vanish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..case.model import Case, Comparison, TransientSpec
from ..discretisation.build import build
from ..errors import FvtransportError
from ..mesh.geometry import BoundaryFaces, Geometry
from ..mesh.spec import MeshSpec
from ..results.balance import rate_floor
from ..results.fields import fields_by_name, nodes_of, positions_of
from ..results.result import Result
from ..solvers.solve import solve
from .convergence import Convergence, Level
from .manufactured import Manufactured, manufacture
from .posed import cell_peclet

__all__ = [
    "NotConverged",
    "NotMeasurable",
    "against_manufactured",
    "against_solution",
    "convergence_of",
    "measure",
    "refined",
]

_TIME_ERROR = 1e-10
_EDGE = 0.125
_ENDS = (("left", "right"), ("bottom", "top"), ("front", "back"))


class NotMeasurable(FvtransportError):
    """A case gives nothing to measure an order with, or a run did not reach its end."""

    exit_code = 2


class NotConverged(FvtransportError):
    """One of the runs did not converge."""

    exit_code = 3


def refined(mesh: MeshSpec, factor: int) -> MeshSpec:
    """The same mesh with `factor` times as many cells along every axis; NotMeasurable where it has none."""
    if not mesh.axes:
        raise NotMeasurable(f"{mesh.type} comes from a file: it cannot be refined by its number of cells")
    return replace(mesh, axes=tuple(replace(axis, cells=factor * axis.cells) for axis in mesh.axes))


def against_manufactured(case: Case, levels: int, fields: Mapping[str, Any] | None = None) -> Convergence:
    """Errors of a steady manufactured solution (of given exact fields) on meshes refined by 2 from that of the case."""
    made = manufacture(case, fields)
    meshes = [refined(case.mesh, 2**level) for level in range(levels)]
    return convergence_of(made, [measure(made, mesh) for mesh in meshes])


def convergence_of(made: Manufactured, levels: Sequence[Level]) -> Convergence:
    """The table of some meshes on which a manufactured solution was measured."""
    return Convergence(made.case.title, "manufactured solution", tuple(levels), made.reason)


def against_solution(case: Case, levels: int) -> Convergence:
    """Errors against the case's own closed form on meshes refined by 2; in time at a tolerance that does not show."""
    if case.comparison is None:
        cure = "add `compare:`, or use --manufactured"
        raise NotMeasurable(f"{case.path.name} names no closed form to converge to: {cure}")
    runs = [_run(_tightened(replace(case, mesh=refined(case.mesh, 2**level)))) for level in range(levels)]
    found = [_errors(run, case.comparison) for run in runs]
    _add_changes(found, [_flows(run) for run in runs], _flow_sizes(runs[-1]))
    measured = (_level(run.case.mesh, run.system.geometry, errors) for run, errors in zip(runs, found))
    return Convergence(case.title, case.comparison.name, tuple(measured))


def measure(made: Manufactured, mesh: MeshSpec) -> Level:
    """Errors of a manufactured solution on one mesh, which may come from a file; NotConverged where the run fails."""
    discretised = made.discretise(mesh)
    solved = solve(replace(made.case, mesh=mesh), discretised)
    _demand(solved.ending, mesh)
    snapshot, geometry = solved.snapshots[-1], discretised.system.geometry
    off = np.abs(snapshot.values - made.values(geometry.position))
    errors = {}
    for balance, row, exact in zip(snapshot.system.balances, off, made.values(geometry.position)):
        errors |= _inside_and_boundaries(balance.field.name, row / _spread(exact), geometry)
    if geometry.boundaries:
        flux = made.flux_on(geometry.faces.centres, geometry.faces.normal)
        weight = np.zeros(geometry.faces.area.size)
        for boundary in geometry.boundaries.values():
            weight[boundary.faces] = _fading_at_edges(mesh, geometry, boundary)
        for balance, row, exact in zip(snapshot.system.balances, np.abs(snapshot.evaluation.flux - flux), flux):
            errors[f"flux of {balance.name} through boundaries"] = float((weight * row).max() / np.abs(exact).max())
    exact = made.values(geometry.position)
    return replace(_level(mesh, geometry, errors), cell_peclet=cell_peclet(discretised.system, exact, made.start))


def _fading_at_edges(mesh: MeshSpec, geometry: Geometry, boundary: BoundaryFaces) -> np.ndarray:
    """Weight of each boundary face: 1, but falling to 0 over the last eighth of the domain before another boundary.

    Where two boundaries with prescribed values meet, the errors of their half-cells disagree, and the error of the flux
    goes as h^2 / r with the distance r from the edge.
    """
    weight = np.ones(boundary.area.size)
    for i, (axis, ends) in enumerate(zip(mesh.axes, _ENDS)):
        if boundary.name not in ends:
            way = (geometry.faces.centres[i, boundary.faces] - axis.start) / axis.length
            for end, distance in zip(ends, (way, 1.0 - way)):
                weight *= np.minimum(distance / _EDGE, 1.0) if end in geometry.boundaries else 1.0
    return weight


def _run(case: Case) -> Result:
    discretised = build(case)
    solved = solve(case, discretised)
    _demand(solved.ending, case.mesh)
    return Result.of(case, discretised, solved)


def _tightened(case: Case) -> Case:
    spec = case.solve
    return (
        replace(case, solve=replace(spec, rtol=min(spec.rtol, _TIME_ERROR)))
        if isinstance(spec, TransientSpec)
        else case
    )


def _demand(ending: Any, mesh: MeshSpec) -> None:
    if not ending.succeeded:
        cells = " x ".join(str(axis.cells) for axis in mesh.axes) or mesh.type
        raise NotConverged(f"the run on {cells} cells ended as: {ending.outcome.value}; {ending.message}")


def _errors(result: Result, comparison: Comparison) -> dict[str, float]:
    errors: dict[str, float] = {}
    for name, (off, spread) in _field_errors(result, comparison):
        errors |= _inside_and_boundaries(name, off / spread, result.system.geometry)
    for name, exact in comparison.solution.observables().items():
        if name in result.observables:
            got = np.atleast_1d(np.asarray(result.observables[name].value, float))
            expected = np.atleast_1d(np.asarray(exact, float))
            if got.shape == expected.shape:
                errors[name] = float((np.abs(got - expected) / np.where(expected, np.abs(expected), 1.0)).max())
    if not errors:
        raise NotMeasurable(f"the closed form {comparison.name} gives no field or observable that this case has")
    return errors


def _field_errors(result: Result, comparison: Comparison) -> Iterator[tuple[str, tuple[np.ndarray, float]]]:
    """The largest error over the compared times at every node of each field that is known, and its exact spread."""
    geometry, known = result.system.geometry, fields_by_name(result.system.medium)
    exact = [dict(comparison.solution.fields(positions_of(geometry), snapshot.t)) for snapshot in result.compared]
    for name in (name for name in exact[0] if name in known):
        truth = np.array([np.broadcast_to(fields[name], geometry.nodes) for fields in exact], float)
        got = np.array([nodes_of(snapshot, known[name]) for snapshot in result.compared])
        yield name, (np.abs(got - truth).max(axis=0), _spread(truth))


def _inside_and_boundaries(name: str, off: np.ndarray, geometry: Geometry) -> dict[str, float]:
    errors = {f"{name} inside": float(off[geometry.cells].max())}
    if geometry.boundaries:
        nodes = np.concatenate([np.arange(geometry.nodes)[boundary.nodes] for boundary in geometry.boundaries.values()])
        errors[f"{name} on boundaries"] = float(off[nodes].max())
    return errors


def _flows(result: Result) -> dict[str, float]:
    """Flow of every balance through every boundary at the end."""
    end = result.snapshots[-1]
    return {
        f"flow of {balance.name} through {boundary} (change)": end.outflow(balance, boundary)
        for balance in result.system.balances
        for boundary in result.system.geometry.boundaries
    }


def _flow_sizes(result: Result) -> dict[str, float]:
    """What those flows are relative to: the largest of the balance in the run, but nothing that is only round-off."""
    floor, sizes = rate_floor(result.system, result.snapshots[-1]), {}
    for row, balance in enumerate(result.system.balances):
        boundaries = result.system.geometry.boundaries
        flows = [abs(snapshot.outflow(balance, boundary)) for snapshot in result.snapshots for boundary in boundaries]
        sizes |= {
            f"flow of {balance.name} through {boundary} (change)": max([*flows, floor[row]]) for boundary in boundaries
        }
    return sizes


def _add_changes(errors: list[dict[str, float]], flows: list[dict[str, float]], sizes: Mapping[str, float]) -> None:
    """What no closed form gives: its change from each mesh to the next."""
    for name, size in sizes.items():
        for found, coarse, fine in zip(errors, flows, flows[1:]):
            found[name] = abs(fine[name] - coarse[name]) / (size or 1.0)


def _spread(exact: np.ndarray) -> float:
    magnitude, spread = np.abs(exact).max(), np.ptp(exact)
    return float(spread if spread > 1e-9 * magnitude else magnitude or 1.0)


def _level(mesh: MeshSpec, geometry: Geometry, errors: Mapping[str, float]) -> Level:
    """A mesh and its errors; cells of a mesh without axes are counted in all."""
    count = geometry.volume.size
    if not mesh.axes:
        return Level((count,), count ** (-1.0 / geometry.dimension), errors)
    return Level(tuple(axis.cells for axis in mesh.axes), 1.0 / mesh.axes[0].cells, errors)
