"""Issues: mistakes and warnings, and the first of them."""

from fvtransport.model.validation import Context, Issue, Severity, first_mistake, mistakes, warnings


def test_an_issue_is_a_mistake_unless_it_is_a_warning():
    assert Issue("a").is_mistake and not Issue("a", severity=Severity.WARNING).is_mistake


def test_one_issue_for_each_text():
    found = mistakes(["a", "b"], "cure", "p")
    assert [(each.text, each.cure, each.parameter, each.is_mistake) for each in found] == [
        ("a", "cure", "p", True),
        ("b", "cure", "p", True),
    ]
    assert [each.severity for each in warnings(["a"])] == [Severity.WARNING]


def test_the_first_mistake_is_no_warning():
    assert first_mistake([*warnings(["doubt"]), *mistakes(["wrong", "too"])]) == "wrong"
    assert first_mistake(warnings(["doubt"])) == first_mistake([]) == ""


def test_an_empty_context_knows_nothing():
    empty = Context()
    assert empty.mixture is empty.field is empty.is_transient is empty.state is empty.value is None
    assert empty.boundary_values == {} and Context().boundary_values is not empty.boundary_values
