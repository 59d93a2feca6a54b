"""The dissipation of the fluxes that were solved, sum_i J_i X_i on every face, with the gradients that gave them.

Only the sum over all laws has a sign. It is violated where it is negative by more than 1e-9 of sum_i |J_i X_i|, some
million times its round-off. Where a law depends on the gradient along the face, as with a tensor, the sum is that over
all axes of the fluxes at the centre of the face.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from ..discretisation.system import System
from .forces import Forces
from .linear_laws import listed
from .local import LocalFluxes
from .onsager import Onsager
from .states import States
from .verdict import NEGLIGIBLE, Finding, Verdict

__all__ = ["Dissipation"]

_NONLINEAR = 1e-4
_SMALL = 1e-6
_ULPS = 8.0


@dataclass
class Dissipation:
    """What was seen of the solved fluxes of one system; `see` each state, then ask for the findings."""

    system: System
    least: float = float("nan")
    judged: int = 0
    skipped: int = 0
    _violation: Finding | None = None
    _nonlinear: dict[str, Finding] = field(default_factory=dict)
    _fitted: dict[str, float] = field(default_factory=dict)

    def see(self, states: States, forces: Forces, found: Onsager, omitted: np.ndarray, local: LocalFluxes,
            along: Mapping[str, np.ndarray]) -> None:  # fmt: skip
        """Judge some states by the dissipative fluxes of the laws, and what partners of one-way laws would add to them.

        omitted are the coefficients of these; local are the fluxes at the centres of the faces; along the conductances
        along all axes, empty where no law depends on the gradient along the face.
        """
        fluxes = states.dissipative
        parts = {name: flux[None] * forces.conjugate[None] for name, flux in fluxes.items()}
        if self.system.fluxes.uses_vectors:
            parts = {name: flux * local.conjugate for name, flux in local.by_law.items()}
        whole = {name: part.sum(axis=(0, 1)) for name, part in parts.items()}
        partner = np.einsum("ijn,jn,in->n", omitted, *[forces.conjugate[:, found.faces]] * 2)
        whole["the omitted partner"] = np.zeros(forces.conjugate.shape[1])
        whole["the omitted partner"][found.faces] = partner
        size = sum(
            (np.abs(part).sum(axis=(0, 1)) for part in parts.values()), start=np.abs(whole["the omitted partner"])
        )
        self._see_sum(states, whole, size)
        self._see_fitted(states)
        self._see_linearity(states, found, local, along)

    def _see_sum(self, states: States, whole: Mapping[str, np.ndarray], size: np.ndarray) -> None:
        total = sum(whole.values(), start=np.zeros(size.shape))
        is_known = np.isfinite(total)
        self.judged += int(is_known.sum())
        self.skipped += int((~is_known).sum())
        part = np.where(is_known & (size > 0.0), total / np.where(size > 0.0, size, 1.0), np.inf)
        face = int(part.argmin())
        if np.isfinite(part[face]):
            self.least = float(np.fmin(self.least, part[face]))
        if part[face] < -NEGLIGIBLE and (self._violation is None or part[face] < self._violation.value):
            culprits = [name for name, each in whole.items() if each[face] < 0.0]
            text = (
                f"the second law is broken by {listed(culprits)}: the solved fluxes destroy entropy,"
                f" {total[face]:.3g} W/K per volume, {states.at(face)}; that is {-part[face]:.2g} of the sum of"
                f" all |J X| there, at most {NEGLIGIBLE:g} is round-off"
            )
            self._violation = Finding(culprits[0], "dissipation", Verdict.VIOLATED, text, float(part[face]))

    def _see_linearity(
        self, states: States, found: Onsager, local: LocalFluxes, along: Mapping[str, np.ndarray]
    ) -> None:
        """Hold the flux of each law between near nodes against K times its driving forces."""
        for name, matrix in found.conductances.items():
            if name not in local.by_law:
                continue
            whole = along[name] if name in along else matrix[None, None]
            linear = -np.einsum("baijn,ajn->bin", whole, local.driving)
            size = np.einsum("baijn,ajn->bin", np.abs(whole), np.abs(local.driving)) + np.abs(local.by_law[name])
            noise = _ULPS * np.einsum("ijn,jn->in", np.abs(matrix), local.resolution)
            allowed = _NONLINEAR * size + noise + _SMALL * size.max(axis=-1, keepdims=True)
            off = np.abs(local.by_law[name] - linear)
            off = np.where(np.isfinite(off), off, 0.0)
            if (off > allowed).any() and name not in self._nonlinear:
                axis, row, face = np.unravel_index((off / np.where(allowed > 0.0, allowed, 1.0)).argmax(), off.shape)
                share = float(off[axis, row, face] / size[axis, row, face])
                text = (
                    f"{name} is not linear in its gradients: its {self.system.balances[row].name} flux differs by"
                    f" {share:.2g} from that of vanishing gradients, {states.at(int(face))}; reciprocity is"
                    " judged for small gradients, the second law for those that occurred"
                )
                self._nonlinear[name] = Finding(name, "linearity", Verdict.NOT_JUDGED, text, share)

    def _see_fitted(self, states: States) -> None:
        """Keep the largest part of the flux that fitting adds to laws which gradients do not drive."""
        largest = np.abs(states.flux).max(axis=1)
        for name in self.system.fluxes.zero_gradient_laws:
            added = np.abs(states.dissipative[name]).max(axis=1)
            share = float(np.divide(added, largest, out=np.zeros(added.shape), where=largest > 0.0).max())
            self._fitted[name] = max(self._fitted.get(name, 0.0), share)

    def findings(self) -> Iterator[Finding]:
        """On the sum of all laws, and on every law that is not linear."""
        yield from self._nonlinear.values()
        yield from self._numerical()
        if self._violation is not None:
            yield self._violation
        elif np.isfinite(self.least):
            text = (
                f"the solved fluxes destroy no entropy on any face: the least sum of J X is {self.least:.3g} of the sum"
                f" of |J X|, and must not be below -{NEGLIGIBLE:g}"
            )
            yield Finding("transport", "dissipation", Verdict.PASSED, text, self.least, self.judged)
        if self.skipped:
            every = self.judged + self.skipped
            text = f"the dissipation on {self.skipped} of {every} faces was not judged: it is not finite"
            yield Finding(
                "transport", "dissipation", Verdict.NOT_JUDGED, text, judged=self.judged, skipped=self.skipped
            )

    def _numerical(self) -> Iterator[Finding]:
        """On the fitting of laws that move something without gradients."""
        for name, share in self._fitted.items():
            if share > _SMALL:
                text = (
                    f"what fitting adds to {name} is numerical, at most {share:.2g} of the largest flux: it produces"
                    " entropy, and vanishes as the mesh is refined"
                )
                yield Finding(name, "fitting", Verdict.EXTERNAL, text, share)
