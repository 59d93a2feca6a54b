"""What properties, mixtures, bulk flows, boundaries, observables and closed forms must keep, each in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..case.model import SteadySpec
from ..discretisation.boundary_equation import BoundaryEquation
from ..discretisation.snapshot import Snapshot
from ..model.boundary import Boundary, fixes_field
from ..model.mixture import BulkFlow, Mixture
from ..model.observable import Observable
from ..model.property import Property
from ..model.solution import Solution
from ..model.validation import Context, first_mistake
from ..results.fields import positions_of
from .contract_trial import STATES, ContractTrial, name_of, same, stacking

__all__ = [
    "boundary_breaches",
    "bulk_flow_breaches",
    "mixture_breaches",
    "observable_breaches",
    "property_breaches",
    "solution_breaches",
]

_STEP = 1e-3


def property_breaches(trial: ContractTrial, prop: Property) -> Iterator[str]:
    """A property broadcasts with the fields, is a constant where it declares one, and jumps within the given times."""
    finite = not first_mistake(prop.validate(Context(state=trial.nodes(trial.states[:, 1]))))
    yield from stacking("its value", lambda s: _parts(prop(trial.cells(s))), trial, trial.other_cells, finite)
    if prop.constant is not None and not all(
        same(value, prop.constant) for value in _parts(prop(trial.cells(trial.states))).values()
    ):
        yield f"it declares the constant {prop.constant:g}, but its value is another"
    start, until = trial.t, trial.until if trial.until > trial.t else trial.t + 1.0
    jumps = prop.jumps(start, until)
    if list(jumps) != sorted(set(jumps)) or any(not start < time <= until for time in jumps):
        yield f"jumps({start:g}, {until:g}) are not times in ({start:g}, {until:g}] in rising order: {list(jumps)[:4]}"


def _parts(value: Any) -> dict[Any, Any]:
    """A value by parts, where a property gives several."""
    if value is None:
        return {}
    return dict(enumerate(value)) if isinstance(value, tuple) else {None: value}


def mixture_breaches(trial: ContractTrial, mixture: Mixture) -> Iterator[str]:
    """A mixture stores finite amounts that do not depend on time, and one convective flux for both sides of a face."""
    finite = not trial.beyond_data
    fields = [balance.field for balance in mixture.balances]
    if len(set(fields)) < len(fields):
        yield "two balances are solved for one field"
    for closure in mixture.closures:
        if closure.field in fields:
            yield f"{closure.field.name} is solved for and follows from others too"
    if not isinstance(trial.case.solve, SteadySpec):
        for balance in mixture.balances:
            what = f"storage of {balance.name}"
            yield from stacking(
                what, lambda s, b=balance: {None: mixture.storage(b, trial.cells(s))}, trial, trial.other_cells, finite
            )  # fmt: skip
            early, late = (mixture.storage(balance, trial.cells(trial.states, t)) for t in (trial.t, trial.t + 1.0))
            if not np.array_equal(early, late, equal_nan=True):
                yield f"{what} is a function of time"
    if type(mixture).convective_flux is not Mixture.convective_flux:
        yield from _flux_breaches(trial, "convective flux", mixture.convective_flux, finite)


def bulk_flow_breaches(trial: ContractTrial, flow: BulkFlow) -> Iterator[str]:
    """A bulk flow gives one total molar flux for both cells of a face."""
    if type(flow).total_flux is BulkFlow.total_flux:
        yield "it states no total_flux"
        return
    yield from _flux_breaches(trial, "total flux", lambda face: {None: flow.total_flux(face)}, not trial.beyond_data)


def _flux_breaches(trial: ContractTrial, what: str, terms_of: Any, finite: bool) -> Iterator[str]:
    """Breaches of the convective flux, given the fluxes of all laws."""

    def flux_of(states: np.ndarray) -> np.ndarray:
        left, right = trial.system.geometry.faces.left_right(states)
        return sum(trial.system.fluxes.of_laws(trial.t, left, right).values(), np.zeros(left.shape))

    def terms(states: np.ndarray) -> Any:
        return terms_of(trial.fluxes(states, flux_of(states)))

    yield from stacking(what, terms, trial, trial.other_faces, finite)
    flux = flux_of(trial.states)
    turned = terms_of(trial.fluxes(trial.states, flux, swapped=True))
    for key, term in terms(trial.states).items():
        size = max(np.abs(flux).max(initial=0.0), np.abs(term).max(initial=0.0))
        if not np.allclose(term, -np.asarray(turned[key]), rtol=1e-9, atol=1e-12 * size, equal_nan=True):
            of = "" if key is None else f" of {name_of(key)}"
            yield f"{what}{of} does not change sign with the face normal: the two cells would see two fluxes"


def boundary_breaches(trial: ContractTrial, equation: BoundaryEquation) -> Iterator[str]:
    """A condition depends on the field or its flux, and has a storage, if any, of the fields alone."""
    condition, count = equation.condition, equation.boundary.area.size
    states, flux = trial.states, np.zeros((STATES, trial.system.geometry.faces.area.size))
    finite = not trial.beyond_data

    def with_flux(term: Any, value: float = 0.0) -> Any:
        return lambda s: {None: term(trial.boundary(equation, s, value + (flux if s.ndim == 3 else flux[1])))}

    yield from stacking("residual", with_flux(condition.residual), trial, count, finite)
    if type(condition).outward_flux is not Boundary.outward_flux:
        yield from stacking("outward_flux", with_flux(condition.outward_flux), trial, count, finite)
        if not _equal(with_flux(condition.outward_flux)(states), with_flux(condition.outward_flux, 1.0)(states)):
            yield "outward_flux depends on the flux, which it imposes; state a residual instead"
    view, step = trial.boundary(equation, states, flux), _STEP * trial.discretised.scale[equation.row]
    if not fixes_field(condition, view, step) and _equal(
        with_flux(condition.residual)(states), with_flux(condition.residual, 1.0)(states)
    ):
        yield "residual depends neither on the field nor on its flux, so that it fixes nothing"
    if equation.has_storage:
        yield from stacking("storage", with_flux(condition.storage), trial, count, finite)
        later = condition.storage(trial.boundary(equation, states, flux, trial.t + 1.0))
        if not _equal(with_flux(condition.storage)(states), {None: later}):
            yield "storage is a function of time"
        if not _equal(with_flux(condition.storage)(states), with_flux(condition.storage, 1.0)(states)):
            yield "storage depends on the flux"


def _equal(one: dict[Any, Any], other: dict[Any, Any]) -> bool:
    return np.array_equal(one[None], other[None], equal_nan=True)


def observable_breaches(trial: ContractTrial, observable: Observable) -> Iterator[str]:
    """An observable is one number with a unit, which reading it does not change."""
    system, count = trial.system, len(trial.states)
    through = {(row, name): 1.0 for row in range(count) for name in system.geometry.boundaries}
    steady = isinstance(trial.case.solve, SteadySpec)
    snapshot = Snapshot(
        system, trial.t, np.ascontiguousarray(trial.states[:, 1]), None if steady else through,
        None if steady else np.ones(count), None, None if steady else np.ones(len(system.time_integrated)),
    )  # fmt: skip
    value = observable.measure(snapshot)
    if np.ndim(value) or isinstance(value, (str, bytes)) or not np.isreal(value):
        yield f"measure gives {value!r}, not one number"
        return
    if np.isinf(value):
        yield "measure is infinite at an admissible state"
    if not same(float(value), float(observable.measure(snapshot))):
        yield "measure differs when it is evaluated again: it depends on something hidden"
    if not isinstance(observable.reading_unit, str):
        yield f"its unit is {observable.reading_unit!r}, not a text"
    if type(observable).rate_density is not Observable.rate_density:
        faces = system.geometry.faces.area.size
        flux = np.random.default_rng(2).uniform(-1.0, 1.0, (count, STATES, faces))
        yield from stacking(
            "rate_density",
            lambda s: {None: observable.rate_density(trial.fluxes(s, flux if s.ndim == 3 else flux[:, 1]))},
            trial, trial.other_faces, not trial.beyond_data,
        )  # fmt: skip


def solution_breaches(trial: ContractTrial, solution: Solution) -> Iterator[str]:
    """A closed form gives finite fields of the shape of the positions, finite observables, a time for each value."""
    position, nodes = positions_of(trial.system.geometry), trial.system.geometry.nodes
    for t in dict.fromkeys((trial.t + 0.5 * (trial.until - trial.t), trial.until)):
        for name, value in solution.fields(position, t).items():
            if np.shape(value) not in ((), (nodes,)):
                yield f"field {name} has shape {np.shape(value)} for {nodes} positions"
            elif not np.isfinite(value).all():
                yield f"field {name} is not finite at t = {t:g}"
    for name, value in solution.observables().items():
        if not np.isfinite(np.asarray(value, float)).all():
            yield f"observable {name} is not finite"
    for name, (times, values) in solution.measured().items():
        if len(times) != len(values):
            yield f"measured {name} has {len(times)} times and {len(values)} values"
