"""A rotor of gases at rest against an integration of  dp_i/dr = M_i omega^2 r p_i/(R T), and its moles."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.centrifuge import Centrifuge
from scipy.integrate import quad, solve_ivp

from tests.tools.issues import issue_texts

R, T = 8.31446261815324, 300.0
ROTOR = {
    "molar_masses": {"U235": 0.349, "U238": 0.352}, "temperature": T, "content": {"U235": 0.0072, "U238": 0.9928},
    "length": 0.1, "pressure": 1e4, "rotation": 3000.0,
}  # fmt: skip


def test_rotor_is_in_mechanical_equilibrium_and_has_the_moles_of_its_content():
    rotor = Centrifuge(**ROTOR)
    assert issue_texts(rotor) == []
    r = np.linspace(0.0, 0.1, 11)
    exact = rotor.fields(r, 0.0)
    masses = np.array(list(rotor.molar_masses.values()))
    start = np.array([exact[f"x_{name}"][0] * exact["p"][0] for name in rotor.content])
    found = solve_ivp(
        lambda s, p: masses * 3000.0**2 * s / (R * T) * p, (0.0, 0.1), start, "DOP853", t_eval=r, rtol=1e-12, atol=1e-12
    )
    np.testing.assert_allclose(exact["p"], found.y.sum(axis=0), rtol=1e-9)
    np.testing.assert_allclose(exact["x_U235"], found.y[0] / found.y.sum(axis=0), rtol=1e-9)

    def moles(s, name=None):
        fields = rotor.fields(np.array([s]), 0.0)
        return float(s * fields["p"][0] * (fields[f"x_{name}"][0] if name else 1.0))

    whole = quad(moles, 0.0, 0.1, epsrel=1e-12)[0]
    assert quad(moles, 0.0, 0.1, ("U235",), epsrel=1e-12)[0] == pytest.approx(0.0072 * whole, rel=1e-10)
    assert rotor.observables()["separation_factor"] == pytest.approx(
        np.exp(0.003 * 300.0**2 / (2.0 * R * T)), rel=1e-12
    )
    assert exact["p"][-1] == pytest.approx(1e4, rel=1e-14)
