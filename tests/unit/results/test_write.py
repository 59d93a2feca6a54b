"""Result folders: whole or absent, never in the place of something else, read back as written."""

import dataclasses
import json

import numpy as np
import pytest
import yaml

import fvtransport as fv
from fvtransport.outcome import Ending, Outcome
from fvtransport.results import write as store


def _names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def _draw(result, folder):
    (folder / "fields.png").write_bytes(b"picture")


@pytest.fixture(scope="module")
def stored(solved_pump, tmp_path_factory):
    """The solved pump, written and read once; leave it as it is."""
    folder = tmp_path_factory.mktemp("stored") / "pump"
    store.write(solved_pump, folder)
    return fv.load(folder)


def test_a_folder_holds_case_summary_fields_and_figures(pump, tmp_path):
    paths = store.write(pump, tmp_path / "out" / "pump", figures=_draw)
    folder = tmp_path / "out" / "pump"
    assert paths == [
        folder,
        folder / "case.yaml",
        folder / "summary.json",
        folder / "fields.nc",
        folder / "figures" / "fields.png",
    ]
    assert all(path.exists() for path in paths)
    assert _names(folder.parent) == ["pump"]
    assert yaml.safe_load((folder / "case.yaml").read_text())["mesh"]["cells"] == 40
    assert json.loads((folder / "summary.json").read_text()) == json.loads(json.dumps(pump.summary(), allow_nan=False))


def test_fields_come_back_as_they_were(pump, stored):
    loaded = stored
    first = pump.system.medium.fields[1]
    expected = np.array([snapshot.cells(first) for snapshot in pump.snapshots])
    np.testing.assert_array_equal(loaded.fields["x_A"], expected)
    np.testing.assert_array_equal(loaded.fields["x_B"], 1.0 - expected)
    assert set(loaded.fields) == {"T", "x_A", "x_B"}
    np.testing.assert_array_equal(loaded.dataset["time"], [snapshot.t for snapshot in pump.snapshots])
    np.testing.assert_array_equal(loaded.dataset["x"], np.arange(0.5, 40.0))
    np.testing.assert_array_equal(loaded.dataset["face"], np.arange(0.0, 41.0))
    left = [snapshot.on_boundary(first, "left")[0] for snapshot in pump.snapshots]
    np.testing.assert_array_equal(loaded.dataset["x_A_boundary"].sel(boundary="left"), left)
    assert loaded.summary["status"] == "converged"


def test_variables_say_what_they_are(slab, tmp_path):
    import xarray

    store.write(slab, tmp_path / "slab")
    with xarray.open_dataset(tmp_path / "slab" / "fields.nc") as data:
        assert data["x_A"].attrs == {"long_name": "mole fraction of A", "units": "1"}
        assert data["A_flux"].attrs["units"] == "mol/m^2/s" and data["x"].attrs["units"] == "m"
        assert all("long_name" in variable.attrs for variable in data.variables.values())
        assert data.attrs["title"] == "Slab" and data.attrs["kind"] == "steady"
        assert yaml.safe_load(data.attrs["case"]) == {"title": "Slab"}
        assert "version_fvtransport" in data.attrs


def test_the_fluxes_on_disk_are_those_that_were_solved(pump, stored):
    """Laws sum to the total; on a wall that imposes it, as far as rtol holds the wall state (times 2 c D / h)."""
    data = stored.dataset
    assert list(data["law"].values) == ["conduction", "fick", "soret_dufour"]
    conductance = 0.1 * 2.11972252 * 2.0
    for row, name in enumerate(("energy", "A")):
        solved = np.array([snapshot.evaluation.flux[row] for snapshot in pump.snapshots])
        np.testing.assert_array_equal(data[f"{name}_flux"], solved)
        summed = data[f"{name}_flux_by_law"].sum("law").to_numpy()
        np.testing.assert_allclose(summed[:, 1:-1], solved[:, 1:-1], rtol=0.0, atol=1e-14 * np.abs(solved).max())
        np.testing.assert_allclose(summed, solved, rtol=0.0, atol=pump.rtol * conductance)


def test_stored_fluxes_explain_the_stored_fields(slab, tmp_path):
    store.write(slab, tmp_path / "slab")
    data = fv.load(tmp_path / "slab").dataset
    np.testing.assert_allclose(data["A_flux"], 40.0 * 2e-5 * 0.4, rtol=1e-12)


