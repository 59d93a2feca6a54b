from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pytest
from fvtransport.plugins.handles import temperature
from fvtransport.plugins.mixtures.binary import Binary

from fvtransport import Constant
from fvtransport.case.reading.case_reader import CaseReader
from fvtransport.case.reading.make_plugin import build
from fvtransport.case.reading.scope import Names, Scope
from fvtransport.case.reading.selection import Selection
from fvtransport.case.reading.unit_placeholders import filled, in_own_unit, out_of_range
from fvtransport.case.text.problems import InvalidValue
from fvtransport.case.text.units import UnitSystem
from fvtransport.case.text.yaml_reader import parse
from fvtransport.model.handles import BoundaryName, Field
from fvtransport.model.parameters import Declared, parameter
from fvtransport.model.property import Property
from fvtransport.model.state import State
from fvtransport.model.views import PointView

MIXTURE = Binary(species=("A", "B"), concentration=Constant(value=1.0))
X_A = MIXTURE.mole_fractions[0]


class Inner(Declared):
    shorthand = "size"
    size: float = parameter(unit="m", above=0.0, meaning="a size")


class Sample(Declared):
    number: float = parameter(1.0, unit="m", minimum=0.0, meaning="a length")
    count: int = parameter(1, minimum=1, maximum=9, meaning="a count")
    name: str = parameter("", meaning="a name")
    flag: bool = parameter(False, meaning="a flag")
    side: Literal["left", "right"] = parameter("left", meaning="a side")
    pair: tuple[str, float] = parameter(("", 0.0), meaning="a pair")
    times: tuple[float, ...] = parameter((), unit="s", meaning="times")
    means: Mapping[Field, float] = parameter({}, meaning="means")
    state: State | None = parameter(None, meaning="a state")
    of: Field | None = parameter(None, meaning="a field")
    boundary: BoundaryName = parameter("left", meaning="a boundary")
    inner: Inner | None = parameter(None, meaning="a block")
    either: int | str = parameter(0, meaning="one or the other")
    law: Property | None = parameter(None, unit="W/m/K", above=0.0, meaning="a property")


def read(text, registry):
    scope = Scope(UnitSystem(), registry, parameters={"L": 4.0}, names=Names.of(MIXTURE), boundaries=("left", "right"))
    node = parse(text, "case")
    return build(Sample, Selection("sample", node.mark, node), CaseReader(scope))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("number: 2", 2.0),
        ("number: 2e-3", 2e-3),
        ("number: 2 cm", 0.02),
        ("number: '3'", 3.0),
        ("number: L/2", 2.0),
        ("count: 3", 3),
        ("count: 3.0", 3),
        ("count: L/2", 2),
        ("name: NO", "NO"),
        ("name: 12", "12"),
        ("flag: yes", True),
        ("flag: False", False),
        ("side: right", "right"),
        ("pair: [Y, 2]", ("Y", 2.0)),
        ("times: [1, 2 min]", (1.0, 120.0)),
        ("times: 3", (3.0,)),
        ("means: {x_A: 0.5}", {X_A: 0.5}),
        ("state: {T: 300 K, x_A: 0.5}", State(((temperature, 300.0), (X_A, 0.5)))),
        ("boundary: right", "right"),
        ("inner: 2 m", Inner(size=2.0)),
        ("inner: {size: 2}", Inner(size=2.0)),
        ("inner:", None),
        ("either: 4", 4),
        ("either: four", "four"),
        ("law: 3 W/m/K", Constant(value=3.0)),
        ("law: 2*L", Constant(value=8.0)),
        ("law: {constant: 3}", Constant(value=3.0)),
    ],
)
def test_values_by_declared_type(registry, text, value):
    name = text.partition(":")[0]
    found = getattr(read(text, registry), name)
    assert type(found) is type(value)
    if isinstance(value, State):
        found, value = found.values, value.values
    assert found == (pytest.approx(value, rel=1e-15) if isinstance(value, float) else value)


