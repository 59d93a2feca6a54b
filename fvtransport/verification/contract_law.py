"""What every law must keep: one flux for both cells of a face, element-wise terms, no hidden state, local fluxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..model.handles import Balance, Field
from ..model.law import Law
from .contract_trial import STATES, ContractTrial, name_of, same, stacking

__all__ = ["law_breaches"]


def law_breaches(trial: ContractTrial, law: Law) -> Iterator[str]:
    """Every breach by one law, in words."""
    finite, states = not trial.beyond_data, trial.states
    cells, faces = trial.other_cells, trial.other_faces
    if _states(law, "flux"):
        flux = law.flux(trial.faces(states))
        yield from _keyed(flux, "flux")
        yield from stacking("flux", lambda s: law.flux(trial.faces(s)), trial, faces, finite)
        yield from _check_direction(trial, law, flux)
    for name in ("source", "storage"):
        if _states(law, name):
            term = getattr(law, name)
            yield from _keyed(term(trial.cells(states)), name)
            yield from stacking(name, lambda s, term=term: term(trial.cells(s)), trial, cells, finite)
    if _states(law, "storage"):
        later = law.storage(trial.cells(states, trial.t + 1.0))
        for key, term in law.storage(trial.cells(states)).items():
            if not np.array_equal(term, later[key], equal_nan=True):
                yield f"storage of {name_of(key)} is a function of time"
    if _states(law, "face_source"):
        flux = np.random.default_rng(2).uniform(-1.0, 1.0, (len(states), STATES, faces.size))

        def work(s: np.ndarray) -> Mapping[Any, Any]:
            return law.face_source(trial.fluxes(s, flux if s.ndim == 3 else flux[:, 1]))

        yield from stacking("face_source", work, trial, faces, finite)


def _states(law: Law, name: str) -> bool:
    return getattr(type(law), name) is not getattr(Law, name)


def _keyed(terms: Mapping[Any, Any], name: str) -> Iterator[str]:
    if not terms:
        yield f"{name} moves nothing"
    for key in terms:
        if not isinstance(key, (Field, Balance)):
            yield f"{name} is keyed by {key!r}, which is neither a field nor a balance"


def _check_direction(trial: ContractTrial, law: Law, flux: Mapping[Any, Any]) -> Iterator[str]:
    turned = law.flux(trial.faces(trial.states, swapped=True))
    for key, term in flux.items():
        if not same(term, -np.asarray(turned[key])):
            name = f"flux of {name_of(key)}"
            yield f"{name} does not change sign with the face normal: the two cells would see two fluxes"
