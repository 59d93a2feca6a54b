"""Three gases in a sealed cell: heat flows alone, and their moles are kept."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.solutions.ternary_soret_cell import TernarySoretCell

from tests.tools.issues import issue_texts

R, P, T0, D, KAPPA, ALPHA, CP, L = 8.31446261815324, 101325.0, 300.0, 7.8e-5, 0.08, -0.30, 29.1, 0.1
CELL = dict(
    L_qq=7350.0, L_qA=-0.06765, L_qB=0.02825, L_AA=9.406e-5, L_AB=-4.858e-5, L_BB=4.419e-5,
    length=0.01, T_left=400.0, T_right=300.0, A_mean=0.4, B_mean=0.3,
)  # fmt: skip


def test_ternary_cell_passes_heat_alone_and_keeps_its_moles():
    cell = TernarySoretCell(**CELL)
    z, h = np.linspace(0.002, 0.008, 5), 1e-6
    fields, ahead, behind = (cell.fields(z + step, 0.0) for step in (0.0, h, -h))
    forces = [(1.0 / ahead["T"] - 1.0 / behind["T"]) / (2 * h)]
    for name in ("x_A", "x_B"):
        forces.append(-R * (np.log(ahead[name] / ahead["x_C"]) - np.log(behind[name] / behind["x_C"])) / (2 * h))
    L = np.array([[7350.0, -0.06765, 0.02825], [-0.06765, 9.406e-5, -4.858e-5], [0.02825, -4.858e-5, 4.419e-5]])
    q, J_A, J_B = L @ np.array(forces)
    np.testing.assert_allclose(q, cell.observables()["q"], rtol=1e-7)
    np.testing.assert_allclose([J_A, J_B], 0.0, atol=1e-7 * abs(L[1, 0] * forces[0][0]))
    assert sum(fields[f"x_{name}"] for name in "ABC") == pytest.approx(1.0, rel=1e-14)
    everywhere = np.linspace(0.0, 0.01, 20001)
    whole = cell.fields(everywhere, 0.0)
    for name, mean in (("x_A", 0.4), ("x_B", 0.3)):
        moles = np.trapezoid((whole[name] - mean) / whole["T"], everywhere)
        assert abs(moles) < 1e-10 * np.trapezoid(mean / whole["T"], everywhere)


def test_ternary_cell_objects():
    assert "leaves nothing of C" in issue_texts(TernarySoretCell(**{**CELL, "A_mean": 0.8}))[0]
    assert "breaks the second law" in issue_texts(TernarySoretCell(**{**CELL, "L_qA": 1.0}))[0]
