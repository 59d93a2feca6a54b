"""Runs a program with limits that it cannot raise: python limited.py MEMORY SECONDS BYTES PROGRAM ARGUMENTS.

It is a program of its own, because a process with threads may not set limits between fork and exec.
"""

from __future__ import annotations

import os
import resource
import signal
import sys

__all__ = ["limit"]


def limit(memory: int, seconds: int, size: int) -> None:
    """Limit this process and those that it starts: bytes of memory, seconds of processor time, bytes of each file."""
    wanted = {resource.RLIMIT_DATA: memory, resource.RLIMIT_CPU: seconds, resource.RLIMIT_FSIZE: size}
    for which, most in {**wanted, resource.RLIMIT_CORE: 0}.items():
        _, hard = resource.getrlimit(which)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (bound, bound))


if __name__ == "__main__":
    limit(*(int(each) for each in sys.argv[1:4]))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it, and the program would inherit that
    os.execv(sys.argv[4], sys.argv[4:])
