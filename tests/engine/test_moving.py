"""What a mixture carries and what fluxes produce: counted once, kept to round-off, and known to the Jacobian."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fvtransport.solvers.transient import Transient

MESHES = {
    "line": "{type: Grid1D, length: 2.0, cells: 6, cross_section: 3.0, grading: {ratio: 3, towards: left}}",
    "plane": "{type: Grid2D, length: [1.0, 2.0], cells: [3, 4]}",
}
CASE = f"""
units: reduced
plugins: {Path(__file__).with_name("moving.py")}
mesh: %s
mixture: moving
laws: [spread: {{diffusivity: 0.3}}, pull: {{force: 0.7}}]
initial: {{T: 1.0 + 0.3*x, n: 1.0 + 0.4*x*x}}
boundaries: {{default: {{T: no_flux, n: no_flux}}, left: {{T: {{dirichlet: 1.2}}}}}}
solve: {{transient: {{until: 1.0, rtol: %s}}}}
observe: {{made: {{amount_through: {{of: energy, through: left}}}}}}
"""


@pytest.mark.parametrize("kind", MESHES)
@pytest.mark.parametrize("rtol", [1e-3, 1e-8])
def test_the_books_close_to_round_off(run_text, kind, rtol):
    result = run_text(CASE % (MESHES[kind], rtol))
    first, last = result.snapshots[0], result.snapshots[-1]
    energy, moles = last.system.balances
    stored = {b: last.amount(b) - first.amount(b) for b in (energy, moles)}
    left = {
        b: sum(last.cumulative_outflow(b, boundary) for boundary in last.system.geometry.boundaries)
        for b in (energy, moles)
    }
    assert abs(last.cumulative_production(energy)) > 0.02 and last.cumulative_production(moles) == 0.0
    assert stored[moles] + left[moles] == pytest.approx(0, abs=1e-13 * last.amount(moles))
    assert stored[energy] + left[energy] == pytest.approx(
        last.cumulative_production(energy), abs=2e-13 * last.amount(energy)
    )


def test_work_is_the_flux_times_the_force_over_all_faces(run_text):
    snapshot = run_text(CASE % (MESHES["line"], 1e-6)).snapshots[3]
    moles = snapshot.system.balances[1]
    faces = snapshot.system.geometry.faces
    work = 0.7 * (snapshot.evaluation.flux[1] * faces.area / faces.inverse_distance).sum()
    assert snapshot.evaluation.production(snapshot.system.geometry)[0] == pytest.approx(work, rel=1e-12)
    assert snapshot.flux_view.flux(moles) @ faces.volume * 0.7 == pytest.approx(work, rel=1e-12)


def test_what_is_carried_is_reported_beside_the_laws(run_text):
    snapshot = run_text(CASE % (MESHES["line"], 1e-6)).snapshots[3]
    system, faces = snapshot.system, snapshot.system.geometry.faces
    parts = system.fluxes.by_law(snapshot.t, snapshot.values)
    assert set(parts) == {"spread", "bulk_flow"}
    T = snapshot.values[0]
    mean = 0.5 * (T[faces.left] + T[faces.right])
    assert parts["bulk_flow"][0] == pytest.approx(2.0 * mean * parts["spread"][1], rel=1e-12)
    assert sum(parts.values()) == pytest.approx(snapshot.evaluation.flux, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("kind", MESHES)
def test_the_jacobian_knows_amounts_work_and_what_is_carried(run_text, monkeypatch, kind):
    made = []

    class Kept(Transient):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            made.append(self)

    monkeypatch.setattr("fvtransport.solvers.segment.Transient", Kept)
    run_text(CASE % (MESHES[kind], 1e-6))
    (solver,) = made
    t, y, rate, cj = solver.now.t, solver.now.y.copy(), solver.now.rate.copy(), 7.0
    entries, jacobian = solver._entries(t, y, cj), solver.equations.jacobian
    exact = np.zeros(jacobian.shape)
    exact[jacobian.indices, jacobian.columns] = entries
    above, below = np.zeros(y.size), np.zeros(y.size)
    for column in range(y.size):
        step = np.zeros(y.size)
        step[column] = 1e-6
        solver.residual(t, y + step, rate + cj * step, above)
        solver.residual(t, y - step, rate - cj * step, below)
        assert exact[:, column] == pytest.approx((above - below) / 2e-6, rel=0, abs=1e-5 * np.abs(exact).max()), column
