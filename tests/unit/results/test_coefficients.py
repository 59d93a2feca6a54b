"""Transport coefficients at the start of a case, against the coefficients that it gives."""

import pytest

from fvtransport.results.coefficients import coefficients_at_start
from tests.tools.built import PLANE, built
from tests.tools.cases import COUPLED, line

FIXED = "{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}}"
GIVEN = "{diffusivity: 2.0, conductivity: 1.5, thermal_diffusion_coefficient: 0.3, heat_capacity: 1.0}"


def _found(tmp_path, **blocks):
    given = {"properties": GIVEN, "boundaries": FIXED, "mesh": line(1, 4), **blocks}
    found = coefficients_at_start(built(tmp_path, COUPLED, **given))
    return {each.name: each.value for each in found}


@pytest.mark.parametrize("mesh", [line(1, 4), PLANE])
def test_the_coefficients_of_the_laws_come_back(tmp_path, mesh):
    """At c = 1, T = 2 and x_A = 0.25; L_qq = kappa T^2."""
    found = _found(tmp_path, mesh=mesh, initial="{T: 2.0, x_A: 0.25}")
    assert found["D"] == pytest.approx(2.0, rel=1e-7) and found["kappa"] == pytest.approx(1.5, rel=1e-7)
    assert found["D'"] == pytest.approx(0.3, rel=1e-7) and found["D''"] == pytest.approx(0.3, rel=1e-7)
    assert found["S_T"] == pytest.approx(0.15, rel=1e-7)
    assert found["L_qq"] == pytest.approx(1.5 * 2.0**2, rel=1e-7)


def test_the_state_is_the_mean_by_volume(tmp_path):
    """Of T = 1 + x^2, cell by cell: L_qq = kappa T^2 at the mean."""
    graded = "{type: Grid1D, length: 1, cells: 4, grading: {ratio: 3}}"
    problem = built(
        tmp_path, COUPLED, mesh=graded, properties=GIVEN, boundaries=FIXED, initial='{T: "1 + x**2", x_A: 0.5}'
    )
    found = {each.name: each.value for each in coefficients_at_start(problem)}
    geometry = problem.system.geometry
    mean = ((1.0 + geometry.cell_positions[0] ** 2) * geometry.volume).sum()
    assert found["L_qq"] == pytest.approx(1.5 * mean**2, rel=1e-6)


def test_a_linearised_model_is_reported_at_its_own_state(tmp_path):
    laws = "[conduction, fick, soret_dufour: {linearised_at: {T: 3.0, x_A: 0.5}}]"
    found = _found(tmp_path, laws=laws, initial="{T: 1.0, x_A: 0.25}")
    assert found["D"] == pytest.approx(2.0, rel=1e-6) and found["L_qq"] == pytest.approx(1.5 * 9.0, rel=1e-6)


def test_nothing_is_reported_without_thermal_diffusion(tmp_path):
    assert not _found(tmp_path, laws="[conduction, fick]", initial="{T: 2.0, x_A: 0.25}")