def test_histories_are_stored(pump, stored):
    data = stored.dataset
    assert float(data["observable_Qc"][-1]) == pump.observables["Qc_total"].value
    np.testing.assert_array_equal(data["energy_left"].sel(boundary="right"), -data["observable_Qc"].to_numpy())
    assert np.ptp(data["A_amount"].to_numpy()) < 1e-12 * 50.0


def test_an_existing_result_is_kept_unless_forced(slab, tmp_path):
    target = tmp_path / "slab"
    store.write(slab, target, figures=_draw)
    before = (target / "summary.json").read_bytes()
    with pytest.raises(store.StoreError, match="--force"):
        store.write(slab, target)
    assert (target / "summary.json").read_bytes() == before
    store.write(slab, target, force=True)
    assert _names(target / "figures") == [] and _names(tmp_path) == ["slab"]


@pytest.mark.parametrize("force", [False, True])
def test_what_is_no_result_folder_is_never_replaced(slab, tmp_path, force):
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter.tex").write_text("years of work")
    with pytest.raises(store.StoreError, match="not a result folder"):
        store.write(slab, target, force=force)
    (target / "summary.json").write_text("{}")
    with pytest.raises(store.StoreError):
        store.write(slab, target, force=force)
    assert (target / "chapter.tex").read_text() == "years of work" and _names(tmp_path) == ["thesis"]


def test_a_file_in_the_way_is_left_alone(slab, tmp_path):
    (tmp_path / "slab").write_text("data")
    with pytest.raises(store.StoreError, match="left alone"):
        store.write(slab, tmp_path / "slab", force=True)
    assert (tmp_path / "slab").read_text() == "data"


def test_an_empty_folder_may_be_filled(slab, tmp_path):
    (tmp_path / "slab").mkdir()
    store.write(slab, tmp_path / "slab")
    assert (tmp_path / "slab" / "summary.json").is_file()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_nothing_and_keeps_the_old(slab, tmp_path, monkeypatch, error):
    store.write(slab, tmp_path / "old")
    before = (tmp_path / "old" / "summary.json").read_bytes()

    def fail(result):
        raise error

    monkeypatch.setattr(store, "dataset_of", fail)
    expected = store.StoreError if isinstance(error, OSError) else KeyboardInterrupt
    for target in ("old", "new"):
        with pytest.raises(expected):
            store.write(slab, tmp_path / target, force=True)
    assert _names(tmp_path) == ["old"]
    assert (tmp_path / "old" / "summary.json").read_bytes() == before


def test_a_move_that_fails_puts_the_old_result_back(slab, tmp_path, monkeypatch):
    store.write(slab, tmp_path / "slab", figures=_draw)
    honest = store.os.replace

    def fail(source, target):
        if str(source).endswith(".part"):
            raise OSError(5, "Input/output error")
        honest(source, target)

    monkeypatch.setattr(store.os, "replace", fail)
    with pytest.raises(store.StoreError, match="Input/output error"):
        store.write(slab, tmp_path / "slab", force=True)
    assert _names(tmp_path) == ["slab"] and _names(tmp_path / "slab" / "figures") == ["fields.png"]


def test_a_figure_that_fails_is_a_warning(slab, tmp_path):
    def fail(result, folder):
        raise ValueError("no ink")

    store.write(slab, tmp_path / "slab", figures=fail)
    assert any("no ink" in warning for warning in fv.load(tmp_path / "slab").summary["warnings"])


def test_the_last_good_state_of_a_failed_run_is_written(pump, tmp_path):
    failed = dataclasses.replace(pump, snapshots=pump.snapshots[:3], ending=Ending(Outcome.STALLED, "stuck"))
    store.write(failed, tmp_path / "pump")
    loaded = fv.load(tmp_path / "pump")
    assert loaded.summary["status"] == "stalled" == loaded.dataset.attrs["status"]
    assert loaded.fields["T"].shape == (3, 40)


def test_a_run_that_has_no_state_is_written(pump, tmp_path):
    failed = dataclasses.replace(pump, snapshots=[], ending=Ending(Outcome.NON_FINITE))
    store.write(failed, tmp_path / "pump")
    assert fv.load(tmp_path / "pump").fields == {}


def test_only_result_folders_are_read(tmp_path):
    with pytest.raises(store.StoreError, match="not a readable result folder"):
        fv.load(tmp_path)


def test_folders_have_ordinary_permissions(slab, tmp_path):
    (tmp_path / "plain").mkdir()
    store.write(slab, tmp_path / "slab")
    assert (tmp_path / "slab").stat().st_mode == (tmp_path / "plain").stat().st_mode
