"""The commands compare and plot, as they are typed: what they say, where, and how they end."""

from __future__ import annotations

import json

import pytest

import fvtransport
from fvtransport.results import write as store
from tests.tools.tube import TUBE


@pytest.mark.slow
def test_compare_repeats_the_verdict_of_the_run(tube, call):
    text = call("compare", "tube")
    assert text.returncode == 0 and "passed" in text.stderr and text.stdout == ""
    answer = call("compare", "tube", "--format", "json")
    assert answer.returncode == 0 and json.loads(answer.stdout) == tube.summary()["comparison"]


def test_compare_fails_with_4_when_the_fields_are_wrong(tube, call, tmp_path):
    import xarray

    path = tmp_path / "tube" / "fields.nc"
    data = xarray.load_dataset(path, engine="h5netcdf")
    data["x_A"] = data["x_A"] + 0.1
    data.to_netcdf(path, engine="h5netcdf")
    answer = call("compare", "tube", "--format", "json")
    assert answer.returncode == 4 and json.loads(answer.stdout)["errors"]["x_A"]["l2"] == pytest.approx(0.125, rel=1e-3)


@pytest.mark.slow
def test_compare_without_a_closed_form_or_a_result_is_bad_input(tmp_path, call):
    (tmp_path / "plain.yaml").write_text(TUBE.partition("compare:")[0])
    store.write(fvtransport.run(tmp_path / "plain.yaml"), tmp_path / "plain")
    for folder, says in (("plain", "defines no comparison"), ("nowhere", "is not a readable result folder")):
        done = call("compare", folder)
        assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


def test_plot_draws_again_what_was_drawn(tube, call, tmp_path):
    assert not list((tmp_path / "tube" / "figures").iterdir())
    done = call("plot", "tube")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "tube" / "figures").iterdir()} == {"fields.png", "fluxes.png"}
    assert "fluxes.png" in done.stderr and done.stdout == ""
