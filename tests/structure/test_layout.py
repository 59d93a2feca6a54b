"""Tests mirror the rooms: the test of `fvtransport/a/b.py` is `tests/unit/a/test_b.py`, that of
`plugins/a/b.py` likewise.

What solves for seconds or starts a process lies in a folder of its own, under the name of the module that it is about.
"""

from __future__ import annotations

import ast
import itertools
import re

from tests.tools.layout import PACKAGE, PLUGINS, ROOT, files

TESTS = ROOT / "tests"
BESIDE = {
    "engine": "solvers discretisation results sweep report model",
    "cli": "cli sweep model",
    "verification": "verification",
    "meshes": "mesh",
}
"""Folders beside `unit/`, each with the rooms that it tests at work."""
SHORT = 30
TESTED_BY = {
    "errors/test_bad_cases.py": """case/blocks/{boundaries laws mesh mesh_kinds mixture observe properties
        read_case solve compare}
        case/checks/{bounds steady trial_points} case/reading/schema """,
    "unit/case/checks/test_physics.py": "case/checks/{advice conditions law_terms mixture_storage needed_properties}",
    "unit/case/blocks/test_protocol.py": "case/checks/phases",
    "unit/case/checks/test_checked_case.py": "case/checks/resolve case/model api",
    "unit/case/reading/test_case_reader.py": (
        "case/reading/{make_plugin scope unit_placeholders selection} model/{parameters elementary}"
    ),
    "unit/case/reading/test_type_table.py": (
        "case/reading/{block_types container_types formula_types name_types parameter_type plain_types}"
    ),
    "unit/case/text/test_expressions.py": "case/text/{expression_syntax expression_translator}",
    "unit/case/text/test_units.py": "case/text/{common_units unit_text}",
    "unit/case/text/test_yaml_tree.py": "case/text/yaml_reader",
    "cli/test_registry.py": "cli/doctor model/{entry naming}",
    "engine/test_boundary_storage.py": "case/checks/boundary_storage",
    "engine/test_entropy.py": "discretisation/flux_record",
    "errors/test_gas_refusals.py": "model/validation",
    "unit/report/test_result_report.py": "report/{check_report console}",
    "verification/test_contract_order.py": "verification/{convergence numeric_laws posed}",
    "verification/test_contract_kinds.py": "verification/{contract_law contract_trial}",
    "unit/discretisation/test_well_posed.py": "discretisation/build",
    "unit/mesh/test_geo_language.py": "mesh/{geo_tokens geo_words geo_numbers}",
    "meshes/test_skewed.py": "discretisation/{coupled_surfaces slope_columns}",
    "meshes/test_reconstruction.py": "mesh/gradients",
    "unit/mesh/test_msh_file.py": "mesh/{msh_formats msh_tables}",
    "unit/model/test_former_names.py": "model/{former_modules former_scan former_use plugin_file}",
    "unit/reference/test_catalogue.py": "reference/markdown",
    "unit/report/figures/test_draw.py": "report/figures/{fluxes style}",
    "unit/report/figures/test_maps.py": "report/figures/{slices profiles}",
    "unit/results/test_result.py": "results/{fields observations provenance readings}",
    "unit/results/test_write.py": "results/dataset",
    "unit/sweep/test_run.py": "sweep/{read show}",
    "unit/verification/test_symbolic.py": "verification/symbolic_functions",
    "cli/test_app.py": "cli/{options progress results}",
    "cli/test_commands.py": "cli/{authoring orders} reference/scaffold",
    "engine/test_audit.py": "results/phase_audit",
    "engine/test_balance.py": "discretisation/snapshot",
    "engine/test_cycles.py": "solvers/time_equations",
    "engine/test_protocol_results.py": "report/{cycle_tables figures/protocol}",
    "engine/test_pseudo_transient.py": "solvers/steady",
    "engine/test_segment.py": "discretisation/jacobian solvers/solve",
    "engine/test_interface_equations.py": """case/{blocks checks}/interfaces model/interface
        discretisation/interface_entropy results/interface_audit
        verification/contract_interface""",
    "engine/test_interface_storage.py": "discretisation/surface_storage",
    "plugins/observables/test_amount.py": "discretisation/{system boundary_equation} model/solved_state",
    "verification/test_contract.py": ("model/{law property solution}"),
    "verification/test_manufactured.py": "verification/{exact_fields shifted}",
}
"""Modules without a test of their name, by the file that tests them; an entry goes when the module has its own."""


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
PLUGIN_MODULES = {path.relative_to(PLUGINS).with_suffix("").as_posix() for path in PLUGINS.rglob("*.py")}


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
    assert ELSEWHERE.keys() <= set(MODULES)
    assert len(ELSEWHERE) == sum(len(_expanded(text)) for text in TESTED_BY.values()), "a module stands twice"


def test_a_unit_test_names_its_module_and_is_fast():
    paths = sorted((TESTS / "unit").rglob("test_*.py"))
    assert not [path.name for path in paths if _module_of(path, "unit") not in MODULES]
    assert not [
        path.name for path in paths if re.search(r"pytest\.mark\.(slow|long)", path.read_text(encoding="utf-8"))
    ]


def test_a_test_of_plugins_names_its_module():
    paths = sorted((TESTS / "plugins").glob("*/**/test_*.py"))
    assert not [path.name for path in paths if _module_of(path, "plugins") not in PLUGIN_MODULES]


MAY_SKIP = {
    "conftest.py": "gmsh",
    "peers/test_cantera.py": "cantera",
    "peers/test_cantera_kinetic.py": "cantera",
    "plugins/properties/test_cantera.py": "cantera",
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
