"""Tests mirror the rooms: the test of `fvtransport/a/b.py` is `tests/unit/a/test_b.py`, that of `plugins/a/b.py` is
`tests/plugins/a/test_b.py`.

What solves for seconds or starts a process lies in a folder of its own, under the name of the module that it is about.
Modules that are tested under another name are in a table, and what the table names must import them.
"""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Iterator

from tests.tools.layout import PACKAGE, PLUGINS, ROOT, files, imported
from tests.tools.plugin_index import INDEX

TESTS = ROOT / "tests"
BESIDE = {
    "engine": "solvers discretisation results sweep report model",
    "cli": "cli sweep model",
    "verification": "verification",
    "audit": "audit",
    "meshes": "mesh",
}
"""Folders beside `unit/`, each with the rooms that it tests at work."""
SHORT = 30
MOST_ELSEWHERE = 25
TESTED_BY = {
    "unit/case/reading/test_case_reader.py": "case/reading/{make_plugin scope unit_placeholders selection}",
    "unit/case/reading/test_type_table.py": (
        "case/reading/{block_types container_types formula_types name_types parameter_type plain_types schema}"
    ),
    "unit/case/text/test_expressions.py": "case/text/expression_syntax",
    "unit/case/text/test_units.py": "case/text/{common_units unit_text}",
    "unit/case/text/test_yaml_tree.py": "case/text/yaml_reader",
    "unit/mesh/test_geo_language.py": "mesh/{geo_tokens geo_words geo_numbers}",
    "unit/model/test_former_names.py": "model/{former_modules former_scan former_use}",
}
"""Modules of one subject, by the file that tests them together; an entry goes when the module has its own."""


def _expanded(text: str) -> list[str]:
    """`a/{b c}` as `a/b` and `a/c`."""
    found = []
    for word in re.findall(r"(?:[^\s{}]|\{[^}]*\})+", text):
        parts = [part.split() for part in re.split(r"[{}]", word)]
        found += ["".join(each) for each in itertools.product(*(part or [""] for part in parts))]
    return found


ELSEWHERE = {module: file for file, text in TESTED_BY.items() for module in _expanded(text)}
MODULES = sorted(
    path.relative_to(PACKAGE).with_suffix("").as_posix() for path in files() if not path.name.startswith("__")
)
PLUGIN_MODULES = {
    path.relative_to(PLUGINS).with_suffix("").as_posix() for path in PLUGINS.rglob("*.py") if path.name != "__init__.py"
}


def _own_tests(module: str) -> list[str]:
    """The files that test a module by their name, from `tests/`."""
    room, _, name = module.rpartition("/")
    beside = [folder for folder, rooms in BESIDE.items() if room.split("/")[0] in rooms.split()]
    places = [f"unit/{room}/test_{name}.py" if room else f"unit/test_{name}.py"]
    places += [f"{folder}/test_{name}.py" for folder in (beside if room else ["engine"])]
    return [place for place in places if (TESTS / place).is_file()]


def _module_of(path, root: str) -> str:
    """The module that a test of `tests/<root>/` is named after."""
    inside = path.relative_to(TESTS / root)
    return inside.with_name(inside.name.removeprefix("test_")).with_suffix("").as_posix()


def test_a_module_has_its_test():
    long = [name for name in MODULES if len((PACKAGE / f"{name}.py").read_text().splitlines()) > SHORT]
    assert not [name for name in long if name not in ELSEWHERE and not _own_tests(name)], "no test_<module>.py"
    assert not [name for name in ELSEWHERE if _own_tests(name)], "off the list: there is a test of this name"
    assert not [file for file in TESTED_BY if not (TESTS / file).is_file()]


def test_what_is_tested_elsewhere_is_a_module():
    assert ELSEWHERE.keys() <= set(MODULES) and len(ELSEWHERE) <= MOST_ELSEWHERE
    assert len(ELSEWHERE) == sum(len(_expanded(text)) for text in TESTED_BY.values()), "a module is there twice"


def test_what_is_tested_elsewhere_is_imported_there():
    assert not [name for name, file in ELSEWHERE.items() if not _imports(TESTS / file, "fvtransport", name)]


def _imports(path, package: str, module: str) -> bool:
    """Whether a test imports a module, or something of it."""
    dotted = (*package.split("."), *module.split("/"))
    return any(name[: len(dotted)] == dotted for name in imported(path, ()))


def test_a_unit_test_names_its_module_and_is_fast():
    paths = sorted((TESTS / "unit").rglob("test_*.py"))
    assert not [path.name for path in paths if _module_of(path, "unit") not in MODULES]
    assert not [
        path.name for path in paths if re.search(r"pytest\.mark\.(slow|long)", path.read_text(encoding="utf-8"))
    ]


def test_a_test_of_plugins_names_its_module():
    paths = sorted((TESTS / "plugins").rglob("test_*.py"))
    assert not [path.name for path in paths if _module_of(path, "plugins") not in PLUGIN_MODULES]


def test_a_plugin_has_its_test():
    """Each by a file of its name, which imports the module or chooses every plugin in it by its registered name."""
    without = [module for module in PLUGIN_MODULES if not (TESTS / "plugins" / _test_of(module)).is_file()]
    assert not sorted(without)
    registered = _registered()
    assert not [
        module
        for module in sorted(PLUGIN_MODULES)
        if not _imports(TESTS / "plugins" / _test_of(module), "fvtransport.plugins", module)
        and not _chooses(TESTS / "plugins" / _test_of(module), registered.get(module, []))
    ]


def _test_of(module: str) -> str:
    room, _, name = module.rpartition("/")
    return f"{room}/test_{name}.py" if room else f"test_{name}.py"


def _registered() -> dict[str, list[str]]:
    """The names of the plugins in each module."""
    found: dict[str, list[str]] = {}
    for _, name, target, _ in json.loads(INDEX.read_text(encoding="utf-8"))["plugins"]:
        found.setdefault(target.partition(":")[0].replace(".", "/"), []).append(name)
    return found


def _chooses(path, names: list[str]) -> bool:
    """Whether a text in a test, docstrings aside, has each of the names of plugins as a word."""
    texts = " ".join(_texts(ast.parse(path.read_text(encoding="utf-8"))))
    return bool(names) and all(re.search(rf"(?<!\w){name}(?!\w)", texts) for name in names)


def _texts(tree: ast.Module) -> Iterator[str]:
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node.value


MAY_SKIP = {
    "conftest.py": "gmsh",
    "peers/test_cantera.py": "cantera",
    "peers/test_cantera_kinetic.py": "cantera",
    "plugins/properties/test_cantera.py": "cantera",
    "plugins/theory/test_mixture_fits.py": "cantera",
}
"""Files that skip where an extra is absent (in CI that is a failure), and the extra."""


def test_nothing_is_skipped_but_for_an_extra():
    skipping = {
        path.relative_to(TESTS).as_posix()
        for path, nodes in _trees()
        for node in nodes
        if isinstance(node, ast.Attribute) and re.fullmatch("skip|skipif|xfail|importorskip|skipTest", node.attr)
    }
    assert skipping <= MAY_SKIP.keys()


def test_every_generator_of_random_numbers_has_a_seed():
    loose = []
    for path, nodes in _trees():
        for node in nodes:
            name = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            call = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if re.fullmatch(r"np\.random\.(?!default_rng$|Generator$)\w+", name) or (
                call.endswith("default_rng") and not node.args
            ):
                loose.append(f"{path.name}:{node.lineno}")
    assert not loose


def _trees():
    """Every file of the tests with the nodes of its tree."""
    for path in sorted(TESTS.rglob("*.py")):
        yield path, list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
