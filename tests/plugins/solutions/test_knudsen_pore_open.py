"""The pores against boundary-value solutions of the dusty-gas equations along z, and against their limits."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.knudsen_pore_closed import KnudsenPoreClosed
from fvtransport.plugins.solutions.knudsen_pore_open import KnudsenPoreOpen

from tests.tools.issues import issue_texts
from tests.tools.pores import MASSES, PORE, VISCOUS, L, P, R, T, by_boundary_values


@pytest.mark.parametrize(
    "changes", [{}, {"x_left": 0.2, "x_right": 0.9}, {"pore_diameter": 1e-8}, {"pore_diameter": 1e-4}]
)
def test_open_pore(changes):
    pore = KnudsenPoreOpen(**{**PORE, **changes})
    assert issue_texts(pore) == []
    x, p, first, second = by_boundary_values(pore, 0.0, closed=False)
    exact = pore.fields(np.linspace(0.0, L, 101), 0.0)
    np.testing.assert_allclose(exact["x_He"], x, rtol=0.0, atol=1e-8)
    np.testing.assert_allclose(p, 1.0, rtol=0.0, atol=1e-9)
    assert pore.observables()["N_He"] == pytest.approx(first, rel=1e-8)
    assert pore.observables()["N_Ar"] == pytest.approx(second, rel=1e-8)


def test_the_fluxes_of_an_open_pore_have_the_ratio_of_graham():
    fluxes = KnudsenPoreOpen(**PORE).observables()
    assert fluxes["N_Ar"] / fluxes["N_He"] == pytest.approx(-np.sqrt(4.0026 / 39.948), rel=1e-14)


def test_in_the_finest_pores_each_gas_flows_by_itself():
    fluxes = KnudsenPoreOpen(**{**PORE, "pore_diameter": 1e-12}).observables()
    for name, sign in (("He", 1.0), ("Ar", -1.0)):
        by_wall = 1e-12 / 3.0 * np.sqrt(8.0 * R * T / (np.pi * MASSES[name]))
        assert fluxes[f"N_{name}"] == pytest.approx(sign * by_wall * P / (R * T) / L, rel=1e-5)


@pytest.mark.parametrize(
    ("cls", "changes", "words"),
    [
        (KnudsenPoreOpen, {"molar_masses": {"He": 4e-3, "Ar": 4e-3}}, "the pore is then a slab"),
        (KnudsenPoreOpen, {"molar_masses": {"He": 4e-3}}, "lack Ar"),
        (KnudsenPoreClosed, {**VISCOUS, "x_right": 1.0}, "nothing diffuses"),
    ],
)
def test_pores_object(cls, changes, words):
    (found,) = issue_texts(cls(**{**PORE, **changes}))
    assert words in found
