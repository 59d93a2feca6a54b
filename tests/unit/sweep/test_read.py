"""A sweep read back from its folder, finished or killed."""

from __future__ import annotations

import pytest

from fvtransport.sweep import figure, run
from fvtransport.sweep.objective import Objective
from fvtransport.sweep.plan import SweepError
from fvtransport.sweep.read import load
from fvtransport.sweep.run import SweepRequest, sweep


@pytest.fixture
def order(slab):
    return SweepRequest(slab, ["parameters.D=1:3:3", "parameters.x_left=[0.5, 0.9]"], objective="N_A")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "out"


def test_a_sweep_that_is_killed_is_still_known(order, folder, monkeypatch):
    def killed(*numbers):
        raise MemoryError

    monkeypatch.setattr(run, "_finish", lambda *arguments: None)
    for _ in range(2):
        with pytest.raises(MemoryError):
            sweep(order, folder, resume=True, progress=killed)
        found = load(folder)
        assert (
            found.units == {"N_A": "reduced", "middle": ""}
            and found.objective == Objective("N_A")
            and found.is_interrupted
        )
    assert len(found.rows) == 2


def test_a_sweep_is_read_back_from_its_folder(order, folder):
    made, found = sweep(order, folder), load(folder)
    assert found.rows == made.rows and found.units == made.units and found.best == made.best and found.title == "slab"
    assert [axis.column for axis in found.plan.axes] == ["parameters.D", "parameters.x_left"] and found.exit_code == 0
    assert figure.draw(found) == folder / "sweep.png"
    for broken in ("{", "{}", "[]"):
        (folder / "sweep.json").write_text(broken)
        with pytest.raises(SweepError, match="not a readable sweep"):
            load(folder)
