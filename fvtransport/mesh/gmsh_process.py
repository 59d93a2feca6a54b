"""Gmsh in a process of its own, with limits on time, memory and files; where it fails, its last words are quoted."""

from __future__ import annotations

import math
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

__all__ = ["MOST_BYTES", "MOST_MEMORY", "find_gmsh", "make_mesh", "search_path"]

MOST_MEMORY = 4 * 2**30
"""Bytes of memory that Gmsh may use."""

MOST_BYTES = 2**30
"""Bytes of each file that Gmsh may write."""

_PAUSE = 0.02
_STOP_AFTER = 2.0
_LAST_LINES = 3
_LEAST_BYTES = 10_000
_ENDLESS = re.compile(r"trying again - level 10\b|Impossible to recover edge")
_CROSSING = re.compile(r"intersections in the 1D mesh \(curves (\d+(?: \d+)*)\)")
_LEAD = re.compile(r"^(Info|Error|Warning|Progress)\s*:\s*")
_IDLE = re.compile(r"^\s*$|-{10}|error summary|:\s+\d+ (errors?|warnings?)$|Check the full log")
_NO_MEMORY = re.compile(
    r"bad_alloc|length_error|[Oo]ut of memory|allocate memory|MemoryError|^Exception:?\s*$", re.MULTILINE
)
"""What is said where memory ends; Gmsh's wrapper in Python then raises an exception without a word."""


def search_path() -> str:
    """Where programs are looked for: beside the interpreter first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def find_gmsh() -> str | None:
    """The Gmsh program; None without it."""
    return shutil.which("gmsh", path=search_path())


def make_mesh(geometry: Path, name: str, dimension: int, seconds: float, folder: Path) -> Path:
    """The mesh of a geometry file, in format 2.2, written into a folder; name is the file that messages speak of.

    MeshError where Gmsh is absent, fails, meets an outline that crosses itself, or passes a limit: the seconds,
    MOST_MEMORY, MOST_BYTES.
    """
    program = find_gmsh()
    if program is None:
        raise MeshError(f"{name}: the Gmsh program was not found (pip install 'fvtransport[gmsh]')")
    made, log = folder / "made.msh", folder / "gmsh.log"
    options = [f"-{dimension}", "-nopopup", "-format", "msh2", "-smooth", "8", "-o", str(made)]
    # No options of the user's own nor those beside the file: a mesh depends on the file alone.
    surroundings = {**os.environ, "PATH": search_path(), "GMSH_HOME": str(folder), "OPENBLAS_NUM_THREADS": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_limits(seconds), program, str(geometry), *options], stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, cwd=folder, env=surroundings, start_new_session=True,
        )  # fmt: skip
        try:
            ended = _ended(process, seconds, lambda: _crossing(_said(log)))
        finally:
            _end(process)
    said = _said(log)
    reason = _crossing(said) or _too_large(folder)
    if not reason and (process.returncode or not made.is_file()):
        reason = _why(process.returncode, said, None if ended else seconds)
    if not reason and b"$Elements\n0\n" in _begin(made):
        reason = "Gmsh made no cells"
    if reason:
        raise MeshError(f"{name}: {reason}; {_quoted(said)}")
    return made


def _limits(seconds: float) -> list[str]:
    """What starts a program with limits; nothing where the system has none. Processor time ends what outlives us."""
    if os.name != "posix":
        return []
    starter = [sys.executable, "-I", "-S", str(Path(__file__).with_name("limited.py"))]
    processor = math.ceil(seconds * (os.cpu_count() or 1)) + 10
    return [*starter, str(MOST_MEMORY), str(processor), str(MOST_BYTES)]


def _why(code: int, said: str, seconds: float | None) -> str:
    """What ended Gmsh without a mesh: its exit code, what it said, and the seconds after which it was ended, if so."""
    if _NO_MEMORY.search(said):
        many = "; cells of such a size may be too many for this shape"
        return f"Gmsh needs more than {MOST_MEMORY / 2**30:g} GiB of memory, which is the most it may use{many}"
    if seconds is not None:
        return f"Gmsh made no mesh within {seconds:g} s (mesh.time_limit)"
    if code < 0:
        return f"Gmsh made no mesh, the system ended it ({signal.strsignal(-code)}), as where memory is short"
    return f"Gmsh made no mesh, exit code {code}"


def _begin(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_LEAST_BYTES)


def _too_large(folder: Path) -> str:
    """That a file in a folder has reached its limit; else empty."""
    found = [path.name for path in folder.iterdir() if path.is_file() and path.stat().st_size >= MOST_BYTES]
    return f"Gmsh wrote {MOST_BYTES / 2**30:g} GiB into {found[0]}, which is the most it may write" if found else ""


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
    """The last words, without the chatter of progress, Gmsh's summary and the traceback of its wrapper in Python."""
    lines = [line.strip() for line in said.partition("Traceback (most")[0].splitlines() if not _IDLE.search(line)]
    wrong = [line for line in lines if line.startswith(("Error", "Warning"))]
    words = [_LEAD.sub("", line) for line in (wrong or lines)[-_LAST_LINES:]]
    return f'Gmsh said: "{" / ".join(words)}"' if words else "Gmsh said nothing"
