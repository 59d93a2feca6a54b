"""Manufactured solutions derived from the laws' own code: every registered law converges at second
order, wrong ones do not.
"""

from __future__ import annotations

import numpy as np
import pytest
import sympy

import fvtransport
from fvtransport import Law
from fvtransport.model.registry import Registry
from fvtransport.verification import contract
from fvtransport.verification.converge import against_manufactured
from fvtransport.verification.manufactured import IllPosed, manufacture
from fvtransport.verification.symbolic import NotSymbolic

CASE = """
title: manufactured
units: reduced
mesh: {type: Grid1D, length: 1.0, cells: 20}
mixture: {binary: {species: [A, B], concentration: 1.0, molar_masses: {A: 1.0, B: 3.0}}}
properties:
  diffusivity: {inverse_linear: {at_infinite_dilution: 1.0, beta: 0.5}}
  conductivity: 0.8*T
  heat_capacity: 1.3
PROPERTIES
laws: [LAWS]
initial: {T: 1.0, x_A: 0.5}
boundaries:
  left:  {T: {dirichlet: 1.1}, x_A: {robin: {coefficient: 2.0, reference: 0.4}}}
  right: {T: {robin: {coefficient: 1.5, reference: 1.0}}, x_A: {neumann: 0.1}}
solve: {transient: 1.0}
"""
SOFT = {"thermal_diffusion_coefficient": "0.3", "dufour_coefficient": "0.2*x_A"}
PARAMETERS = {
    "advection": "{velocity: 0.7}",
    "source": "{balance: energy, rate: 1 - T*x_A}",
    "reaction": "{reactants: {A: 1}, products: {B: 1}, rate_constant: {arrhenius: {pre_exponential_factor: 3.0, "
    "activation_energy: 2.0}}, equilibrium_constant: 2.0, heat_of_reaction: -0.5}",
    "soret_dufour": "{}",
    "maxwell_stefan": "{diffusivities: {A-B: 1.0/(1 + 0.5*x_A)}, thermal_diffusion_factors: {A-B: 0.3*T}}",
    "phenomenological": "{L_qq: 0.8*T**3, L_qi: {A: 0.2*T*x_A*(1 - x_A)}, L_ij: {A-A: x_A*(1 - x_A)*(1 + 0.3*x_A)}}",
    "mass_fraction_form": "{k: 0.8*T, rho_D: 1 + 0.5*x_A, d_ST: 0.2*x_A*(1 - x_A)}",
}
MOVING = [
    entry.name
    for entry in Registry.installed()
    if entry.kind == "law" and (entry.cls.flux is not Law.flux or entry.cls.source is not Law.source)
]


@pytest.fixture
def case_with(tmp_path):
    """A function that checks the case with one more law, given in the file or as an object."""

    def make(name: str, law: Law | None = None, text: str = CASE):
        covered = () if law is not None else Registry.installed().get("law", name).cls.covers
        laws = [each for each in ("conduction", "fick") if each not in (name, *covered)]
        if law is None:
            laws.append(f"{name}: {PARAMETERS[name]}" if name in PARAMETERS else name)
        wanted = {handle.name for handle in Registry.installed().get("law", name).cls.needs} if law is None else set()
        properties = "".join(f"  {key}: {value}\n" for key, value in SOFT.items() if key in wanted)
        path = tmp_path / f"{name}.yaml"
        path.write_text(text.replace("PROPERTIES\n", properties).replace("LAWS", ", ".join(laws)))
        case = fvtransport.check(path)
        return case if law is None else case.__class__(**{**vars(case), "laws": {**case.laws, name: law}})

    return make


@pytest.mark.parametrize("name", MOVING)
def test_every_law_is_of_second_order(case_with, name):
    observed = contract.check_order(case_with(name)).observed()
    assert {"T inside", "x_A inside", "x_A on boundaries", "flux of energy through boundaries"} <= observed.keys()
    assert max(observed.values()) < 2.3, observed


def test_the_sources_are_those_of_a_derivation_by_hand(case_with):
    x = sympy.Symbol("x", real=True)
    T, share = 1 + sympy.sin(2 * x) / 5, sympy.Rational(1, 2) + sympy.cos(3 * x) / 5
    heat = -sympy.Rational(4, 5) * T * T.diff(x) - T**2 * sympy.Rational(3, 10) * share.diff(x)
    moles = -share.diff(x) / (1 + share / 2) - share * (1 - share) * sympy.Rational(3, 10) * T.diff(x)
    made = manufacture(case_with("soret_dufour"), {"T": T, "x_A": share})
    position = np.zeros((3, 50))
    position[0] = np.linspace(0.0, 1.0, 50)
    for found, expected in (
        (made.values(position), (T, share)),
        (made.fluxes(position), (heat, moles)),
        (made.sources(position), (heat.diff(x), moles.diff(x))),
    ):
        exact = np.array([sympy.lambdify(x, each)(position[0]) for each in expected])
        np.testing.assert_allclose(found, exact, rtol=1e-12, atol=1e-13)


