"""Gmsh in a process of its own, with a limit on its time; its last words are quoted where it makes no mesh."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from .spec import MeshError

__all__ = ["find_gmsh", "make_mesh", "search_path"]

_PAUSE = 0.02
_STOP_AFTER = 2.0
_LAST_LINES = 3
_ENDLESS = re.compile(r"trying again - level 10\b|Impossible to recover edge")
_CROSSING = re.compile(r"intersections in the 1D mesh \(curves (\d+(?: \d+)*)\)")
_LEAD = re.compile(r"^(Info|Error|Warning|Progress)\s*:\s*")


def search_path() -> str:
    """Where programs are looked for: beside the interpreter first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def find_gmsh() -> str | None:
    """The Gmsh program; None without it."""
    return shutil.which("gmsh", path=search_path())


def make_mesh(geometry: Path, name: str, dimension: int, seconds: float, folder: Path) -> Path:
    """The mesh of a geometry file, in format 2.2, written into a folder; name is the file that messages speak of.

    MeshError where Gmsh is absent, fails, needs longer than the seconds, or meets an outline that crosses itself.
    """
    program = find_gmsh()
    if program is None:
        raise MeshError(f"{name}: the Gmsh program was not found (pip install 'fvtransport[gmsh]')")
    made, log = folder / "made.msh", folder / "gmsh.log"
    options = [f"-{dimension}", "-nopopup", "-format", "msh2", "-smooth", "8", "-o", str(made)]
    # No options of the user's own nor those beside the file: a mesh depends on the file alone.
    surroundings = {**os.environ, "PATH": search_path(), "GMSH_HOME": str(folder)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program, str(geometry), *options], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            cwd=folder, env=surroundings, start_new_session=True,
        )  # fmt: skip
        try:
            ended = _ended(process, seconds, lambda: _crossing(_said(log)))
        finally:
            _end(process)
    said = _said(log)
    if _crossing(said):
        raise MeshError(f"{name}: {_crossing(said)}; {_quoted(said)}")
    if not ended:
        raise MeshError(f"{name}: Gmsh made no mesh within {seconds:g} s (mesh.time_limit); {_quoted(said)}")
    if process.returncode or not made.is_file():
        raise MeshError(f"{name}: Gmsh made no mesh, exit code {process.returncode}; {_quoted(said)}")
    return made


def _ended(process: subprocess.Popen[bytes], seconds: float, is_hopeless: Callable[[], str]) -> bool:
    """Wait for the end, up to a time, or until what is said leaves no hope after a while; whether it ended."""
    begin = time.monotonic()
    while process.poll() is None:
        passed = time.monotonic() - begin
        if passed > seconds or (passed > _STOP_AFTER and is_hopeless()):
            return False
        time.sleep(_PAUSE)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with everything that it started."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _said(log: Path) -> str:
    """The end of what Gmsh said."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 20_000))
        return file.read().decode("utf-8", errors="replace")


def _crossing(said: str) -> str:
    """That lines of the outline cross, if Gmsh tried to the last to part them; else empty."""
    if not _ENDLESS.search(said):
        return ""
    found = _CROSSING.findall(said)
    which = f", curves {' and '.join(dict.fromkeys(found[-1].split()))}" if found else ""
    return f"lines of an outline cross each other{which}: a surface needs an outline that does not"


def _quoted(said: str) -> str:
    """The last words, without the chatter of progress."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    wrong = [line for line in lines if line.startswith(("Error", "Warning"))]
    words = [_LEAD.sub("", line) for line in (wrong or lines)[-_LAST_LINES:]]
    return f'Gmsh said: "{" / ".join(words)}"' if words else "Gmsh said nothing"
