"""A column of gases at rest against an integration of  dp_i/dz = -M_i g p_i/(R T), and its moles."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.barometric_column import BarometricColumn
from scipy.integrate import quad, solve_ivp

from tests.tools.issues import issue_texts

R, T = 8.31446261815324, 300.0
COLUMN = {
    "molar_masses": {"He": 4.0026e-3, "Xe": 131.293e-3},
    "temperature": T,
    "content": {"He": 0.5, "Xe": 0.5},
    "length": 100.0,
    "pressure": 101325.0,
}


@pytest.mark.parametrize("height", [100.0, 1e4, 1e-3])
def test_column_is_in_mechanical_equilibrium_species_by_species(height):
    column = BarometricColumn(**{**COLUMN, "length": height})
    assert issue_texts(column) == []
    z = np.linspace(0.0, height, 21)
    exact = column.fields(z, 0.0)
    start = np.array([exact[f"x_{name}"][0] * exact["p"][0] for name in column.content])
    masses = np.array(list(column.molar_masses.values()))
    found = solve_ivp(
        lambda _, p: -masses * 9.80665 / (R * T) * p, (0.0, height), start, "DOP853", t_eval=z, rtol=1e-12
    )
    np.testing.assert_allclose(exact["p"], found.y.sum(axis=0), rtol=1e-10)
    np.testing.assert_allclose(exact["x_He"], found.y[0] / found.y.sum(axis=0), rtol=1e-10)


@pytest.mark.parametrize("share", [0.5, 0.01])
def test_column_has_the_moles_of_its_content(share):
    column = BarometricColumn(**{**COLUMN, "length": 2e4, "content": {"He": share, "Xe": 1.0 - share}})

    def moles(z, name=None):
        fields = column.fields(np.array([z]), 0.0)
        return float(fields["p"][0] * (fields[f"x_{name}"][0] if name else 1.0))

    whole = quad(moles, 0.0, 2e4, epsrel=1e-12)[0]
    assert quad(moles, 0.0, 2e4, ("He",), epsrel=1e-12)[0] == pytest.approx(share * whole, rel=1e-10)


def test_column_observables_are_its_ends():
    column = BarometricColumn(**COLUMN)
    found, ends = column.observables(), column.fields(np.array([0.0, 100.0]), 0.0)
    assert [found["x_He_bottom"], found["x_He_top"]] == pytest.approx(ends["x_He"], rel=1e-15)
    ratio = (1.0 / found["x_He_top"] - 1.0) / (1.0 / found["x_He_bottom"] - 1.0)
    assert ratio == pytest.approx(np.exp(-(131.293e-3 - 4.0026e-3) * 9.80665 * 100.0 / (R * T)), rel=1e-12)
    assert ends["p"][0] == 101325.0 and found["x_He_bottom"] < 0.5 < found["x_He_top"]


@pytest.mark.parametrize("content", [{"He": 0.5}, {"He": 0.5, "Xe": 0.6}, {"He": 0.5, "Ar": 0.5}])
def test_a_content_that_is_none_is_refused(content):
    assert len(issue_texts(BarometricColumn(**{**COLUMN, "content": content}))) == 1