def test_the_divergence_is_that_of_a_sphere(tmp_path, case_with):
    sphere = CASE.replace("type: Grid1D, length: 1.0", "type: SphericalGrid1D, length: 1.0, inner_radius: 0.5")
    x = sympy.Symbol("x", real=True)
    made = manufacture(case_with("fick", text=sphere), {"T": 1 + x / 10, "x_A": x**2 / 4})
    position = np.zeros((3, 7))
    position[0] = r = np.linspace(0.5, 1.5, 7)
    flux = -(r / 2) / (1 + r**2 / 8)
    slope = -0.5 / (1 + r**2 / 8) + (r / 2) * (r / 4) / (1 + r**2 / 8) ** 2
    np.testing.assert_allclose(made.fluxes(position)[1], flux, rtol=1e-13)
    np.testing.assert_allclose(made.sources(position)[1], slope + 2 * flux / r, rtol=1e-12)


def handles():
    from fvtransport.plugins.handles import energy, temperature

    return energy, temperature


class FirstOrder(Law):
    """Conduction with the conductivity of the node on the left:  q = -T_left grad T"""

    def flux(self, face):
        energy, temperature = handles()
        return {energy: -face.left[temperature] * face.grad(temperature)}


class Uphill(Law):
    """Conduction with the wrong sign:  q = 3 grad T"""

    def flux(self, face):
        energy, temperature = handles()
        return {energy: 3.0 * face.grad(temperature)}


class Overwhelming(Law):
    """Cross-effects beyond the second law:  q = -9 grad x_A,  J_A = -9 grad T"""

    def flux(self, face):
        energy, temperature = handles()
        A, _ = face.species
        return {energy: -9.0 * face.grad(A), A: -9.0 * face.grad(temperature)}


class Branching(Law):
    """A law that is not element-wise:  s = 1 where T > 1"""

    def source(self, cell):
        energy, temperature = handles()
        return {energy: 1.0 if cell[temperature] > 1.0 else 0.0}


def test_a_first_order_mean_is_caught(case_with):
    with pytest.raises(contract.ContractError, match=r"expected order 1.9, but .*flux of energy .* has order [01]\.\d"):
        contract.check_order(case_with("first_order", FirstOrder()))


def test_a_wrong_sign_is_caught(case_with):
    with pytest.raises(IllPosed, match="energy flows up the gradient of T"):
        contract.check_order(case_with("uphill", Uphill()))


def test_cross_effects_that_outweigh_the_direct_ones_are_caught(case_with):
    with pytest.raises(IllPosed, match="cross-effects"):
        contract.check_order(case_with("overwhelming", Overwhelming()))


def test_a_law_that_branches_is_refused_by_name(case_with):
    with pytest.raises(NotSymbolic, match="law branching: .*np.where"):
        manufacture(case_with("branching", Branching()))


def test_a_level_that_no_wall_fixes_is_fixed_by_the_sources(case_with):
    sealed = CASE.replace("{dirichlet: 1.1}", "no_flux").replace(
        "{robin: {coefficient: 1.5, reference: 1.0}}", "no_flux"
    )
    found = contract.check_order(case_with("soret_dufour", text=sealed))
    assert found.observed()["T inside"] >= 1.9


def test_a_wall_keeps_its_kind_and_coefficients(case_with):
    made = manufacture(case_with("soret_dufour"))
    problem = made.discretise(made.case.mesh)
    kinds = [type(each.condition.inner).__name__ for each in problem.system.boundary_equations]
    assert kinds == ["Dirichlet", "Robin", "Robin", "Neumann"]
    fluxes = made.flux_on(problem.system.geometry.faces.centres, problem.system.geometry.faces.normal)
    for condition, equation in zip(
        problem.system.boundary_equations, problem.system.evaluate(0.0, problem.values).boundary_residuals
    ):
        assert abs(equation) < 0.05 * np.abs(fluxes).max(), condition.field.name
    robin = problem.system.boundary_equations[1].condition
    assert robin.inner.coefficient.constant == 2.0


def test_exact_fields_may_be_given_and_must_be_all(case_with):
    x = sympy.Symbol("x", real=True)
    found = against_manufactured(case_with("fick"), 3, {"T": sympy.exp(x / 3), "x_A": (1 + x) / 4})
    assert min(found.observed().values()) >= 1.9
    with pytest.raises(fvtransport.FvtransportError, match="needed for each of T, x_A"):
        manufacture(case_with("fick"), {"T": sympy.exp(x)})
