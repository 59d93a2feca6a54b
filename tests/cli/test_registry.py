"""Plugins are imported when they are used; names of packages come from their entry points; clashes are found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fvtransport import PluginError
from fvtransport.model.entry import KINDS, kind_of
from fvtransport.model.naming import tag_of
from fvtransport.model.registry import Registry
from tests.tools.command import command
from tests.tools.plugin_index import INDEX, INTERFACES, index_text

LAW = '''from fvtransport import Law, plugin


@plugin("{name}")
class Drift(Law):
    """Nothing moves."""

    def flux(self, face):
        return {{}}
'''
CASE = """
mesh: {type: Grid1D, length: 1.0, cells: 4}
mixture: {binary: {species: [A, B], concentration: 1.0, temperature: 300.0}}
properties: {diffusivity: 1.0}
laws: [fick, LAWS]
boundaries: {left: {x_A: {dirichlet: 1.0}}, right: {x_A: {dirichlet: 0.0}}}
solve: steady
"""


def package(folder: Path, name: str, points: str, **modules: str) -> None:
    """A distribution with entry points and modules, as pip would install it into a folder."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[fvtransport.plugins]\n{points}\n")
    for module, text in modules.items():
        (folder / f"{module}.py").write_text(text)


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """An empty folder of packages on the path."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in [name for name, module in sys.modules.items() if str(folder) in str(getattr(module, "__file__", ""))]:
        del sys.modules[name]


def in_python(code: str, site: Path | None = None) -> str:
    """What a new interpreter prints."""
    path = os.pathsep.join(filter(None, [site and str(site), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def check(folder: Path, laws: str, more: str = "") -> subprocess.CompletedProcess:
    (folder / "case.yaml").write_text(CASE.replace("LAWS", laws) + more)
    return command(folder, "check", "case.yaml", COLUMNS="300")


def test_the_index_is_that_of_the_source():
    assert INDEX.read_text(encoding="utf-8") == index_text(), "run: python -m tests.tools.plugin_index"
    assert {name: kind for kind, cls in KINDS.items() for name in [cls.__name__]} == INTERFACES


def test_the_index_is_what_an_import_finds():
    for entry in Registry.installed().importable():
        assert (kind_of(entry.cls, entry.name, ""), tag_of(entry.cls)) == (entry.kind, entry.name)
        summary = (entry.cls.__doc__ or "").partition("\n")[0].rstrip(":")
        assert entry.is_of(entry.cls) and entry.summary in ("", summary)


def test_knowing_all_plugins_imports_none():
    code = (
        "import sys; from fvtransport.model.registry import Registry; r = Registry.installed()\n"
        "assert 'fick' in r.names('law') and r.known()\n"
        "print([name for name in sys.modules if name.startswith('fvtransport.plugins')])"
    )
    assert in_python(code).strip() == "[]"


@pytest.mark.parametrize("use", ["registry.get('law', 'fick')", "check('case.yaml')"])
def test_what_is_used_is_imported_and_nothing_else(tmp_path, use):
    (tmp_path / "case.yaml").write_text(CASE.replace(", LAWS", ""))
    code = (
        f"import os, sys; os.chdir({str(tmp_path)!r})\n"
        "from fvtransport import check\nfrom fvtransport.model.registry import Registry\n"
        f"registry = Registry.installed(); {use}\n"
        "print(*(name for name in sys.modules if name.startswith('fvtransport.plugins.')))"
    )
    found = set(in_python(code).split())
    assert "fvtransport.plugins.laws.fick" in found
    used = {str(entry.target) for entry in Registry.installed().known() if str(entry.target).partition(":")[0] in found}
    names = {each.partition(":")[2] for each in used}
    defaults = {"Constant", "NoFlux"}  # for a bare number, and for a field at rest
    assert names - defaults == ({"Fick"} if "registry" in use else {"Fick", "Binary", "Dirichlet"})


def test_a_package_states_its_names_and_is_imported_when_one_is_used(site):
    package(site, "demo", "drift = demo_laws:Drift\nother = demo_gone:Other", demo_laws=LAW.format(name="drift"))
    registry = Registry.installed()
    registry.get("law", "fick")
    assert "demo_laws" not in sys.modules
    found = registry.get("law", "drift")
    assert found.origin == "package demo" and found.cls.__name__ == "Drift" and registry.broken == {}
    assert registry.names("law").count("drift") == 1


def test_a_package_that_states_no_names_is_imported_last(site):
    package(site, "old", "old = old_laws", old_laws=LAW.format(name="sinking"))
    registry = Registry.installed()
    registry.get("law", "fick")
    assert "old_laws" not in sys.modules
    assert registry.get("law", "sinking").origin == "package old"


def test_both_forms_may_state_the_same_class(site):
    package(site, "both", "all = both_laws\ndrift = both_laws:Drift", both_laws=LAW.format(name="drift"))
    registry = Registry.installed()
    assert [entry.name for entry in registry].count("drift") == 1 and registry.clashes() == []


def test_a_name_that_the_class_does_not_have_is_broken(site):
    package(site, "wrong", "drift = wrong_laws:Drift", wrong_laws=LAW.format(name="other"))
    registry = Registry.installed()
    assert not registry.has("law", "drift") and '@plugin("drift")' in registry.broken["wrong: drift"]


def test_two_packages_with_one_name_clash_where_it_is_used(site):
    for each in ("one", "two"):
        package(site, each, f"drift = {each}_laws:Drift", **{f"{each}_laws": LAW.format(name="drift")})
    registry = Registry.installed()
    registry.get("law", "fick")
    with pytest.raises(PluginError, match="one from package one, one from package two"):
        registry.get("law", "drift")


def test_a_package_with_the_name_of_a_built_in_plugin_clashes_where_it_is_used(site):
    package(site, "demo", "fick = demo_laws:Drift", demo_laws=LAW.format(name="fick"))
    registry = Registry.installed()
    registry.get("law", "soret")
    with pytest.raises(PluginError, match='law "fick": one from built in, one from package demo'):
        registry.get("law", "fick")


def test_a_clash_that_shows_after_the_use_is_found(site):
    text = LAW.format(name="fick") + LAW.format(name="drift").replace("Drift(", "Other(")
    package(site, "old", "old = old_laws", old_laws=text)
    registry = Registry.installed()
    registry.get("law", "fick")
    with pytest.raises(PluginError, match='law "fick": one from built in, one from package old'):
        registry.get("law", "drift")


def test_a_name_may_stand_for_plugins_of_two_kinds(site):
    text = LAW.format(name="constant")
    package(site, "demo", "constant = demo_laws:Drift", demo_laws=text)
    registry = Registry.installed()
    assert registry.get("property", "constant").origin == "built in"
    assert registry.get("law", "constant").origin == "package demo"
    assert [entry.kind for entry in registry.find("constant")] == ["law", "property"]


def test_a_file_with_the_name_of_a_package_clashes(site, tmp_path):
    package(site, "demo", "drift = demo_laws:Drift", demo_laws=LAW.format(name="drift"))
    (tmp_path / "mine.py").write_text(LAW.format(name="drift"))
    with pytest.raises(PluginError, match=r"one from package demo, one from .*mine\.py"):
        Registry.installed().add_file(tmp_path / "mine.py")


def test_a_copy_is_a_registry_of_its_own(site, tmp_path):
    package(site, "demo", "drift = demo_laws:Drift", demo_laws=LAW.format(name="drift"))
    (tmp_path / "mine.py").write_text(LAW.format(name="mine"))
    registry = Registry.installed()
    copy = registry.copy()
    copy.add_file(tmp_path / "mine.py")
    assert copy.has("law", "mine") and copy.has("law", "drift")
    assert not registry.has("law", "mine") and registry.has("law", "drift")


def test_a_broken_package_stops_only_the_case_that_uses_it(site, tmp_path):
    package(site, "demo", "drift = demo_laws:Drift", demo_laws="import missing_module")
    done = check(tmp_path, "source: {balance: A, rate: 1.0}")
    assert done.returncode == 0 and "could not be loaded" not in done.stderr, done.stderr
    done = check(tmp_path, "drift")
    assert done.returncode == 2 and 'unknown law "drift"' in done.stderr, done.stderr
    assert "demo: drift" in done.stderr and "missing_module" in done.stderr


@pytest.mark.parametrize(
    "text, says",
    [
        ("from fvtransport import WallView", "fvtransport.WallView is now fvtransport.BoundaryView"),
        ("import fvtransport.exchange", "No module named 'fvtransport.exchange'; it is now fvtransport"),
        (LAW.format(name="drift") + "    def cautions(self, mixture): pass\n", '"cautions" of a law is now "validate"'),
    ],
)
def test_a_package_of_former_names_is_reported_with_the_cure(site, text, says):
    package(site, "demo", "drift = demo_laws:Drift", demo_laws=text)
    registry = Registry.installed()
    assert not registry.has("law", "drift")
    assert says in registry.broken["demo: drift"]


def test_a_clash_in_a_case_is_a_mistake_at_its_line(site, tmp_path):
    package(site, "demo", "fick = demo_laws:Drift", demo_laws=LAW.format(name="fick"))
    done = check(tmp_path, "soret")
    assert done.returncode == 2 and "case.yaml:5:8" in done.stderr, done.stderr
    assert 'two plugins are named law "fick": one from built in, one from package demo' in done.stderr


OWN = """from fvtransport import Law, Shared, plugin

