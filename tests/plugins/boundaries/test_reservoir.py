"""Two well-mixed vessels joined by a tube: the slowest mode decays as its eigenvalue says, and nothing is lost."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

from fvtransport import CaseError

L, D, V, A = 2.0, 0.5, 3.0, 1.5
K = brentq(lambda k: np.cos(k * L / 2) - V / A * k * np.sin(k * L / 2), 1e-6, np.pi / L)
CASE = f"""
units: reduced
mesh: {{type: Grid1D, length: {L}, cells: %d, cross_section: {A}}}
mixture: {{binary: {{species: [A, B], concentration: 1.3, temperature: 1.0}}}}
properties: {{diffusivity: {D}}}
laws: [fick]
initial: {{x_A: 0.5 + 0.3*sin({K!r}*(x - {L}/2))}}
boundaries: {{left: {{x_A: {{reservoir: {V}}}}}, right: {{x_A: {{reservoir: {{volume: {V}}}}}}}}}
solve: {{transient: {{until: 2.0, rtol: 1e-9}}}}
observe: {{x_left: {{value: {{of: x_A, x: 0}}}}, gone: {{amount_through: {{of: A, through: right}}}}}}
"""


def error(result):
    exact = 0.5 - 0.3 * np.sin(K * L / 2) * np.exp(-D * K**2 * 2.0)
    return result.observables["x_left"].value - exact


def test_the_slowest_mode_decays_at_second_order(run_text):
    coarse, fine = error(run_text(CASE % 20)), error(run_text(CASE % 40))
    assert abs(fine) < 1e-5 and coarse / fine == pytest.approx(4.0, rel=0.05)


def test_what_leaves_the_tube_is_in_the_vessel(run_text):
    result = run_text(CASE % 20)
    first, last = result.snapshots[0].solved, result.snapshots[-1].solved
    for node, boundary in ((0, "left"), (-1, "right")):
        left = result.snapshots[-1].cumulative_outflow(result.system.balances[0], boundary)
        assert abs(left) > 0.05
        assert V * 1.3 * (last[0, node] - first[0, node]) == pytest.approx(left, rel=0, abs=1e-13)


def test_a_vessel_that_expands_holds_what_depends_on_the_field(run_text):
    """Heat of a vessel with c_p = 1 + T, which is not linear: (V/A) d(T + T^2/2)/dt = q.n."""
    text = CASE % 10
    text = text.replace("temperature: 1.0}", "reference_temperature: 0.0}").replace("[fick]", "[conduction, fick]")
    text = text.replace("{diffusivity: 0.5}", "{diffusivity: 0.5, conductivity: 0.7, heat_capacity: 1 + T}")
    text = text.replace("initial: {", "initial: {T: 1 + 0.2*x, ").replace("{left: {x_A", "{left: {T: no_flux, x_A")
    text = text.replace("right: {x_A", f"right: {{T: {{reservoir: {V}}}, x_A")
    result = run_text(text)
    first, last = (snapshot.solved[0, -1] for snapshot in (result.snapshots[0], result.snapshots[-1]))
    left = result.snapshots[-1].cumulative_outflow(result.system.balances[0], "right")
    assert abs(left) > 0.1
    assert V * (last - first + (last**2 - first**2) / 2) == pytest.approx(left, rel=1e-6)


def test_a_wall_of_many_faces_is_refused(run_text):
    text = (CASE % 4).replace(
        f"type: Grid1D, length: {L}, cells: 4, cross_section: {A}", "type: Grid2D, length: [1, 1], cells: [3, 3]"
    )
    with pytest.raises(CaseError, match=r"case\.yaml:\d+:\d+: reservoir on left, a boundary of 3 faces"):
        run_text(
            text.replace("boundaries: {", "boundaries: {default: {x_A: no_flux}, ").replace(", y: 0", ""), "observe={}"
        )
