"""Reciprocity and the second law of the linear laws, over all states of one set of laws.

A pair of balances whose fluxes drive each other one way only, everywhere and at all times, is one-way: its law lacks a
partner, and is not judged on it. The second law is held against the matrix completed by that partner, since a
coefficient may be too large for any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from ..discretisation.system import System
from .forces import Forces
from .onsager import Onsager, scaled
from .small_matrices import least_eigenvalues
from .states import States
from .verdict import Finding, Verdict

__all__ = ["ASYMMETRY", "INDEFINITE", "NOISE", "LinearLaws", "extent", "listed"]

ASYMMETRY = 1e-6
INDEFINITE = -1e-9
NOISE = 1e-10
_FITTED = 1e-4

Pair = tuple[int, int]


@dataclass
class _OneWay:
    """The largest part of the flow of a balance that the missing partner would carry, and what is missing."""

    laws: dict[str, None] = field(default_factory=dict)
    share: float = 0.0
    omitted: float = 0.0


@dataclass
class LinearLaws:
    """What was seen of the laws of one system; `see` each state, then ask for the findings."""

    system: System
    margin: float = float("nan")
    judged: int = 0
    skipped: int = 0
    _laws: dict[str, None] = field(default_factory=dict)
    _coupling: dict[str, None] = field(default_factory=dict)
    _apart: float = float("nan")
    _one_way: dict[Pair, _OneWay] = field(default_factory=dict)
    _mutual: set[Pair] = field(default_factory=set)
    _reciprocity: dict[str, Finding] = field(default_factory=dict)
    _second_law: dict[str, Finding] = field(default_factory=dict)

    def see(self, states: States, found: Onsager, forces: Forces) -> np.ndarray:
        """Judge some states; returns the coefficients of the partners that one-way laws omit, as Onsager's matrix.

        forces (balances, places) are those of all places.
        """
        flux = states.flux
        self.judged += found.faces.size
        self.skipped += flux.shape[1] - found.faces.size
        if not found.faces.size or not found.by_law:
            return np.zeros((len(flux), len(flux), found.faces.size))
        total = found.total
        scale = _scale(total)
        self._laws |= dict.fromkeys(
            name for name, matrix in found.by_law.items() if self._conducts(name, matrix, scale)
        )
        omitted = np.zeros(total.shape)
        for i, j in _pairs(len(flux)):
            strong = _is_coupled(total, scale, i, j), _is_coupled(total, scale, j, i)
            self._coupling |= dict.fromkeys(self._contributing(found, scale, (i, j), (j, i)) if any(strong) else ())
            if all(strong):
                self._mutual.add((i, j))
                self._see_pair(states, found, scale, (i, j))
            elif any(strong):
                row, column = (i, j) if strong[0] else (j, i)
                omitted[column, row] = total[row, column]
                self._see_one_way(found, scale, (row, column), forces, flux)
        self._see_margin(states, found, total + omitted)
        return omitted

    def _see_pair(self, states: States, found: Onsager, scale: np.ndarray, pair: Pair) -> None:
        (i, j), total = pair, found.total
        size = np.abs(total[i, j]) + np.abs(total[j, i])
        counts = size > NOISE * scale[i, j]
        apart = np.divide(np.abs(total[i, j] - total[j, i]), size, out=np.zeros(size.shape), where=counts)
        worst = float(apart.max())
        self._apart = float(np.fmax(self._apart, worst))
        if not worst > ASYMMETRY:
            return
        unit = np.where(scale[i, j] > 0.0, scale[i, j], 1.0)
        face = int(np.where(apart >= 0.999 * worst, size / unit, 0.0).argmax())
        parts = {name: abs(matrix[i, j, face] - matrix[j, i, face]) for name, matrix in found.by_law.items()}
        culprits = [name for name, part in parts.items() if part > ASYMMETRY * max(parts.values())]
        one, other = self.system.balances[i], self.system.balances[j]
        text = (
            f"reciprocity is broken by {listed(culprits)}: the {one.name} flux depends on grad({other.field.name}) with"
            f" {total[i, j, face]:.6g}, the {other.name} flux on grad({one.field.name}) with {total[j, i, face]:.6g}"
            f" (Onsager coefficients, which must be equal), {states.at(found.faces[face])}; relative"
            f" asymmetry {worst:.3g}, at most {ASYMMETRY:g} is allowed"
        )
        _keep_worst(self._reciprocity, culprits, "reciprocity", text, worst)

    def _see_one_way(self, found: Onsager, scale: np.ndarray, pair: Pair, forces: Forces, flux: np.ndarray) -> None:
        """L of (row, column) has no partner: how much the balance of `column` lacks by it."""
        row, column = pair
        seen = self._one_way.setdefault(pair, _OneWay())
        seen.laws |= dict.fromkeys(self._contributing(found, scale, pair))
        lacking = np.abs(found.total[row, column] * forces.conjugate[row, found.faces])
        size = float(np.abs(flux[column]).max())
        seen.omitted = max(seen.omitted, float(lacking.max()))
        seen.share = max(seen.share, float(lacking.max()) / size if size > 0.0 else float(lacking.max() > 0.0))

    def _see_margin(self, states: States, found: Onsager, completed: np.ndarray) -> None:
        whole = scaled(completed)
        values = least_eigenvalues(whole)
        face = int(values.argmin())
        least = float(values[face])
        self.margin = float(np.fmin(self.margin, least))
        if not least < INDEFINITE:
            return
        vectors = np.linalg.eigh(whole[..., face])[1]
        size = np.sqrt(np.abs(np.einsum("ii->i", completed[..., face])))
        direction = vectors[:, 0] / np.where(size > 0.0, size, 1.0)
        parts = {name: float(direction @ matrix[..., face] @ direction) for name, matrix in found.by_law.items()}
        culprits = [name for name, part in parts.items() if part < 0.0] or list(parts)
        text = (
            f"the second law is broken by {listed(culprits)}: some gradients would destroy entropy, because the Onsager"
            f" matrix is not positive definite, {states.at(found.faces[face])}; {extent(least)}"
        )
        _keep_worst(self._second_law, culprits, "second law", text, -least)

    def _conducts(self, name: str, matrix: np.ndarray, scale: np.ndarray) -> bool:
        """Whether gradients drive a law, beyond what the fitting of a flux without gradients leaves of them."""
        least = _FITTED if name in self.system.fluxes.zero_gradient_laws else 0.0
        return bool((np.abs(matrix) > least * scale).any())

    def _contributing(self, found: Onsager, scale: np.ndarray, *pairs: Pair) -> Iterator[str]:
        for name, matrix in found.by_law.items():
            if any(_is_coupled(matrix, scale, i, j) for i, j in pairs):
                yield name

    @property
    def asymmetry(self) -> float:
        """The worst of all pairs of balances, 1 where a law lacks its partner; NaN where none are coupled."""
        return 1.0 if self._one_way else self._apart

    @property
    def is_one_way(self) -> bool:
        """Whether a law lacks its partner."""
        return bool(self._one_way)

    def findings(self) -> Iterator[Finding]:
        """Those on every law, the worst of all states seen."""
        for finding in self._one_way_findings():
            yield finding
            self._reciprocity.setdefault(finding.term, finding)
        for name in self._laws:
            if name in self._reciprocity:
                if self._reciprocity[name].verdict is Verdict.VIOLATED:
                    yield self._reciprocity[name]
            elif name in self._coupling:
                text = f"relative asymmetry {self._apart:.2g}, at most {ASYMMETRY:g} is allowed"
                yield Finding(name, "reciprocity", Verdict.PASSED, text, self._apart, self.judged)
            if name in self._second_law:
                yield self._second_law[name]
            elif self.judged:
                yield Finding(name, "second law", Verdict.PASSED, extent(self.margin), self.margin, self.judged)
        if self.skipped:
            text = (
                f"{self.skipped} of {self.judged + self.skipped} faces were not judged, because forces or fluxes are"
                " not defined there"
            )
            yield Finding("transport", "second law", Verdict.NOT_JUDGED, text, judged=self.judged, skipped=self.skipped)

    def _one_way_findings(self) -> Iterator[Finding]:
        for (row, column), seen in self._one_way.items():
            moved, lacking = self.system.balances[row], self.system.balances[column]
            driver, back = lacking.field.name, moved.field.name
            for name in seen.laws:
                text = (
                    f"{name} is one-way: grad({driver}) drives the {moved.name} flux, but the driving force of {back}"
                    f" drives no {lacking.name} flux; its partner by reciprocity would carry at most"
                    f" {seen.omitted:.3g} {lacking.flux_unit}, {seen.share:.2g} of the largest {lacking.name} flux"
                )
                if (min(row, column), max(row, column)) in self._mutual:
                    broken = f"reciprocity is broken by {name}: {text.partition(': ')[2]}, at some times only"
                    yield Finding(name, "reciprocity", Verdict.VIOLATED, broken, 1.0, judged=self.judged)
                else:
                    yield Finding(name, "reciprocity", Verdict.ONE_WAY, text, seen.share, judged=self.judged)


def listed(names: Iterable[str]) -> str:
    """Names as a phrase: a, b and c."""
    names = list(names)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def extent(margin: float) -> str:
    """How far cross-effects go, in words."""
    text = f"the smallest eigenvalue of the Onsager matrix scaled to a unit diagonal is {margin:.4g}, and must not be"
    return f"{text} negative (1 without cross-effects)"


def _keep_worst(found: dict[str, Finding], terms: Iterable[str], rule: str, text: str, value: float) -> None:
    for term in terms:
        if term not in found or found[term].value < value:
            found[term] = Finding(term, rule, Verdict.VIOLATED, text, value)


def _pairs(count: int) -> Iterator[Pair]:
    return ((i, j) for i in range(count) for j in range(i + 1, count))


def _scale(total: np.ndarray) -> np.ndarray:
    diagonal = np.sqrt(np.abs(np.einsum("iin->in", total)))
    return diagonal[:, None] * diagonal[None]


def _is_coupled(matrix: np.ndarray, scale: np.ndarray, i: int, j: int) -> bool:
    """Whether a coefficient is more than noise on any face."""
    return bool((np.abs(matrix[i, j]) > NOISE * scale[i, j]).any())