stickiness = Shared("stickiness", "m", "how sticky")


@plugin("sticking")
class Sticking(Law):
    \"\"\"Nothing moves.\"\"\"

    needs = (stickiness,)

    def flux(self, face):
        A, _ = face.species
        return {A: 0.0 * face[stickiness]}
"""


@pytest.mark.parametrize("point", ["sticking = own_laws:Sticking", "own = own_laws"])
def test_a_law_of_a_package_brings_its_shared_property(site, tmp_path, point):
    package(site, "own", point, own_laws=OWN)
    text = CASE.replace("LAWS", "sticking").replace("diffusivity: 1.0", "diffusivity: 1.0, stickiness: 2.0")
    (tmp_path / "case.yaml").write_text(text)
    done = command(tmp_path, "check", "case.yaml")
    assert done.returncode == 0, done.stderr


def test_the_doctor_of_a_sound_installation_finds_nothing(site):
    done = command(site, "doctor")
    assert done.returncode == 0 and "no problem found" in done.stdout, done.stderr
    assert "fvtransport " in done.stdout and "built in" in done.stdout and "gmsh" in done.stdout


def test_the_doctor_and_the_list_find_broken_packages_and_clashes(site):
    package(site, "bad", "bad = bad_laws", bad_laws="import missing_module")
    package(site, "demo", "fick = demo_laws:Drift", demo_laws=LAW.format(name="fick"))
    done = command(site, "doctor", "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 2 and "missing_module" in found["broken"]["bad"]
    assert found["clashes"] == ['two plugins are named law "fick": one from built in, one from package demo']
    text = command(site, "doctor").stdout
    assert "broken    bad: " in text and "clash     two plugins" in text and "no problem" not in text
    listed = command(site, "plugins", COLUMNS="200").stdout
    assert "missing_module" in listed and 'two plugins are named law "fick"' in listed
