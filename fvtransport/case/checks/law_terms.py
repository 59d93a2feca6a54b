"""Terms of the laws and of the bulk flow: what they need, their shapes, and which balances they give a flux."""

from __future__ import annotations

from ...errors import PluginError, WrongResult
from ...model.handles import Balance, Field, Handle, Shared
from ...model.law import Law
from ...model.mixture import Mixture
from ...model.state import Terms
from ...model.validation import Issue
from ..reading.builder import CaseBuilder, LawRead
from ..reading.make_plugin import issue_problem
from ..text.problems import InvalidValue
from .advice import note_unmoved
from .needed_properties import note_missing
from .returned_values import as_terms, numbers
from .trial_points import TrialStates, safely

__all__ = ["check_laws"]

_TERMS = ("flux", "source", "storage", "face_source", "provides")


def check_laws(builder: CaseBuilder, trial: TrialStates) -> set[Shared]:
    """Needs and terms of every law; returns the shared properties that they use."""
    found = builder.check("the bulk flow", _check_convective_flux, builder, trial)
    used, moved = found or (set(), set())
    whole = builder.laws_valid and found is not None
    for read in builder.laws:
        trial.medium.requested.clear()
        terms = builder.check(f"law {read.selection.name}", _terms, read, builder, trial)
        requested = [*type(read.law).needs, *sorted(trial.medium.requested, key=lambda handle: handle.name)]
        note_missing(builder, read.name, read.selection.mark, requested, used)
        used.update(requested)
        if terms is None:
            whole = builder.laws_valid = False
            continue
        flux, others = terms
        moved |= {trial.medium.row[key] for key in flux if key in trial.medium.row}
        if doubts := [each for each in read.law.validate(builder.context) if not each.is_mistake]:
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
        note_missing(builder, "the bulk flow", mark, requested, used)
    elif requested or builder.mixture is None:
        builder.diagnostics.skipped.append("the properties of the bulk flow")
    return used | set(requested), {trial.medium.row[key] for key in keys if key in trial.medium.row}


def _terms(read: LawRead, builder: CaseBuilder, trial: TrialStates) -> tuple[list[Handle], list[Handle]]:
    """The keys of the fluxes of a law, and those of its sources and storage."""
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
    return list(law.validate(builder.context))


def _keys(terms: Terms, count: int, mixture: Mixture) -> list[Handle]:
    """The fields and balances that terms are of; every term has one value for each face or cell."""
    for key, term in as_terms(terms).items():
        if not isinstance(key, (Field, Balance)):
            raise WrongResult(f"a term is keyed by {key!r}, which is neither a field nor a balance")
        shape = numbers(term).shape
        if shape not in ((), (count,)):
            raise WrongResult(f"the term of {key.name} has shape {shape} where (..., {count}) is expected")
    for closure in mixture.closures:
        if closure.field in terms and not any(other in terms for other, _ in closure.terms):
            others = " and ".join(other.name for other, _ in closure.terms)
            raise WrongResult(
                f"a term of {closure.field.name} alone has no effect: it follows from {others}; state that of {others}"
            )
    return list(terms)


def _note_unsolved(builder: CaseBuilder, read: LawRead, keys: list[Handle], trial: TrialStates) -> None:
    known = {field.name for field in builder.placeholder.known()}
    closed = {closure.field for closure in builder.placeholder.closures}
    for key in dict.fromkeys(keys):
        field = key.field if isinstance(key, Balance) else key
        if key not in trial.medium.row and field not in closed:
            reason = f": {field.name} is given by the mixture" if field.name in known else ""
            text = f"{read.name} moves {key.name}, which is not solved for{reason}"
            builder.diagnostics.warn(read.selection.mark, text)
