"""Equimolar closed forms beyond the plain slab, against boundary-value solutions of the flux laws themselves."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.emcd_shell import EmcdShell
from scipy.integrate import solve_bvp

from tests.tools.issues import issue_texts

C, D, L = 40.87, 1.65e-5, 0.1


@pytest.mark.parametrize(("shape", "power"), [("cylinder", 1), ("sphere", 2)])
def test_shell_profile_and_flow(shape, power):
    shell = EmcdShell(
        shape=shape,
        concentration=C,
        diffusivity=D,
        inner_radius=0.5,
        outer_radius=2.0,
        height=0.3,
        x_inner=0.2,
        x_outer=0.9,
    )
    r = np.linspace(0.5, 2.0, 41)
    found = solve_bvp(
        lambda r, y: np.stack([y[1], -power / r * y[1]]),
        lambda a, b: np.array([a[0] - 0.2, b[0] - 0.9]),
        r,
        np.stack([np.full(r.size, 0.5), np.zeros(r.size)]),
        tol=1e-10,
        max_nodes=20000,
    )
    np.testing.assert_allclose(shell.fields(r, 0.0)["x_A"], found.sol(r)[0], rtol=0, atol=1e-9)
    area = 2.0 * np.pi * 0.3 * 2.0 if shape == "cylinder" else 4.0 * np.pi * 4.0
    assert shell.observables()["W_A"] == pytest.approx(-area * C * D * found.y[1, -1], rel=1e-8)
    inner = -C * D * found.y[1, 0]
    assert shell.observables()["N_A_inner"] == pytest.approx(inner, rel=1e-8)


def test_thin_shell_is_a_slab():
    given = {"concentration": C, "diffusivity": D, "inner_radius": 1.0, "outer_radius": 1.0 + 1e-5}
    given |= {"x_inner": 0.7, "x_outer": 0.2}
    for shape in ("cylinder", "sphere"):
        flux = EmcdShell(shape=shape, **given).observables()["N_A_inner"]
        assert flux == pytest.approx(C * D * 0.5 / 1e-5, rel=3e-5)


def test_shell_inside_out_is_refused():
    (found,) = issue_texts(
        EmcdShell(
            shape="sphere", concentration=C, diffusivity=D, inner_radius=1.0, outer_radius=1.0, x_inner=0.5, x_outer=0.1
        )
    )
    assert "outer_radius" in found
