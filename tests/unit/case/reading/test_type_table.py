"""Every type of parameter that a plugin or block declares is read, written out, described and put in the schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from fvtransport.plugins.mixtures.binary import Binary
from jsonschema import Draft202012Validator

from fvtransport import Constant, Formula, Property
from fvtransport.case.blocks.mesh_kinds import MESHES
from fvtransport.case.reading.block_types import DeclaredBlock, PluginChoice, PropertyValue
from fvtransport.case.reading.case_reader import CaseReader
from fvtransport.case.reading.container_types import Alternatives, MappingOf, Sequence, StateOf
from fvtransport.case.reading.formula_types import FormulaText, InsideText
from fvtransport.case.reading.name_types import (
    BalanceName,
    BoundaryNamed,
    FieldName,
    InterfaceNamed,
    RegionNamed,
    VariableHandle,
)
from fvtransport.case.reading.parameter_type import ParameterType
from fvtransport.case.reading.plain_types import Number, Option, PlainValue, Text, WholeNumber, YesNo
from fvtransport.case.reading.schema import SOLVERS, Compared, Lasting, Observation, UntilPeriodic
from fvtransport.case.reading.scope import Names, Scope
from fvtransport.case.reading.type_table import TYPES, block_of, type_of
from fvtransport.case.text.units import UnitSystem
from fvtransport.case.text.yaml_reader import parse
from fvtransport.model.parameters import Declaration, Declared
from fvtransport.model.registry import Registry
from fvtransport.reference.json_schema import case_schema

REGISTRY = Registry.installed()
MIXTURE = Binary(species=("A", "B"), concentration=Constant(value=1.0))
SAMPLES: Mapping[type[ParameterType], Any] = {
    YesNo: "no",
    Text: "N2",
    FieldName: "x_A",
    BalanceName: "energy",
    BoundaryNamed: "left",
    RegionNamed: "core",
    InterfaceNamed: "core-shell",
    VariableHandle: "x_A",
    FormulaText: "L*T + x_A",
    InsideText: "x < L/2",
    StateOf: {"T": 300.0, "x_A": 0.5},
}


def declared_of(cls: type[Declared]) -> list[Declaration]:
    nested = [kind.cls for _, kind in block_of(cls).members if isinstance(kind, DeclaredBlock)]
    return [*cls.declarations(), *(each for inner in nested for each in declared_of(inner))]


def declarations() -> Mapping[str, Declaration]:
    """One declaration for each annotation and range in use, by where it is first declared."""
    blocks = [*dict.fromkeys(MESHES.values()), *SOLVERS.values(), Observation, Lasting, UntilPeriodic, Compared]
    found: dict[Any, tuple[str, Declaration]] = {}
    for cls in [*(entry.cls for entry in REGISTRY), *blocks]:
        for each in declared_of(cls):
            key = (str(each.annotation), each.minimum, each.above, each.maximum, each.below)
            found.setdefault(key, (f"{cls.__name__}.{each.name}", each))
    return dict(found.values())


USED = declarations()


def samples(kind: ParameterType, declared: Declaration) -> list[Any]:
    """Plain data that a type reads: one value, or one for each of its alternatives."""
    if isinstance(kind, Number | WholeNumber | PropertyValue):
        candidates = (2, 1, 0.5, 300, 1e-3, -1) if not isinstance(kind, WholeNumber) else (2, 1, 1000)
        return [next(number for number in candidates if not declared.range_message(number))]
    if isinstance(kind, Option):
        return [kind.options[-1]]
    if isinstance(kind, Alternatives):
        return [*(each for arm in kind.arms for each in samples(arm, declared)), *([None] if kind.optional else [])]
    if isinstance(kind, Sequence):
        return [[samples(item, declared)[0] for item in kind.items]]
    if isinstance(kind, MappingOf):
        unbounded = Declaration("mean", declared.annotation, "", "", True, None, None, None, 1.0)
        return [{SAMPLES[type(kind.key)]: samples(kind.value, declared if kind.key == Text() else unbounded)[0]}]
    if isinstance(kind, PluginChoice):
        return ["darcy", {"dusty_gas": {"pore_diameter": 1e-6}}]
    if isinstance(kind, DeclaredBlock):
        required = [member for member in kind.members if member[0].required] or kind.members[:1]
        return [{each.name: samples(inner, each)[0] for each, inner in required}]
    return [SAMPLES[type(kind)]]


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal; formulas by their text and the handles that they read."""
    if isinstance(one, Formula):
        return one.text == other.text and one.handles == other.handles
    if isinstance(one, Declared):
        return type(one) is type(other) and same(dict(one), dict(other))
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) and type(one) is type(other)


@pytest.fixture(scope="module")
def reader() -> CaseReader:
    names = Names.of(MIXTURE)
    places = {"boundaries": ("left", "right"), "regions": ("core", "shell"), "axes": ("x",)}
    return CaseReader(Scope(UnitSystem(), REGISTRY, parameters={"L": 4.0}, names=names, **places))


@pytest.fixture(scope="module")
def definitions() -> Mapping[str, Any]:
    return case_schema(REGISTRY)["$defs"]


def read(data: Any, declared: Declaration, reader: CaseReader) -> Any:
    node = parse(yaml.safe_dump({"value": data}), "case").value["value"]
    return reader.read(node, declared)


@pytest.mark.parametrize("where", USED)
def test_every_type_in_use_reads_what_it_writes(where, reader, definitions):
    declared = USED[where]
    kind = type_of(declared.annotation)
    assert not isinstance(kind, PlainValue) and kind.describe()
    schema = Draft202012Validator({**kind.schema(declared), "$defs": definitions})
    for data in samples(kind, declared):
        value = read(data, declared, reader)
        written = kind.dump(value)
        assert same(read(written, declared, reader), value)
        assert not list(schema.iter_errors(data)) and not list(schema.iter_errors(written)), data


@pytest.mark.parametrize("data", ["L*(1 + x_A)", {"power_law": {"value": 2.0, "reference_temperature": 300.0}}])
def test_a_property_of_every_form_reads_back(data, reader, definitions):
    declared = Declaration("conductivity", Property, "W/m/K", "", True, None, None, None, None)
    kind = type_of(declared.annotation)
    value = read(data, declared, reader)
    assert same(read(kind.dump(value), declared, reader), value)
    assert not list(Draft202012Validator({**kind.schema(declared), "$defs": definitions}).iter_errors(kind.dump(value)))


def test_every_type_is_in_use():
    """A sample for each class of the table, by the plugins and blocks or by the tests of single types."""
    found: set[type] = set()

    def note(kind: ParameterType) -> None:
        found.add(type(kind))
        parts = getattr(kind, "arms", ()) or getattr(kind, "items", ()) or ()
        for part in [*parts, *(getattr(kind, name) for name in ("key", "value") if hasattr(kind, name))]:
            note(part)

    for declared in USED.values():
        note(type_of(declared.annotation))
    assert found == set(TYPES) - {PlainValue}


@pytest.mark.parametrize("cls", TYPES, ids=lambda cls: cls.__name__)
def test_a_type_states_all_four(cls):
    assert {"read", "schema", "describe", "dump"} <= vars(cls).keys()


def test_what_has_no_type_is_plain_data(reader):
    declared = Declaration("path", Path, "", "", True, None, None, None, None)
    assert type_of(Path).describe() == "path" and read("a/b", declared, reader) == "a/b"
    assert type_of(Path).dump({"a": (Path("b"), 1, None)}) == {"a": ["b", 1, None]}
