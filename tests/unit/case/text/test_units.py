"""Units: conversion to SI, checked dimensions, and texts that must not reach an evaluator."""

import contextlib
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fvtransport.case.text.common_units import COMMON, ZEROS
from fvtransport.case.text.unit_text import UnitError, looks_like_quantity
from fvtransport.case.text.units import UnitSystem, _dimension, _in_si, _quantity

SI = UnitSystem()


@pytest.mark.parametrize(
    "text, unit, value",
    [
        ("2.1e-5 m^2/s", "m^2/s", 2.1e-5),
        ("12 mm", "m", 0.012),
        ("25 degC", "K", 298.15),
        ("25 °C", "K", 298.15),
        ("5 %", "", 0.05),
        ("3 1/K", "1/K", 3.0),
        ("2 mol/l", "mol/m^3", 2000.0),
        ("1 W/(m K)", "W/m/K", 1.0),
        ("1 W m-1 K-1", "W/(m*K)", 1.0),
        ("2 m² s⁻¹", "m^2/s", 2.0),
        ("1 m**2 s^(-1)", "m^2/s", 1.0),
        ("1 kJ/kg/K", "m^2/s^2/K", 1000.0),
        ("-.5", "m", -0.5),
        ("7", "", 7.0),
        (3, "K", 3.0),
        (2.5, "1/K", 2.5),
    ],
)
def test_conversion(text, unit, value):
    assert SI.number(text, unit) == pytest.approx(value, rel=1e-14, abs=0.0)


@pytest.mark.parametrize(
    "text, unit, words",
    [
        ("3 m/s", "m^2/s", 'found "m/s" \\(length per time\\), expected a quantity in m\\^2/s \\(area per time\\)'),
        ("5 kelvn", "K", 'did you mean "kelvin"'),
        ("300 K", "", "number without unit"),
        ("9**9**9 m", "m", "expected"),
        ("1 m^999999999", "m", "larger than 12"),
        ("1 m**9**9", "m", "cannot read"),
        ("1e999 m", "m", "too large"),
        ("1 " + "m" * 10**5, "m", "expected"),
        ("1 1/degC", "1/K", "zero of its own"),
        ("3 K/", "K", "too early"),
        ("x", "K", "expected"),
        (True, "", "expected"),
        ("1 (m", "m", "expected|not closed"),
        ("3 dB", "", "logarithmic"),
        ("1 __class__", "m", "unknown unit"),
    ],
)
def test_refused(text, unit, words):
    with pytest.raises(UnitError, match=words):
        SI.number(text, unit)


def test_reduced_units_take_bare_numbers():
    reduced = UnitSystem("reduced")
    assert (reduced.number("2e-1", "K"), reduced.gas_constant, reduced.boltzmann_constant) == (0.2, 1.0, 1.0)
    with pytest.raises(UnitError, match="bare number"):
        reduced.number("2 K", "K")
    with pytest.raises(UnitError, match="reduced"):
        UnitSystem("cgs")


def test_gas_constant_is_boltzmann_times_avogadro():
    assert SI.gas_constant == pytest.approx(SI.boltzmann_constant * 6.02214076e23, rel=1e-12, abs=0.0)


def test_same_dimension_and_copies():
    copy = pickle.loads(pickle.dumps(SI))
    assert copy.same_dimension("J", "kg m^2/s^2") and not copy.same_dimension("J", "W") and copy.same_dimension("", "%")


@pytest.mark.parametrize(
    "text, answer",
    [
        ("2.1e-5 m^2/s", True),
        ("12 K", True),
        ("3 1/K", True),
        ("5%", True),
        ("1e3", True),
        ("3 K^99", True),
        ("2*L", False),
        ("0.5 + x", False),
        ("2 - x", False),
        ("2 **3", False),
        ("1 / x", False),
        ("x", False),
        ("1 if x else 2", False),
        ("2 and x", False),
        ("", False),
        ("2 x + y", False),
    ],
)
def test_looks_like_quantity(text, answer):
    assert looks_like_quantity(text) is answer


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_texts_survive(number):
    assert SI.number(repr(number), "m") == number == SI.number(f"{number!r} m", "m")


@given(st.text() | st.from_regex(r"[0-9] [mKs1/*^() \-%]{1,12}", fullmatch=True))
@settings(deadline=None)
def test_nothing_but_unit_errors(text):
    looks_like_quantity(text)
    with contextlib.suppress(UnitError):
        assert isinstance(SI.number(text, "K"), float)


def test_all_cases_share_one_table_of_units(monkeypatch):
    import pint

    SI.number("1 furlong", "m")
    monkeypatch.setattr(pint, "UnitRegistry", None)
    assert UnitSystem().number("3 inch", "m") == pytest.approx(0.0762, rel=1e-14)


@pytest.mark.parametrize("name", COMMON)
def test_common_units_are_those_of_the_table_of_all_units(name):
    for number in (0.0, 1.0, -7.3, 25.0, 1.1e5):
        found = _quantity(number, name)
        if number in (0.0, 1.0) or name in ZEROS:  # others are scaled by what 1.0 is in SI
            assert _in_si(number, name)[0] == float(found.to_base_units().magnitude)
        assert _in_si(number, name)[1] == _dimension(found)


def test_a_case_in_common_units_reads_no_table_of_all_units(monkeypatch):
    monkeypatch.setattr("fvtransport.case.text.units._registry", None)
    assert SI.number("25 degC", "K") == 298.15
    assert SI.number("2 kW/m^2/K", "W/m^2/K") == 2000.0
