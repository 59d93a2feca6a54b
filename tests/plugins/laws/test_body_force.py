"""Forces on a mixture: Boltzmann's equilibrium on any grid, work that appears as heat, reciprocity in a field."""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport
from fvtransport.verification import contract
from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="two gases in a field",
    mesh="{type: Grid1D, length: 40, cells: 30, cross_section: 25}",
    mixture="{binary: {species: [A, B], concentration: 0.1}}",
    properties="{diffusivity: 2.1, conductivity: 0.44, thermal_diffusion_coefficient: -1.16, heat_capacity: 0.2}",
    laws="[conduction, fick, soret_dufour, body_force: {electric_field: 0.05, charges: {A: -1, B: 1}}]",
    initial="{T: 1.3, x_A: 0.4}",
    boundaries="{default: {T: no_flux, x_A: no_flux}, right: {T: {dirichlet: 1.25}}}",
    solve="{steady: {mean: {x_A: 0.4}}}",
    observe="{sigma: {entropy_production: {}}}",
)
T = 1.25
SPIN = "laws.3={body_force: {rotation: 0.02, molar_masses: {A: 1, B: 10}}}"
FALL = "laws.3={body_force: {gravity: [-0.002, 0.001], molar_masses: {A: 1, B: 10}}}"
CROSS = "laws.3={body_force: {electric_field: [0.05, -0.02], charges: {A: -1, B: 1}}}"

PLANE = "mesh={type: Grid2D, length: [40, 20], cells: [8, 5], grading: [{ratio: 3}, null]}"
DISC = "mesh={type: CylindricalGrid1D, length: 40, cells: 25, grading: {ratio: 4, towards: right}}"
RING = "mesh={type: CylindricalGrid1D, length: 40, inner_radius: 5, cells: 25}"
CYLINDER = "mesh={type: CylindricalGrid2D, length: [40, 5], inner_radius: 2, cells: [9, 4]}"


def along(x, y):
    return 2 * 0.05 * x


def spun(x, y):
    return 9 * 0.0004 * x**2 / 2


KINDS = {
    "line": ((), along),
    "graded": (("mesh.grading={ratio: 20, towards: both}",), along),
    "plane": ((PLANE, CROSS), lambda x, y: 0.1 * x - 0.04 * y),
    "falling": ((PLANE, FALL), lambda x, y: 9 * (-0.002 * x + 0.001 * y)),
    "centrifuge": ((DISC, SPIN), spun),
    "hollow": ((RING, SPIN), spun),
    "cylinder": ((CYLINDER, SPIN), spun),
    "spinning line": ((SPIN.replace("rotation", "axis_at: 15, rotation"),), lambda x, y: spun(x - 15, y)),
}


@pytest.fixture(scope="module", params=KINDS)
def equilibrium(request, tmp_path_factory):
    """A snapshot at equilibrium with the logarithm of x_B/x_A that Boltzmann gives it, but for a constant, in k T."""
    changes, potential = KINDS[request.param]
    path = tmp_path_factory.mktemp("field") / "case.yaml"
    path.write_text(CASE)
    result = fvtransport.run(path, changes)
    assert result.ending.succeeded
    snapshot = result.snapshots[-1]
    return result, snapshot, potential(*snapshot.system.geometry.position[:2]) / T


def test_ratios_of_neighbours_are_those_of_boltzmann(equilibrium):
    _, snapshot, potential = equilibrium
    x = snapshot.values[1]
    level = np.log((1 - x) / x) - potential
    assert np.ptp(potential) > 0.1 and np.ptp(level) < 1e-10


def test_no_heat_flows_there_and_no_entropy_is_produced(equilibrium):
    result, snapshot, _ = equilibrium
    heat = 0.1 * T**2 * 1.16 * np.abs(snapshot.system.geometry.faces.inverse_distance).max()
    assert np.abs(snapshot.evaluation.flux).max() < 1e-12 * heat
    assert np.allclose(snapshot.values[0], T, rtol=1e-12, atol=0)
    assert abs(result.observables["sigma"].value) < 1e-20


@pytest.mark.parametrize("mean", [0.7, 0.2])
def test_the_normalisation_is_of_second_order(run_text, mean):
    """The field keeps the moles: x_A = 1/(1 + s exp(2 b x)) at uniform density, s from the mean."""
    b, L = 0.05 / T, 40.0
    s = np.expm1(2 * b * L * (1 - mean)) / (np.exp(2 * b * L) - np.exp(2 * b * L * (1 - mean)))
    errors = []
    for cells in (40, 80):
        snapshot = run_text(CASE, f"mesh.cells={cells}", f"solve.steady.mean.x_A={mean}").snapshots[-1]
        exact = 1 / (1 + s * np.exp(2 * b * snapshot.system.geometry.position[0]))
        errors.append(np.abs(snapshot.values[1] - exact).max())
    assert 1e-7 < errors[1] < 1e-3 and np.log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.05)


SEPARATING = (
    "solve={transient: {until: 8000, rtol: 1.0e-9}}",
    "initial.T=1.25",
    "observe={Q: {heat_to: right}, S: {entropy_produced: {}}}",
)


