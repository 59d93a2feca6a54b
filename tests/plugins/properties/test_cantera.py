"""Coefficients from a mechanism, held against Cantera itself; skipped where the extra `cantera` is absent."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from fvtransport.plugins.theory import mechanisms
from scipy import integrate

from tests.tools.cases import PURE, case_text

cantera = pytest.importorskip("cantera", reason="the extra [cantera] is absent")

TEMPERATURES = np.array([280.0, 298.15, 450.0, 1234.5, 2900.0])
X = {"H2": 0.25, "N2": 0.45, "CO2": 0.3}
CASE = case_text(
    {},
    title="a film",
    mesh="{type: Grid1D, length: 1 mm, cells: 2}",
    mixture="{gas: {species: [H2, N2%s], pressure: 2 bar, temperature: 350 K}}",
    laws="[maxwell_stefan: {diffusivities: {%s}}]",
    boundaries="""
  left:  {x_H2: {dirichlet: 0.5}}
  right: {x_H2: {dirichlet: 0.4}}""",
    solve="steady",
    observe="{N: {species_flux: {species: H2, boundary: right}}}",
)
PAIR = "H2-N2: {cantera_diffusivity: {mechanism: %s, pair: [%s]}}"
SLAB = case_text(
    PURE,
    title="a slab",
    mesh="{type: Grid1D, length: 1 m, cells: 1}",
    mixture="{gas: {species: [H2, N2, CO2], pressure: 2 bar, molar_heat_capacity: 30}}",
    properties="{conductivity: {cantera_conductivity: {mechanism: gri30.yaml}}}",
    laws="[conduction, maxwell_stefan: {diffusivities: {H2-N2: 1e-4, H2-CO2: 1e-4, N2-CO2: 1e-4}}]",
    initial="{T: 400, x_H2: 0.25, x_N2: 0.45}",
    boundaries="""
  left:  {T: {dirichlet: %s}, x_H2: {dirichlet: 0.25}, x_N2: {dirichlet: 0.45}}
  right: {T: {dirichlet: 400}, x_H2: {dirichlet: 0.25}, x_N2: {dirichlet: 0.45}}""",
    observe="{q: {heat_flux: {through: left}}}",
    units=None,
)


MULTICOMPONENT = "cantera_multicomponent_conductivity"
SEALED = case_text(
    PURE,
    title="a sealed cell",
    mesh="{type: Grid1D, length: 1 cm, cells: 100}",
    mixture="{gas: {species: [H2, CO2], pressure: 1 bar, molar_heat_capacity: 30}}",
    properties="{%s}",
    laws="""
  - conduction
  - maxwell_stefan:
      diffusivities: {H2-CO2: {cantera_diffusivity: {mechanism: gri30.yaml, pair: [H2, CO2]}}}
      thermal_diffusion_factors:
        H2-CO2: {cantera_thermal_diffusion_factor: {mechanism: gri30.yaml, pair: [H2, CO2]}}""",
    initial="{T: 400, x_H2: 0.4}",
    boundaries="""
  left:  {T: {dirichlet: 300}, x_H2: {dirichlet: 0.4}}
  right: {T: {dirichlet: 600}, x_H2: no_flux}""",
    observe="{q: {heat_flux: {through: left}}, x: {value: {of: x_H2, x: 1 cm}}}",
    units=None,
)


class At(dict):
    """A view of bare numbers: species by name, c, R and T."""

    def __init__(self, T, x: dict, p: float = 3e4):
        from fvtransport.plugins import handles as q

        R = 8.31446261815324
        components = tuple(q.species(name) for name in x)
        self.species = tuple(each.field for each in components)
        self.mixture = SimpleNamespace(species_names=tuple(x), components=components, mole_fractions=self.species)
        super().__init__(
            {q.temperature: T, q.gas_constant: R, q.concentration: p / (R * T), **dict(zip(self.species, x.values()))}
        )


def prop(name: str, **given):
    from fvtransport.model.registry import Registry

    return Registry.installed().get("property", name).cls(mechanism="gri30.yaml", **given)


def theirs(what, model: str = "mixture-averaged", p: float = 3e4, x: dict = X):
    gas = cantera.Solution("gri30.yaml")
    gas.transport_model = model
    found = []
    for T in TEMPERATURES:
        gas.TPX = T, p, x
        found.append(what(gas))
    return found


def test_diffusivity():
    expected = theirs(lambda gas: gas.binary_diff_coeffs[gas.species_index("H2"), gas.species_index("CO2")])
    found = prop("cantera_diffusivity", pair=("H2", "CO2"))(At(TEMPERATURES, X))
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=0.0)


@pytest.mark.parametrize(
    ("name", "attribute"), [("cantera_viscosity", "viscosity"), ("cantera_conductivity", "thermal_conductivity")]
)
def test_mixture(name, attribute):
    found = prop(name)(At(TEMPERATURES, X))
    np.testing.assert_allclose(found, theirs(lambda gas: getattr(gas, attribute)), rtol=1e-9, atol=0.0)


def test_thermal_diffusion_factor():
    """Hydrogen goes to the hot side of nitrogen; the fits of two species alone differ from
    those of the whole mechanism.
    """
    x = {"N2": 0.6, "H2": 0.4}

    def factor(gas):
        i, j = gas.species_index("H2"), gas.species_index("N2")
        masses, c = 1e-3 * gas.molecular_weights, 1e3 * gas.density_mole
        return (
            gas.thermal_diff_coeffs[i]
            * gas.density
            / (c**2 * masses[i] * masses[j] * gas.binary_diff_coeffs[i, j] * 0.24)
        )

    expected = np.array(theirs(factor, "multicomponent", x=x))
    found = prop("cantera_thermal_diffusion_factor", pair=("H2", "N2"))(At(TEMPERATURES, x))
    turned = prop("cantera_thermal_diffusion_factor", pair=("N2", "H2"))(At(TEMPERATURES, x))
    assert np.all(found < 0.0)
    np.testing.assert_allclose(found, expected, rtol=1e-2, atol=0.0)
    np.testing.assert_allclose(turned, -found, rtol=1e-6, atol=0.0)


@pytest.mark.parametrize(
    "name", ["cantera_multicomponent_conductivity", "cantera_multicomponent_conductivity_without_diffusion"]
)
def test_multicomponent_conductivity(name):
    """Close to that of the whole mechanism at uniform composition; thermal diffusion lowers it by less than 2 %."""
    found = prop(name)(At(TEMPERATURES, X))
    expected = np.array(theirs(lambda gas: gas.thermal_conductivity, "multicomponent"))
    lower = 2e-2 if "without" in name else 1e-3
    assert (found < expected * (1.0 + 1e-3)).all() and (found > expected * (1.0 - lower)).all()


def test_one_species_has_no_multicomponent_conductivity():
    with pytest.raises(ArithmeticError, match="cantera_conductivity"):
        prop("cantera_multicomponent_conductivity", species=("N2",))(At(TEMPERATURES, {}))


@pytest.mark.parametrize(
    "conductivity",
    [f"conductivity: {{{MULTICOMPONENT}", f"conductivity_without_diffusion: {{{MULTICOMPONENT}_without_diffusion"],
)
def test_a_sealed_cell_conducts_as_cantera_says(run_text, conductivity):
    """q = (1/L) int lambda dT along dx/dT = -alpha x (1 - x)/T, with lambda at J = 0 and alpha by Cantera itself."""
    from fvtransport.plugins.theory.mechanisms import multicomponent_gas
    from fvtransport.plugins.theory.mixture_fits import conductivity_at_rest

    gas = multicomponent_gas("gri30.yaml", ("H2", "CO2"))

    def slopes(T, state):
        conducted = conductivity_at_rest(gas, T, np.array([state[0], 1.0 - state[0]]))
        c, (first, second) = 1e3 * gas.density_mole, 1e-3 * gas.molecular_weights
        drift = gas.thermal_diff_coeffs[0] * gas.density / (c**2 * first * second * gas.binary_diff_coeffs[0, 1])
        return [-drift / T, conducted]

    path = integrate.solve_ivp(slopes, (300.0, 600.0), [0.4, 0.0], rtol=1e-9, atol=1e-9)
    result = run_text(SEALED % f"{conductivity}: {{mechanism: gri30.yaml}}}}")
    assert -result.observables["q"].value == pytest.approx(path.y[1, -1] / 1e-2, rel=2e-5, abs=0)
    assert result.observables["x"].value == pytest.approx(path.y[0, -1], rel=2e-5, abs=0)


def test_one_species_under_another_name():
    found = prop("cantera_viscosity", species=("N2",))(At(TEMPERATURES, {}))
    np.testing.assert_allclose(found, theirs(lambda gas: gas.viscosity, x={"N2": 1.0}), rtol=1e-9, atol=0.0)


def test_flux_of_a_film_and_its_provenance(run_text):
    """N = c D (x_0 - x_L)/L at N = 0 in all; the mechanism stands in the provenance, from inside a mapping too."""
    result = run_text(CASE % ("", PAIR % ("gri30.yaml", "H2, N2")))
    gas = cantera.Solution("gri30.yaml")
    gas.TP = 350.0, 2e5
    D = gas.binary_diff_coeffs[gas.species_index("H2"), gas.species_index("N2")]
    expected = 2e5 / (8.31446261815324 * 350.0) * D * 0.1 / 1e-3
    assert result.observables["N"].value == pytest.approx(expected, rel=1e-9, abs=0)
    from fvtransport.results.provenance import provenance

    assert cantera.__version__ in json.dumps(provenance(result.case))


def test_heat_through_a_slab(run_text):
    found = run_text(SLAB % 410).observables["q"].value
    gas = cantera.Solution("gri30.yaml")
    gas.TPX = 405.0, 2e5, X
    assert abs(found) == pytest.approx(10.0 * gas.thermal_conductivity, rel=1e-3, abs=0)


@pytest.mark.parametrize(
    ("mechanism", "pair", "text"),
    [
        ("gri3.yaml", "H2, N2", 'did you mean "gri30.yaml"?'),
        ("gri30.yaml", "h2, N2", 'no species "h2"; did you mean "H2"?'),
        ("gri30.yaml", "N2, N2", "the same species is given twice"),
        ("water.yaml", "H2, N2", "is not a gas with transport data"),
    ],
)
def test_wrong_names(complaints, mechanism, pair, text):
    assert any(text in each for each in complaints(CASE % ("", PAIR % (mechanism, pair))))


def test_a_species_that_the_mechanism_lacks(complaints):
    wrong = (SLAB % 410).replace("[H2, N2, CO2]", "[H2, N2, CO3]").replace("-CO2", "-CO3")
    assert any('no species "CO3"' in each for each in complaints(wrong))


def test_outside_of_the_fits(complaints):
    assert any(
        "outside the fits of gri30.yaml" in each
        for each in complaints((SLAB % 410).replace("initial: {T: 400", "initial: {T: 100"))
    )


def test_reduced_units(complaints):
    text = "title: film\nunits: reduced\n" + CASE.split("\n", 1)[1].replace("1 mm", "1").replace("2 bar", "2").replace(
        "350 K", "350"
    )
    assert any("SI" in each for each in complaints(text % ("", PAIR % ("gri30.yaml", "H2, N2"))))


def test_without_the_extra(complaints, monkeypatch):
    monkeypatch.setattr(mechanisms, "find_spec", lambda name: None)
    assert any("needs the extra [cantera]" in each for each in complaints(CASE % ("", PAIR % ("gri30.yaml", "H2, N2"))))


def test_cantera_is_imported_when_it_is_needed():
    code = (
        "import sys; from fvtransport.model.registry import Registry; Registry.installed(); sys.exit('cantera' "
        "in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
