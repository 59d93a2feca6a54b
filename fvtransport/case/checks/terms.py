"""Well-posedness and physical checks of a case whose blocks have been read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...errors import Mark, PluginError, Problem
from ...model.handles import Balance, Field, Handle, Shared
from ...model.law import Law
from ...model.mixture import Mixture
from ...model.state import Terms
from ..reading.draft import Draft, LawRead
from ..text.problems import Unreadable
from .boundary_storage import check_vessel, vessel_objections
from .bounds import check_boundary_values, check_initial
from .steady import check_steady
from .storage import check_storage, check_tables
from .trial_points import Ledger, Probe, safely

__all__ = ["check_physics"]

_POINTS = 6
_TERMS = ("flux", "source", "storage", "work", "provides")


def check_physics(draft: Draft) -> None:
    """Note everything that makes the problem ill-posed or unphysical, trying the plugins at the initial state.

    Raises PluginError for a plugin that fails there.
    """
    check_initial(draft)
    check_boundary_values(draft)
    if draft.stand_in is None:
        return
    probe = _probe(draft)
    if not draft.findings.attempt(_survey, draft, probe):
        return
    used = _check_laws(draft, probe)
    used |= _check_mixture(draft, probe)
    used |= _check_conditions(draft, probe)
    _check_properties(draft, probe, used)
    if draft.laws_whole and not draft.findings.errors:
        check_tables(draft, probe)
        check_storage(draft, probe)


def _probe(draft: Draft) -> Probe:
    given = {each.handle: each.value for each in draft.properties if each.value is not None}
    stated = _stated(draft)
    medium = Ledger(draft.stand_in, given, draft.scope.units.constants, stated)
    place = draft.mesh.diagonal(_POINTS) if draft.mesh else np.linspace([0.0] * 4, [1.0] * 3 + [0.0], _POINTS, axis=1)
    medium.regions = {name: i for i, name in enumerate(draft.mesh.regions if draft.mesh else (), start=1)}
    start = draft.solve.start if draft.is_transient else 0.0
    return Probe(medium, draft.initial, place, start)


def _stated(draft: Draft) -> dict[Shared, Any]:
    """What laws give to the others, each from one law only."""
    stated: dict[Shared, Any] = {}
    by: dict[Shared, LawRead] = {}
    for read in draft.laws:
        what, mark = f"law {read.chosen.name}", read.chosen.mark
        for handle, value in safely(what, mark, lambda read=read: read.law.provides(draft.stand_in)).items():
            if handle in by:
                text = f"{read.chosen.name} states {handle.meaning}, which {by[handle].chosen.name} on line {by[handle].chosen.mark.line} states"
                draft.findings.error(mark, text, "one law that states them all")
            stated[handle], by[handle] = value, by.get(handle, read)
    return stated


def _survey(draft: Draft, probe: Probe) -> bool:
    handles = [*probe.medium.mixture.provides(), *(each.handle for each in draft.properties)]
    for handle in handles:
        mark = next((each.mark for each in draft.properties if each.handle is handle), draft.mark("mixture", key=True))
        safely(handle.name, mark, lambda handle=handle: probe.medium.property(handle)(probe.cells()))
    safely("a property", draft.mark("properties", key=True), lambda: probe.survey(handles))
    return True


def _check_laws(draft: Draft, probe: Probe) -> set[Shared]:
    """Needs and effects of every law; the shared properties that they use."""
    used, moved = _check_carried(draft, probe)
    whole = draft.laws_whole
    for read in draft.laws:
        probe.medium.asked.clear()
        terms = draft.findings.attempt(_terms, read, draft, probe)
        asked = [*type(read.law).needs, *sorted(probe.medium.asked, key=lambda handle: handle.name)]
        _note_missing(draft, read.name, read.chosen.mark, asked, used)
        used.update(asked)
        if terms is None:
            whole = draft.laws_whole = False
            continue
        flux, others = terms
        moved |= {probe.medium.slot[key] for key in flux if key in probe.medium.slot}
        if cautions := read.law.cautions(draft.stand_in):
            for text in cautions:
                draft.findings.warn(read.chosen.mark, f"{read.chosen.name}: {text}")
        else:
            _note_unsolved(draft, read, [*flux, *others], probe)
    if whole:
        _note_unmoved(draft, probe, moved)
    return used


def _check_carried(draft: Draft, probe: Probe) -> tuple[set[Shared], set[int]]:
    """The shared properties that the bulk flow of the mixture uses, and the balances that it moves."""
    mark, mixture, faces = draft.mark("mixture", key=True), draft.stand_in, probe.place.shape[1] - 1
    probe.medium.asked.clear()
    keys = safely("the bulk flow", mark, lambda: _keys(mixture.carried(probe.exchange()), faces, mixture))
    used, asked = set(), sorted(probe.medium.asked, key=lambda handle: handle.name)
    _note_missing(draft, "the bulk flow", mark, asked, used)
    return used | set(asked), {probe.medium.slot[key] for key in keys if key in probe.medium.slot}


def _terms(read: LawRead, draft: Draft, probe: Probe) -> tuple[list[Handle], list[Handle]]:
    """What a law moves by flux, and what it produces or stores."""
    what = f"law {read.chosen.name}"
    named = read.chosen.mark
    law = read.law
    if objections := law.objections(draft.stand_in):
        raise Unreadable(*(Problem(named, f"{read.chosen.name}: {text}") for text in objections))
    if not any(getattr(type(law), name) is not getattr(Law, name) for name in _TERMS):
        raise PluginError(f'law "{read.chosen.name}" states no flux, no source and no storage')
    faces, places = probe.place.shape[1] - 1, probe.place.shape[1]
    flux = safely(what, named, lambda: _keys(probe.flux(law), faces, draft.stand_in))
    source = safely(what, named, lambda: _keys(probe.source(law), places, draft.stand_in))
    storage = safely(what, named, lambda: _keys(law.storage(probe.cells()), places, draft.stand_in))
    work = safely(what, named, lambda: _keys(law.work(probe.exchange()), faces, draft.stand_in))
    return flux, [*source, *storage, *work]


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


def _note_missing(draft: Draft, what: str, mark: Mark, asked: list[Shared], known: set[Shared]) -> None:
    """Shared properties that something needs and the case does not give, each at its first user."""
    given = {each.handle for each in draft.properties} | set(draft.stand_in.provides()) | draft.attempted
    for handle in dict.fromkeys(asked):
        if handle not in given and handle not in known:
            names = [handle.name, *(convention.name for convention in handle.conventions)]
            unit = f" [{handle.unit}]" if handle.unit else ""
            expected = f"{'one of ' if len(names) > 1 else ''}{', '.join(names)} under properties"
            draft.findings.error(mark, f"{what} needs {handle.name}{unit}: {handle.meaning}", expected)


def _note_unsolved(draft: Draft, read: LawRead, keys: list[Handle], probe: Probe) -> None:
    known = {field.name for field in draft.stand_in.known()}
    closed = {closure.field for closure in draft.stand_in.closures}
    for key in dict.fromkeys(keys):
        field = key.field if isinstance(key, Balance) else key
        if key not in probe.medium.slot and field not in closed:
            reason = f": {field.name} is given by the mixture" if field.name in known else ""
            text = f"{read.name} moves {key.name}, which is not solved for{reason}"
            draft.findings.warn(read.chosen.mark, text)


def _note_unmoved(draft: Draft, probe: Probe, moved: set[int]) -> None:
    for slot, balance in enumerate(probe.medium.balances):
        if slot not in moved:
            laws = ", ".join(_movers(draft, probe, slot))
            cures = [f"add {laws}"] if laws else ["a law with a flux of it"]
            mixture = draft.stand_in
            if balance.field.meaning in type(mixture).model_fields:
                cures.append(f"give the mixture a {balance.field.meaning}")
            text = f"no law gives the {balance.name} balance a flux"
            draft.findings.error(draft.mark("laws", key=True), text, " or ".join(cures))


def _movers(draft: Draft, probe: Probe, slot: int) -> Iterator[str]:
    """Names of the laws without parameters of their own that would move a balance."""
    for entry in draft.scope.registry:
        if entry.kind == "law" and not any(declared.required for declared in entry.cls.declarations()):
            try:
                with np.errstate(all="ignore"):
                    moved = any(probe.medium.slot.get(key) == slot for key in probe.flux(entry.cls()))
            except Exception:  # a law that does not suit the mixture is no advice
                continue
            if moved:
                yield entry.name


def _check_mixture(draft: Draft, probe: Probe) -> set[Shared]:
    """What the storage of every balance needs, where storage matters."""
    mixture = draft.stand_in
    means = {} if draft.solve is None or draft.is_transient else draft.solve.means
    used: set[Shared] = set()
    for balance in mixture.balances:
        needs = mixture.needs(balance)
        if draft.is_transient or balance.field in means:
            _note_missing(draft, f"the storage of {balance.name}", draft.mark("mixture", key=True), list(needs), used)
        used.update(needs)
    mark = draft.mark("mixture", key=True)
    if draft.is_transient:
        _check_steady_in_time(draft, probe)
        for text, cure in mixture.objections_in_time():
            draft.findings.error(mark, text, cure)
    if _starts_known(draft):
        for text in safely("the mixture", mark, lambda: mixture.cautions(probe.cells())):
            draft.findings.warn(mark, text)
    return used


def _check_steady_in_time(draft: Draft, probe: Probe) -> None:
    """Coefficients of the storage that must stay as they are while the fields change."""
    for handle, allowed in draft.stand_in.steady_in_time().items():
        given = next((each for each in draft.properties if each.handle is handle), None)
        mark = given.mark if given else draft.mark("mixture", key=True)
        changing = [
            field.name for field in probe.medium.fields if field not in allowed and probe.answers(handle, field)
        ]
        changing += ["t"] if probe.answers(handle, None) else []
        if changing:
            text = f"{handle.name} hangs on {' and '.join(changing)} and would change in time, which {draft.mixture_name} cannot store"
            draft.findings.error(mark, text, f"{handle.name} that does not change in time, or solve: steady")


def _check_conditions(draft: Draft, probe: Probe) -> set[Shared]:
    """Conditions at work, and a steady problem held against what fixes its fields."""
    used: set[Shared] = set()
    whole = draft.laws_whole and draft.solve_whole
    for wall, conditions in draft.boundaries.items():
        for field, condition in conditions.items():
            probe.medium.asked.clear()
            where = "default" if condition.is_default else wall
            mark = draft.mark("boundaries", where, field.name)
            what = f"condition {condition.name}"
            boundary = condition.boundary
            if objections := [*boundary.objections(field, draft.stand_in), *vessel_objections(draft, field, condition)]:
                draft.findings.problems += [Problem(mark, text) for text in objections]
                whole = False
                continue
            done = draft.findings.attempt(safely, what, mark, lambda: probe.pins(field, boundary, wall))
            whole = whole and done is not None
            _note_missing(draft, what, mark, list(probe.medium.asked), used)
            used |= probe.medium.asked
        if whole:
            check_vessel(draft, probe, wall)
    if draft.solve is not None and not draft.is_transient and whole:
        check_steady(draft, probe)
    return used


def _check_properties(draft: Draft, probe: Probe, used: set[Shared]) -> None:
    """Coefficients that nothing uses, and those that are not positive at the initial state."""
    for given in draft.properties:
        if given.handle not in used:
            draft.findings.warn(given.mark, f"{given.name} is given but nothing uses it")
        if given.value is None or not given.handle.positive or given.value.constant is not None:
            continue
        values = np.asarray(draft.findings.attempt(safely, given.name, given.mark, lambda: given.value(probe.cells())))
        wrong = [] if values.dtype == object else values[~(values > 0.0)]
        if len(np.ravel(wrong)) and _starts_known(draft):
            objection = given.value.objection(probe.cells())
            text = objection or f"{given.name} = {np.ravel(wrong)[0]:g} at the initial state"
            draft.findings.error(given.mark, text, "a positive number")


def _starts_known(draft: Draft) -> bool:
    """Whether the initial state is that of the file, in full."""
    return draft.scope.names is not None and all(field in draft.initial for field in draft.scope.names.solved)
