"""The surface of a liquid: what evaporates is that which brings the gas on it to the vapour pressure."""

import numpy as np
import pytest

import fvtransport
from fvtransport import CaseError
from tests.tools.cases import ISOTHERMAL, case_text

CASE = case_text(
    ISOTHERMAL,
    title="a tube over a liquid",
    mesh="{{type: Grid1D, length: 0.1, cells: 20}}",
    mixture="""
  gas: {{species: [B, A], temperature: 300.0, pressure: 1.0e5,
    bulk_flow: {{mechanical_equilibrium: {{stiffness: 1e6}}}}}}""",
    properties="{{diffusivity: 2.0e-5}}",
    boundaries="""
  left: {{x_B: no_flux, p: {{saturated: {{species: {species}, vapour_pressure: {vapour_pressure}}}}}}}
  right: {{x_B: {{dirichlet: 1.0}}, p: {{dirichlet: 1.0e5}}}}""",
    observe="""
  N: {{flux: {{of: moles, through: left}}}}
  x_B: {{surface: {{of: x_B, boundary: left}}}}
  p: {{surface: {{of: p, boundary: left}}}}""",
    units=None,
)


@pytest.fixture
def observables(tmp_path):
    def run(vapour_pressure: object, species: str = "A") -> dict[str, float]:
        path = tmp_path / "tube.yaml"
        path.write_text(CASE.format(vapour_pressure=vapour_pressure, species=species))
        return {name: each["value"] for name, each in fvtransport.run(path).summary()["observables"].items()}

    return run


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_a_steady_vapour_is_the_stefan_tube(observables, share):
    seen = observables(share * 1e5)
    assert (1.0 - seen["x_B"]) * seen["p"] == pytest.approx(share * 1e5, rel=1e-10)
    exact = 1e5 / (8.31446261815324 * 300.0) * 2e-5 / 0.1 * -np.log(1.0 - share)
    assert seen["N"] == pytest.approx(exact, rel=1e-5)


def test_the_vapour_pressure_is_any_property(observables):
    assert observables(2e4)["N"] == pytest.approx(observables('"1e4*T/150"')["N"], rel=1e-12)


def test_it_is_a_condition_of_the_pressure(observables):
    with pytest.raises(CaseError, match="the mixture has no species C"):
        observables(1e4, "C")
