"""What no wall lets out: in every closed case entropy is produced ever more slowly, and nothing is lost or made."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from fvtransport.plugins.observables.entropy_production import EntropyProduction

from fvtransport import check, run
from fvtransport.case.model import Case, TransientSpec

CASES = Path(__file__).parents[2] / "cases"
CLOSED = ("no_flux", "reservoir")
CLOSED_CASES = [
    "lit/dufour_gas_step",
    "lit/dufour_gas_transient",
    "maxwell_stefan/loschmidt",
    "maxwell_stefan/two_bulb",
    "periodic/ring",
    "transport/porous_medium",
]
R = 8.31446261815324
SMOOTH = {
    "maxwell_stefan/loschmidt": ["initial={x_CH4: 0.25 - 0.2*cos(pi*x/length), x_Ar: 0.5 + 0.01*cos(pi*x/length)}"],
    "maxwell_stefan/two_bulb": ["initial={x_H2: 0.05 + 0.45*x/length, x_N2: 0.5 - 0.1*x/length}"],
}


def is_closed(case: Case) -> bool:
    """Whether it runs in time, without sources or phases, behind walls that nothing
    passes but what a vessel takes up.
    """
    boundaries = [condition.name for boundary in case.boundaries.values() for condition in boundary.values()]
    quiet = all(type(law).source is type(law).__mro__[1].source for law in case.laws.values())
    return (
        isinstance(case.solve, TransientSpec)
        and case.protocol is None
        and quiet
        and all(name in CLOSED for name in boundaries)
    )


@cache
def solved(name: str):
    return run(CASES / f"{name}.yaml")


def vessels(snapshot, balance) -> float:
    """Amount in the vessels behind the walls."""
    system, found = snapshot.system, 0.0
    for condition in system.boundary_equations:
        if condition.has_storage and system.balances[condition.row] is balance:
            states = snapshot.values[:, condition.boundary.nodes]
            stored = condition.stored_per_area(system.medium, snapshot.t, states)
            found += float(stored @ condition.boundary.area)
    return found


def test_the_closed_cases_are_found():
    names = (path.relative_to(CASES).with_suffix("").as_posix() for path in sorted(CASES.rglob("*.yaml")))
    assert [name for name in names if is_closed(check(CASES / f"{name}.yaml"))] == CLOSED_CASES


@pytest.mark.parametrize("name", CLOSED_CASES)
def test_entropy_is_produced_ever_more_slowly(name):
    history = np.array(solved(name).history(EntropyProduction()))
    assert np.isfinite(history).all() and history[0] > 0.0
    assert history.min() >= 0.0
    assert np.all(np.diff(history) <= 1e-12 * history[0])
    assert history[-1] < 0.2 * history[0]


@pytest.mark.parametrize("name", CLOSED_CASES)
def test_nothing_is_lost_or_made(name):
    snapshots = solved(name).snapshots
    for balance in snapshots[0].system.balances:
        amounts = np.array([each.amount(balance) + vessels(each, balance) for each in snapshots])
        np.testing.assert_allclose(amounts, amounts[0], rtol=1e-12, err_msg=balance.name)


@pytest.mark.parametrize("name", CLOSED_CASES)
def test_mole_fractions_sum_to_one_exactly(name):
    for snapshot in solved(name).snapshots:
        species = snapshot.system.medium.species
        whole = sum(np.broadcast_to(snapshot.nodes[field], snapshot.values.shape[1:]) for field in species)
        np.testing.assert_allclose(whole, 1.0, rtol=0.0, atol=2e-16)


def entropy_of_mixing(snapshot) -> float:
    """-R sum n_i ln x_i of the gas in the cells and in the vessels, at the concentration of the first snapshot."""
    system, found = snapshot.system, 0.0
    mixture, species = system.medium.mixture, system.medium.species
    c = mixture.pressure / (R * mixture.temperature)
    parts = [([snapshot.cells(field) for field in species], system.geometry.volume)]
    vessel = {condition.boundary.name: condition for condition in system.boundary_equations if condition.has_storage}
    for boundary, condition in vessel.items():
        parts.append(([snapshot.on_boundary(field, boundary) for field in species], condition.condition.volume))
    for fractions, volume in parts:
        found -= R * c * float((np.array([x * np.log(x) for x in fractions]) * volume).sum())
    return found


@pytest.mark.parametrize("name", SMOOTH)
def test_the_entropy_that_is_produced_is_that_of_mixing(name):
    off = []
    for cells in (40, 80):
        changes = [
            *SMOOTH[name],
            f"mesh.cells={cells}",
            "compare=null",
            "observe={S: {entropy_produced: {}}}",
            "solve.transient.rtol=1e-9",
        ]
        result = run(CASES / f"{name}.yaml", changes)
        gained = entropy_of_mixing(result.snapshots[-1]) - entropy_of_mixing(result.snapshots[0])
        off.append(result.observables["S"].value / gained - 1.0)
    assert abs(off[1]) < 1e-3
    assert np.log2(off[0] / off[1]) == pytest.approx(2.0, abs=0.1)
