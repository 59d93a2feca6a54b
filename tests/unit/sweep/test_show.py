"""Progress of a sweep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fvtransport.sweep.run import SweepRequest, sweep


@pytest.fixture
def order(slab):
    return SweepRequest(slab, ["parameters.D=1:3:3", "parameters.x_left=[0.5, 0.9]"], objective="N_A")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "out"


def test_progress_is_told_after_every_point(order, folder):
    told = []
    sweep(replace(order, over=["parameters.D=[1, 14, 2]"]), folder, progress=lambda *numbers: told.append(numbers))
    assert told == [(1, 3, 0), (2, 3, 1), (3, 3, 1)]
