"""Plain text and tables: no colour and no padding off a terminal, numbers to the right."""

import io

import pytest

from fvtransport.report.console import PLAIN_WIDTH, number_text, print_parts, table, text


def printed(*parts) -> list[str]:
    stream = io.StringIO()
    print_parts(parts, stream)
    return stream.getvalue().split("\n")


def test_sentences_are_not_wrapped_and_have_no_colour():
    long = "word " * 60
    assert printed(text(long.strip(), "bold red")) == [long.strip(), ""] and len(long) > PLAIN_WIDTH


def test_a_table_has_a_title_and_aligned_numbers():
    title, head, *rows = printed(table("Title", ("name", "value"), [("a", "1"), ("long", "12.5")], numbers=(1,)))
    assert title == "Title" and head.split() == ["name", "value"]
    assert rows[0].endswith("  1") and rows[1].endswith("12.5") and len(rows[0]) == len(rows[1])


def test_brackets_are_no_markup():
    assert printed(text("q [W/m^2] and [bold]"))[0] == "q [W/m^2] and [bold]"
    assert "[W]" in printed(table("[T]", ("a",), [("[W]",)]))[2]


@pytest.mark.parametrize(("value", "words"), [(None, ""), (1.0, "1"), (1234567.0, "1.23457e+06"), (0.1 + 0.2, "0.3")])
def test_numbers_have_six_digits(value, words):
    assert number_text(value) == words


def test_standard_error_is_the_default(capsys):
    print_parts([text("here")], None)
    out, err = capsys.readouterr()
    assert out == "" and err == "here\n"
