"""A mistake in one block does not stop the checks of the others; checks that need what is missing are skipped."""

from __future__ import annotations

import pytest

from fvtransport.case.checks.checked_case import load
from fvtransport.errors import CaseError, PluginError
from tests.tools.cases import PURE, case_text

GAS = case_text(
    PURE,
    parameters="{tau: 2.0, T0: 1.0, kappa: 3.0}",
    mesh="{type: Grid1D, length: 1.0, cells: 8}",
    mixture="""
  gas: {species: [A, B], pressure: 0.1*T0, molar_heat_capacity: 2, reference_temperature: T0, bulk_flow: FLOW}""",
    properties="{diffusivity: 1.0, conductivity: kappa}",
    laws="[conduction, fick]",
    initial="{T: T0, x_A: 0.5}",
    boundaries="""
  left: {T: {dirichlet: T0}, x_A: no_flux}
  right: {T: {dirichlet: T0}, x_A: no_flux}""",
    solve="{transient: {rtol: 1.0e-6}}",
    protocol="""
  phases: {hold: {duration: tau}, rest: {duration: tau, boundaries: {right: {T: no_flux}}}}""",
).replace("FLOW", "{mechanical_equilibrium: {stiffness: 1.0e+5}}")

PORE = case_text(
    PURE,
    mesh="{type: Grid1D, length: 1 cm, cells: 10}",
    mixture="""
  gas:
    species: [H2, N2]
    molar_masses: {H2: 2.016e-3 kg/mol, N2: 28.01e-3 kg/mol}
    pressure: 1 bar
    temperature: 300 K
    bulk_flow: {dusty_gas: {pore_diameter: 1 um}}""",
    properties="{viscosity: 1.8e-5 Pa*s}",
    laws="[maxwell_stefan: {diffusivities: {H2-N2: 7.8e-5 m^2/s}}]",
    boundaries="""
  left: {x_H2: {dirichlet: 1.0}, p: {dirichlet: 1 bar}}
  right: {x_H2: {dirichlet: 0.0}, p: no_flux}""",
    units=None,
)

BROKEN_PLUGIN = """\
import fvtransport as fv

@fv.plugin("broken")
class Broken(fv.Law):
    def source(self, cell):
        return {}[len(cell.species)]
"""


@pytest.fixture
def error(tmp_path):
    """A function that checks a text and returns the error."""

    def of(text: str) -> CaseError:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(CaseError) as caught:
            load(path)
        return caught.value

    return of


def _messages(error: CaseError) -> list[str]:
    return [problem.message for problem in error.problems if not problem.warning]


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("kappa: 3.0", "kappa: 3.0*lost", 'unknown name "lost"'),
        ("molar_heat_capacity: 2", "molar_heat_capacity: warm", 'unknown name "warm"'),
        ("stiffness: 1.0e+5", "stiffness: soft", 'unknown name "soft"'),
        ("pressure: 0.1*T0", "pressure: -1", "pressure = -1 is out of range"),
        ("T0: 1.0,", "T0: [1],", "T0 is a list"),
    ],
)
def test_an_unreadable_number_of_a_gas_is_the_only_mistake(error, old, new, says):
    found = error(GAS.replace(old, new))
    assert len(_messages(found)) == 1 and says in _messages(found)[0], str(found)


def test_skipped_checks_are_named_in_one_line(error):
    found = error(GAS.replace("molar_heat_capacity: 2", "molar_heat_capacity: warm"))
    assert "the storage in time" in found.skipped
    (line,) = [
        line for line in str(found).splitlines() if line.startswith("not checked because of the mistakes above: ")
    ]
    assert line.endswith(", ".join(found.skipped))


def test_a_mistake_elsewhere_is_found_beside_an_unreadable_gas(error):
    """Laws and boundaries do not need the heat capacity."""
    text = GAS.replace("molar_heat_capacity: 2", "molar_heat_capacity: warm").replace("fick]", "fick, soret_dufour]")
    found = _messages(error(text.replace("x_A: no_flux}\n  right", "x_A: {dirichlet: 1.5}}\n  right")))
    assert len(found) == 3, found
    assert any("soret_dufour needs thermal_diffusion_coefficient" in text for text in found)
    assert any("x_A: value = 1.5 is out of range" in text for text in found)


def test_a_pair_that_is_missing_is_reported_rather_than_its_consequence(error):
    found = error(PORE.replace("{H2-N2: 7.8e-5 m^2/s}", "{}"))
    assert _messages(found) == ["maxwell_stefan: diffusivities lack the pair H2-N2"]
    assert "the bulk flow" in found.skipped and "division" not in str(found)


def test_a_need_of_the_bulk_flow_that_an_unreadable_law_may_meet_is_not_reported(error):
    text = PORE.replace("properties: {viscosity: 1.8e-5 Pa*s}\n", "properties: {}\n").replace("7.8e-5 m^2/s", "lost")
    found = error(text)
    assert _messages(found) == ['unknown name "lost"']
    assert "the properties of the bulk flow" in found.skipped


def test_a_full_cylinder_of_unknown_length_has_no_inner_boundary(error):
    text = case_text(
        PURE,
        mesh="{type: CylindricalGrid1D, length: lost, cells: 5}",
        mixture="{pure: {}}",
        properties="{conductivity: 1.0}",
        boundaries="{right: {T: {dirichlet: 300 K}}}",
        units=None,
    )
    assert _messages(error(text)) == ['unknown name "lost"']


def test_a_plugin_that_fails_does_not_hide_a_mistake(tmp_path):
    (tmp_path / "broken.py").write_text(BROKEN_PLUGIN, encoding="utf-8")
    path = tmp_path / "case.yaml"
    text = "plugins: [broken.py]\n" + PORE.replace("laws: [", "laws: [broken, ")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PluginError, match=r"law broken failed at the initial state: KeyError"):
        load(path)
    path.write_text(text.replace("{dirichlet: 0.0}", "{dirichlet: 2.0}"), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load(path)
    assert _messages(caught.value) == ["x_H2: value = 2 is out of range, it must be in [0, 1]"]
    assert "law broken" in caught.value.skipped
