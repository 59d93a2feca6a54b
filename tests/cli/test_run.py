"""The whole sweep on two processes: the same points and the same table as on one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fvtransport.sweep.plan import Method
from fvtransport.sweep.run import SweepRequest, sweep
from tests.tools.slab import write_slab

SEARCH = {"over": ["parameters.a=0:1", "parameters.b=0:1"], "method": Method.OPTIMISE, "samples": 20}


@pytest.fixture
def order(tmp_path):
    return SweepRequest(write_slab(tmp_path), ["parameters.D=1:3:3", "parameters.x_left=[0.5, 0.9]"], objective="N_A")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "out"


def flows(outcome):
    return [row.get("observables", {}).get("N_A") for row in outcome.rows]


@pytest.mark.slow
def test_processes_make_the_same_table(order, folder, tmp_path):
    one, two = sweep(order, folder), sweep(order, tmp_path / "two", jobs=2)
    assert [row["number"] for row in two.rows] == [1, 2, 3, 4, 5, 6] and flows(two) == pytest.approx(
        flows(one), rel=1e-12
    )


@pytest.mark.long
def test_an_optimisation_visits_the_same_points_on_any_number_of_processes(order, folder, tmp_path):
    search = replace(order, **SEARCH)
    one, two = sweep(search, folder), sweep(search, tmp_path / "two", jobs=2)
    assert [row["values"] for row in one.rows] == [row["values"] for row in two.rows]
