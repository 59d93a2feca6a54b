"""The table of former names, read as a whole: each one in a plugin file is an error at its place with its cure."""

from __future__ import annotations

import functools
import importlib.util
import re
import textwrap
import types
from pathlib import Path

import pytest

import fvtransport as fv
from fvtransport.errors import CaseError, PluginError
from fvtransport.model.entry import KINDS
from fvtransport.model.former_modules import MODULES
from fvtransport.model.former_names import CALLS, MEMBERS, NAMES, VIEWS
from fvtransport.model.former_scan import former_uses
from fvtransport.model.former_use import absolute, current_name, import_text
from fvtransport.model.parameters import Declared
from fvtransport.model.registry import Registry
from tests.tools.layout import ROOT

INTERFACES = {"Declared": Declared, **{cls.__name__: cls for cls in KINDS.values()}}
OLD_PATHS = Path(__file__).with_name("former_paths.txt").read_text(encoding="utf-8")
OLD_NAMES = {
    module.removesuffix("."): names.split()
    for module, names in re.findall(r"^([\w.]+): ((?:.|\n(?= ))*)", OLD_PATHS, re.MULTILINE)
}
"""Names that every module offered (`__all__`), by module; the package itself is written as a dot."""
OLD_MODULES = """
    amounts api audit balance build canvas case catalogue cli coefficients commands compare contract converge counters
    cycles entropy errors exact_fields exchange expressions faces formula geometry handles interfaces interpolate
    jacobian json_schema layout linear manufactured medium mesh mesh_text moments observe outcome parameters phase_audit
    plot plot_choice plot_fluxes plot_groups plot_maps plot_protocol plot_style profiles progress protocol provenance
    pseudo_time quality ranges reference registry report report_protocol result scaffold segment singular solve steady
    storage store stored stored_mesh sweep symbolic system tolerances transient units vessels views walls
    case.{build check conditions constants domain draft formulas marks meshes mixing model outputs overlay overrides
    phases physics places probe problems protocol reader resolve schema scope solving steadiness syntax values vessels}
    commands.{authoring options orders results sweep}
    sweep.{axes figure follow objective optimise plan point pool run show stored table}
    plugins.{boundaries bulk_flow frames kinetic knudsen laws mechanisms mixtures observables properties quantities
    solutions thermodynamics}
    plugins.boundaries.{dirichlet neumann no_flux outlet radiation reservoir robin saturated surface_reaction
    temperature_jump}
    plugins.bulk_flow.{darcy dusty_gas equimolar flux_ratio graham mass mechanical_equilibrium stagnant}
    plugins.kinetic.{brackets collisions lennard_jones molecules potentials quadrature theory}
    plugins.laws.{advection body_force conduction dufour fick friction heat_of_mixing mass_fraction_form maxwell_stefan
    phenomenological reaction soret soret_dufour source storage}
    plugins.mixtures.{binary carrying gas liquid pure}
    plugins.properties.{arrhenius bosanquet by_region cantera constant expression inverse_linear kinetic margules
    power_law ramp schedule square step table}
    plugins.thermodynamics.{conversions enthalpies forms metric}
"""


def expanded(text: str) -> list[str]:
    """`a.{b c} d` as `a.b`, `a.c` and `d`."""
    found = re.findall(r"([\w.]+?)\.\{([^}]*)\}|([\w.]+)", text)
    return [
        name for head, inner, alone in found for name in ([alone] if alone else [f"{head}.{x}" for x in inner.split()])
    ]


@functools.cache
def found(path: str) -> object:
    """What a dotted path leads to; ImportError or AttributeError where it leads to nothing."""
    if path == "fvtransport":
        return fv
    parent, _, name = path.rpartition(".")
    holder = found(parent)
    if isinstance(holder, types.ModuleType) and name not in vars(holder) and importlib.util.find_spec(path):
        return importlib.import_module(path)
    return getattr(holder, name)


def expected_in(folder: Path) -> tuple[Path, dict[tuple[int, int], tuple[str, str]]]:
    """A file that uses every former name, and what is to be said at which line and column."""
    lines, expected = ["import fvtransport"], {}

    def use(line: str, part: str, old: str, cure: str) -> None:
        lines.append(line)
        expected[len(lines), line.rindex(part) + 1] = (old, cure)

    for old, new in MODULES.items():
        use(
            f"import fvtransport.{old}",
            f"fvtransport.{old}",
            f"fvtransport.{old} is now {absolute(new)}",
            absolute(new),
        )
    for old, new in NAMES.items():
        module, _, name = absolute(old).rpartition(".")
        if old != new:
            text = f"fvtransport.{old} is now {absolute(new)}"
            use(f"from {module} import {name}", name, text, import_text(absolute(new)))
    for old, new in CALLS.items():
        use(f"fvtransport.{old}('R')", old, f"is now {absolute(new)}", import_text(absolute(new)))
    for interface, members in MEMBERS.items():
        base = "Law" if interface == "Declared" else interface
        for old, new in members.items():
            lines.append(f"class A(fvtransport.{base}):")
            use(f"    def {old}(self): pass", old, f'is now "{new}"', new)
    for view, attributes in VIEWS.items():
        for old, new in attributes.items():
            lines.append(f"def read(value, at: fvtransport.{view}):")
            use(f"    return at.{old}", old.rpartition(".")[2], f"at.{old} is now at.{new}", f"at.{new}")
    path = folder / "mine.py"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path, expected


