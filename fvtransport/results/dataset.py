"""A result as arrays with names, units and coordinates, as `fields.nc` holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..model.handles import Balance
from .cell_density import in_cells
from .fields import fields_by_name, nodes_of, shown_unit
from .mesh_coordinates import cell_dimension, coordinates_of, described, order_of_cells
from .provenance import versions
from .result import Result

if TYPE_CHECKING:
    import xarray

__all__ = ["dataset_of"]


def dataset_of(result: Result) -> xarray.Dataset:
    """All snapshots: fields in cells and on boundaries, fluxes on faces by law and total, amounts, observables.

    Cells lie along the dimension `x`, their position or radius, in one dimension of space, along `cell` in more; the
    attribute `shape` of a structured mesh says how to fold `cell` into its axes. Faces have a centre, a normal along
    which fluxes are positive, and the cells on both sides (-1 is outside).
    """
    import xarray

    time = described("time", shown_unit("s", result.case.units))
    coordinates = {"time": ("time", [snapshot.t for snapshot in result.snapshots], time), **coordinates_of(result)}
    variables: dict[str, Any] = {}
    if result.snapshots:
        variables = {**_fields(result), **_observables(result)}
        parts = _flux_by_law(result)
        coordinates["law"] = ("law", list(parts[0]), described("law"))
        coordinates |= _systems(result)
        for balance in result.system.balances:
            variables.update(_balance(result, balance, parts))
        variables.update(_entropy(result))
    return xarray.Dataset(variables, coordinates, _global_attributes(result))


def _flux_by_law(result: Result) -> list[dict[str, np.ndarray]]:
    """The fluxes of all laws at every snapshot, zero for a law that does not hold in its phase."""
    parts = [snapshot.fluxes.by_law for snapshot in result.snapshots]
    return _filled(parts, np.zeros_like(result.snapshots[0].evaluation.flux))


def _filled(parts: Sequence[Mapping[str, np.ndarray]], nothing: np.ndarray) -> list[dict[str, np.ndarray]]:
    """The same with all names in each."""
    names = dict.fromkeys(name for part in parts for name in part)
    return [{name: part.get(name, nothing) for name in names} for part in parts]


def _systems(result: Result) -> dict[str, Any]:
    """Phase and cycle of every snapshot of a run through a protocol."""
    found = [snapshot.occurrence for snapshot in result.snapshots if snapshot.occurrence is not None]
    if len(found) < len(result.snapshots):
        return {}
    return {
        "phase": ("time", [occurrence.phase for occurrence in found], described("phase of the protocol")),
        "cycle": ("time", [occurrence.cycle for occurrence in found], described("cycle, counted from 1")),
    }


def _fields(result: Result) -> dict[str, Any]:
    variables: dict[str, Any] = {}
    snapshots, geometry = result.snapshots, result.system.geometry
    for name, field in fields_by_name(result.system.medium).items():
        values = np.array([nodes_of(snapshot, field) for snapshot in snapshots], float)
        unit = shown_unit(field.unit, result.case.units)
        by_boundary = [values[:, boundary.nodes] for boundary in geometry.boundaries.values()]
        means = [
            each @ (boundary.area / boundary.area.sum())
            for each, boundary in zip(by_boundary, geometry.boundaries.values())
        ]
        inside = described(field.meaning or name, unit)
        variables[name] = (("time", cell_dimension(result.system.geometry)), values[:, geometry.cells], inside)
        text = f"{field.meaning or name} on the boundary"
        by_name = np.stack(means, axis=1) if means else np.zeros((len(snapshots), 0))
        variables[f"{name}_boundary"] = (("time", "boundary"), by_name, described(f"mean {text}", unit))
        faces = np.concatenate(by_boundary, axis=1) if by_boundary else by_name
        variables[f"{name}_on_boundaries"] = (("time", "boundary_face"), faces, described(text, unit))
        if geometry.interfaces:
            text = f"{field.meaning or name} on the sides of the interfaces"
            found = values[:, geometry.interface_nodes]
            variables[f"{name}_on_interfaces"] = (("time", "interface_node"), found, described(text, unit))
    return variables


def _balance(result: Result, balance: Balance, parts: list[dict[str, np.ndarray]]) -> dict[str, Any]:
    snapshots, units, name = result.snapshots, result.case.units, balance.name
    row, boundaries = result.system.medium.row[balance], list(result.system.geometry.boundaries)
    unit, amount = shown_unit(balance.flux_unit, units), shown_unit(balance.amount_unit, units)
    by_law = np.array([[flux[row] for flux in instant.values()] for instant in parts])
    along = "along x" if result.system.geometry.dimension == 1 else "along the normal of the face"
    variables: dict[str, Any] = {
        f"{name}_flux": (
            ("time", "face"),
            np.array([snapshot.evaluation.flux[row] for snapshot in snapshots]),
            described(f"flux of {balance.meaning or name} {along}, as solved", unit),
        ),
        f"{name}_flux_by_law": (
            ("time", "law", "face"),
            by_law.reshape(len(snapshots), -1, result.system.geometry.faces.area.size),
            described(f"flux of {balance.meaning or name} {along}, by law", unit),
        ),
    }
    if not snapshots[0].is_steady:
        stored = np.array([snapshot.amount(balance) for snapshot in snapshots])
        text = f"{balance.meaning or name} in the domain"
        variables[f"{name}_amount"] = ("time", stored, described(text, amount))
        left = np.array(
            [[snapshot.cumulative_outflow(balance, boundary) for boundary in boundaries] for snapshot in snapshots]
        )
        produced = np.array([snapshot.cumulative_production(balance) for snapshot in snapshots])
        text = f"{balance.meaning or name} that has left since the start"
        variables[f"{name}_left"] = (("time", "boundary"), left, described(text, amount))
        text = f"{balance.meaning or name} produced since the start"
        variables[f"{name}_produced"] = ("time", produced, described(text, amount))
    return variables


def _entropy(result: Result) -> dict[str, Any]:
    """Entropy production in the cells, and that of each law in the whole domain."""
    if result.audit is None:
        return {}
    system, units = result.system, result.case.units
    instants = [result.entropy_production(snapshot) for snapshot in result.snapshots]
    instants = _filled(instants, np.zeros(system.geometry.faces.area.size))
    density = np.array([in_cells(system, np.asarray(sum(instant.values()))) for instant in instants])
    by_law = np.array([[part @ system.geometry.faces.volume for part in instant.values()] for instant in instants])
    field = described("entropy production per volume", shown_unit("W/K/m^3", units))
    total = described("entropy production in the domain, by law", shown_unit("W/K", units))
    return {
        "entropy_production": (("time", cell_dimension(result.system.geometry)), density, field),
        "entropy_production_by_law": (("time", "law"), by_law, total),
    }


def _observables(result: Result) -> dict[str, Any]:
    variables = {}
    for observed in result.case.observe:
        text = f"observable {observed.name} ({observed.plugin})"
        attributes = described(text, result.observables[observed.name].unit)
        variables[f"observable_{observed.name}"] = ("time", result.history(observed.observable), attributes)
    return variables


def _global_attributes(result: Result) -> dict[str, str]:
    found = {f"version_{name.replace('-', '_')}": version for name, version in versions().items()}
    return {
        "title": result.case.title,
        "status": result.ending.outcome.value,
        "kind": "steady" if result.is_steady else "transient",
        **order_of_cells(result.system.geometry),
        **found,
    }
