"""Reading YAML with marks: values, places, and every refused text at its place."""

import math
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fvtransport.case.text import yaml_reader as marks
from fvtransport.case.text.yaml_reader import parse, read
from fvtransport.case.text.yaml_tree import as_bool, locate, plain
from fvtransport.errors import CaseError

BOTH_PARSERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


@pytest.fixture(params=BOTH_PARSERS, ids=["python", "libyaml"], autouse=True)
def parser(request, monkeypatch):
    monkeypatch.setattr(marks, "_LOADER", request.param)


def mistakes(text):
    with pytest.raises(CaseError) as caught:
        parse(text, "a.yaml")
    return [(problem.mark.line, problem.mark.column, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text, value",
    [
        ("1e-3", 1e-3),
        ("1.0E5", 1e5),
        ("-.5", -0.5),
        ("+3", 3),
        ("010", 10),
        ("0x1f", 31),
        ("~", None),
        ("null", None),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("no", "no"),
        ("NO", "NO"),
        ("Y", "Y"),
        ("true", "true"),
        ("1/K", "1/K"),
        ("'1'", "1"),
        ('"~"', "~"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2.1e-5 m^2/s", "2.1e-5 m^2/s"),
        ("2026-01-01", "2026-01-01"),
        ("=", "="),
        ("9" * 5000, math.inf),
    ],
)
def test_scalars(text, value):
    found = plain(parse(f"a: {text}", "s"))["a"]
    assert found == value and type(found) is type(value)


def test_nan_is_a_float():
    assert math.isnan(plain(parse("a: .nan", "s"))["a"])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_survive(number):
    assert plain(parse(repr(number), "s")) == number


def test_marks_of_keys_and_values():
    tree = parse("mesh:\n  cells: 200\nlaws: [fick, soret: {k: 2}]\n", "a.yaml")
    value, key = locate(tree, ("mesh", "cells")), locate(tree, ("mesh", "cells"), key=True)
    assert (value.line, value.column, value.length, value.text) == (2, 10, 3, "  cells: 200")
    assert (key.line, key.column, key.length) == (2, 3, 5)
    missing = locate(tree, ("mesh", "length"))
    assert (missing.line, missing.column, missing.length) == (1, 1, 4)
    assert locate(tree, ("laws", 1, "soret", "union-tag", "k")).column == 25
    assert locate(tree, ("laws", 7)).line == 3
    assert locate(tree, ("nothing",)).line == 1


def test_all_mistakes_of_a_text_at_once():
    text = "a: 1\na: 2\n1: x\n!foo b: !!python/object/apply:os.system [ls]\nc: *d\n? [e]\n: 3\n<<: {f: 1}\n"
    assert mistakes(text) == [
        (2, 1, 'key "a" is repeated (first on line 1)'),
        (3, 1, "a key is a number"),
        (4, 1, 'tag "!foo" is not allowed'),
        (4, 9, 'tag "!!python/object/apply:os.system" is not allowed'),
        (5, 4, 'alias "*d" has no anchor'),
        (6, 3, "a key is a list or a mapping"),
        (8, 1, 'merge keys "<<" are not supported'),
    ]


@pytest.mark.parametrize(
    "text, line, column, words",
    [
        ("a:\n\tb: 1", 2, 1, "tab"),
        ("a:1\nb: 2", 1, 2, "space is missing"),
        ("a: {b:1}", 1, 5, "space is missing"),
        ("a: [1, 2\nb: 3", 2, 2, "line 1, column 4 is not closed"),
        ("a: ]", 1, 4, "closes nothing"),
        ("a: 'x\nb: 1", 1, 4, "never closed"),
        ("a: b: c", 1, 5, "colon is not allowed"),
        ("a: @b", 1, 4, "cannot start"),
        ("- a\nb: 1", 2, 1, "does not fit"),
        ("a: 1\n---\nb: 2", 2, 1, "second document"),
        ("", 1, 1, "empty"),
        ("# note\n", 1, 1, "empty"),
        ("a: \x00", 1, 4, "U+0000"),
        ("a: \ud800", 1, 4, "U+D800"),
        ("a: \u2028b", 1, 4, "U+2028"),
        ("a: &u [*u]", 1, 8, "contains itself"),
        ("[" * 51 + "]" * 51, 1, 51, "deeper than 50"),
        ("? \n: 3", 1, 2, "key is empty"),
    ],
)
def test_refused_at_its_place(text, line, column, words):
    (found_line, found_column, message), *rest = mistakes(text)
    assert (found_line, found_column) == (line, column) and words in message and not rest


def test_fifty_levels_are_read():
    assert parse("[" * 50 + "]" * 50, "s")


def test_alias_bomb_is_refused_and_a_few_aliases_are_not():
    bomb = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12))
    assert len([m for m in mistakes(bomb) if "repeat" in m[2]]) == 1
    sums = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [[[*a{i - 1}]]]\n" for i in range(1, 18))
    assert any("deeper" in message for *_, message in mistakes(sums))
    tree = parse("a: &wall {T: 1}\nb: *wall\n", "s")
    assert plain(tree)["b"] == {"T": 1} and locate(tree, ("b",)).line == 2


@given(st.text() | st.text(alphabet="ab:- [{}]\"'&*!|>#?,\n\t<1", max_size=60))
@settings(max_examples=200, deadline=None)
def test_nothing_but_case_errors(text):
    try:
        plain(parse(text, "s"))
    except CaseError as error:
        assert str(error)


@pytest.mark.parametrize(
    "raw, words",
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\xff", "binary"),
        ("a: ä".encode("latin-1"), "UTF-8"),
        ("a: 1".encode("utf-16"), "UTF-8"),
        (b"a: \x00", "U+0000"),
        (b"#" * 10_000_001, "10 MB"),
    ],
)
def test_refused_files(tmp_path, raw, words):
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    with pytest.raises(CaseError, match=words.replace("+", r"\+")):
        read(path)


def test_missing_file_directory_and_byte_order_mark(tmp_path):
    (tmp_path / "mixing.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert plain(read(tmp_path / "mixing.yaml")) == {"a": 1, "b": 2}
    with pytest.raises(CaseError, match='not found; did you mean ".*mixing.yaml"'):
        read(tmp_path / "mixng.yaml")
    with pytest.raises(CaseError, match="directory"):
        read(tmp_path)
    with pytest.raises(CaseError, match="cannot read"):
        read("a\x00b")


def test_as_bool():
    assert as_bool("Yes") is True and as_bool("off") is False
    with pytest.raises(ValueError, match="true or false"):
        as_bool("Y")


def test_speed_of_an_ordinary_case(parser):
    text = "".join(f"key{i}: {{a: [1, 2, 3], b: text}}\n" for i in range(30))
    best = min(_timed(text) for _ in range(5))
    assert best < (0.01 if marks._LOADER is not yaml.SafeLoader else 0.1)


def _timed(text):
    start = time.process_time()
    parse(text, "s")
    return time.process_time() - start


def test_a_flood_of_values_is_refused(monkeypatch):
    monkeypatch.setattr(marks, "_MAX_VALUES", 1000)
    assert "more than 1000 values" in mistakes("[" + "1," * 1001 + "]")[0][2]
