"""Well-posedness and physical checks of a case whose blocks have been read."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from ...errors import Mark, PluginError, Problem
from ...model.handles import Balance, Field, Handle, Shared
from ...model.law import Law
from ...model.mixture import Mixture
from ...model.state import Terms
from ...model.validation import Context, Issue, first_mistake
from ..model import ConditionEntry
from ..reading.builder import CaseBuilder, LawRead, PropertyEntry
from ..reading.make_plugin import issue_problem
from ..text.problems import InvalidValue
from .advice import note_unmoved
from .boundary_storage import check_reservoir, storage_issues
from .bounds import check_boundary_values, check_initial
from .elementwise import check_elementwise
from .interfaces import check_interface, interface_conditions
from .steady import check_steady
from .storage import check_storage, check_tables
from .trial_points import TracingMedium, TrialStates, check_traced, safely

__all__ = ["check_physics"]

_VALUES = ("mesh", "mixture", "solve", "initial")
_POINTS = 6
_TERMS = ("flux", "source", "storage", "face_source", "provides")


def check_physics(builder: CaseBuilder) -> None:
    """Note everything that makes the problem ill-posed or unphysical, trying the plugins at the initial state.

    Raises PluginError for a plugin that fails there.
    """
    builder.read("initial", check_initial)
    builder.read("boundaries", check_boundary_values)
    if builder.placeholder is None:
        builder.diagnostics.skipped.append("the laws, conditions and properties")
        return
    trial = builder.check("the laws, conditions and properties", _trial_states, builder)
    if trial is None or not builder.check("the laws and conditions", _trace_dependencies, builder, trial):
        return
    checks = {
        "the laws": _check_laws,
        "the mixture": _check_mixture,
        "the conditions": _check_conditions,
        "the interfaces": _check_interfaces,
    }
    found = [builder.check(what, check, builder, trial) for what, check in checks.items()]
    if None not in found:
        builder.check("the properties", _check_properties, builder, trial, set().union(*found))
    check_traced(builder, trial, "the range of the tables", check_tables, builder, trial, needs=_VALUES)
    if builder.laws_valid and not builder.diagnostics.errors:
        check_elementwise(builder, trial)
    if builder.is_transient:
        check_traced(builder, trial, "the storage in time", check_storage, builder, trial, needs=_VALUES)


def _trial_states(builder: CaseBuilder) -> TrialStates:
    given = {each.handle: each.value for each in builder.properties if each.value is not None}
    stated = _stated(builder)
    medium = TracingMedium(builder.placeholder, given, builder.scope.units.constants, stated)
    position = (
        builder.mesh.diagonal(_POINTS) if builder.mesh else np.linspace([0.0] * 4, [1.0] * 3 + [0.0], _POINTS, axis=1)
    )
    medium.regions = {name: i for i, name in enumerate(builder.mesh.regions if builder.mesh else (), start=1)}
    start = builder.solve.start if builder.is_transient else 0.0
    return TrialStates(medium, builder.initial, position, start)


def _stated(builder: CaseBuilder) -> dict[Shared, Any]:
    """What laws give to the others, each from one law only."""
    stated: dict[Shared, Any] = {}
    by: dict[Shared, LawRead] = {}
    for read in builder.laws:
        what, mark = f"law {read.selection.name}", read.selection.mark
        for handle, value in safely(what, mark, lambda read=read: read.law.provides(builder.placeholder)).items():
            if handle in by:
                text = (
                    f"{read.selection.name} states {handle.meaning}, which {by[handle].selection.name} on line "
                    f"{by[handle].selection.mark.line} states"
                )
                builder.diagnostics.error(mark, text, "one law that states them all")
            stated[handle], by[handle] = value, by.get(handle, read)
    return stated


def _trace_dependencies(builder: CaseBuilder, trial: TrialStates) -> bool:
    handles = [*trial.medium.mixture.provides(), *(each.handle for each in builder.properties)]
    for handle in handles:
        mark = next(
            (each.mark for each in builder.properties if each.handle is handle), builder.mark("mixture", key=True)
        )
        safely(handle.name, mark, lambda handle=handle: trial.medium.property(handle)(trial.cells()))
    safely("a property", builder.mark("properties", key=True), lambda: trial.trace_dependencies(handles))
    return True


def _check_laws(builder: CaseBuilder, trial: TrialStates) -> set[Shared]:
    """Needs and effects of every law; the shared properties that they use."""
    found = builder.check("the bulk flow", _check_convective_flux, builder, trial)
    used, moved = found or (set(), set())
    whole = builder.laws_valid and found is not None
    for read in builder.laws:
        trial.medium.requested.clear()
        terms = builder.check(f"law {read.selection.name}", _terms, read, builder, trial)
        requested = [*type(read.law).needs, *sorted(trial.medium.requested, key=lambda handle: handle.name)]
        _note_missing(builder, read.name, read.selection.mark, requested, used)
        used.update(requested)
        if terms is None:
            whole = builder.laws_valid = False
            continue
        flux, others = terms
        moved |= {trial.medium.row[key] for key in flux if key in trial.medium.row}
        if doubts := [each for each in read.law.validate(_context(builder)) if not each.is_mistake]:
            builder.diagnostics.problems += [issue_problem(each, read.selection) for each in doubts]
        else:
            _note_unsolved(builder, read, [*flux, *others], trial)
    if whole:
        note_unmoved(builder, trial, moved)
    return used


def _check_convective_flux(builder: CaseBuilder, trial: TrialStates) -> tuple[set[Shared], set[int]]:
    """The shared properties that the bulk flow of the mixture uses, and the balances that it moves."""
    mark, mixture, faces = builder.mark("mixture", key=True), builder.placeholder, trial.position.shape[1] - 1
    trial.medium.requested.clear()
    keys = safely("the bulk flow", mark, lambda: _keys(mixture.convective_flux(trial.flux_view()), faces, mixture))
    used, requested = set(), sorted(trial.medium.requested, key=lambda handle: handle.name)
    if builder.mixture is not None and builder.laws_valid:  # an unreadable law may state what the flow needs
        _note_missing(builder, "the bulk flow", mark, requested, used)
    elif requested or builder.mixture is None:
        builder.diagnostics.skipped.append("the properties of the bulk flow")
    return used | set(requested), {trial.medium.row[key] for key in keys if key in trial.medium.row}


def _terms(read: LawRead, builder: CaseBuilder, trial: TrialStates) -> tuple[list[Handle], list[Handle]]:
    """What a law moves by flux, and what it produces or stores."""
    what = f"law {read.selection.name}"
    named = read.selection.mark
    law = read.law
    issues = builder.check(f"whether {what} suits the mixture", _law_issues, builder, law, needs=["mixture"])
    if wrong := [each for each in issues or () if each.is_mistake]:
        raise InvalidValue(*(issue_problem(each, read.selection) for each in wrong))
    if not any(getattr(type(law), name) is not getattr(Law, name) for name in _TERMS):
        raise PluginError(f'law "{read.selection.name}" states no flux, no source and no storage')
    faces, positions = trial.position.shape[1] - 1, trial.position.shape[1]
    flux = safely(what, named, lambda: _keys(trial.flux(law), faces, builder.placeholder))
    source = safely(what, named, lambda: _keys(trial.source(law), positions, builder.placeholder))
    storage = safely(what, named, lambda: _keys(law.storage(trial.cells()), positions, builder.placeholder))
    work = safely(what, named, lambda: _keys(law.face_source(trial.flux_view()), faces, builder.placeholder))
    return flux, [*source, *storage, *work]


def _law_issues(builder: CaseBuilder, law: Law) -> list[Issue]:
    return list(law.validate(_context(builder)))


def _context(builder: CaseBuilder) -> Context:
    """What a plugin of the case is validated with: the mixture, and whether the case runs in time."""
    return Context(mixture=builder.placeholder, is_transient=builder.is_transient)


def _keys(terms: Terms, count: int, mixture: Mixture) -> list[Handle]:
    """The fields and balances that terms stand for; every term has one value for each face or cell."""
    for key, term in terms.items():
        if not isinstance(key, (Field, Balance)):
            raise TypeError(f"a term is keyed by {key!r}, which is neither a field nor a balance")
        if np.shape(term) not in ((), (count,)):
            raise ValueError(f"the term of {key.name} has shape {np.shape(term)} where (..., {count}) is expected")
    for closure in mixture.closures:
        if closure.field in terms and not any(other in terms for other, _ in closure.terms):
            others = " and ".join(other.name for other, _ in closure.terms)
            raise ValueError(
                f"a term of {closure.field.name} alone has no effect: it follows from {others}; state that of {others}"
            )
    return list(terms)


def _note_missing(builder: CaseBuilder, what: str, mark: Mark, requested: list[Shared], known: set[Shared]) -> None:
    """Shared properties that something needs and the case does not give, each at its first user."""
    given = {each.handle for each in builder.properties} | set(builder.placeholder.provides()) | builder.seen
    for handle in dict.fromkeys(requested):
        if handle not in given and handle not in known:
            names = [handle.name, *(convention.name for convention in handle.conventions)]
            unit = f" [{handle.unit}]" if handle.unit else ""
            expected = f"{'one of ' if len(names) > 1 else ''}{', '.join(names)} under properties"
            builder.diagnostics.error(mark, f"{what} needs {handle.name}{unit}: {handle.meaning}", expected)


def _note_unsolved(builder: CaseBuilder, read: LawRead, keys: list[Handle], trial: TrialStates) -> None:
    known = {field.name for field in builder.placeholder.known()}
    closed = {closure.field for closure in builder.placeholder.closures}
    for key in dict.fromkeys(keys):
        field = key.field if isinstance(key, Balance) else key
        if key not in trial.medium.row and field not in closed:
            reason = f": {field.name} is given by the mixture" if field.name in known else ""
            text = f"{read.name} moves {key.name}, which is not solved for{reason}"
            builder.diagnostics.warn(read.selection.mark, text)


def _check_mixture(builder: CaseBuilder, trial: TrialStates) -> set[Shared]:
    """What the storage of every balance needs, where storage matters."""
    mixture = builder.placeholder
    means = {} if builder.solve is None or builder.is_transient else builder.solve.means
    used: set[Shared] = set()
    for balance in mixture.balances:
        needs = mixture.needs(balance)
        if builder.is_transient or balance.field in means:
            _note_missing(
                builder, f"the storage of {balance.name}", builder.mark("mixture", key=True), list(needs), used
            )
        used.update(needs)
    mark = builder.mark("mixture", key=True)
    if builder.is_transient:
        _check_steady_in_time(builder, trial)
        for issue in mixture.validate(_context(builder)):
            if issue.is_mistake:
                builder.diagnostics.error(mark, issue.text, issue.cure)
    if _starts_known(builder):
        context = Context(mixture=mixture, state=trial.cells())
        for issue in safely("the mixture", mark, lambda: list(mixture.validate(context))):
            if not issue.is_mistake:
                builder.diagnostics.warn(mark, issue.text, issue.cure)
    return used


def _check_steady_in_time(builder: CaseBuilder, trial: TrialStates) -> None:
    """Coefficients of the storage that must stay as they are while the fields change."""
    for handle, allowed in builder.placeholder.constant_in_time().items():
        given = next((each for each in builder.properties if each.handle is handle), None)
        mark = given.mark if given else builder.mark("mixture", key=True)
        changing = [
            field.name for field in trial.medium.fields if field not in allowed and trial.answers(handle, field)
        ]
        changing += ["t"] if trial.answers(handle, None) else []
        if changing:
            text = (
                f"{handle.name} depends on {' and '.join(changing)} and would change in time, which "
                f"{builder.mixture_name} cannot store"
            )
            builder.diagnostics.error(mark, text, f"{handle.name} that does not change in time, or solve: steady")


def _check_conditions(builder: CaseBuilder, trial: TrialStates) -> set[Shared]:
    """Conditions at work, and a steady problem held against what fixes its fields."""
    used: set[Shared] = set()
    whole = builder.laws_valid and builder.solve_valid
    for boundary, entries in builder.boundaries.items():
        for field, entry in entries.items():
            trial.medium.requested.clear()
            where = "default" if entry.is_default else boundary
            mark = builder.mark("boundaries", where, field.name)
            what = f"condition {entry.name}"
            condition = entry.condition
            issues = builder.check(what, _issues, builder, trial, field, entry)
            builder.diagnostics.problems += [
                Problem(mark, each.text, each.cure, warning=not each.is_mistake) for each in issues or ()
            ]
            if issues is None or any(each.is_mistake for each in issues):
                whole = False
                continue
            done = builder.check(what, safely, what, mark, partial(trial.fixes, field, condition, boundary))
            whole = whole and done is not None
            _note_missing(builder, what, mark, list(trial.medium.requested), used)
            used |= trial.medium.requested
        if whole:
            check_reservoir(builder, trial, boundary)
    if builder.solve is not None and not builder.is_transient:
        if whole:
            check_traced(builder, trial, "the steady state", check_steady, builder, trial, needs=("mixture", "solve"))
        else:
            builder.diagnostics.skipped.append("the steady state")
    return used


def _check_interfaces(builder: CaseBuilder, trial: TrialStates) -> set[Shared]:
    used: set[Shared] = set()
    for what, mark, *condition in interface_conditions(builder):
        found = builder.check(what, check_interface, builder, trial, what, mark, *condition, _context(builder)) or set()
        _note_missing(builder, what, mark, list(found), used)
        used |= found
    return used


def _issues(builder: CaseBuilder, trial: TrialStates, field: Field, entry: ConditionEntry) -> list[Issue]:
    """Why a condition does not suit the field or the case."""
    context = replace(_context(builder), field=field)
    return [*entry.condition.validate(context), *storage_issues(builder, trial, field, entry)]


def _check_properties(builder: CaseBuilder, trial: TrialStates, used: set[Shared]) -> None:
    """Coefficients that nothing uses, and those that are not positive at the initial state."""
    for given in builder.properties:
        if given.handle not in used:
            builder.diagnostics.warn(given.mark, f"{given.name} is given but nothing uses it")
        if given.value is None or not given.handle.positive or given.value.constant is not None:
            continue
        if _starts_known(builder):
            what, needs = f"the sign of {given.name}", ("mesh", "mixture")
            check_traced(builder, trial, what, _check_positive, builder, trial, given, needs=needs)


def _check_positive(builder: CaseBuilder, trial: TrialStates, given: PropertyEntry) -> None:
    values = np.asarray(safely(given.name, given.mark, lambda: given.value(trial.cells())))
    wrong = np.ravel(values[~(values > 0.0)])
    if len(wrong):
        reason = first_mistake(given.value.validate(Context(mixture=builder.placeholder, state=trial.cells())))
        if not reason:  # a property without a value is reported with the range of its table
            text = f"{given.name} = {wrong[0]:g} at the initial state"
            builder.diagnostics.error(given.mark, text, "a positive number")


def _starts_known(builder: CaseBuilder) -> bool:
    """Whether the initial state is that of the file, in full."""
    return builder.scope.names is not None and all(field in builder.initial for field in builder.scope.names.solved)
