"""The contract, on every registered law and every kind of mesh; and breaches of it, each seen by name."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from fvtransport.plugins.handles import temperature

import fvtransport
from fvtransport import COORDINATES, Law, Property, parameter
from fvtransport.model.registry import KINDS, Registry
from fvtransport.verification import contract

CASE = """
title: every law
units: reduced
mesh: {mesh}
mixture: {{binary: {{species: [A, B], concentration: 1.5, molar_masses: {{A: 1.0, B: 5.0}}}}}}
properties:
  diffusivity: {{inverse_linear: {{at_infinite_dilution: 1.0, beta: 0.5}}}}
  conductivity: 0.8*T*(1 + 0.1*x)
  thermal_diffusion_coefficient: 0.3
  dufour_coefficient: 0.3
  heat_capacity: 1.2
laws:
  - {cross}
  - advection: {{velocity: 0.7}}
  - reaction: {{reactants: {{A: 1}}, products: {{B: 1}}, rate_constant: 0.2, heat_of_reaction: -3.0}}
  - storage: {{balance: A, retardation_factor: 1.5}}
  - source: {{balance: energy, rate: 0.1*x_A*T}}
  - body_force: {{gravity: -0.3, molar_masses: {{A: 1.0, B: 5.0}}}}
  - heat_of_mixing: {{A-B: -0.7}}
initial: {{T: 1.0 + 0.1*x, x_A: 0.4 + 0.1*x}}
{boundaries}
solve: {{transient: 1.0}}
"""
MESHES = {
    "Grid1D": "length: 1, cells: 6",
    "Grid2D": "length: [1, 1], cells: [3, 4], grading: [{ratio: 2}, null]",
    "Grid3D": "length: [1, 1, 1], cells: [3, 2, 2]",
    "CylindricalGrid1D": "length: 1, cells: 6",
    "CylindricalGrid2D": "length: [1, 1], cells: [3, 4], inner_radius: 0.5",
    "SphericalGrid1D": "length: 1, cells: 6, inner_radius: 0.5, grading: {ratio: 2}",
    "PeriodicGrid1D": "length: 1, cells: 6",
    "PeriodicGrid2D": "length: [1, 1], cells: [3, 4]",
    "PeriodicGrid2DLeftRight": "length: [1, 1], cells: [3, 4]",
    "PeriodicGrid2DTopBottom": "length: [1, 1], cells: [3, 4]",
}
CROSS = (
    "conduction\n  - fick\n  - soret_dufour",
    "conduction\n  - fick\n  - soret\n  - dufour",
    "phenomenological: {L_qq: 0.8*T**2, L_qi: {A: 0.1*x_A*x_B*T}, L_ij: {A-A: 0.3*x_A*x_B}}",
    "conduction\n  - maxwell_stefan: {diffusivities: {A-B: 0.7 + 0.1*x_A}, thermal_diffusion_factors: {A-B: 0.3}}",
    "mass_fraction_form: {k: 0.8*T, rho_D: 0.4 + 0.1*x_A, d_ST: 0.1*x_A*x_B}",
)
WALLS = {"PeriodicGrid1D": "", "PeriodicGrid2D": ""}


@pytest.fixture
def case(tmp_path):
    def make(kind: str = "Grid1D", cross: str = CROSS[0]):
        boundaries = WALLS.get(kind, "boundaries: {default: {T: {dirichlet: 1.0}, x_A: no_flux}}")
        path = tmp_path / "case.yaml"
        path.write_text(CASE.format(mesh=f"{{type: {kind}, {MESHES[kind]}}}", boundaries=boundaries, cross=cross))
        return fvtransport.check(path)

    return make


@pytest.mark.parametrize("cross", CROSS)
@pytest.mark.parametrize("kind", MESHES)
def test_every_law_keeps_the_contract_on_every_mesh(case, kind, cross):
    contract.check_laws(case(kind, cross))


def test_the_cases_have_every_registered_law(case):
    assert {law for cross in CROSS for law in case(cross=cross).laws} == set(Registry.installed().names("law"))


def test_every_structured_mesh_kind_is_here():
    from fvtransport.case.blocks.mesh_kinds import MESHES as KNOWN

    assert set(MESHES) == {name for name in KNOWN if not name.startswith("Gmsh")}


@pytest.mark.parametrize("entry", list(Registry.installed()), ids=lambda entry: f"{entry.kind} {entry.name}")
def test_every_plugin_explains_itself(entry):
    """A docstring of its own, an equation for laws, a sentence for every parameter."""
    breaches = list(contract.check_declaration(entry.cls))
    if entry.kind in ("observable", "mixture", "property", "boundary", "solution"):
        breaches = [breach for breach in breaches if "equation" not in breach]
    assert entry.cls.__doc__ != KINDS[entry.kind].__doc__ and not breaches


COUNTER = itertools.count()


def breaking(**methods: Any) -> Law:
    """A law of x_A with one thing wrong."""
    body = {"__doc__": "J = -grad x_A", "__module__": __name__, **methods}
    return type("Broken", (Law,), body)()


def first(view: Any) -> Any:
    return view.species[0]


BREACHES: Mapping[str, tuple[Any, str]] = {
    "uses a mean over the faces": (
        lambda self, f: {first(f): -f.grad(first(f)) * np.mean(f[temperature])},
        "element-wise",
    ),
    "has a memory": (lambda self, f: {first(f): -f.grad(first(f)) * (1 + next(COUNTER))}, "something hidden"),
    "blows along x": (lambda self, f: {first(f): f[first(f)] * 1.0}, "does not change sign"),
    "is not finite": (lambda self, f: {first(f): np.log(f[first(f)] - 100.0)}, "not finite"),
    "moves nothing": (lambda self, f: {}, "moves nothing"),
    "is keyed by text": (lambda self, f: {"x_A": -f.grad(first(f))}, "neither a field nor a balance"),
    "looks at its neighbour": (lambda self, f: {first(f): -np.roll(f.grad(first(f)), 1, axis=-1)}, "does not touch"),
}


@pytest.mark.parametrize("flux, says", BREACHES.values(), ids=BREACHES)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_breaches_are_named(case, flux, says):
    found = list(contract.violations(case(), breaking(flux=flux)))
    assert any(says in breach for breach in found), found


def test_a_source_must_be_element_wise(case):
    found = list(
        contract.violations(case(), breaking(source=lambda self, c: {first(c): c[first(c)].mean() + 0 * c[first(c)]}))
    )
    assert any("source" in breach and "element-wise" in breach for breach in found), found


def test_parameters_need_a_meaning(case):
    class Mute(Law):
        """J = 0"""

        rate: Property = parameter(meaning="")

        def source(self, cell):
            return {cell.species[0]: 0.0 * cell[COORDINATES[0]]}

    assert any("rate has no meaning" in breach for breach in contract.check_declaration(Mute))


def test_check_laws_raises_with_every_breach(case):
    import dataclasses

    broken = case()
    laws = {
        **broken.laws,
        "one": breaking(flux=BREACHES["blows along x"][0]),
        "two": breaking(flux=BREACHES["moves nothing"][0]),
    }
    with pytest.raises(contract.ContractError) as raised:
        contract.check_laws(dataclasses.replace(broken, laws=laws))
    assert "one: " in str(raised.value) and "two: " in str(raised.value)