def test_the_work_of_the_field_leaves_as_heat(run_text):
    """Sealed and insulated but for a bath at T: in the end Q = W, the loss of potential energy,
    and dS + Q/T is produced.
    """
    errors = []
    for cells in (30, 60):
        result = run_text(CASE, *SEPARATING, f"mesh.cells={cells}")
        snapshot, line = result.snapshots[-1], result.balance[0]
        position, volume = snapshot.system.geometry.cell_positions[0], snapshot.system.geometry.volume
        x = snapshot.values[1][snapshot.system.geometry.cells]
        work = 2 * 0.05 * 0.1 * np.sum(volume * (0.4 - x) * position)
        assert result.observables["Q"].value == pytest.approx(work, rel=1e-7, abs=0)
        assert line.relative_error < 1e-10 and line.produced == pytest.approx(work, rel=1e-7, abs=0)
        mixed = 0.4 * np.log(0.4) + 0.6 * np.log(0.6)
        gained = 0.1 * np.sum(volume * (mixed - x * np.log(x) - (1 - x) * np.log(1 - x)))
        errors.append(result.observables["S"].value / (gained + work / T) - 1)
    assert abs(errors[1]) < 2e-3 and np.log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("kind", ["graded", "plane", "cylinder"])
def test_reciprocity_and_the_second_law_hold_in_a_field(run_text, kind):
    changes = ["solve={transient: {until: 5}}", "initial.x_A=0.3 + 0.01*x", "initial.T=1.25 + 0.01*x", *KINDS[kind][0]]
    result = run_text(CASE, *changes)
    assert result.audit.symmetric and result.audit.asymmetry < 1e-9 and result.audit.margin > 0.5
    assert not result.audit.violations and not any("without any gradient" in remark for remark in result.audit.remarks)


@pytest.mark.parametrize("kind", KINDS)
def test_contract_in_a_field(tmp_path, kind):
    (tmp_path / "case.yaml").write_text(CASE)
    contract.check_laws(fvtransport.check(tmp_path / "case.yaml", KINDS[kind][0]))


VARIED = "electric_field: 0.05*(1 + x/40), charges: {A: -1, B: 1}, rotation: 0.02, molar_masses: {A: 1, B: 10}"


@pytest.mark.parametrize("changes", [(f"laws.3={{body_force: {{{VARIED}}}}}",), KINDS["plane"][0]])
def test_second_order_with_forces_and_their_work(tmp_path, changes):
    (tmp_path / "case.yaml").write_text(CASE)
    contract.check_order(fvtransport.check(tmp_path / "case.yaml", changes))


def test_linearised_drift_ends_in_a_straight_profile(run_text):
    """Frozen x_A x_B and T give (35): x_A = mean + 2 mean (1 - mean) E q (L/2 - x)/T_0, cell by cell."""
    frozen = "linearised_at: {T: 1.25, x_A: 0.4}"
    changes = [
        f"laws.3.body_force.{frozen.replace(': {', '={', 1)}",
        f"laws.2={{soret_dufour: {{{frozen}}}}}",
        "mesh.cells=7",
    ]
    snapshot = run_text(CASE, *changes).snapshots[-1]
    exact = 0.4 + 2 * 0.4 * 0.6 * 0.05 * (20 - snapshot.system.geometry.position[0]) / T
    assert np.allclose(snapshot.values[1], exact, rtol=1e-11, atol=0)


@pytest.mark.parametrize(
    "body, says",
    [
        ("{axis_at: 3}", "no force is given"),
        ("{electric_field: 0.05}", "belong together"),
        ("{charges: {A: 1}, gravity: 1, molar_masses: {A: 1, B: 2}}", "belong together"),
        ("{electric_field: 0.05, charges: {A: 1, C: 1}}", "no species C"),
        ("{gravity: 1.0}", "molar mass of A, B is not known"),
        ("{gravity: [1, 2, 3, 4], molar_masses: {A: 1, B: 2}}", "4 components"),
    ],
)
def test_mistakes(complaints, body, says):
    found = complaints(CASE, f"laws.3={{body_force: {body}}}")
    assert any(says in each for each in found), found


def test_gas_under_gravity_is_barometric_in_si(run_text):
    """Each gas has its own scale height: ln(x_Xe/x_He) falls by (M_Xe - M_He) g/(R T) per metre."""
    text = """
    title: a column
    mesh: {type: Grid1D, length: 500 m, cells: 20}
    mixture: {binary: {species: [Xe, He], concentration: 40.6 mol/m^3, temperature: 300 K}}
    properties: {diffusivity: 5.0e-5 m^2/s}
    laws: [fick, body_force: {gravity: -9.80665 m/s^2, molar_masses: {Xe: 131.293 g/mol, He: 4.0026 g/mol}}]
    boundaries: {default: {x_Xe: no_flux}}
    solve: {steady: {mean: {x_Xe: 0.5}}}
    """
    snapshot = run_text(text).snapshots[-1]
    height, x = snapshot.system.geometry.position[0], snapshot.values[0]
    slope = np.diff(np.log(x / (1 - x))) / np.diff(height)
    assert np.allclose(slope, -0.1272904 * 9.80665 / (8.31446261815324 * 300), rtol=1e-10, atol=0)
