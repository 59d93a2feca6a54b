"""Entropy production against closed forms, against what the gas gains, and as a total carried with the solution."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.discretisation.layout import Layout
from fvtransport.results.dataset import dataset_of
from fvtransport.solvers.transient import Transient
from tests.tools.cases import COUPLED, PURE, binary, case_text

CONDUCTION = case_text(
    PURE,
    title="steady conduction",
    units=None,
    mesh="%s",
    properties="{conductivity: 2.0 + 0.01*T}",
    boundaries="{%s}",
    observe="{S: entropy_production, Q: {outflow: {of: energy, through: right}}}",
)
ENDS = "left: {T: {dirichlet: 400}}, right: {T: {dirichlet: 250}}"
ADIABATIC = ", bottom: {T: no_flux}, top: {T: no_flux}"
MESHES = {
    "line": ("{type: Grid1D, length: 2.0, cells: %d, cross_section: 3.0}", ENDS),
    "graded": ("{type: Grid1D, length: 2.0, cells: %d, grading: {ratio: 8, towards: right}}", ENDS),
    "cylinder": ("{type: CylindricalGrid1D, inner_radius: 1.0, length: 2.0, cells: %d}", ENDS),
    "sphere": ("{type: SphericalGrid1D, inner_radius: 1.0, length: 2.0, cells: %d}", ENDS),
    "plane": ("{type: Grid2D, length: [2.0, 1.0], cells: [%d, 3]}", ENDS + ADIABATIC),
}


@pytest.mark.parametrize("kind", MESHES)
def test_steady_conduction_produces_q_over_t_cold_less_q_over_t_hot(run_text, kind):
    mesh, boundaries = MESHES[kind]
    errors = []
    for cells in (20, 40):
        result = run_text(CONDUCTION % (mesh % cells, boundaries))
        produced, heat = (result.observables[name].value for name in "SQ")
        exact = heat * (1 / 250 - 1 / 400)
        errors.append(produced / exact - 1)
        audited = result.summary()["audit"]["entropy_production"]
        assert audited["total"] == pytest.approx(produced, rel=1e-12, abs=0) and audited["unit"] == "W/K"
    assert abs(errors[1]) < 1e-3 and np.log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.1)


ISOLATED = case_text(
    COUPLED,
    title="an isolated gas comes to rest",
    mesh="%s",
    mixture=binary(0.5),
    properties="{diffusivity: 1.0, conductivity: 0.4, thermal_diffusion_coefficient: -0.5, heat_capacity: 0.8}",
    initial='{T: "1 + 0.2*cos(pi*x/2)", x_A: "0.4 + 0.3*cos(pi*x/2)"}',
    boundaries="{default: {T: no_flux, x_A: no_flux}}",
    solve="{transient: {until: 0.5, rtol: 1e-9, samples: 3}}",
    observe="{P: {entropy_produced: {}, at: [0.05, 0.5]}, again: entropy_produced}",
)
VESSELS = {
    "line": "{type: Grid1D, length: 2.0, cells: %d, cross_section: 3.0}",
    "cylinder": "{type: CylindricalGrid1D, length: 2.0, cells: %d}",
    "sphere": "{type: SphericalGrid1D, length: 2.0, cells: %d}",
    "plane": "{type: Grid2D, length: [2.0, 1.0], cells: [%d, 3]}",
    "ring": "{type: PeriodicGrid1D, length: 4.0, cells: %d}",
}


def entropy(snapshot) -> float:
    """int c_p ln T - c (x_A ln x_A + x_B ln x_B) dV of the ideal mixture."""
    T, x = snapshot.values[:, snapshot.system.geometry.cells]
    density = 0.8 * np.log(T) - 0.5 * (x * np.log(x) + (1 - x) * np.log(1 - x))
    return float(density @ snapshot.system.geometry.volume)


@pytest.mark.parametrize("kind", VESSELS)
def test_an_isolated_gas_gains_what_is_produced(run_text, kind):
    errors = []
    for cells in (24, 48):
        text = ISOLATED % (VESSELS[kind] % cells)
        result = run_text(
            text if kind != "ring" else text.replace("boundaries: {default: {T: no_flux, x_A: no_flux}}\n", "")
        )
        gained = entropy(result.snapshots[-1]) - entropy(result.snapshots[0])
        early, late = result.observables["P"].value
        assert 0 < early < late and result.observables["again"].value == late
        assert result.balances and len(result.system.time_integrated) == 1
        errors.append(late / gained - 1)
    assert abs(errors[1]) < 2e-3 and np.log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.15)


@pytest.mark.parametrize("rtol", [1e-4, 1e-6, 1e-8])
def test_the_total_is_as_accurate_as_the_fields(run_text, rtol):
    text = ISOLATED % (VESSELS["line"] % 30)
    exact = run_text(text, "solve.transient.rtol=1e-12").observables["P"].value
    found = run_text(text, f"solve.transient.rtol={rtol}").observables["P"].value
    assert np.allclose(found, exact, rtol=20 * rtol, atol=0)


def test_field_and_laws_add_up(run_text):
    result = run_text(ISOLATED % (VESSELS["plane"] % 12))
    data = dataset_of(result)
    field = (data.entropy_production * data.volume).sum("cell").values
    by_law = data.entropy_production_by_law.sum("law").values
    assert data.entropy_production.min() >= 0 and (data.entropy_production_by_law.sel(law="soret_dufour")[0] < 0)
    assert np.allclose(field, by_law, rtol=1e-12, atol=0)
    total = result.summary()["audit"]["entropy_production"]["total"]
    assert total == pytest.approx(by_law[-1], rel=1e-12, abs=0)
    assert total == pytest.approx(sum(part for part in result.entropy_production_by_law.values()), rel=1e-12, abs=0)


def test_advection_carries_entropy_and_makes_none_where_it_is_resolved(run_text):
    text = ISOLATED % (VESSELS["line"] % 200)
    boundaries = (
        "boundaries={left: {T: {dirichlet: 1.2}, x_A: {dirichlet: 0.6}}, right: {T: {dirichlet: 1}, x_A: "
        "{dirichlet: 0.3}}}"
    )
    overrides = [boundaries, "initial={T: 1.2 - 0.1*x, x_A: 0.6 - 0.15*x}", "observe.S=entropy_production"]
    still, moving = (
        run_text(text, *overrides, f"laws=[conduction, fick, soret_dufour{law}]")
        for law in ("", ", advection: {velocity: 0.5}")
    )
    names = [each.observable for each in moving.case.observe if each.name == "S"]
    made = [result.snapshots[0].domain_integral(names[0]) for result in (still, moving)]
    assert made[1] == pytest.approx(made[0], rel=1e-4)
    by_law = moving.entropy_production(moving.snapshots[0])
    record = moving.system.geometry.faces.volume
    assert abs(by_law["advection"] @ record) < 1e-4 * made[1]
    assert sum(by_law.values()) @ record == pytest.approx(made[1], rel=1e-12, abs=0)


EVERYWHERE = '''
from fvtransport import Observable, plugin
from fvtransport.plugins.handles import energy

@plugin("passed")
class Passed(Observable):
    """Q = integral of |q| dV dt over faces"""
    needs_time = True
    unit = "J m"

    def rate_density(self, face):
        return face.flux(energy)

    def measure(self, snapshot):
        return snapshot.time_integral(self)

@plugin("lasted")
class Lasted(Observable):
    """V t"""
    needs_time = True

    def rate_density(self, face):
        return 1.0

    def measure(self, snapshot):
        return snapshot.time_integral(self)
'''


@pytest.mark.parametrize("kind", ["line", "plane"])
@pytest.mark.parametrize("source", ["", ", source: {balance: energy, rate: 0.1}"])
def test_any_density_gathers_beside_the_totals_of_sources(run_text, tmp_path, kind, source):
    """int q dV over a line is A int q dx; in steady conduction -kappa A (T_right - T_left) for each unit of time."""
    (tmp_path / "mine.py").write_text(EVERYWHERE)
    text = (ISOLATED % (VESSELS[kind] % 8)).replace("laws:", "plugins: [mine.py]\nlaws:")
    boundaries = (
        "left: {T: {dirichlet: 1.1}, x_A: {dirichlet: 0.4}}, right: {T: {dirichlet: 1.0}, x_A: {dirichlet: 0.4}}"
    )
    boundaries += ", bottom: {T: no_flux, x_A: no_flux}, top: {T: no_flux, x_A: no_flux}" if kind == "plane" else ""
    overrides = [
        f"boundaries={{{boundaries}}}",
        "initial={T: 1.1 - 0.05*x, x_A: 0.4}",
        f"laws=[conduction, fick{source}]",
    ]
    observe = "observe={P: passed, V: lasted, S: entropy_produced}"
    result = run_text(text, *overrides, observe, "solve.transient.rtol=1e-10")
    area, volume = (3.0, 6.0) if kind == "line" else (1.0, 4.0)
    assert result.ending.succeeded and result.balances
    assert result.observables["V"].value == pytest.approx(volume * 0.5, rel=1e-8)
    assert result.observables["P"].value == pytest.approx(0.4 * 0.1 * area * 0.5, rel=1e-7)
    steady = 0.02 * (1 / 1.0 - 1 / 1.1) * area * 0.5
    assert source or result.observables["S"].value == pytest.approx(steady, rel=2e-4)
    produced = result.snapshots[-1].cumulative_production(result.system.balances[0])
    assert produced == pytest.approx(0.1 * 0.5 * (6.0 if kind == "line" else 2.0) if source else 0.0, rel=1e-9, abs=0)


def test_nothing_is_carried_when_nothing_asks(run_text):
    text = ISOLATED % (VESSELS["line"] % 8)
    asked, not_asked = run_text(text), run_text(text, "observe={S: entropy_production}")
    sizes = [Layout(result.system, totals=True).size for result in (asked, not_asked)]
    assert sizes[0] - sizes[1] == 10 and not not_asked.system.time_integrated


@pytest.mark.parametrize("kind", ["line", "plane"])
def test_the_jacobian_knows_the_totals(run_text, monkeypatch, kind):
    made = []

    class Kept(Transient):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            made.append(self)

    monkeypatch.setattr("fvtransport.solvers.segment.Transient", Kept)
    run_text(
        ISOLATED % (VESSELS[kind] % 5), "laws=[conduction, fick, soret_dufour, source: {balance: A, rate: T*0.01}]"
    )
    (solver,) = made
    t, y, rate, cj = solver.now.t, solver.now.y.copy(), solver.now.rate.copy(), 7.0
    values = solver.equations.layout.values(y)
    mass = solver.equations.storage.matrix(t, values[:, solver.equations.system.geometry.cells])
    exact = solver.equations.jacobian.matrix(t, values, cj, mass).toarray()
    above, below = np.zeros(y.size), np.zeros(y.size)
    for column in range(y.size):
        step = np.zeros(y.size)
        step[column] = 1e-6
        solver.residual(t, y + step, rate + cj * step, above)
        solver.residual(t, y - step, rate - cj * step, below)
        assert np.allclose(exact[:, column], (above - below) / 2e-6, rtol=0, atol=1e-5 * np.abs(exact).max()), column
