"""A field that nothing but an interface joins to what fixes it: refused where the interface lets nothing through."""

import pytest

import fvtransport
from tests.tools.cases import ISOTHERMAL, case_text

CASE = case_text(
    ISOTHERMAL,
    title="two layers, of which only the right one meets what fixes the mole fraction",
    mesh='{type: Grid1D, length: 2, cells: 8, regions: {a: "x < 1", b: "x >= 1"}}',
    mixture="{binary: {species: [A, B], concentration: 1.0, temperature: 300}}",
    boundaries="{left: {x_A: no_flux}, right: {x_A: {dirichlet: 0.2}}}",
    interfaces="{a-b: {x_A: {CONDITION}}}",
    observe="{x: {surface: {of: x_A, boundary: left}}}",
    units=None,
)
JOINS = {
    "contact_resistance: 0.5": 0.2,
    "partition: {ratio: 3.0}": 0.6,
    "partition: {left: {sieverts: 0.5}, right: {henry: 0.5}}": 0.5 * 0.4**0.5,
    "membrane: {solute_permeability: 1e-3}": 0.2,
}
CLOSED = "membrane: {hydraulic_conductivity: 1e-9, reflection_coefficient: 1.0, pressure_difference: 10}"


@pytest.fixture
def run(tmp_path):
    def start(condition: str):
        path = tmp_path / "case.yaml"
        path.write_text(CASE.replace("CONDITION", condition))
        return fvtransport.run(path)

    return start


@pytest.mark.parametrize("condition", JOINS)
def test_a_condition_that_depends_on_the_states_joins_its_sides(run, condition):
    result = run(condition)
    assert result.exit_code == 0
    assert float(result.observables["x"].value) == pytest.approx(JOINS[condition], rel=1e-10)


def test_a_condition_that_lets_nothing_through_joins_nothing(run):
    with pytest.raises(fvtransport.CaseError, match=r"x_A .*in the cells at x = 0.125 to 0.875"):
        run(CLOSED)
