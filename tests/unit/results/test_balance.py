"""The account of every balance closes, and goes red when anything in it is tampered with."""

import dataclasses

import numpy as np
import pytest
from fvtransport.plugins import handles as q
from fvtransport.plugins.laws.conduction import Conduction
from fvtransport.plugins.laws.fick import Fick
from fvtransport.plugins.laws.soret_dufour import SoretDufour
from fvtransport.plugins.laws.source import Source

import fvtransport as fv
from fvtransport import Constant
from fvtransport.case.model import SteadySpec, TransientSpec
from fvtransport.discretisation.flux_evaluation import FluxEvaluation
from fvtransport.discretisation.snapshot import Snapshot
from fvtransport.mesh.geometry import Geometry
from fvtransport.results.balance import account, rate_floor

RTOL = 1e-8


def _lines(result):
    return {line.name: line for line in account(result.system, result.snapshots)}


def _with_source(made, solve):
    case = made.slab(comparison=None, solve=solve)
    first = case.mixture.balances[0]
    laws = {"fick": Fick(), "source": Source(balance=first, rate=Constant(value=2e-4))}
    return made.run(dataclasses.replace(case, laws=laws, initial={first.field: Constant(value=0.5)}))


def test_the_pump_takes_the_heat_of_theory_from_one_bath_and_gives_it_to_the_other(pump, made):
    energy = _lines(pump)["energy"]
    drawn = made.heat * (1.0 - 1.0 / 40**2)
    assert energy.left_through["right"] == pytest.approx(-drawn, rel=1e-6)
    assert energy.left_through["left"] == pytest.approx(drawn, rel=1e-6)
    assert abs(energy.stored) < 1e-9 * drawn


def test_every_balance_of_the_pump_closes(pump):
    for line in _lines(pump).values():
        assert line.closes(RTOL)
        assert line.relative_error < 1e-10
        assert line.instant_relative_error < 1e-10


def test_a_steady_state_has_rates_and_no_storage(slab):
    line = _lines(slab)["A"]
    assert line.stored is None and line.unit == "mol/s"
    assert line.left_through["right"] == pytest.approx(40.0 * 2e-5 * 0.8 / 2.0 * 3.0, rel=1e-12)
    assert line.closes()


@pytest.mark.parametrize("solve", [SteadySpec(), TransientSpec(until=2e4, rtol=RTOL, samples=5)])
def test_what_sources_make_is_in_the_account(made, solve):
    result = _with_source(made, solve)
    duration = 1.0 if result.is_steady else 2e4
    line = _lines(result)["A"]
    assert line.produced == pytest.approx(2e-4 * 6.0 * duration, rel=1e-12)
    assert sum(line.left_through.values()) != pytest.approx(0.0, abs=0.1 * line.produced)
    assert line.closes(result.rtol)


def test_a_total_that_is_off_by_a_millionth_shows(pump):
    last = pump.snapshots[-1]
    left = {key: value * (1.0 + 1e-6) if key == (0, "left") else value for key, value in last._left_through.items()}
    pump.snapshots[-1] = Snapshot(pump.system, last.t, last.values, left, last._produced)
    lines = _lines(pump)
    assert not lines["energy"].closes(RTOL)
    assert lines["energy"].relative_error == pytest.approx(1e-6, rel=1e-3)
    assert lines["A"].closes(RTOL)


def test_a_steady_state_that_is_not_one_shows(slab):
    values = slab.snapshots[0].values.copy()
    values[0, 1] += 1e-6
    assert not account(slab.system, [Snapshot(slab.system, 0.0, values)])[0].closes()


def test_a_face_that_gives_less_than_it_takes_shows(pump, monkeypatch):
    honest = Geometry.divergence

    def leaky(self, flow, out):
        honest(self, flow, out)
        out[..., 5] += 1e-6 * flow[..., 5]

    monkeypatch.setattr(Geometry, "divergence", leaky)
    assert not any(line.closes(RTOL) for line in _lines(pump).values())


def test_a_wall_that_reports_another_flux_than_was_solved_shows(pump, monkeypatch):
    honest = FluxEvaluation.outflow

    def reported(evaluation, boundary):
        return honest(evaluation, boundary) * (1.0 + 1e-6 * boundary.is_left)

    monkeypatch.setattr(FluxEvaluation, "outflow", reported)
    assert _lines(pump)["energy"].instant_relative_error > 1e-8
    assert not _lines(pump)["energy"].closes(RTOL)


def test_a_domain_at_rest_closes_although_every_term_is_round_off(made):
    case = made.pump()
    initial = {field: Constant(value=value) for field, value in zip(case.initial, (1.0, 0.3))}
    result = made.run(dataclasses.replace(case, initial=initial))
    assert all(np.ptp(row) < 1e-9 for row in result.snapshots[-1].values)
    lines = _lines(result).values()
    assert all(line.closes(RTOL) for line in lines)


class _IdealGas(fv.Property):
    """Concentration at uniform pressure: 0.1 at T = 1."""

    def __call__(self, at):
        return 0.1 / at[q.temperature]


@pytest.mark.parametrize("rtol", [1e-5, 1e-8])
def test_storage_that_is_not_linear_is_judged_by_what_the_domain_holds(made, rtol):
    case = made.pump(solve=TransientSpec(until=300.0, rtol=rtol), observe=())
    gas = case.mixture.model_copy(update={"concentration": _IdealGas()})
    first, own = case.mixture.mole_fractions[0], gas.mole_fractions[0]
    result = made.run(
        dataclasses.replace(
            case,
            mixture=gas,
            laws={"conduction": Conduction(), "fick": Fick(), "soret_dufour": SoretDufour()},
            initial={own if field is first else field: prop for field, prop in case.initial.items()},
            boundaries={
                boundary: {
                    own if field is first else field: condition for field, condition in boundary_equations.items()
                }
                for boundary, boundary_equations in case.boundaries.items()
            },
        )
    )
    moles = _lines(result)["A"]
    assert moles.closes(rtol)
    assert moles.relative_error == pytest.approx(abs(moles.error) / 100.0, rel=0.1)
    left = dict.fromkeys(result.snapshots[-1]._left_through, 100.0 * rtol * 100.0)
    last = result.snapshots[-1]
    result.snapshots[-1] = Snapshot(result.system, last.t, last.values, left, last._produced)
    assert not _lines(result)["A"].closes(rtol)


def test_nothing_that_is_not_a_number_closes(pump):
    last = pump.snapshots[-1]
    left = {key: float("nan") for key in last._left_through}
    pump.snapshots[-1] = Snapshot(pump.system, last.t, last.values, left, last._produced)
    assert not any(line.closes(RTOL) for line in _lines(pump).values())


def test_the_floor_is_far_below_the_flows_of_the_pump_and_above_their_round_off(pump):
    snapshot = pump.snapshots[3]
    flows = np.abs(snapshot.evaluation.flux).max(axis=1) * 25.0
    floor = rate_floor(pump.system, snapshot)
    assert (floor < 0.1 * flows).all() and (floor > 1e-10 * flows).all()


def test_without_any_state_there_is_no_account(pump):
    assert account(pump.system, []) == []
