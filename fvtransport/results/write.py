"""Results on disk: DIR/{case.yaml, summary.json, fields.nc, figures}, the mesh's file where it has one,
written whole or not at all.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..model.handles import Balance
from .cell_density import in_cells
from .fields import fields_by_name, nodes_of, shown_unit
from .mesh_coordinates import cell_dimension, coordinates_of, described, order_of_cells
from .provenance import versions
from .read import StoreError
from .readings import plain
from .result import Result

if TYPE_CHECKING:
    import xarray

__all__ = ["dataset_of", "refuse_existing", "try_writing", "write"]

_FILES = ("case.yaml", "summary.json", "fields.nc")
_OURS = frozenset({*_FILES, "figures"})
_MESHES = (".geo", ".msh")
Draw = Callable[[Result, Path], Any]


def refuse_existing(directory: Path | str, force: bool = False) -> Path:
    """The full path that a result may be written to; StoreError where something there must not be replaced.

    Only a result folder is ever replaced, only with force, and only when it holds nothing but a result.
    """
    target = Path(directory).resolve()
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return target
    if not (target / "summary.json").is_file():
        raise StoreError(f"{directory} exists and is no result folder: it is left alone, choose another one")
    if not force:
        raise StoreError(f"{directory} already holds a result; use --force to replace it, or choose another folder")
    foreign = sorted(
        entry.name for entry in target.iterdir() if entry.name not in _OURS and entry.suffix not in _MESHES
    )
    if foreign:
        raise StoreError(f"{directory} holds {foreign[0]}, which is no part of a result: it is left alone")
    return target


def try_writing(directory: Path | str, force: bool = False) -> None:
    """Refuse, before anything is solved, a folder that `write` would refuse or could not make; raises StoreError."""
    target = refuse_existing(directory, force)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    made = [parent for parent in part.parents if not parent.exists()]
    try:
        part.mkdir(parents=True)
        part.rmdir()
    except OSError as error:
        raise StoreError(f"{directory} cannot be written: {error.strerror or error}") from error
    finally:
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()


def write(result: Result, directory: Path | str, force: bool = False, figures: Draw | None = None) -> list[Path]:
    """Write a result folder; returns its path and those of all files in it. figures(result, folder) draws them.

    Everything is written into a sibling first and moved into place at the end, so that a folder is complete or absent.
    A figure that fails becomes a warning of the result. Raises StoreError as `refuse_existing` does, or when the disk
    refuses.
    """
    target = refuse_existing(directory, force)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        part.mkdir(parents=True)
        _fill(result, part, figures)
        refuse_existing(directory, force)
        _move(part, target)
    except OSError as error:
        raise StoreError(f"{directory} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return [target, *(target / name for name in _FILES), *sorted((target / "figures").iterdir())]


def dataset_of(result: Result) -> xarray.Dataset:
    """All snapshots: fields in cells and on walls, fluxes on faces by law and total, amounts, observables.

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


def _filled(parts: list[dict[str, np.ndarray]], nothing: np.ndarray) -> list[dict[str, np.ndarray]]:
    """The same with all names in each."""
    names = dict.fromkeys(name for part in parts for name in part)
    return [{name: part.get(name, nothing) for name in names} for part in parts]


def _systems(result: Result) -> dict[str, Any]:
    """Phase and cycle of every snapshot of a run through a protocol."""
    found = [snapshot.occurrence for snapshot in result.snapshots]
    if None in found:
        return {}
    return {
        "phase": ("time", [occurrence.phase for occurrence in found], described("phase of the protocol")),
        "cycle": ("time", [occurrence.cycle for occurrence in found], described("cycle, counted from 1")),
    }


def _fill(result: Result, folder: Path, draw: Draw | None) -> None:
    import yaml

    resolved = plain(result.case.resolved)
    if result.case.mesh.file is not None:
        resolved["mesh"]["file"] = result.case.mesh.file.name
        shutil.copyfile(result.case.mesh.file, folder / result.case.mesh.file.name)
    case = yaml.safe_dump(resolved, sort_keys=False, allow_unicode=True)
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    dataset = dataset_of(result)
    dataset.attrs["case"] = case
    dataset.to_netcdf(folder / "fields.nc", engine="h5netcdf")
    figures = folder / "figures"
    figures.mkdir()
    if draw is not None:
        try:
            draw(result, figures)
        except Exception as error:  # a solved case is worth more than its pictures
            result.warnings.append(f"the figures could not be drawn: {type(error).__name__}: {error}")
    text = json.dumps(result.summary(), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")


def _move(part: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which is deleted last."""
    if not target.exists() or not any(target.iterdir()):
        os.replace(part, target)
        return
    old = part.with_suffix(".old")
    os.replace(target, old)
    try:
        os.replace(part, target)
    except OSError:
        os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


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
        means = np.stack(means, axis=1) if means else np.zeros((len(snapshots), 0))
        variables[f"{name}_boundary"] = (("time", "boundary"), means, described(f"mean {text}", unit))
        faces = np.concatenate(by_boundary, axis=1) if by_boundary else means
        variables[f"{name}_on_boundaries"] = (("time", "boundary_face"), faces, described(text, unit))
    return variables


def _balance(result: Result, balance: Balance, parts: list[dict[str, np.ndarray]]) -> dict[str, Any]:
    snapshots, units, name = result.snapshots, result.case.units, balance.name
    row, boundaries = result.system.medium.row[balance], list(result.system.geometry.boundaries)
    unit, amount = shown_unit(balance.flux_unit, units), shown_unit(balance.amount_unit, units)
    by_law = np.array([[flux[row] for flux in instant.values()] for instant in parts])
    along = "along x" if result.system.geometry.dimension == 1 else "along the normal of the face"
    variables = {
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
    density = np.array([in_cells(system, sum(instant.values())) for instant in instants])
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
