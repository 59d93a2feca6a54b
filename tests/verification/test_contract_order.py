"""The order test is made in the range of the case, names what has no value, and does without formulas."""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport
from fvtransport.verification import contract
from fvtransport.verification.converge import refined
from fvtransport.verification.manufactured import manufacture
from fvtransport.verification.posed import NotFinite
from tests.tools.cases import case_text

PLUGINS = '''
import numpy as np
from fvtransport import Law, plugin
from fvtransport.plugins.handles import concentration, diffusivity, temperature


@plugin("dilute")
class Dilute(Law):
    """Diffusion and thermal diffusion of a dilute species:  J = -c D (grad x + x S_T grad T)"""

    def flux(self, face):
        A, _ = face.species
        x = AT
        return {A: -face[concentration] * face[diffusivity] * (face.grad(A) + x * SORET * face.grad(temperature))}
'''
CASE = case_text(
    {},
    plugins="[dilute.py]",
    mesh="{type: Grid1D, length: 1.0e-3, cells: 20}",
    mixture="{binary: {species: [A, B], concentration: 40.0}}",
    properties="{diffusivity: DIFFUSIVITY, conductivity: 0.6, heat_capacity: 4.0e6}",
    laws="[dilute, conduction]",
    initial="{T: 300 + 1.0e4*x, x_A: 1.0e-3}",
    boundaries="""
  left:  {T: {dirichlet: 300}, x_A: {dirichlet: 1.2e-3}}
  right: {T: {dirichlet: 310}, x_A: no_flux}""",
    solve="{transient: 100.0}",
)


@pytest.fixture
def case_of(tmp_path):
    def make(at: str = "face[A]", soret: str = "0.3", diffusivity: str = "1.0e-9", mesh: str = ""):
        (tmp_path / "dilute.py").write_text(PLUGINS.replace("AT", at).replace("SORET", soret))
        text = CASE.replace("DIFFUSIVITY", diffusivity)
        (tmp_path / "case.yaml").write_text(text.replace("type: Grid1D, length: 1.0e-3", mesh) if mesh else text)
        return fvtransport.check(tmp_path / "case.yaml")

    return make


def exact_range(case, name: str) -> tuple[float, float]:
    made = manufacture(case)
    position = np.zeros((3, 200))
    position[0] = np.linspace(0.0, 1e-3, 200)
    row = [field.name for field in made.expressions].index(name)
    values = made.values(position)[row]
    return float(values.min()), float(values.max())


def test_exact_fields_keep_to_the_range_of_the_case(case_of):
    low, high = exact_range(case_of(), "x_A")
    assert 0.5e-3 < low < high < 2e-3 and high - low > 1e-4
    low, high = exact_range(case_of(), "T")
    assert 300.0 <= low < high <= 310.0 and high - low > 1.0


def test_a_dilute_soret_law_is_of_second_order(case_of):
    """S_T dT = 3, so that the cell Peclet number is 0.05; at shares of 1/2 and dT = 30 K it fails with 1.2."""
    observed = contract.check_order(case_of()).observed()
    assert observed.keys() >= {"x_A inside", "flux of A through boundaries"}
    assert min(observed.values()) >= 1.9 and max(observed.values()) < 2.3


def test_a_coefficient_of_one_side_still_fails(case_of):
    with pytest.raises(
        contract.ContractError, match=r"x_A inside has order (0\.9|1\.0)\d, x_A on boundaries has order 1\.00"
    ):
        contract.check_order(case_of(at="face.left[A]"))


def test_strong_drift_is_refined_until_it_is_asymptotic(case_of):
    found = contract.check_order(case_of(soret="20.0"))
    assert min(found.observed().values()) >= 1.9
    assert found.levels[0].cell_peclet > 2.0 > 4 * found.levels[-1].cell_peclet


def test_what_is_not_asymptotic_says_so_with_the_peclet_number(case_of):
    text = r"not yet asymptotic: .*x_A inside \(1\.0\d, .*\).* cell Peclet number on 1280 cells is 89\.\d"
    with pytest.raises(contract.ContractError, match=text):
        contract.check_order(case_of(soret="3.0e4"))


def test_a_law_without_a_value_is_named(case_of):
    text = r"law dilute: its flux of x_A is nan on the face at x = .*, where T = 30\d.*, x_A = 0\.001"
    with pytest.raises(NotFinite, match=text):
        contract.check_order(case_of(at="face[A] * np.log(face[A] - 0.5)"))


TABLE = "np.interp(face[temperature], [290.0, 303.0, 320.0], [0.5, 1.0, 2.5]) * face[A]"


@pytest.mark.parametrize("mesh", ["", "type: SphericalGrid1D, length: 1.0e-3, inner_radius: 1.0e-3"])
def test_a_table_inside_a_law_is_measured_with_numbers(case_of, mesh):
    found = contract.check_order(case_of(at=TABLE, mesh=mesh))
    assert "law dilute: np.interp has kinks" in found.numeric_because
    assert min(found.observed().values()) >= 1.9


def test_a_table_read_at_one_side_fails_with_numbers_too(case_of):
    wrong = TABLE.replace("face[temperature]", "face.left[temperature]")
    with pytest.raises(contract.ContractError, match=r"x_A inside has order (0\.9|1\.0)\d"):
        contract.check_order(case_of(at=wrong, soret="2.0"))


@pytest.mark.parametrize(
    "mesh", ["type: Grid1D, length: 1.0e-3", "type: CylindricalGrid1D, length: 1.0e-3, inner_radius: 1.0e-3"]
)
def test_numbers_and_formulas_give_the_same_fluxes_and_sources(case_of, mesh):
    """Sources of formulas are those at cell centres, those of numbers the means over cells: they differ as h^2."""
    one, other = (manufacture(case_of(at=at, mesh=mesh)) for at in ("face[A]", "np.nextafter(face[A], 1.0)"))
    assert not one.reason and "np.nextafter has no symbolic form" in other.reason
    apart = []
    for factor in (1, 2):
        geometry = one.discretise(refined(one.case.mesh, factor)).system.geometry
        np.testing.assert_allclose(one.fluxes(geometry.faces.centres), other.fluxes(geometry.faces.centres), rtol=1e-12)
        formulas, numbers = one.produced(geometry), other.produced(geometry)
        apart.append(np.abs(formulas - numbers).max(axis=1) / np.abs(formulas).max(axis=1))
    np.testing.assert_allclose(apart[0] / apart[1], 4.0, rtol=0.15)
    assert (apart[1] < 1e-3).all()