def test_every_former_name_is_reported_at_its_place_with_its_cure(tmp_path):
    path, expected = expected_in(tmp_path)
    problems = former_uses(path)
    places = {(problem.mark.line, problem.mark.column): problem for problem in problems}
    assert places.keys() == expected.keys() and len(problems) == len(expected) > 200
    for place, (message, cure) in expected.items():
        assert message in places[place].message and places[place].expected.startswith(cure)
        assert not places[place].message.startswith("fvtransport. ")


def test_every_cure_exists():
    for new in [*MODULES.values(), *NAMES.values(), *CALLS.values()]:
        found(absolute(new))
    for interface, members in MEMBERS.items():
        for old, new in members.items():
            assert hasattr(INTERFACES[interface], new)
            assert old == "mole_fractions" or not hasattr(INTERFACES[interface], old)


def test_every_cure_of_a_view_can_be_read(slab):
    state = slab.snapshots[-1]
    given = {"View": state.nodes, "FluxView": state.flux_view, "SolvedState": state}
    for view, attributes in VIEWS.items():
        for old, new in attributes.items():
            functools.reduce(getattr, new.split("."), given[view])
            with pytest.raises(AttributeError):
                functools.reduce(getattr, old.split("."), given[view])


@pytest.mark.parametrize("module", OLD_NAMES)
def test_what_a_module_offered_is_there_or_in_the_table(module):
    for name in OLD_NAMES[module]:
        old = absolute(f"{module}.{name}" if module else name)
        new = current_name(old) or old
        is_moved_with_its_module = new == absolute(MODULES.get(module, module)) != old
        assert found(f"{new}.{name}" if is_moved_with_its_module else new) is not None


def test_the_former_paths_are_read_as_a_whole():
    assert len(OLD_NAMES) > 130 and sum(map(len, OLD_NAMES.values())) == len(re.findall(r"\w+(?=\s|$)", OLD_PATHS))


@pytest.mark.parametrize("use", ["fvtransport.Shared", "Shared", "fvtransport.model.handles.Shared"])
def test_a_former_keyword_is_refused_with_the_reason(tmp_path, use):
    text = f"import fvtransport.model.handles\nfrom fvtransport import Shared\n\nk = {use}('k', conductance=True)\n"
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    (problem,) = former_uses(tmp_path / "mine.py")
    assert "not needed: a jump of the material is a pair of half-faces" in problem.message
    assert (problem.mark.line, problem.mark.column) == (4, text.splitlines()[3].index("conductance") + 1)
    other = text.replace("from fvtransport import", "from mine import").replace("fvtransport.", "mine.")
    (tmp_path / "other.py").write_text(other, encoding="utf-8")
    assert former_uses(tmp_path / "other.py") == []


def test_every_module_is_there_or_in_the_table():
    modules = expanded(OLD_MODULES)
    assert MODULES.keys() <= set(modules)
    for module in modules:
        assert isinstance(found(absolute(MODULES.get(module, module))), types.ModuleType)


@pytest.mark.parametrize("old", [*(name for name in NAMES if "." not in name and name != "contract"), "views", "store"])
def test_the_public_door_names_the_cure(old):
    with pytest.raises(ImportError, match=re.escape(f"is now {current_name(absolute(old))}")):
        exec(f"from fvtransport import {old}")
    with pytest.raises(ImportError, match="is now"):
        getattr(fv, old)


@pytest.mark.parametrize("interface, old", [(each, old) for each, members in MEMBERS.items() for old in members])
def test_a_class_with_a_former_member_is_refused(interface, old):
    base = fv.Law if interface == "Declared" else INTERFACES[interface]
    new = MEMBERS[interface][old]
    with pytest.raises(PluginError, match=rf'test_former_names.py:\d+: "{old}" of an? [a-z ]+ is now "{new}"'):
        type("Mine", (base,), {old: lambda self: None, "__module__": __name__})
    with pytest.raises(PluginError, match=f'is now "{new}"'):
        type("Mine", (type("Mixin", (), {old: True}), base), {"__module__": __name__})


