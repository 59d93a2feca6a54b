"""The metric of a mixture against the rules that make it one: it is the second derivative of one potential.

X_i = -sum_j G_ij d_j are gradients of (mu_N - mu_i)/T at a given temperature, so G_ij = d[(mu_i - mu_N)/T]/dx_j. It
is symmetric, and positive definite where the mixture is stable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ..discretisation.conductance import composition_rows, step_of
from ..discretisation.system import System
from ..model.views import CellView
from .onsager import Onsager, scaled
from .states import States
from .verdict import Finding, Verdict

__all__ = ["Metric"]

_LIMIT = 1e-4
_UNSTABLE = -1e-9
_PLACES = 32


@dataclass
class Metric:
    """What was seen of the metric of one system; `see` each state, then ask for the findings."""

    system: System
    worst: float = float("nan")
    _judged: int = 0
    _unstable: int = 0
    _seen: int = 0
    _where: str = ""
    _violation: dict[str, Finding] = field(default_factory=dict)

    def see(self, states: States, found: Onsager) -> None:
        """Judge the metric of some states on the faces where it is defined."""
        rows, _ = composition_rows(self.system, found.mean)
        if not rows.size or not found.faces.size or self.system.reference is not None:
            return
        metric = found.metric[np.ix_(rows, rows)]
        self._seen += found.faces.size
        self._see_symmetry(states, found, metric, rows)
        least = np.linalg.eigvalsh(np.moveaxis(_signed(metric), -1, 0))[:, 0]
        if (least < _UNSTABLE).any() and not self._unstable:
            self._where = states.at(found.faces[int(least.argmin())])
        self._unstable += int((least < _UNSTABLE).sum())
        self._see_potential(states, found, rows)

    def _see_symmetry(self, states: States, found: Onsager, metric: np.ndarray, rows: np.ndarray) -> None:
        if len(rows) < 2:
            return
        self._judged += found.faces.size
        diagonal = np.sqrt(np.abs(np.einsum("iin->in", metric)))
        size = np.abs(metric) + np.abs(metric.swapaxes(0, 1)) + diagonal[:, None] * diagonal[None]
        apart = np.abs(metric - metric.swapaxes(0, 1)) / np.where(size > 0.0, size, 1.0)
        text = (
            "the metric of the mixture is not symmetric, so that the forces belong to no potential: d{one} changes the"
            " force on {other} by {a:.6g}, d{other} that on {one} by {b:.6g}, {place}"
        )
        self._keep("symmetry of the metric", apart, text, (states, found.faces, metric, metric.swapaxes(0, 1), rows))

    def _see_potential(self, states: States, found: Onsager, rows: np.ndarray) -> None:
        """Hold the metric against the differences of the potentials that the mixture states, at a few faces."""
        count = min(_PLACES, found.faces.size)
        chosen = found.faces[np.linspace(0, found.faces.size - 1, count).astype(int)]
        derivative, metric = self._derivatives(states, found.mean[:, chosen], chosen, rows)
        if derivative is None:
            return
        self._judged += count
        size = np.abs(derivative) + np.abs(metric)
        size = size + np.sqrt(np.einsum("iin->in", size)[:, None] * np.einsum("iin->in", size)[None])
        apart = np.abs(derivative - metric) / np.where(size > 0.0, size, 1.0)
        text = (
            "the metric is not the derivative of the chemical potentials that the mixture itself states: d{one} changes"
            " the force on {other} by {a:.6g}, and the potentials by {b:.6g}, {place}"
        )
        self._keep("potential of the metric", apart, text, (states, chosen, metric, derivative, rows))

    def _derivatives(self, states: States, mean: np.ndarray, faces: np.ndarray, rows: np.ndarray):
        """d[(mu_i - mu_N)/T]/dx_j and G_ij, (species, species, places); None where no potentials are stated."""
        system, mixture = self.system, self.system.medium.mixture
        position = system.geometry.faces.centres[:, faces % system.geometry.faces.area.size]
        fields = system.medium.species
        step = step_of(system, mean[:, None], 1.0)[:, 0]
        whole = np.repeat(mean[:, None], 2 * len(rows), axis=1)
        for k, row in enumerate(rows):
            whole[row, 2 * k] -= step[row]
            whole[row, 2 * k + 1] += step[row]
        variables = mixture.entropy_variables(CellView(system.medium, states.t, whole, position))
        if not variables:
            return None, None
        own = [np.broadcast_to(variables[fields[-1]] - variables[each], whole.shape[1:]) for each in fields[:-1]]
        slopes = np.stack([np.stack([(each[2 * k + 1] - each[2 * k]) for k in range(len(rows))]) for each in own])
        entries = mixture.metric(CellView(system.medium, states.t, mean, position).at(system.reference))
        metric, index = np.zeros(slopes.shape), {int(row): k for k, row in enumerate(rows)}
        for (balance, column), value in entries.items():
            i, j = index.get(system.medium.row[balance]), index.get(system.medium.row[column])
            if i is not None and j is not None:
                metric[i, j] = value
        return slopes / (2.0 * step[rows])[None], metric

    def _keep(self, rule: str, apart: np.ndarray, text: str, shown: tuple) -> None:
        states, faces, one, other, rows = shown
        apart = np.where(np.isfinite(apart), apart, 0.0)
        i, j, place = np.unravel_index(apart.argmax(), apart.shape)
        value = float(apart[i, j, place])
        self.worst = float(np.fmax(self.worst, value))
        if value > _LIMIT and (rule not in self._violation or self._violation[rule].value < value):
            names = [self.system.medium.fields[row].name for row in rows]
            words = text.format(
                one=names[j], other=names[i], a=one[i, j, place], b=other[i, j, place], place=states.at(faces[place])
            )
            words += f"; that is {value:.2g} of their size, at most {_LIMIT:g} is allowed"
            self._violation[rule] = Finding("mixture", rule, Verdict.VIOLATED, words, value)

    def findings(self) -> Iterator[Finding]:
        """On symmetry, stability and the potential."""
        yield from self._violation.values()
        if self._unstable:
            text = (
                f"the mixture is unstable on {self._unstable} of {self._seen} faces, {self._where}: it unmixes, which"
                " these equations do not describe, and the entropy production says nothing about"
            )
            yield Finding("mixture", "stability", Verdict.NOT_JUDGED, text, skipped=self._unstable)
        if self._judged and not self._violation:
            text = (
                f"the metric differs by {self.worst:.2g} of its size from the derivative of one potential, at most"
                f" {_LIMIT:g} is allowed"
            )
            yield Finding("mixture", "potential of the metric", Verdict.PASSED, text, self.worst, judged=self._judged)


def _signed(metric: np.ndarray) -> np.ndarray:
    """The metric scaled to a diagonal of 1 or -1."""
    return scaled(np.where(np.isfinite(metric), metric, 0.0))
