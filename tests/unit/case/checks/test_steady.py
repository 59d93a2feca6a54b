"""What fixes a steady field, and whether imposed fluxes balance."""

from __future__ import annotations

from pathlib import Path

import pytest

import fvtransport
from fvtransport.errors import CaseError


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


CASES = Path(__file__).parents[4] / "cases"
CLOSED = ("  left: {x_N2: {dirichlet: 0.9}}\n", "")


def test_a_source_that_answers_to_the_field_fixes_a_closed_steady_domain(case, steady):
    def law(rate):
        return ("[fick]", f"[fick, source: {{balance: N2, rate: {rate}}}]")

    case(steady, CLOSED, law("0.3 - x_N2"))
    (message,) = messages(lambda: case(steady, CLOSED, law("x - 0.05")))
    assert message.startswith("x_N2 is not fixed")
    mean = ("solve: steady", "solve: {steady: {mean: {x_N2: 0.3}}}")
    case(steady, CLOSED, law("x - 0.05"), mean)
    (message,) = messages(lambda: case(steady, CLOSED, law("0.3 - x_N2"), mean))
    assert message == "the mean of x_N2 is given, but its sources already fix x_N2"


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        ("0.3 - x_N2", ""),
        ("-2*x_N2", ""),
        ("x_N2*(1 - x_N2)", ""),
        ("2*x_N2", "x_N2 is not fixed: no boundary lets N2 out, and the sources produce them at every x_N2"),
        ("x_N2 - 1", "x_N2 is not fixed: no boundary lets N2 in, and the sources consume them at every x_N2"),
    ],
)
def test_a_source_that_nothing_balances_fixes_nothing(case, steady, rate, says):
    law = ("[fick]", f"[fick, source: {{balance: N2, rate: {rate}}}]")
    if not says:
        case(steady, CLOSED, law)
    else:
        assert messages(lambda: case(steady, CLOSED, law)) == [says]
    case(steady, law)


def test_moles_that_are_made_must_get_out(tmp_path):
    """A wash-coat behind walls that let no gas out as a whole would be empty in the end."""
    text = (CASES / "2d" / "washcoat.yaml").read_text().replace("p: {dirichlet: pressure}", "p: no_flux")
    path = tmp_path / "closed.yaml"
    path.write_text(text)
    (message,) = messages(lambda: fvtransport.check(path))
    assert message.startswith("p is not fixed: no boundary lets moles out, and the sources produce them at every p")


@pytest.mark.parametrize(
    ("condition", "fixes"),
    [
        ("{robin: {coefficient: 1e-3, reference: 0.5}}", True),
        ("{robin: {coefficient: 0, reference: 0.5}}", False),
        ("{neumann: 0}", False),
        ("{neumann: 1e-3*(x_N2 - 0.2)}", True),
        ("no_flux", False),
        ("{dirichlet: 0.5}", True),
    ],
)
def test_what_fixes_a_steady_field(case, steady, condition, fixes):
    edit = ("{dirichlet: 0.9}", condition)
    if fixes:
        case(steady, edit)
    else:
        (message,) = messages(lambda: case(steady, edit))
        assert message.startswith("x_N2 is not fixed")


def test_fluxes_are_balanced_up_to_round_off_only(case, steady):
    mean = ("solve: steady", "solve: {steady: {mean: {x_N2: 0.3}}}")

    def load(left, right):
        text = steady.replace("default: {x_N2: no_flux}", f"right: {{x_N2: {{neumann: {right}}}}}")
        return case(text, ("{dirichlet: 0.9}", f"{{neumann: {left}}}"), mean)

    load("0.1 + 0.2", "-0.3")
    assert messages(lambda: load("0.3", "-0.31"))[0].startswith("unbalanced fluxes")
