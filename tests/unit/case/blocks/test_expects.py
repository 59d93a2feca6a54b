"""The key `expects:`: warnings that a case is known to have, each with its reason."""

import pytest
import yaml

import fvtransport
from fvtransport.case.blocks.expects import read_expects
from fvtransport.case.expected_warning import ExpectedWarning
from tests.tools.cases import ISOTHERMAL, case_text
from tests.tools.reading import builder_of

ENTRY = "{warning: nothing uses it, because: it is for another case}"


def read(text: str):
    builder = builder_of(expects=text)
    read_expects(builder)
    return builder.expects, [each.headline for each in builder.diagnostics.problems]


def test_entries_in_their_order():
    found, wrong = read(f"[{ENTRY}, {{warning: far, because: '1: a scale'}}]")
    assert not wrong
    assert found == (
        ExpectedWarning("nothing uses it", "it is for another case"),
        ExpectedWarning("far", "1: a scale"),
    )
    assert read("") == ((), []) and read("[]") == ((), [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{warning: a, because: b}", "case.yaml:1:10: expects: found a mapping; expected a list of {warning: "),
        ("[a warning]", 'case.yaml:1:11: expects: found "a warning"; expected {warning: '),
        ("[{warning: a}]", "case.yaml:1:11: expects: because is missing; expected the reason"),
        ("[{because: b}]", "case.yaml:1:11: expects: warning is missing; expected a text that occurs in"),
        ('[{warning: "", because: b}]', "case.yaml:1:21: expects: warning is empty"),
        ('[{warning: a, because: " "}]', "case.yaml:1:33: expects: because is empty"),
        ("[{warning: [a], because: b}]", "case.yaml:1:21: expects: warning: found a list"),
        ("[{warning: a, because: b, way: c}]", 'case.yaml:1:36: unknown key "way"; expected one of warning, because'),
        ("[{warning: a, becuase: b}]", 'did you mean "because"?'),
    ],
)
def test_mistakes_have_their_place(text, says):
    found, wrong = read(text)
    assert found == () and says in wrong[0], wrong


def test_a_right_entry_stands_beside_a_wrong_one():
    found, wrong = read(f"[{{warning: a}}, {ENTRY}]")
    assert len(found) == len(wrong) == 1


def test_it_is_written_with_the_resolved_case(tmp_path):
    path = tmp_path / "case.yaml"
    boundaries = "{left: {x_A: {dirichlet: 0.2}}, right: {x_A: {dirichlet: 0.4}}}"
    path.write_text(case_text(ISOTHERMAL, boundaries=boundaries, expects=f"[{ENTRY}]"))
    case = fvtransport.check(path)
    again = tmp_path / "again.yaml"
    again.write_text(yaml.safe_dump(case.resolved))
    assert case.expects and fvtransport.check(again).expects == case.expects
