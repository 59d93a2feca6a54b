"""Laws, properties and parameters of a case as text."""

import pytest
from fvtransport.plugins import handles as q
from fvtransport.plugins.laws.conduction import Conduction
from fvtransport.plugins.laws.soret_dufour import SoretDufour

import fvtransport as fv
from fvtransport.model.registry import Registry
from fvtransport.report.value_text import law_row, property_rows
from tests.tools.cases import ISOTHERMAL, case_text


@pytest.fixture
def shown(tmp_path):
    """A function that returns the value and unit of the diffusivity of a case, as printed."""

    def of(diffusivity, **blocks):
        path = tmp_path / "case.yaml"
        bounds = "{default: {x_A: {dirichlet: 0.5}}}"
        properties = f"{{diffusivity: {diffusivity}}}"
        path.write_text(case_text(ISOTHERMAL, boundaries=bounds, properties=properties, **blocks))
        rows = {name: (value, unit) for name, value, unit, _ in property_rows(fv.check(path))}
        return rows["diffusivity"]

    return of


@pytest.mark.parametrize(
    "given, value",
    [
        ("2.5e-5", "2.5e-05"),
        ("0.123456789012", "0.123456789"),
        ('"1 + 2*x_A"', "1 + 2*x_A"),
        (
            "{inverse_linear: {at_infinite_dilution: 2, beta: 0.5}}",
            "inverse_linear (at_infinite_dilution = 2, beta = 0.5)",
        ),
    ],
)
def test_a_property_is_shown_as_it_was_given(shown, given, value):
    assert shown(given)[0] == value


def test_units_are_shown_unless_they_are_reduced(shown):
    assert shown("1.0")[1] == "reduced"
    assert shown("1.0", units="SI")[1] == "m^2/s"


def test_a_law_is_shown_with_its_equations_and_nothing_below_them():
    name, equation, parameters = law_row("conduction", Conduction(), Registry.installed())
    assert name == "conduction" and parameters == ""
    assert equation.startswith("Fourier's law:  q = -kappa grad T") and "Source" not in equation


def test_an_indented_second_paragraph_holds_the_equations():
    """The state of a linearised model is shown by field; parameters that are not given are left out."""
    registry, state = Registry.installed(), fv.State(((q.temperature, 300.0), (q.pressure, 1e5)))
    _, equation, parameters = law_row("soret_dufour", SoretDufour(linearised_at=state), registry)
    first, *lines = equation.split("\n")
    assert first.endswith("(Onsager):") and [line.split(" = ")[0].strip() for line in lines] == ["J_A", "q'"]
    assert parameters == "linearised_at: T = 300, p = 100000"
    assert law_row("soret_dufour", SoretDufour(), registry)[2] == ""
