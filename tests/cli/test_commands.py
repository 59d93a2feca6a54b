"""The commands compare, plot, converge, schema and new, as they are typed: what they say, where, and how they end."""

from __future__ import annotations

import functools
import json
import subprocess
import sys

import pytest

import fvtransport
from fvtransport.errors import FvtransportError
from fvtransport.model.registry import Registry
from fvtransport.reference.scaffold import ScaffoldError, write_case, write_plugin
from fvtransport.results import write as store
from tests.tools.cases import ISOTHERMAL, binary, case_text, line
from tests.tools.command import command

TUBE = case_text(
    ISOTHERMAL,
    title="Tube",
    units=None,
    parameters="{concentration: 40.9, D_0: 1.65e-5, beta: 2.0, length: 0.1, x_left: 0.9, x_right: 0.1}",
    mesh=line("length", 10),
    mixture=binary("concentration", temperature=298),
    properties="{diffusivity: {inverse_linear: {at_infinite_dilution: D_0, beta: beta}}}",
    boundaries="{left: {x_A: {dirichlet: x_left}}, right: {x_A: {dirichlet: x_right}}}",
    observe="{N_A: {flux: {of: A, through: right}}}",
    compare="{solution: emcd_variable_diffusivity, tolerance: 5.0e-3}",
)


@pytest.fixture
def call(tmp_path):
    """A function that runs a command in a folder of its own."""

    return functools.partial(command, tmp_path)


@pytest.fixture
def tube(tmp_path):
    """The case, solved and stored in the folder `tube`."""
    (tmp_path / "tube.yaml").write_text(TUBE)
    result = fvtransport.run(tmp_path / "tube.yaml")
    store.write(result, tmp_path / "tube")
    return result


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


@pytest.mark.parametrize("option", [[], ["--manufactured"]])
def test_converge_prints_errors_and_orders(tube, call, option):
    text = call("converge", "tube.yaml", "--levels", "3", *option)
    assert text.returncode == 0 and text.stdout == "" and "order" in text.stderr
    answer = call("converge", "tube.yaml", "--levels", "4", "--format", "json", *option)
    found = json.loads(answer.stdout)
    assert [level["cells"] for level in found["levels"]] == [[10], [20], [40], [80]]
    flux = "flux of A through boundaries" if option else "N_A"
    assert found["orders"][flux] == pytest.approx([2.0, 2.0, 2.0], abs=0.1)
    inside = [level["errors"]["x_A inside"] for level in found["levels"]]
    assert found["orders"]["x_A inside"][-1] >= 1.9 and inside[0] > 30 * inside[-1]


def test_converge_without_a_closed_form_says_what_to_do(tmp_path, call):
    (tmp_path / "plain.yaml").write_text(TUBE.partition("compare:")[0])
    done = call("converge", "plain.yaml")
    assert done.returncode == 2 and "--manufactured" in done.stderr


def test_manufactured_without_sympy_says_how_to_get_it(tube, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sympy", None)
    with pytest.raises(FvtransportError, match=r"pip install 'fvtransport\[symbolic\]'"):
        fvtransport.contract.check_order(fvtransport.check(tmp_path / "tube.yaml"))


def test_schema_is_json_on_standard_output(call, tmp_path):
    (tmp_path / "mine.py").write_text(
        "from fvtransport import Law, plugin\n\n\n@plugin('mine')\nclass Mine(Law):\n    '''s = 0'''\n"
    )
    done = call("schema", "--file", "mine.py")
    assert done.returncode == 0 and done.stderr == ""
    assert "mine" in json.loads(done.stdout)["$defs"]["law"]["anyOf"][0]["enum"]


def test_a_new_case_runs_and_agrees(call, tmp_path):
    assert call("new", "case", "my_tube").returncode == 0
    done = call("run", "my_tube.yaml")
    assert done.returncode == 0 and "passed" in done.stderr


@pytest.mark.slow
def test_a_new_plugin_passes_its_own_tests_in_any_folder(call, tmp_path):
    (tmp_path / "laws").mkdir()
    done = call("new", "plugin", "laws/light_drift")
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "laws").iterdir()) == [
        "light_drift.py",
        "light_drift.yaml",
        "test_light_drift.py",
    ]
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "laws"]
    tested = subprocess.run(tests, cwd=tmp_path, capture_output=True, text=True)
    assert tested.returncode == 0 and "3 passed" in tested.stdout, tested.stdout


def test_new_files_never_replace_old_ones(tmp_path):
    (tmp_path / "tube.yaml").write_text("mine")
    with pytest.raises(ScaffoldError, match="left alone"):
        write_case(str(tmp_path / "tube"))
    (tmp_path / "test_drift.py").write_text("mine")
    with pytest.raises(ScaffoldError, match="left alone"):
        write_plugin(str(tmp_path / "drift"), Registry.installed())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["test_drift.py", "tube.yaml"]
    assert (tmp_path / "tube.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "says"),
    [("fick", 'named "fick" already'), ("3d", "is not a name"), ("Drift", "is not a name"), ("class", "is not a name")],
)
def test_names_that_cannot_be_used_are_refused(tmp_path, name, says):
    with pytest.raises(ScaffoldError, match=says):
        write_plugin(str(tmp_path / name), Registry.installed())
    assert not list(tmp_path.iterdir())
