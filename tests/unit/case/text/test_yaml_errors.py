"""Errors of both YAML parsers in plain words, at the place where the cure is needed."""

import pytest
import yaml

from fvtransport.case.text.yaml_errors import explain
from fvtransport.errors import Mark

PARSERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


def _explained(text, loader=yaml.SafeLoader):
    lines = text.split("\n")

    def mark_at(line, column):
        return Mark("a.yaml", line + 1, column + 1, 1, lines[line] if line < len(lines) else "")

    with pytest.raises(yaml.YAMLError) as caught:
        yaml.compose(text, loader)
    return explain(caught.value, mark_at)


@pytest.mark.parametrize("loader", PARSERS)
@pytest.mark.parametrize(
    "text, line, words, expected",
    [
        ("a:\n\tb: 1", 2, "a tab indents this line", "spaces"),
        ("a: [1, 2\nb: 3", 2, 'unbalanced bracket: "[" of line 1, column 4 is not closed', '"," or "]"'),
        ("a: {b: 1\nc: 3\n", 2, 'unbalanced bracket: "{" of line 1, column 4 is not closed', '"," or "}"'),
        ('a: "b', 1, "a quote opens here and is never closed", "a closing quote"),
        ('a: "\\q"', 1, "unknown escape in double quotes", "single quotes"),
        ("a: @b", 1, 'a value cannot start with "@"', "quotes"),
        ("a: b: c", 1, "a colon is not allowed here", "in quotes"),
        ("T:1\nx: 2", 1, 'a space is missing after the colon of "T:"', '"T: value"'),
        ("a: 1\nb\nc: 2", 2, "this line has no colon", '"key: value"'),
        ("a: ]", 1, 'unbalanced bracket: "]" closes nothing', "its opening bracket"),
        ("a: 'x' y\n", 1, "this line does not fit the lines above", "the same indentation"),
    ],
)
def test_each_mistake_in_plain_words_at_its_line(loader, text, line, words, expected):
    problem = _explained(text, loader)
    assert problem.message.startswith(words) and expected in problem.expected
    assert problem.mark.line == line and not problem.warning


def test_the_mark_is_on_the_character_that_is_wrong():
    tab, space = _explained("a:\n  \tb: 1\n c"), _explained("T:1\nx: 2")
    assert tab.mark.text[tab.mark.column - 1] == "\t"
    assert space.mark.text[space.mark.column - 1] == ":" and space.mark.length == 1


def test_other_errors_keep_their_own_words():
    problem = explain(yaml.YAMLError("odd"), lambda line, column: Mark("a.yaml", line + 1, column + 1))
    assert problem.message == "YAML syntax: odd" and (problem.mark.line, problem.mark.column) == (1, 1)
