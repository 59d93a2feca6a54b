"""The folder of a sweep: a journal that grows row by row, and the table made from it."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from .plan import SweepError

__all__ = ["Folder", "Row", "columns_of", "flat", "read_rows"]

Row = dict[str, Any]
_ABOUT, _JOURNAL = "sweep.json", "rows.jsonl"
_BEFORE, _BEHIND = ("number",), ("comparison_error", "balance_error", "start", "cycles", "steps", "seconds")
_SELDOM = ("comparison_error", "cycles")
_OURS = frozenset({_ABOUT, _JOURNAL, "table.csv", "table.parquet", "sweep.png", "points", "sweep.part", "table.part"})
_AGAIN = "process died"


class Folder:
    """DIR/{sweep.json, rows.jsonl, table.csv}; rows are on disk as soon as they are added."""

    def __init__(self, directory: Path, identity: Mapping[str, Any], resume: bool = False, force: bool = False) -> None:
        """Open a folder: a new one, the same sweep again (resume), or in place of another one (force).

        Raises SweepError where something there must not be touched, or is another sweep.
        """
        self.path = directory
        self.rows: dict[int, Row] = {}
        self._identity = dict(identity)
        before = _about(directory)
        if before is None and directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise SweepError(
                f"{directory} exists and is no sweep: it is left alone, choose another folder with --output"
            )
        if before is not None and resume:
            self._refuse_another(before)
        elif before is not None:
            self._clear(force)
        self.before = (before or {}) if resume else {}
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self.rows = {row["number"]: row for row in _kept(directory / _JOURNAL) if row["status"] != _AGAIN}
            self._journal = (directory / _JOURNAL).open("a", encoding="utf-8")
            self.describe({**self.before, "status": "running"})
        except OSError as error:
            raise SweepError(f"{directory} cannot be written: {error.strerror or error}") from error

    def __enter__(self) -> Folder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._journal.close()

    def add(self, row: Row) -> None:
        """Keep a row."""
        self._journal.write(json.dumps(row, allow_nan=False) + "\n")
        self._journal.flush()
        self.rows[row["number"]] = row

    def describe(self, about: Mapping[str, Any]) -> None:
        """Write what the sweep is, and how far it came."""
        text = json.dumps({"identity": self._identity, **about}, indent=2, allow_nan=False, ensure_ascii=False)
        _replace(self.path / _ABOUT, text + "\n")

    def write_table(self) -> list[Path]:
        """Write the rows so far in order: as CSV and, where pyarrow is installed, as Parquet."""
        rows = [self.rows[number] for number in sorted(self.rows)]
        columns = columns_of(rows)
        table = [flat(row, columns) for row in rows]
        path = self.path / "table.csv"
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(["" if cell is None else cell for cell in cells] for cells in table)
        os.replace(part, path)
        return [path, *_parquet(self.path / "table.parquet", columns, table)]

    def _refuse_another(self, before: Mapping[str, Any]) -> None:
        old = before.get("identity", {})
        different = [name for name in {**self._identity, **old} if old.get(name) != self._identity.get(name)]
        if different:
            raise SweepError(
                f"{self.path} holds another sweep ({', '.join(different)} differ): it cannot be resumed as this one"
            )

    def _clear(self, force: bool) -> None:
        if not force:
            raise SweepError(f"{self.path} already holds a sweep; --resume goes on with it, --force replaces it")
        foreign = sorted(entry.name for entry in self.path.iterdir() if entry.name not in _OURS)
        if foreign:
            raise SweepError(f"{self.path} holds {foreign[0]}, which is no part of a sweep: it is left alone")
        for entry in self.path.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def read_rows(directory: Path) -> list[Row]:
    """The rows of a folder in order; what was written in part does not count."""
    rows = {row["number"]: row for row in _lines(directory / _JOURNAL)[0]}
    return [rows[number] for number in sorted(rows)]


def columns_of(rows: Iterable[Row]) -> list[str]:
    """The headings: number, what is varied, status, reason, all observables, and the cost."""
    values: dict[str, None] = {}
    observables: dict[str, None] = {}
    seldom: set[str] = set()
    for row in rows:
        values |= dict.fromkeys(row["values"])
        observables |= dict.fromkeys(row.get("observables", {}))
        seldom |= row.keys() & set(_SELDOM)
    behind = [name for name in _BEHIND if name not in _SELDOM or name in seldom]
    return [*_BEFORE, *values, "status", "reason", *(_heading(name) for name in observables), *behind]


def flat(row: Row, columns: Sequence[str]) -> list[Any]:
    """The cells of a row; None where it has nothing to say."""
    observables = {_heading(name): value for name, value in row.get("observables", {}).items()}
    cells = {
        **{name: row.get(name) for name in (*_BEFORE, "status", "reason", *_BEHIND)},
        **row["values"],
        **observables,
    }
    return [cells.get(column) for column in columns]


def _heading(observable: str) -> str:
    """An observable's own name, unless a column is called so already."""
    return f"observe.{observable}" if observable in (*_BEFORE, "status", "reason", *_BEHIND) else observable


def _about(directory: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((directory / _ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "identity" in found else None


def _kept(path: Path) -> list[Row]:
    """The whole rows of a journal; what was written in part is cut off."""
    rows, size = _lines(path)
    if path.exists() and path.stat().st_size > size:
        with path.open("rb+") as stream:
            stream.truncate(size)
    return rows


def _lines(path: Path) -> tuple[list[Row], int]:
    """Rows up to the first that is not whole, and the bytes that they take."""
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
            is_whole = all(isinstance(cell, int) for cell in cells)
            kind = pyarrow.int64() if is_whole and cells else pyarrow.float64()
            arrays.append(pyarrow.array([cell if is_whole or cell is None else float(cell) for cell in cells], kind))
    parquet.write_table(pyarrow.Table.from_arrays(arrays, names=list(columns)), path)
    return [path]
