"""Templates: files that are there are left alone, names that cannot be used are refused."""

from __future__ import annotations

import pytest

from fvtransport.model.registry import Registry
from fvtransport.reference.scaffold import ScaffoldError, write_case, write_plugin


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
