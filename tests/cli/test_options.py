"""What commands share: errors as one JSON object, plugin files, and cases that are checked."""

import json

import pytest

from fvtransport.cli.options import Format, errors_as_json, load_checked, registry_with
from fvtransport.errors import CaseError, FvtransportError, Mark, Problem
from tests.tools.slab import TRAP, write_slab

MISTAKE = CaseError([Problem(Mark("a.yaml", 3, 4), "wrong", "right")])


@pytest.mark.parametrize(("error", "status"), [(MISTAKE, "bad input"), (FvtransportError("no"), "error")])
def test_an_error_is_one_object_and_is_raised(capsys, error, status):
    with pytest.raises(type(error)), errors_as_json(Format.JSON):
        raise error
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == ("bad input" if error.exit_code == 2 else status) and found["message"] == str(error)
    assert ("problems" in found) == (error is MISTAKE)


def test_text_says_nothing_on_standard_output(capsys):
    with pytest.raises(CaseError), errors_as_json(Format.TEXT):
        raise MISTAKE
    assert capsys.readouterr().out == ""


def test_a_case_is_checked_with_overrides(tmp_path, capsys):
    path = write_slab(tmp_path)
    assert load_checked(path, ["parameters.D=2"], Format.TEXT).parameters["D"] == 2.0
    with pytest.raises(CaseError):
        load_checked(path, ["mesh.cells=0"], Format.JSON)
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["problems"]


def test_files_add_their_plugins(tmp_path):
    (tmp_path / "trap.py").write_text(TRAP)
    assert registry_with([tmp_path / "trap.py"]).has("property", "trap") and not registry_with(None).has(
        "property", "trap"
    )
