"""Reactions held against thermodynamics: opposed rates, their loops, their heats, and the entropy that they produce."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from ..discretisation.system import System
from .measurement import Measurement
from .reaction_rules import measured
from .reaction_states import ReactionState, declaring_laws
from .states import AT_ONCE, place_of
from .verdict import Finding, Verdict

__all__ = ["reaction_findings", "reaction_production"]


def reaction_findings(system: System, states: Iterable[tuple[float, np.ndarray]]) -> list[Finding]:
    """What can be said of the reactions that laws declare, at states (t, values of shape (balances, nodes)).

    An irreversible reaction is external. A reversible one is judged in the cells that hold all its species, others are
    counted as skipped; the heat only where the energy is solved for, because at a given temperature it has no effect.
    """
    records: dict[tuple[tuple[str, ...], str, str], _Record] = {}
    irreversible: dict[str, None] = {}
    with np.errstate(all="ignore"):
        for times, state in _together(system, list(states)):
            pairs = zip(state.names, state.declared)
            irreversible |= {name: None for name, each in pairs if not each.is_reversible}
            for each in measured(state):
                records.setdefault((each.terms, each.rule, each.label), _Record()).add(system, times, each)
    found = [finding for record in records.values() for finding in record.findings()]
    return [*(_external(name) for name in irreversible), *found]


def _together(system: System, states: list[tuple[float, np.ndarray]]) -> Iterator[tuple[np.ndarray, ReactionState]]:
    """The times of some instants and their states, many at once where the rates do not depend on time."""
    if not states or not declaring_laws(system):
        return
    times, values = np.array([t for t, _ in states]), np.stack([each for _, each in states], axis=1)
    few = ReactionState.of(system, times[0], values[:, sorted({0, len(times) // 2, len(times) - 1})])
    count = 1 if len(times) == 1 or few.depends_on_time(times) else max(1, AT_ONCE // values.shape[-1])
    for first in range(0, len(times), count):
        part = slice(first, first + count)
        yield times[part], ReactionState.of(system, float(times[first]), values[:, part])


def reaction_production(system: System, t: float, values: np.ndarray) -> dict[str, np.ndarray]:
    """R (r_f - r_r) ln(r_f/r_r) [W/K/m^3] in the cells, by the laws that declare reversible reactions.

    values (balances, nodes). 0 where neither way runs, infinite where one alone does, NaN where a rate is negative; an
    irreversible reaction has no share.
    """
    state, found = ReactionState.of(system, t, values), dict[str, np.ndarray]()
    with np.errstate(all="ignore"):
        for name, each in zip(state.names, state.declared):
            if each.reverse is not None:
                forward, reverse = (state.on_cells(rate) for rate in (each.forward, each.reverse))
                produced = each.gas_constant * (forward - reverse) * np.log(forward / reverse)
                produced = np.where((forward == 0.0) & (reverse == 0.0), 0.0, produced)
                is_negative = np.minimum(forward, reverse) < 0.0
                found[name] = found.get(name, 0.0) + np.where(is_negative, np.nan, produced)
    return found


def _external(name: str) -> Finding:
    text = f"{name} is irreversible: nothing opposes its rate, so that neither its affinity nor its entropy is known"
    return Finding(name, "opposed rates", Verdict.EXTERNAL, text)


@dataclass
class _Record:
    """The worst of one rule over all states."""

    measurement: Measurement | None = None
    worst: float = 0.0
    judged: int = 0
    skipped: int = 0
    text: str = ""

    def add(self, system: System, times: np.ndarray, each: Measurement) -> None:
        """Count the states of some instants."""
        valid = np.isfinite(each.deviation) | np.isposinf(each.deviation)
        self.measurement = each
        self.judged, self.skipped = self.judged + int(valid.sum()), self.skipped + int((~valid).sum())
        deviation = np.where(valid, each.deviation, 0.0)
        cell = int(deviation.argmax())
        if deviation[cell] > each.limit and deviation[cell] > self.worst:
            self.text = f"{each.says(cell)}, {_place(system, times, cell)}"
        self.worst = max(self.worst, float(deviation[cell]))

    def findings(self) -> list[Finding]:
        """One for each law that takes part."""
        each = self.measurement
        if each is None:
            return []
        verdict, text = self._verdict(each)
        if each.is_silent and verdict is not Verdict.VIOLATED:
            return []
        value = self.worst if self.judged else float("nan")
        return [Finding(term, each.rule, verdict, text, value, self.judged, self.skipped) for term in each.terms]

    def _verdict(self, each: Measurement) -> tuple[Verdict, str]:
        names = " and ".join(each.terms)
        if self.text:
            text = f"{each.rule} is violated by {names}: {self.text}; off by {self.worst:.3g} of its terms"
            return Verdict.VIOLATED, f"{text}, which may be {each.limit:.3g}"
        if not self.judged:
            return Verdict.NOT_JUDGED, f"{each.rule} of {names} was not judged: {each.missing}"
        text = f"{each.rule} holds for {names}: off by at most {self.worst:.2g} of its terms, which may be"
        return Verdict.PASSED, f"{text} {each.limit:.2g}"


def _place(system: System, times: np.ndarray, place: int) -> str:
    instant, cell = divmod(place, system.geometry.cell_positions.shape[1])
    return place_of(system.geometry.cell_positions[: system.geometry.dimension, cell], times[instant])