CLEAN = '''
import fvtransport
from fvtransport import contract, Constant, Law, Observable, parameter, plugin
from fvtransport.plugins.laws.fick import Fick


class Density:
    """No plugin."""

    def density(self):
        return self.objections

    objections = cautions = ()


@plugin("mine")
class Mine(Observable):
    """A number."""

    density: float = parameter(1.0, meaning="a parameter")
    room: object = parameter(Constant(value=1.0), meaning="a property")

    def measure(self, state):
        state = Density()
        return state.t * fvtransport.contract.density


def carried(driven, wall):
    return driven.carried + wall.slot
'''


def test_other_uses_of_the_words_are_free(tmp_path):
    (tmp_path / "mine.py").write_text(CLEAN)
    assert former_uses(tmp_path / "mine.py") == []
    registry = Registry()
    registry.add_file(tmp_path / "mine.py")
    assert registry.has("observable", "mine")


OLD = """
import fvtransport as fv
import fvtransport.views
from fvtransport import Observable, WallView as Wall
from fvtransport.plugins import quantities as q
from fvtransport.plugins.laws.fick import Fick


class Base(fv.Law):
    holder = 1


class Own(Base):
    def work(self, face):
        return q.lean(face.driven_flux(q.energy))


class Wider(Fick):
    objections = None


class Number(Observable):
    def measure(self, snapshot):
        return snapshot.has_left(q.energy, "left") + snapshot.t

    def density(self, face):
        return [face.carried for _ in range(2)]


def helper(wall: "Wall", other):
    return wall.medium.slot + other.medium.slot
"""


def test_a_file_is_reported_as_a_whole(tmp_path):
    (tmp_path / "mine.py").write_text(OLD)
    with pytest.raises(CaseError) as caught:
        Registry().add_file(tmp_path / "mine.py")
    said = [(problem.mark.line, problem.mark.column, problem.expected) for problem in caught.value.problems]
    assert said == [
        (3, 8, "fvtransport"),
        (4, 37, "from fvtransport import BoundaryView"),
        (5, 33, "fvtransport.plugins.handles"),
        (14, 9, "face_source(self, face)"),
        (15, 18, "fvtransport.upwind_weight"),
        (15, 28, "face.dissipative_flux"),
        (19, 5, "validate(self, context)"),
        (24, 25, "snapshot.cumulative_outflow"),
        (26, 9, "rate_density(self, face)"),
        (27, 22, "face.convective_flux"),
        (31, 24, "wall.medium.row"),
    ]


def test_a_module_of_a_package_is_named_where_it_is_missing(tmp_path):
    (tmp_path / "mine.py").write_text("import importlib\nimportlib.import_module('fvtransport.views')\n")
    with pytest.raises(PluginError, match=r"No module named 'fvtransport.views'; it is now fvtransport$"):
        Registry().add_file(tmp_path / "mine.py")


CODE = re.compile(r"^```python[^\n]*\n(.*?)^```|((?:^    [^\n]*\n|^\n)+)", re.MULTILINE | re.DOTALL)
PAGES = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_pages_are_in_the_present_names(page, tmp_path):
    door = f"from fvtransport import {', '.join(fv.__all__)}\n"
    for fenced, indented in CODE.findall(page.read_text(encoding="utf-8")):
        (tmp_path / "page.py").write_text(door + (fenced or textwrap.dedent(indented)), encoding="utf-8")
        assert former_uses(tmp_path / "page.py") == []


FORMER_MEMBERS = {old for members in MEMBERS.values() for old in members if old != "mole_fractions"}
FORMER_READS = {old.rpartition(".")[2] for attributes in VIEWS.values() for old in attributes}
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")


def former_members_in(text: str, free: set[str]) -> list[str]:
    """Former members in the inline code of a page; a word alone may be the name of a plugin or parameter."""
    found = []
    for code in INLINE.findall(FENCED.sub("", text)):
        for holder, name, call in re.findall(r"((?:\b\w+\.)*)\b(\w+)\b(\(?)", code):
            is_member = name in FORMER_MEMBERS and (holder or call or name not in free)
            if is_member or (name in FORMER_READS and holder):
                found.append(f"{holder}{name}{call}")
    return found


def test_inline_code_of_pages_is_in_the_present_names():
    registry = Registry.installed()
    free = {name for kind in KINDS for name in registry.names(kind)}
    free |= {
        each.name
        for kind in KINDS
        for name in registry.names(kind)
        for each in registry.get(kind, name).cls.declarations()
    }
    assert not [(page.name, found) for page in PAGES if (found := former_members_in(page.read_text("utf-8"), free))]
    assert former_members_in("`objection(at)`, `work(face)`, `Mixture.driven`, `face.carried`, `work`", free) == [
        "objection(",
        "work(",
        "Mixture.driven",
        "face.carried",
    ]
