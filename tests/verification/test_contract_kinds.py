"""Every built-in plugin keeps the contract of its kind in the shipped cases; each breach made on purpose is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fvtransport.plugins.boundaries.dirichlet import Dirichlet
from fvtransport.plugins.bulk_flow.stagnant import Stagnant
from fvtransport.plugins.handles import diffusivity
from fvtransport.plugins.laws.fick import Fick
from fvtransport.plugins.mixtures.binary import Binary

import fvtransport
from fvtransport import BulkFlow, Constant, NoFlux, Observable, Property, Solution, contract, parameter
from fvtransport.case.model import Comparison, ConditionEntry, Observed
from tests.tools.cases import ISOTHERMAL, case_text

CASES = Path(__file__).parents[2] / "cases"
SHIPPED = sorted(path for path in CASES.rglob("*.yaml") if path.parent.name != "2d")
PLANE = {"2d/manufactured.yaml": [], "2d/washcoat.yaml": []}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(CASES)))
def test_all_plugins_of_a_shipped_case_keep_their_contracts(path):
    contract.check_plugins(fvtransport.check(path, ["mesh.cells=6"]))


@pytest.mark.parametrize("name", PLANE)
def test_all_plugins_of_a_case_in_the_plane_keep_their_contracts(name):
    contract.check_plugins(fvtransport.check(CASES / name, ["mesh.cells=[4, 4]"]))


CASE = case_text(
    ISOTHERMAL,
    mesh="{type: Grid1D, length: 1.0, cells: 6}",
    properties="{diffusivity: 1.0 + 0.1*x_A}",
    initial="{x_A: 0.4}",
    boundaries="{left: {x_A: {dirichlet: 0.4}}, right: {x_A: no_flux}}",
    solve="{transient: 1.0}",
    observe="{gone: {amount_through: {of: A, through: left}}}",
)


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return fvtransport.check(path)


def broken(base: type, doc: str = "a = b", **body: Any) -> type:
    """A subclass with one thing wrong."""
    return type("Broken", (base,), {"__doc__": doc, "__module__": __name__, **body})


def memory():
    """A function that gives another number whenever it is called."""
    numbers = iter(range(1, 100))
    return lambda: float(next(numbers))


TICK = memory()
PROPERTIES = {
    "depends on nodes that the point does not touch": {
        "__call__": lambda self, at: at[at.species[0]].mean(axis=-1, keepdims=True) + 0.0 * at[at.species[0]]
    },
    "is not element-wise": {"__call__": lambda self, at: at[at.species[0]] / at[at.species[0]].mean()},
    "is not finite": {"__call__": lambda self, at: np.log(at[at.species[0]] - 2.0)},
    "differs when it is evaluated again": {"__call__": lambda self, at: at[at.species[0]] * TICK()},
    "its value has shape (7,)": {"__call__": lambda self, at: np.ones(7)},
    "it declares the constant 2": {"__call__": lambda self, at: 1.0, "constant": property(lambda self: 2.0)},
    "are not times in (0, 1]": {"__call__": lambda self, at: 1.0, "jumps": lambda self, start, until: (0.0, 0.5)},
    "failed at an admissible state: KeyError": {"__call__": lambda self, at: {}["b"]},
}


@pytest.mark.parametrize("says", PROPERTIES)
def test_breaches_of_a_property_are_named(case, says):
    prop = broken(Property, **PROPERTIES[says])()
    with pytest.raises(contract.ContractError) as raised:
        contract.check_property(prop, case)
    assert says in str(raised.value)
    with pytest.raises(contract.ContractError) as raised:
        contract.check_plugins(replace(case, boundaries=with_value(case, prop)))
    assert "Broken" in str(raised.value) or "case.yaml fails at its start: KeyError" in str(raised.value)


def with_value(case, prop):
    field = case.mixture.balances[0].field
    return {**case.boundaries, "left": {field: ConditionEntry("dirichlet", Dirichlet(value=prop))}}


BOUNDARIES = {
    "residual depends neither on the field nor on its flux": {"residual": lambda self, b: 0.0 * b.value + 1.0},
    "residual is not finite": {"residual": lambda self, b: np.log(b.value - 2.0)},
    "outward_flux depends on the flux": {"outward_flux": lambda self, b: 0.5 * b.flux},
    "storage is a function of time": {"outward_flux": lambda self, b: 0.0, "storage": lambda self, b: b.value * b.t},
    "storage depends on the flux": {"outward_flux": lambda self, b: 0.0, "storage": lambda self, b: b.value * b.flux},
    "residual is not element-wise": {"residual": lambda self, b: b.value - b.value.max()},
}


@pytest.mark.parametrize("says", BOUNDARIES)
def test_breaches_of_a_boundary_are_named(case, says):
    from fvtransport import Boundary

    with pytest.raises(contract.ContractError) as raised:
        contract.check_boundary(broken(Boundary, **BOUNDARIES[says])(), case)
    assert says in str(raised.value)


MIXTURES = {
    "storage of A is a function of time": {"storage": lambda self, b, cell: cell[b.field] * (1.0 + cell.t)},
    "storage of A is not element-wise": {"storage": lambda self, b, cell: cell[b.field] - cell[b.field].mean()},
    "storage of A is not finite": {"storage": lambda self, b, cell: np.log(cell[b.field] - 2.0)},
    "convective flux of A does not change sign": {
        "convective_flux": lambda self, face: {self.balances[0]: face[self.balances[0].field]}
    },
}


@pytest.mark.parametrize("says", MIXTURES)
def test_breaches_of_a_mixture_are_named(case, says):
    mixture = broken(Binary, **MIXTURES[says]).model_construct()
    mixture.__dict__.update(case.mixture.__dict__)  # the same handles, which the case refers to
    with pytest.raises(contract.ContractError) as raised:
        contract.check_mixture(mixture, case)
    assert says in str(raised.value)


FLOWS = {
    "total flux does not change sign": {"total_flux": lambda self, face: 1.0},
    "total flux is not element-wise": {
        "total_flux": lambda self, face: face.flux(face.balances[0]) / np.abs(face.flux(face.balances[0])).max()
    },
    "it states no total_flux": {},
}


@pytest.mark.parametrize("says", FLOWS)
def test_breaches_of_a_bulk_flow_are_named(case, says):
    with pytest.raises(contract.ContractError) as raised:
        contract.check_bulk_flow(broken(BulkFlow, **FLOWS[says])(), case)
    assert says in str(raised.value)


OBSERVABLES = {
    "not one number": {"measure": lambda self, snapshot: np.ones(2)},
    "is infinite": {"measure": lambda self, snapshot: np.inf},
    "depends on something hidden": {"measure": lambda self, snapshot: TICK()},
    "its unit is None": {"measure": lambda self, snapshot: 1.0, "reading_unit": property(lambda self: None)},
    "rate_density is not element-wise": {
        "measure": lambda self, snapshot: 1.0,
        "rate_density": lambda self, face: face.fluxes[0] * face.fluxes[0].max(),
    },
}


@pytest.mark.parametrize("says", OBSERVABLES)
def test_breaches_of_an_observable_are_named(case, says):
    observable = broken(Observable, **OBSERVABLES[says])()
    for check in (
        lambda: contract.check_observable(observable, case),
        lambda: contract.check_plugins(replace(case, observe=(Observed("odd", "broken", observable),))),
    ):
        with pytest.raises(contract.ContractError) as raised:
            check()
        assert says in str(raised.value)


SOLUTIONS = {
    "field x_A has shape (3,)": {"fields": lambda self, x, t: {"x_A": np.ones(3)}},
    "field x_A is not finite at t = 0.5": {"fields": lambda self, x, t: {"x_A": np.nan * x}},
    "observable gone is not finite": {"observables": lambda self: {"gone": float("nan")}},
    "measured gone has 2 times and 1 values": {"measured": lambda self: {"gone": ([0.0, 1.0], [0.5])}},
}


@pytest.mark.parametrize("says", SOLUTIONS)
def test_breaches_of_a_closed_form_are_named(case, says):
    solution = broken(Solution, **SOLUTIONS[says])()
    for check in (
        lambda: contract.check_solution(solution, case),
        lambda: contract.check_plugins(replace(case, comparison=Comparison("odd", solution, 1e-3))),
    ):
        with pytest.raises(contract.ContractError) as raised:
            check()
        assert says in str(raised.value)


def test_a_law_that_stores_by_the_clock_is_named(case):
    clock = broken(Fick, storage=lambda self, cell: {cell.species[0]: cell[cell.species[0]] * cell.t})()
    with pytest.raises(contract.ContractError, match="storage of x_A is a function of time"):
        contract.check_law(clock, case)


def test_a_unit_with_a_place_that_nothing_fills_is_named():
    body = {"__annotations__": {"rate": float}, "rate": parameter(unit="{flow}/s", meaning="a rate")}
    (found,) = contract.check_declaration(broken(Property, **body))
    assert found == "the unit of rate has the place {flow}, which nothing fills"


def test_a_class_stands_for_its_instances_in_the_case(case):
    contract.check_law(Fick, case)
    contract.check_boundary(Dirichlet, case)
    contract.check_boundary(NoFlux, case)
    contract.check_property(Constant, case)
    contract.check_property(type(case.properties[diffusivity]), case)
    contract.check_mixture(Binary, case)
    with pytest.raises(contract.ContractError, match="case.yaml uses no plugin of this class"):
        contract.check_bulk_flow(Stagnant, case)
