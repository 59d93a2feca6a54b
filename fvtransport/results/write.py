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
from typing import Any

from .dataset import dataset_of
from .read import StoreError
from .readings import plain
from .result import Result

__all__ = ["refuse_existing", "try_writing", "write"]

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
        raise StoreError(f"{directory} exists and is not a result folder: it is left alone, choose another one")
    if not force:
        raise StoreError(f"{directory} already holds a result; use --force to replace it, or choose another folder")
    foreign = sorted(
        entry.name for entry in target.iterdir() if entry.name not in _OURS and entry.suffix not in _MESHES
    )
    if foreign:
        raise StoreError(f"{directory} holds {foreign[0]}, which is not part of a result: it is left alone")
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
        except Exception as error:  # a failed figure must not lose the solved case
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
