"""Imports go down the floors only, without cycles; plugins know the public door alone; FiPy has one importer."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE, PLUGINS = ROOT / "fvtransport", ROOT / "plugins"
FLOORS = [
    {"errors", "units", "handles"},
    {
        "expressions",
        "formula",
        "parameters",
        "views",
        "exchange",
        "symbolic",
        "interfaces",
        "registry",
        "medium",
        "faces",
    },
    {"case"},
    {"geometry", "mesh", "interpolate", "quality", "outcome", "ranges"},
    {
        "system",
        "layout",
        "jacobian",
        "linear",
        "storage",
        "amounts",
        "vessels",
        "walls",
        "pseudo_time",
        "tolerances",
        "counters",
        "build",
    },
    {"steady", "transient", "observe", "segment", "protocol", "solve"},
    {
        "balance",
        "audit",
        "coefficients",
        "cycles",
        "phase_audit",
        "singular",
        "entropy",
        "compare",
        "profiles",
        "provenance",
        "moments",
        "result",
        "stored",
        "stored_mesh",
        "store",
        "manufactured",
        "exact_fields",
        "converge",
    },
    {
        "plot",
        "plot_style",
        "plot_choice",
        "plot_maps",
        "plot_fluxes",
        "plot_groups",
        "plot_protocol",
        "canvas",
        "mesh_text",
        "report",
        "report_protocol",
        "catalogue",
        "reference",
        "progress",
        "json_schema",
        "scaffold",
        "sweep",
    },
    {"api", "contract", "commands", "cli", "__main__", "__init__"},
]
FLOOR_OF = {name: floor for floor, names in enumerate(FLOORS) for name in names}


def imports(path: Path, package: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Absolute dotted names that a file imports, at any depth of nesting; package is that of the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {tuple(alias.name.split(".")) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = (*base, *(node.module.split(".") if node.module else ()))
            found |= {(*stem, alias.name) for alias in node.names}
    return found


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def package_of(path: Path) -> tuple[str, ...]:
    return ("fvtransport", *path.relative_to(PACKAGE).parent.parts)


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_from_its_floor_or_below(path):
    own = FLOOR_OF[module_of(path)]
    for name in imports(path, package_of(path)):
        if name[0] != "fvtransport":
            continue
        assert len(name) > 1 and name[1] != "plugins", f"{path.name} imports a plugin"
        target = name[1] if name[1] in FLOOR_OF else "__init__"
        assert FLOOR_OF[target] <= own, f"{path.name} imports {'.'.join(name)} from above"


def test_there_is_no_cycle():
    graph = {module_of(path): set() for path in FILES}
    for path in FILES:
        graph[module_of(path)] |= {
            name[1]
            for name in imports(path, package_of(path))
            if name[0] == "fvtransport" and name[1:2] and name[1] in graph
        } - {module_of(path)}
    done: set[str] = set()
    while graph.keys() - done:
        ready = {name for name in graph.keys() - done if graph[name] <= done}
        assert ready, f"a cycle among {sorted(graph.keys() - done)}"
        done |= ready


@pytest.mark.parametrize("path", sorted(PLUGINS.rglob("*.py")), ids=lambda path: str(path.relative_to(PLUGINS)))
def test_a_plugin_knows_the_public_door_alone(path):
    package = ("fvtransport", "plugins", *path.relative_to(PLUGINS).parent.parts)
    public = set(ast.literal_eval(_all_of(PACKAGE / "__init__.py")))
    for name in imports(path, package):
        if name[0] == "fvtransport" and name[1:2] != ("plugins",):
            assert len(name) == 2 and name[1] in public, f"{path.name} reaches behind the door: {'.'.join(name)}"


@pytest.mark.parametrize("path", sorted((PLUGINS / "solutions").glob("*.py")), ids=lambda path: path.name)
def test_a_closed_form_shares_nothing_with_the_laws(path):
    for name in imports(path, ("fvtransport", "plugins", "solutions")):
        assert name[:2] != ("fvtransport", "plugins") or name[2] == "solutions", f"{path.name} imports {'.'.join(name)}"


def _all_of(path: Path) -> ast.expr:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return node.value
    raise AssertionError(f"{path} has no __all__")


def test_fipy_is_imported_in_one_place():
    importers = {path.name for path in FILES for name in imports(path, package_of(path)) if name[0] == "fipy"}
    assert importers == {"mesh.py"}


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
    code = (
        "import sys, runpy\nsys.argv = ['fvtransport', *sys.argv[1:]]\n"
        "try:\n    runpy.run_module('fvtransport', run_name='__main__')\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "assert not {'fipy', 'pint', 'matplotlib', 'xarray'} & set(sys.modules), 'a heavy import'\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *command.split()], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
