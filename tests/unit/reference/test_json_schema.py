"""The JSON schema: shipped and good cases are valid, mistakes of structure are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fvtransport.case.text.yaml_reader import read
from fvtransport.case.text.yaml_tree import plain
from fvtransport.model.registry import Registry
from fvtransport.reference.json_schema import case_schema
from tests.errors.inputs.good import GOOD, ISOTHERMAL, REDUCED, STEADY
from tests.errors.inputs.posed import POSED
from tests.errors.inputs.written import EXPRESSIONS, NAMES, VALUES

ROOT = Path(__file__).parents[3]
CASES = sorted((ROOT / "cases").rglob("*.yaml"))

# Mistakes that no schema can see: they need units, formulas, the fields of the mixture, or the physics.
BEYOND = """
unknown species; misspelt field; unknown balance; closed balance; boundary of an observable; text for a number;
wrong dimension; wrong dimension of a length; wrong dimension of a condition; wrong dimension of a flux;
wrong dimension of an exchange; wrong dimension of a source; wrong dimension of a time; unknown unit;
unit in reduced units; unit of a parameter in reduced units; species twice; non-finite length;
length that is no number; negative coefficient by expression; negative coefficient somewhere;
given by the mixture too; end before start; profile after the end; observation after the end;
observation at the start; parameter of a solution
""".replace("\n", " ")
STRUCTURAL = [
    bad
    for bad in (*NAMES, *VALUES)
    if bad.name not in [name.strip() for name in BEYOND.split(";")] and not bad.name.startswith("repeated key")
]
ALSO = {
    "import",
    "call of import",
    "attribute",
    "subscript",
    "parameter without value",
    "parameter that is no name",
    "parameter named x",
    "two conditions",
    "amount in a steady case",
    "times in a steady case",
    "compare without a solution",
}
STRUCTURAL += [bad for bad in (*EXPRESSIONS, *POSED) if bad.name in ALSO]


@pytest.fixture(scope="module")
def validator():
    schema = case_schema(Registry.installed())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def data(path: Path):
    return plain(read(path))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_shipped_case_is_valid(validator, path):
    case = data(path)
    if "plugins" in case:
        registry = Registry.installed()
        for file in case["plugins"] if isinstance(case["plugins"], list) else [case["plugins"]]:
            registry.add_file(path.parent / file)
        validator = Draft202012Validator(case_schema(registry))
    assert [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(case)] == []


@pytest.mark.parametrize(
    "flow",
    [
        "darcy",
        {"stagnant": "N2"},
        {"flux_ratio": {"H2": 2, "N2": 1}},
        {"dusty_gas": 1e-6},
        {"dusty_gas": {"pore_diameter": "1 um"}},
    ],
)
def test_a_bulk_flow_is_valid(validator, flow):
    case = data(ROOT / "cases" / "maxwell_stefan" / "two_bulb.yaml")
    case["mixture"]["gas"]["bulk_flow"] = flow
    assert not list(validator.iter_errors(case))


@pytest.mark.parametrize(
    "path, wrong",
    [
        (("mixture", "gas", "bulk_flow"), "darcey"),
        (("mixture", "gas", "bulk_flow"), {"stagnant": {"specie": "N2"}}),
        (("mixture", "gas", "bulk_flow"), {"dusty_gas": {"pore_diameter": -1}}),
        (("mixture", "gas", "bulk_flow"), "stagnant"),
        (("observe", "t_barrier", "reduce"), "first_zeros"),
    ],
)
def test_a_wrong_bulk_flow_or_take_is_not_valid(validator, path, wrong):
    case = data(ROOT / "cases" / "maxwell_stefan" / "two_bulb.yaml")
    *way, last = path
    block = case
    for name in way:
        block = block[name]
    assert last in block
    block[last] = wrong
    assert list(validator.iter_errors(case))


@pytest.mark.parametrize("text", [GOOD, STEADY, REDUCED, ISOTHERMAL], ids=["time", "steady", "reduced", "isothermal"])
def test_every_good_case_of_the_error_tests_is_valid(validator, text, tmp_path):
    (tmp_path / "case.yaml").write_text(text)
    assert list(validator.iter_errors(data(tmp_path / "case.yaml"))) == []


def test_enough_mistakes_are_held_against_it():
    assert len(STRUCTURAL) >= 48 and {bad.name for bad in STRUCTURAL} >= ALSO


@pytest.mark.parametrize("bad", STRUCTURAL, ids=lambda bad: bad.name)
def test_a_mistake_of_structure_is_not_valid(validator, bad, tmp_path):
    (tmp_path / "case.yaml").write_text(bad.base.replace(bad.old, bad.new, 1))
    assert list(validator.iter_errors(data(tmp_path / "case.yaml")))


def test_a_plugin_file_adds_its_names(tmp_path):
    (tmp_path / "mine.py").write_text(
        "from fvtransport import Law, parameter, plugin\n\n\n@plugin('mine')\nclass Mine(Law):\n    '''s = rate'''\n\n"
        "    rate: float = parameter(minimum=0.0, unit='W/m^3', meaning='heat given off')\n"
    )
    registry = Registry.installed()
    registry.add_file(tmp_path / "mine.py")
    validator = Draft202012Validator(case_schema(registry))
    (tmp_path / "case.yaml").write_text(GOOD.replace("soret_dufour]", "soret_dufour, mine: {rate: 2}]"))
    case = data(tmp_path / "case.yaml")
    assert not list(validator.iter_errors(case))
    for wrong in ({"rate": -2}, {"rat": 2}, {}, {"rate": [2]}):
        case["laws"][-1]["mine"] = wrong
        assert list(validator.iter_errors(case)), wrong
    body = case_schema(registry)["$defs"]["law"]["anyOf"][-1]["properties"]["mine"]
    assert body["properties"]["rate"]["description"] == "heat given off [W/m^3]"


def test_shipped_cases_validate_as_any_yaml_tool_reads_them():
    """YAML 1.1 makes True of `on` and text of 1e-3: no key may be such a word, and numbers may be texts."""
    import yaml

    check = Draft202012Validator(case_schema(Registry.installed()))
    for path in sorted((ROOT / "cases").rglob("*.yaml")):
        errors = [error.message for error in check.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))]
        assert not errors, (path.name, errors)
