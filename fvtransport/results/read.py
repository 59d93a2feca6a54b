"""Result folders read back: fields as NumPy arrays, as xarray and as FiPy variables; the result as it was solved."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..audit.watch import Watch
from ..case.model import Case, PhaseOccurrence, TransientSpec
from ..discretisation.build import Discretisation, build
from ..discretisation.phases import phase_systems, with_phase_start
from ..discretisation.snapshot import Snapshot
from ..discretisation.system import System
from ..errors import FvtransportError
from ..mesh.fipy_mesh import build_mesh, import_fipy
from ..model.observable import Observable
from ..outcome import Ending, Outcome
from .folder_format import format_mistake
from .readings import Reading
from .result import Result

if TYPE_CHECKING:
    import xarray

__all__ = ["LoadedResult", "StoreError", "StoredResult", "read"]


class StoreError(FvtransportError):
    """A result folder cannot be written or read."""

    exit_code = 2


@dataclass
class StoredResult(Result):
    """A result whose states come from disk; observables and their histories are those that were written."""

    written: Mapping[str, Any] = field(default_factory=dict)
    histories: Mapping[str, np.ndarray] = field(default_factory=dict)

    @cached_property
    def observables(self) -> dict[str, Reading]:
        """The observables as they were written; NaN where they had no value."""
        return {
            name: Reading(
                _number(entry["value"]), entry["unit"], entry.get("times"),
                entry.get("over") or entry.get("mean_over", ""), "mean_over" in entry,
            )
            for name, entry in self.written["observables"].items()
        }  # fmt: skip

    @cached_property
    def protocol(self) -> dict[str, Any] | None:
        """Phases and cycles as they were written."""
        return self.written.get("protocol")

    def history(self, observable: Observable) -> np.ndarray:
        """An observable at every snapshot."""
        return next(self.histories[each.name] for each in self.case.observe if each.observable is observable)


@dataclass(frozen=True)
class LoadedResult:
    """A result folder in memory.

    summary is what `summary.json` holds, dataset everything in `fields.nc`. fields maps names to arrays of shape
    (times, cells), boundaries maps them to one array (times, faces) for each boundary; times are of the first axis.
    check reads and checks a case file.
    """

    directory: Path
    summary: dict[str, Any]
    dataset: xarray.Dataset
    fields: dict[str, np.ndarray]
    boundaries: dict[str, dict[str, np.ndarray]]
    check: Callable[[Path], Case]

    @property
    def times(self) -> np.ndarray:
        """Times of the stored states; a steady result has one, 0."""
        return self.dataset["time"].to_numpy()

    @cached_property
    def case(self) -> Case:
        """The case as it was solved, checked again; needs the plugin files that it names."""
        return self.check(self.directory / "case.yaml")

    @cached_property
    def result(self) -> StoredResult:
        """The result as `run` gave it, put together from the folder alone."""
        discretised = build(self.case)
        system, found = discretised.system, self._systems(discretised)
        snapshots = [
            self._snapshot(*found.get(index, (system, None)), index)
            for index in range(self.times.size if self.fields else 0)
        ]
        ending = Ending(Outcome(self.summary["status"]), self.summary.get("message") or "")
        histories = {
            observed.name: self.dataset[f"observable_{observed.name}"].to_numpy()
            for observed in self.case.observe
            if f"observable_{observed.name}" in self.dataset
        }
        watch = Watch.of((self.summary.get("audit") or {}).get("between_outputs") or {})
        return StoredResult(
            self.case, system, snapshots, ending, watch=watch, written=self.summary, histories=histories
        )

    def cell_variables(self, t: float | None = None) -> dict[str, Any]:
        """Every field as a FiPy CellVariable on one FiPy mesh, at the stored time nearest to t; at the end without t.

        A mesh of a cross-section, depth or height other than 1, and curved ones, have FiPy's own areas and volumes.
        """
        fipy = import_fipy()
        index = -1 if t is None else int(np.abs(self.times - t).argmin())
        mesh = build_mesh(self.case.mesh)
        return {
            name: fipy.CellVariable(name=name, mesh=mesh, value=values[index]) for name, values in self.fields.items()
        }

    def _systems(self, discretised: Discretisation) -> dict[int, tuple[System, PhaseOccurrence | None]]:
        """The system of every snapshot of a run through a protocol, and the phase it belongs to."""
        protocol, spec = self.case.protocol, self.case.solve
        if "phase" not in self.dataset.coords or protocol is None or not isinstance(spec, TransientSpec):
            return {}
        systems = {phase.name: found.system for phase, found in phase_systems(self.case, discretised)}
        rows = zip(self.dataset["phase"].to_numpy(), self.dataset["cycle"].to_numpy())
        found = [PhaseOccurrence(str(name), int(cycle)) for name, cycle in rows]
        made: dict[PhaseOccurrence, System] = {}
        for occurrence in found:
            edges = protocol.edges(spec.start, occurrence.cycle - 1)
            made.setdefault(
                occurrence, with_phase_start(systems[occurrence.phase], edges[list(systems).index(occurrence.phase)])
            )
        return {index: (made[occurrence], occurrence) for index, occurrence in enumerate(found)}

    def _snapshot(self, system: System, occurrence: PhaseOccurrence | None, index: int) -> Snapshot:
        geometry, medium, data = system.geometry, system.medium, self.dataset
        values = np.full((len(medium.fields), geometry.nodes), np.nan)
        for row, each in enumerate(medium.fields):
            values[row, geometry.cells] = self.fields[each.name][index]
            for name, boundary in geometry.boundaries.items():
                values[row, boundary.nodes] = self.boundaries[each.name][name][index]
            if (on_interfaces := f"{each.name}_on_interfaces") in data:
                values[row, geometry.interface_nodes] = data[on_interfaces][index]
        t = float(self.times[index])
        if data.attrs["kind"] == "steady":
            return Snapshot(system, t, values)
        names = [balance.name for balance in system.balances]
        left = {
            (row, boundary): float(data[f"{name}_left"][index].sel(boundary=boundary))
            for row, name in enumerate(names)
            for boundary in geometry.boundaries
        }
        produced = np.array([float(data[f"{name}_produced"][index]) for name in names])
        return Snapshot(system, t, values, left, produced, occurrence=occurrence)


def read(directory: Path | str, check: Callable[[Path], Case]) -> LoadedResult:
    """Read a result folder back, whose case is checked by `check` when it is asked for.

    StoreError where it is none, or one of another format.
    """
    import xarray

    folder = Path(directory)
    try:
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        if mistake := format_mistake(summary, directory, "run its case again"):
            raise StoreError(mistake)
        dataset = xarray.load_dataset(folder / "fields.nc", engine="h5netcdf")
    except (OSError, ValueError) as error:
        raise StoreError(f"{directory} is not a readable result folder: {error}") from error
    names = [str(name) for name in dataset if f"{name}_on_boundaries" in dataset]
    boundaries = {name: _by_boundary(dataset, name) for name in names}
    return LoadedResult(folder, summary, dataset, {name: dataset[name].to_numpy() for name in names}, boundaries, check)


def _by_boundary(dataset: xarray.Dataset, name: str) -> dict[str, np.ndarray]:
    values, of = dataset[f"{name}_on_boundaries"].to_numpy(), dataset["boundary_of"].to_numpy()
    return {str(boundary): values[:, of == boundary] for boundary in dataset["boundary"].to_numpy()}


def _number(value: Any) -> Any:
    if isinstance(value, list):
        return [_number(each) for each in value]
    return float("nan") if value is None else value
