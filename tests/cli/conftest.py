"""Processes that can be interrupted, wherever the tests run."""

from __future__ import annotations

import signal

import pytest


@pytest.fixture
def interruptible():
    """SIGINT has its usual effect here and in new processes; a shell ignores it in what it starts in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
