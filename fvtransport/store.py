"""Results on disk: DIR/{case.yaml, summary.json, fields.nc, figures}, written whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import FvtransportError
from .handles import Balance
from .profiles import fields_by_name, nodes_of, shown_unit
from .result import Result, plain, versions

if TYPE_CHECKING:
    import xarray

__all__ = ["LoadedResult", "StoreError", "dataset_of", "load", "refuse_existing", "write"]

_FILES = ("case.yaml", "summary.json", "fields.nc")
_OURS = frozenset({*_FILES, "figures"})
Draw = Callable[[Result, Path], Any]


class StoreError(FvtransportError):
    """A result folder cannot be written or read."""

    exit_code = 2


@dataclass(frozen=True)
class LoadedResult:
    """A result folder in memory; fields maps names to arrays of shape (times, cells)."""

    summary: dict[str, Any]
    dataset: xarray.Dataset
    fields: dict[str, np.ndarray]


def refuse_existing(directory: Path | str, force: bool = False) -> Path:
    """The full path that a result may be written to; StoreError where something there must not be replaced.

    Only a result folder is ever replaced, only with force, and only when it holds nothing but a result.
    """
    target = Path(directory).resolve()
    if not target.exists() or target.is_dir() and not any(target.iterdir()):
        return target
    if not (target / "summary.json").is_file():
        raise StoreError(f"{directory} exists and is no result folder: it is left alone, choose another one")
    if not force:
        raise StoreError(f"{directory} already holds a result; use --force to replace it, or choose another folder")
    foreign = sorted(entry.name for entry in target.iterdir() if entry.name not in _OURS)
    if foreign:
        raise StoreError(f"{directory} holds {foreign[0]}, which is no part of a result: it is left alone")
    return target


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


def load(directory: Path | str) -> LoadedResult:
    """Read a result folder back; StoreError where it is none."""
    import xarray

    folder = Path(directory)
    try:
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        dataset = xarray.load_dataset(folder / "fields.nc", engine="h5netcdf")
    except (OSError, ValueError) as error:
        raise StoreError(f"{directory} is no readable result folder: {error}") from error
    names = [name for name, variable in dataset.items() if variable.dims == ("time", "x")]
    return LoadedResult(summary, dataset, {str(name): dataset[name].to_numpy() for name in names})


def dataset_of(result: Result) -> xarray.Dataset:
    """All snapshots: fields in cells (time, x) and on walls, fluxes on faces by law and total, amounts, observables."""
    import xarray

    geometry, units = result.system.geometry, result.case.units
    length = shown_unit("m", units)
    coordinates = {
        "time": ("time", [snapshot.t for snapshot in result.snapshots], _attributes("time", shown_unit("s", units))),
        "x": ("x", geometry.cell_place[0], _attributes("position of the cell centre", length)),
        "face": ("face", geometry.faces.centres[0], _attributes("position of the face", length)),
        "wall": ("wall", list(geometry.walls), _attributes("boundary")),
        "volume": ("x", geometry.volume, _attributes("volume of the cell", shown_unit("m^3", units))),
        "area": ("face", geometry.faces.area, _attributes("area of the face", shown_unit("m^2", units))),
    }
    variables: dict[str, Any] = {}
    if result.snapshots:
        variables = {**_fields(result), **_observables(result)}
        parts = [result.system.flux_by_law(snapshot.t, snapshot.values) for snapshot in result.snapshots]
        coordinates["law"] = ("law", list(parts[0]), _attributes("law"))
        for balance in result.system.balances:
            variables.update(_balance(result, balance, parts))
    return xarray.Dataset(variables, coordinates, _global_attributes(result))


def _fill(result: Result, folder: Path, draw: Draw | None) -> None:
    import yaml

    case = yaml.safe_dump(plain(result.case.resolved), sort_keys=False, allow_unicode=True)
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
        walls = np.stack([values[:, wall.nodes].mean(axis=1) for wall in geometry.walls.values()], axis=1)
        variables[name] = (("time", "x"), values[:, geometry.cells], _attributes(field.meaning or name, unit))
        on_walls = _attributes(f"{field.meaning or name} on the boundary", unit)
        variables[f"{name}_wall"] = (("time", "wall"), walls, on_walls)
    return variables


def _balance(result: Result, balance: Balance, parts: list[dict[str, np.ndarray]]) -> dict[str, Any]:
    snapshots, units, name = result.snapshots, result.case.units, balance.name
    slot, walls = result.system.medium.slot[balance], list(result.system.geometry.walls)
    unit, amount = shown_unit(balance.flux_unit, units), shown_unit(balance.amount_unit, units)
    by_law = np.array([[flux[slot] for flux in instant.values()] for instant in parts])
    variables = {
        f"{name}_flux": (
            ("time", "face"),
            np.array([snapshot.rates.flux[slot] for snapshot in snapshots]),
            _attributes(f"flux of {balance.meaning or name} along x, as solved", unit),
        ),
        f"{name}_flux_by_law": (
            ("time", "law", "face"),
            by_law.reshape(len(snapshots), -1, result.system.geometry.faces.area.size),
            _attributes(f"flux of {balance.meaning or name} along x, by law", unit),
        ),
    }
    if not snapshots[0].is_steady:
        stored = np.array([snapshot.amount(balance) for snapshot in snapshots])
        text = f"{balance.meaning or name} in the domain"
        variables[f"{name}_amount"] = ("time", stored, _attributes(text, amount))
        left = np.array([[snapshot.has_left(balance, wall) for wall in walls] for snapshot in snapshots])
        produced = np.array([snapshot.has_been_produced(balance) for snapshot in snapshots])
        text = f"{balance.meaning or name} that has left since the start"
        variables[f"{name}_left"] = (("time", "wall"), left, _attributes(text, amount))
        text = f"{balance.meaning or name} produced since the start"
        variables[f"{name}_produced"] = ("time", produced, _attributes(text, amount))
    return variables


def _observables(result: Result) -> dict[str, Any]:
    variables = {}
    for observed in result.case.observe:
        text = f"observable {observed.name} ({observed.plugin})"
        attributes = _attributes(text, result.observables[observed.name].unit)
        variables[f"observable_{observed.name}"] = ("time", result.history(observed.observable), attributes)
    return variables


def _attributes(long_name: str, unit: str | None = None) -> dict[str, str]:
    return {"long_name": long_name} if unit is None else {"long_name": long_name, "units": unit or "1"}


def _global_attributes(result: Result) -> dict[str, str]:
    found = {f"version_{name.replace('-', '_')}": version for name, version in versions().items()}
    return {
        "title": result.case.title,
        "status": result.ending.outcome.value,
        "kind": "steady" if result.is_steady else "transient",
        **found,
    }
