"""Where the statements of a geometry file end."""

import pytest

from fvtransport.mesh.geo_statements import labels_in, statements
from fvtransport.mesh.geo_tokens import Token


def words(text: str) -> list[Token]:
    return [Token("name" if word.isalpha() else "sign", word, n) for n, word in enumerate(text.split())]


def fail(token, message, *more):
    raise ValueError(message)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a = b ; c = d ;", ["a = b ;", "c = d ;"]),
        ("For i In { a : b } c = i ; EndFor", ["For i In { a : b }", "c = i ;", "EndFor"]),
        ("If ( a ) b = c ; EndIf", ["If ( a )", "b = c ;", "EndIf"]),
    ],
)
def test_statements_in_order(text, parts):
    assert [" ".join(each.text for each in part) for part in statements(words(text), fail)] == parts


def test_a_statement_without_an_end_is_refused():
    with pytest.raises(ValueError):
        list(statements(words("a = b"), fail))


def test_a_text_without_constants_has_no_labels():
    assert labels_in(words("a = b ;")) == set()
