"""The law in mass fractions at one face, against the same physics in mole fractions, by hand."""

import pytest
from fvtransport.plugins.handles import energy, smallest_diffusivity
from fvtransport.plugins.laws.mass_fraction_form import MassFractionForm

from fvtransport import Constant, Context
from tests.tools.views import R, binary, cells, face, gas, medium

MA, MB, C = 0.004, 0.040, 40.0
MIXTURE = binary(C, molar_masses={"A": MA, "B": MB})
A = MIXTURE.mole_fractions[0]
VIEW = face(medium(MIXTURE), [300.0, 0.2], [320.0, 0.6], 0.5)
M = 0.4 * MA + 0.6 * MB
D, KAPPA, D1 = 2e-5, 0.5, 3e-8
RHO_D = C * M * D


def law(**given: float) -> MassFractionForm:
    return MassFractionForm(**{name: Constant(value=value) for name, value in {"rho_D": RHO_D, **given}.items()})


def test_plain_diffusion_is_that_of_fick():
    """j_A = -rho D grad Y_A relative to the centre of mass is J_A = -c D grad x_A relative to the molar average."""
    found = law(k=KAPPA).flux(VIEW)
    assert found[A][0] == pytest.approx(-C * D * 0.8, rel=1e-13)
    assert found[energy][0] == pytest.approx(-KAPPA * 40.0, rel=1e-13)


def test_one_coefficient_gives_the_other_by_reciprocity():
    """d_ST = rho Y_A Y_B D' with Y_A Y_B = x_A x_B M_A M_B/M^2, for which q' = -c R T^2 D' grad x_A."""
    soret = C * M * 0.24 * MA * MB / M**2 * D1
    found = law(k=KAPPA, d_ST=soret).flux(VIEW)
    assert found[A][0] == pytest.approx(-C * D * 0.8 - C * 0.24 * D1 * 40.0, rel=1e-12)
    assert found[energy][0] == pytest.approx(-KAPPA * 40.0 - C * R * 310.0**2 * D1 * 0.8, rel=1e-12)
    dufour = -C * R * 310.0**2 * D1 * M**2 / (MA * MB)
    again = law(k=KAPPA, D_F=dufour).flux(VIEW)
    assert [again[key][0] for key in (A, energy)] == pytest.approx([found[key][0] for key in (A, energy)], rel=1e-12)


def test_the_diffusivity_that_it_gives_to_others():
    given = law(k=KAPPA).provides(MIXTURE)[smallest_diffusivity]
    assert given(cells(medium(MIXTURE), [300.0, 0.4]))[0] == pytest.approx(D, rel=1e-13)


def test_without_conductivity_there_is_no_heat():
    assert list(law().flux(VIEW)) == [A]
    assert any("k is missing" in each.text for each in law().validate(Context(mixture=MIXTURE)))


def test_molar_masses_are_needed():
    (issue,) = law(k=KAPPA).validate(Context(mixture=gas(temperature=300.0)))
    assert "the molar masses are not known" in issue.text
