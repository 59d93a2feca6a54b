"""Python files with plugins: loaded as modules, refused with the reason."""

import sys

import pytest

from fvtransport.errors import CaseError, PluginError
from fvtransport.model.plugin_file import load_module


def write(folder, text: str):
    path = folder / "mine.py"
    path.write_text(text)
    return path


def test_a_file_is_a_module_of_its_own(tmp_path):
    module = load_module(write(tmp_path, "VALUE = 3\n"))
    assert module.VALUE == 3 and sys.modules[module.__name__] is module
    (tmp_path / "other").mkdir()
    assert load_module(write(tmp_path / "other", "VALUE = 4\n")).__name__ != module.__name__


@pytest.mark.parametrize("text", ["raise ValueError('no')", "import sys\nsys.exit(7)", "this is not python"])
def test_a_file_that_cannot_be_imported_is_named_and_forgotten(tmp_path, text):
    before = set(sys.modules)
    with pytest.raises(PluginError, match=r"mine\.py could not be loaded"):
        load_module(write(tmp_path, text))
    assert not {name for name in set(sys.modules) - before if "mine" in name}


def test_former_names_are_mistakes_at_their_places(tmp_path):
    with pytest.raises(CaseError, match="fvtransport.WallView is now fvtransport.BoundaryView"):
        load_module(write(tmp_path, "from fvtransport import WallView\n"))
