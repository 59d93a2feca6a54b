"""The linear pump's exact discrete heat: Q / Q(44) = 1 - 1/N^2 on N uniform cells, a test of the whole chain."""

from __future__ import annotations

import pytest

from tests.tools.cases import PURE, case_text

PUMP = case_text(
    PURE,
    title="linear pump",
    parameters="{k_T: -0.13657, D: 2.11972252, sealed: 0.419877, E: 0.035, L: 40.0, cross: 4*k_T*D}",
    mesh="{type: Grid1D, length: L, cells: 20, cross_section: 25}",
    mixture="{binary: {species: [A, B], concentration: 0.1}}",
    properties="""
  diffusivity: D
  conductivity: sealed + 0.1*cross**2/(4*D)
  thermal_diffusion_ratio: k_T
  heat_capacity: 0.2""",
    laws="[conduction, fick, soret_dufour: {linearised_at: {T: 1.0, x_A: 0.5}}]",
    initial="{T: 1.0, x_A: 0.5 + 0.5*E*(L/2 - x)}",
    boundaries="""
  left: {T: {dirichlet: 1.0}, x_A: no_flux}
  right: {T: {dirichlet: 1.0}, x_A: no_flux}""",
    solve="{transient: {until: 4000, rtol: 1.0e-12}}",
    observe="""
  Qc: {heat_from: right}
  Qh: {heat_to: left}""",
)


@pytest.mark.parametrize("cells", [7, 20, 64])
def test_heat_of_the_linear_pump_is_short_by_one_over_cells_squared(run_text, cells):
    result = run_text(PUMP, f"mesh.cells={cells}")
    exact = 0.13657 * (0.1 * 40 * 25) * 0.035 * 40 / 6
    assert result.observables["Qc"].value / exact == pytest.approx(1 - 1 / cells**2, rel=1e-8, abs=0)


def test_heat_in_is_heat_out_once_mixed(run_text):
    result = run_text(PUMP)
    assert result.observables["Qh"].value == pytest.approx(result.observables["Qc"].value, rel=1e-12, abs=0)


def test_the_convention_of_the_coefficient_does_not_matter(run_text):
    by_ratio = run_text(PUMP).observables["Qc"].value
    other = PUMP.replace("thermal_diffusion_ratio: k_T", "soret_coefficient: 4*k_T")
    assert run_text(other).observables["Qc"].value == pytest.approx(by_ratio, rel=1e-10, abs=0)
