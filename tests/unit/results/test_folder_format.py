"""Everything that reads a folder refuses one of another format, by its name and with a cure."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import fvtransport
from fvtransport.cli import results as commands
from fvtransport.results import write as store
from fvtransport.results.folder_format import FORMAT, format_mistake
from fvtransport.results.read import StoreError
from fvtransport.sweep.plan import SweepError
from fvtransport.sweep.read import load
from fvtransport.sweep.table import SweepFolder

KNOWN = {"case": "abc", "--over": ["a=1:2:3"], "--method": "grid", "--samples": None, "--seed": 0}
OTHERS = {
    "none": (None, "has no format number, and this version reads format 1", "again"),
    "older": (FORMAT - 1, "has format 0, and this version reads format 1", "again"),
    "newer": (FORMAT + 1, "has format 2, and this version reads format 1", "install a newer fvtransport"),
    "text": ("1", "has the format '1', which is not a number", "again"),
    "fraction": (1.0, "has the format 1.0, which is not a number", "again"),
    "logical": (True, "has the format True, which is not a number", "again"),
}


def with_format(path: Path, number: object) -> Path:
    """The folder of a JSON file, with another format number in it."""
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data.pop("format") == FORMAT
    path.write_text(json.dumps(data if number is None else {**data, "format": number}), encoding="utf-8")
    return path.parent


@pytest.fixture(scope="module")
def written(solved_slab, tmp_path_factory) -> Path:
    """A result folder; leave it as it is."""
    folder = tmp_path_factory.mktemp("written") / "slab"
    store.write(solved_slab, folder)
    return folder


@pytest.mark.parametrize("number, says, cure", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("read", [fvtransport.load, commands.compare, commands.plot])
def test_a_result_of_another_format_is_refused(written, tmp_path, read, number, says, cure):
    folder = with_format(shutil.copytree(written, tmp_path / "mine") / "summary.json", number)
    (folder / "fields.nc").write_text("of another format too")
    with pytest.raises(StoreError) as caught:
        read(folder)
    text = str(caught.value)
    assert text.startswith(f"{folder} {says}") and cure in text and caught.value.exit_code == 2


@pytest.mark.parametrize("number, says, cure", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("read", [lambda folder: SweepFolder(folder, KNOWN, resume=True), load, commands.plot])
def test_a_sweep_of_another_format_is_refused(tmp_path, read, number, says, cure):
    with SweepFolder(tmp_path / "mine", KNOWN):
        pass
    folder = with_format(tmp_path / "mine" / "sweep.json", number)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(SweepError) as caught:
        read(folder)
    text = str(caught.value)
    assert text.startswith(f"{folder} {says}") and cure in text and caught.value.exit_code == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_folders_of_another_format_can_be_replaced(written, tmp_path, solved_slab):
    folder = with_format(shutil.copytree(written, tmp_path / "mine") / "summary.json", None)
    store.write(solved_slab, folder, force=True)
    assert json.loads((folder / "summary.json").read_text())["format"] == FORMAT
    with SweepFolder(tmp_path / "sweep", KNOWN):
        pass
    folder = with_format(tmp_path / "sweep" / "sweep.json", FORMAT + 1)
    with SweepFolder(folder, KNOWN, force=True):
        assert json.loads((folder / "sweep.json").read_text())["format"] == FORMAT


@pytest.mark.parametrize("data", [{}, [], None, "text", 1])
def test_what_is_not_a_mapping_has_no_format(data):
    assert format_mistake(data, "mine", "run it again").startswith("mine has no format number")


def test_the_format_of_this_version_is_read(written):
    assert format_mistake({"format": FORMAT}, "mine", "") == ""
    assert fvtransport.load(written).summary["format"] == FORMAT