def test_fields_are_the_mixtures_own_and_expressions_read_them(registry):
    assert read("of: x_A", registry).of is X_A
    assert read("of: x_B", registry).of is MIXTURE.mole_fractions[1]
    law = read("law: L*T + x_A", registry).law
    assert law(PointView(None, {temperature: 300.0, X_A: 0.5})) == 1200.5


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("number: -1", 9, "at least 0"),
        ("number: 2 s", 9, "expected a quantity in m"),
        ("number: 1 + Lx", 13, 'unknown name "Lx"'),
        ("count: 2.5", 8, "not a whole number"),
        ("count: 10", 8, "in [1, 9]"),
        ("flag: 3", 7, "expected true or false"),
        ("side: up", 7, 'unknown side "up"'),
        ("pair: [1]", 7, "1 entries"),
        ("pair: 1", 7, "pair is"),
        ("times: [1, 2 m, 3]", 12, "expected a quantity in s"),
        ("times: {a: 1}", 8, "times is a mapping"),
        ("means: {x_B: 0.5}", 9, "x_B follows from x_A"),
        ("means: {x_A: 1.5}", 14, "out of range"),
        ("state: {T: 300}", 1, "state lacks x_A"),
        ("state: {T: 0, x_A: 0.5}", 12, "T = 0 is out of range"),
        ("of: x_C", 5, 'unknown field "x_C"'),
        ("boundary: top", 11, 'unknown boundary "top"'),
        ("inner: -2", 8, "above 0"),
        ("inner: {siez: 2}", 9, "inner has no parameter"),
        ("law: -2", 6, "above 0"),
        ("law: {constant: -2}", 6, "above 0"),
        ("law: step(t)", 6, "the property {step: parameters} in place of a formula"),
        (
            "law: 'where(t > 1, 1, 2)'",
            13,
            "declare their jumps in a property of their own: ramp, schedule, square, step, table",
        ),
        ("law: {constnat: 2}", 7, 'unknown property "constnat"'),
        ("lwa: 3", 1, "sample has no parameter"),
    ],
)
def test_complaints_stand_at_the_value(registry, text, column, says):
    with pytest.raises(InvalidValue) as caught:
        read(text, registry)
    problem = caught.value.problems[0]
    assert problem.mark.column == column
    assert says in problem.render()


def test_all_wrong_items_are_reported(registry):
    with pytest.raises(InvalidValue) as caught:
        read("{times: [1 m, 2, 3 m], number: -1, state: {T: -1, x_A: 2}}", registry)
    assert len(caught.value.problems) == 5


@pytest.mark.parametrize(
    ("unit", "positions", "text"),
    [
        ("{flux}/{field}", {"flux": "W/m^2", "field": "K"}, "W/m^2/K"),
        ("{flux}/{field}", {"flux": "mol/m^2/s", "field": ""}, "mol/m^2/s"),
        ("{flux}/{field}", {"flux": "W/m^2", "field": "mol/m^3"}, "W/m^2/(mol/m^3)"),
        ("{field}", {"field": ""}, ""),
        ("{property}/K", {"property": ""}, "1/K"),
        ("{flux}", {}, None),
        ("m", {}, "m"),
    ],
)
def test_units_hang_on_the_place(unit, positions, text):
    assert filled(unit, positions) == text


@pytest.mark.parametrize(
    ("text", "value"), [("2 km", 2000.0), ("25 degC", 298.15), ("5 %", 0.05), ("7", 7.0), ("2e-1 cm^2/s", 2e-5)]
)
def test_quantities_of_any_dimension(text, value):
    assert in_own_unit(text, UnitSystem()) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("of", "value", "wrong"),
    [(X_A, 0.0, False), (X_A, 1.0, False), (X_A, -1e-9, True), (temperature, 0.0, True), (temperature, 1e-9, False)],
)
def test_ranges_are_closed_for_fractions_and_open_for_temperatures(of, value, wrong):
    assert bool(out_of_range(of, value)) is wrong


def test_a_value_that_is_no_node_is_left_alone(registry):
    assert CaseReader(Scope(UnitSystem(), registry)).read(3, Sample.declarations()[0]) == 3
