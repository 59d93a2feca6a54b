"""The command line in this process: what it prints and how it ends, without the seconds that a new process imports for.

Tests whose subject is the process itself (signals, threads, what is imported) start one.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from fvtransport.cli.app import main

from .cases import HANGS


def command(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What `fvtransport ARGUMENTS` does in a folder: exit code and texts, as of a process."""
    out, err, threshold = io.StringIO(), io.StringIO(), gc.get_threshold()
    code: object = None
    with (
        mock.patch.object(sys, "argv", ["fvtransport", *arguments]),
        mock.patch.dict(os.environ, environment),
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
        finally:
            gc.set_threshold(*threshold)
    return subprocess.CompletedProcess(arguments, _number(code, err), out.getvalue(), err.getvalue())


def _number(code: object, err: io.StringIO) -> int:
    """The exit code that the interpreter makes of what `SystemExit` is given."""
    if code is None or isinstance(code, int):
        return code or 0
    print(code, file=err)
    return 1


def process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    line = [sys.executable, "-m", "fvtransport", *arguments]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=HANGS)
