"""Imports go down the floors only, without circles; plugins know the public door alone; FiPy has one importer."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.cases import PUMP, STEADY
from tests.tools.layout import PACKAGE, PLUGINS, arrows, files, imported, levels, package_of, tree_of

FLOORS = {
    11: "__main__",
    10: "cli",
    9: "sweep",
    8: "report report/figures verification api",
    7: "results case/checks reference",
    6: "audit solvers case/blocks",
    5: "discretisation case/reading",
    4: "case",
    3: "mesh __init__",
    2: "model case/text",
    1: "errors outcome",
}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms.split()}
FILES = files()
HEAVY = {
    "cantera",
    "gmsh",
    "h5netcdf",
    "h5py",
    "matplotlib",
    "pandas",
    "pint",
    "pyarrow",
    "scipy.integrate",
    "scipy.interpolate",
    "scipy.optimize",
    "scipy.special",
    "sksundae",
    "sympy",
    "xarray",
}
"""What neither a command that describes plugins nor the check of a small case imports."""


def test_a_room_imports_from_the_floors_below_alone():
    above = [(room, each) for room, targets in arrows().items() for each in targets if FLOOR_OF[each] >= FLOOR_OF[room]]
    assert not above


def test_every_room_is_on_a_floor_and_rooms_are_few():
    assert arrows().keys() == FLOOR_OF.keys()
    assert max(levels(arrows()).values()) <= 11
    assert len([path for path in PACKAGE.iterdir() if path.name != "__pycache__"]) <= 20


def test_files_of_a_room_import_each_other_without_a_circle():
    graph: dict[str, set[str]] = {".".join((*package_of(path), path.stem)): set() for path in FILES}
    for path in FILES:
        own = ".".join((*package_of(path), path.stem))
        for name in imported(path, package_of(path), typing=False):
            graph[own] |= {each for each in (".".join(name), ".".join(name[:-1])) if each in graph} - {own}
    assert levels(graph).keys() == graph.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_package_imports_no_plugin(path):
    assert not [name for name in imported(path, package_of(path)) if name[:2] == ("fvtransport", "plugins")]


@pytest.mark.parametrize("path", sorted(PLUGINS.rglob("*.py")), ids=lambda path: str(path.relative_to(PLUGINS)))
def test_a_plugin_knows_the_public_door_alone(path):
    package = ("fvtransport", "plugins", *path.relative_to(PLUGINS).parent.parts)
    public = set(ast.literal_eval(_all_of(PACKAGE / "__init__.py")))
    for name in imported(path, package):
        if name[0] == "fvtransport" and name[1:2] != ("plugins",):
            assert len(name) == 2 and name[1] in public, f"{path.name} reaches behind the door: {'.'.join(name)}"


@pytest.mark.parametrize("path", sorted((PLUGINS / "solutions").glob("*.py")), ids=lambda path: path.name)
def test_a_closed_form_shares_nothing_with_the_laws(path):
    for name in imported(path, ("fvtransport", "plugins", "solutions")):
        assert name[:2] != ("fvtransport", "plugins") or name[2] == "solutions", f"{path.name} imports {'.'.join(name)}"


def _all_of(path: Path) -> ast.expr:
    for node in tree_of(path).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return node.value
    raise AssertionError(f"{path} has no __all__")


def test_fipy_is_imported_in_one_place():
    importers = {path.name for path in FILES for name in imported(path, package_of(path)) if name[0] == "fipy"}
    assert importers == {"fipy_mesh.py"}


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "plugins",
        "plugins show soret",
        "run --help",
        "converge --help",
        "sweep --help",
        "schema",
        "new --help",
    ],
)
def test_light_commands_do_not_import_fipy(command):
    found = _imported_by(command.split())
    if command == "schema":  # it needs every plugin, and some closed forms use SciPy
        found = {name for name in found if name.partition(".")[0] != "scipy"}
    assert not {*HEAVY, "fipy", "scipy"} & found


def test_check_of_a_small_case_imports_what_it_needs(tmp_path):
    """It builds the mesh and the system, but solves, stores and draws nothing."""
    (tmp_path / "case.yaml").write_text(STEADY)
    found = _imported_by(["check", str(tmp_path / "case.yaml")])
    assert "fipy" in found, "the imports are not seen"
    assert not HEAVY & found


def _imported_by(command: list[str]) -> set[str]:
    """The modules that a process has imported when it has carried out a command."""
    code = (
        "import sys, runpy\nsys.argv = ['fvtransport', *sys.argv[1:]]\n"
        "try:\n    runpy.run_module('fvtransport', run_name='__main__')\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print(*sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def test_neither_fipy_nor_pint_is_imported_for_bare_numbers(tmp_path):
    (tmp_path / "case.yaml").write_text(PUMP)
    code = (
        "import sys; from fvtransport.case.checks.checked_case import load; load(sys.argv[1]);"
        "print([name for name in ('fipy', 'pint', 'matplotlib', 'xarray') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "case.yaml"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
