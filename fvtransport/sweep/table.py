"""The folder of a sweep: a journal to which rows are appended, and the table written from it."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from ..results.folder_format import FORMAT, KEY, format_mistake
from .plan import SweepError

__all__ = ["Row", "SweepFolder", "cells_of", "columns_of", "read_rows"]

Row = dict[str, Any]
_METADATA, _JOURNAL = "sweep.json", "rows.jsonl"
_FIRST, _LAST = ("number",), ("comparison_error", "balance_error", "start", "cycles", "steps", "seconds")
_OPTIONAL = ("comparison_error", "cycles")
_TABLES = frozenset({"table.csv", "table.parquet", "table.part"})
_SWEEP_FILES = _TABLES | {_METADATA, _JOURNAL, "sweep.png", "sweep.part", "points"}
_RETRIED = "process died"


class SweepFolder:
    """DIR/{sweep.json, rows.jsonl, table.csv}; every added row is written to disk at once."""

    def __init__(self, directory: Path, identity: Mapping[str, Any], resume: bool = False, force: bool = False) -> None:
        """Open a new folder, resume the same sweep, or replace an existing sweep (force).

        Raises SweepError where the folder contains other files, holds a different sweep or one of another format, or
        cannot be written.
        """
        self.path = directory
        self.rows: dict[int, Row] = {}
        self._identity = dict(identity)
        previous = _metadata(directory)
        if previous is None and directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise SweepError(
                f"{directory} exists and is not a sweep: nothing was changed; choose another folder with --output"
            )
        if previous is not None and resume:
            self._require_same(previous)
        elif previous is not None:
            self._clear(force)
        self.previous = (previous or {}) if resume else {}
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self.rows = {row["number"]: row for row in _intact_rows(directory / _JOURNAL) if row["status"] != _RETRIED}
            self._journal = (directory / _JOURNAL).open("a", encoding="utf-8")
            self.write_metadata({**self.previous, "status": "running"})
        except OSError as error:
            raise SweepError(f"{directory} cannot be written: {error.strerror or error}") from error

    def __enter__(self) -> SweepFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._journal.close()

    def add(self, row: Row) -> None:
        """Append a row to the journal."""
        self._journal.write(json.dumps(row, allow_nan=False) + "\n")
        self._journal.flush()
        self.rows[row["number"]] = row

    def write_metadata(self, result: Mapping[str, Any]) -> None:
        """Write sweep.json: the identity of the sweep and its present result."""
        data = {**result, KEY: FORMAT, "identity": self._identity}
        text = json.dumps(data, indent=2, allow_nan=False, ensure_ascii=False)
        _replace(self.path / _METADATA, text + "\n")

    def write_table(self) -> list[Path]:
        """Write all rows in order as CSV and, where pyarrow is installed, as Parquet; returns the paths."""
        rows = [self.rows[number] for number in sorted(self.rows)]
        columns = columns_of(rows)
        table = [cells_of(row, columns) for row in rows]
        path = self.path / "table.csv"
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(["" if cell is None else cell for cell in cells] for cells in table)
        os.replace(part, path)
        return [path, *_parquet(self.path / "table.parquet", columns, table)]

    def _require_same(self, previous: Mapping[str, Any]) -> None:
        if mistake := format_mistake(previous, self.path, "run the sweep again with --force, or in another folder"):
            raise SweepError(mistake)
        old = previous.get("identity", {})
        different = [name for name in {**self._identity, **old} if old.get(name) != self._identity.get(name)]
        if different:
            raise SweepError(f"{self.path} holds another sweep ({', '.join(different)} differ) and cannot be resumed")

    def _clear(self, force: bool) -> None:
        if not force:
            raise SweepError(f"{self.path} already holds a sweep; --resume continues it, --force replaces it")
        foreign = sorted(entry.name for entry in self.path.iterdir() if entry.name not in _SWEEP_FILES)
        if foreign:
            raise SweepError(f"{self.path} contains {foreign[0]}, which is not part of a sweep: nothing was deleted")
        for entry in self.path.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def read_rows(directory: Path) -> list[Row]:
    """The complete rows of a folder in order of their numbers; a partly written row is ignored."""
    rows = {row["number"]: row for row in _lines(directory / _JOURNAL)[0]}
    return [rows[number] for number in sorted(rows)]


def columns_of(rows: Iterable[Row]) -> list[str]:
    """The headings: number, swept parameters, status, reason, all observables, errors and cost."""
    values: dict[str, None] = {}
    observables: dict[str, None] = {}
    present: set[str] = set()
    for row in rows:
        values |= dict.fromkeys(row["values"])
        observables |= dict.fromkeys(row.get("observables", {}))
        present |= row.keys() & set(_OPTIONAL)
    last = [name for name in _LAST if name not in _OPTIONAL or name in present]
    return [*_FIRST, *values, "status", "reason", *(_heading(name) for name in observables), *last]


def cells_of(row: Row, columns: Sequence[str]) -> list[Any]:
    """The cells of a row; None where it has no entry for a column."""
    observables = {_heading(name): value for name, value in row.get("observables", {}).items()}
    cells = {
        **{name: row.get(name) for name in (*_FIRST, "status", "reason", *_LAST)},
        **row["values"],
        **observables,
    }
    return [cells.get(column) for column in columns]


def _heading(observable: str) -> str:
    """The name of an observable, prefixed where another column has this name."""
    return f"observe.{observable}" if observable in (*_FIRST, "status", "reason", *_LAST) else observable


def _metadata(directory: Path) -> dict[str, Any] | None:
    try:
        data = json.loads((directory / _METADATA).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and "identity" in data else None


def _intact_rows(path: Path) -> list[Row]:
    """The complete rows of a journal; a partly written row is removed from the file."""
    rows, size = _lines(path)
    if path.exists() and path.stat().st_size > size:
        with path.open("rb+") as stream:
            stream.truncate(size)
    return rows


def _lines(path: Path) -> tuple[list[Row], int]:
    """The rows up to the first incomplete one, and their size in bytes."""
    rows, size = [], 0
    if path.exists():
        for line in path.read_bytes().splitlines(keepends=True):
            try:
                row = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                row = None
            if not isinstance(row, dict) or not {"number", "values", "status"} <= row.keys():
                break
            rows.append(row)
            size += len(line)
    return rows, size


def _replace(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def _parquet(path: Path, columns: Sequence[str], table: Sequence[Sequence[Any]]) -> list[Path]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        return []
    arrays = []
    for index in range(len(columns)):
        cells = [row[index] for row in table]
        if any(isinstance(cell, str) for cell in cells):
            arrays.append(pyarrow.array([None if cell is None else str(cell) for cell in cells], pyarrow.string()))
        else:
            is_integer = all(isinstance(cell, int) for cell in cells)
            kind = pyarrow.int64() if is_integer and cells else pyarrow.float64()
            arrays.append(pyarrow.array([cell if is_integer or cell is None else float(cell) for cell in cells], kind))
    parquet.write_table(pyarrow.Table.from_arrays(arrays, names=list(columns)), path)
    return [path]
