"""Breaches of the contract of an interface condition, each made on purpose and named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fvtransport.plugins.interfaces.partition import Partition
from fvtransport.plugins.interfaces.sorption import Sorption

import fvtransport
from fvtransport import Constant, Interface, contract
from fvtransport.case.model import InterfaceEntry

CASE = """
units: reduced
mesh: {type: Grid1D, length: 2.0, cells: 6, regions: {a: x < 1, b: x >= 1}}
mixture: {binary: {species: [A, B], concentration: 1.0, temperature: 1.0}}
properties: {diffusivity: {by_region: {a: 1.0, b: 2.0}}}
laws: [fick]
boundaries: {left: {x_A: {dirichlet: 0.4}}, right: {x_A: {dirichlet: 0.2}}}
interfaces: {a-b: {x_A: {contact_resistance: 0.1}}}
solve: steady
"""


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return fvtransport.check(path)


def checked(case, condition: Interface) -> None:
    (field,) = case.interfaces["a", "b"]
    own = {("a", "b"): {field: InterfaceEntry("broken", condition)}}
    contract.check_interface(condition, replace(case, interfaces=own))


def broken(**body: object) -> Interface:
    """A condition with one thing wrong."""
    given = {"residual": lambda self, face: face.jump, "__doc__": "u_left = u_right", "__module__": __name__}
    return type("Broken", (Interface,), given | body)()


BREACHES = {
    "residual depends neither on the field": {"residual": lambda self, face: 0.0 * face.jump},
    "residual is not element-wise": {"residual": lambda self, face: face.jump - face.left[face.field].mean()},
    "production of A is not finite": {"production": lambda self, face: {face.field: np.log(face.jump - 2.0)}},
    "storage depends on the flux": {"storage": lambda self, face: face.left[face.field] + face.flux},
    "storage is a function of time": {"storage": lambda self, face: face.left[face.field] * (1.0 + face.t)},
    "potential_jumps has T, which is not the mole fraction": {
        "potential_jumps": lambda self, face: {next(iter(face.mixture.known())): 0.0}
    },
    "potential jump of x_A is not element-wise": {
        "potential_jumps": lambda self, face: {face.field: face.left[face.field].mean()}
    },
    "potential jump of x_A is not finite": {
        "potential_jumps": lambda self, face: {face.field: np.log(face.left[face.field] - 2.0)}
    },
    "further entropy production is not element-wise": {
        "further_entropy_production": lambda self, face: face.left[face.field].mean()
    },
}


@pytest.mark.parametrize("says", BREACHES)
def test_breaches_of_an_interface_condition_are_named(case, says):
    with np.errstate(all="ignore"), pytest.raises(contract.ContractError) as raised:
        checked(case, broken(**BREACHES[says]))
    assert says in str(raised.value)


KEPT = {
    "what is not known": lambda: broken(further_entropy_production=lambda self, face: None),
    "partition": lambda: Partition(ratio=Constant(value=2.0)),
    "sorption": lambda: Sorption(coefficient=0.1),
}


@pytest.mark.parametrize("name", KEPT)
def test_conditions_that_keep_the_contract_pass(case, name):
    checked(case, KEPT[name]())
