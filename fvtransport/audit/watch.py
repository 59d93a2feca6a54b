"""The least dissipation as a run goes, so that nothing hides between the instants that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from ..discretisation.system import System
from .forces import forces_on
from .linear_laws import listed
from .states import AT_ONCE, place_of
from .verdict import NEGLIGIBLE, Finding, Verdict

__all__ = ["Least", "Watch"]

_EVERY = 4
_SAME = 1e-12


@dataclass
class Least:
    """The least sum of J X over the sum of |J X| that was seen in one phase, where and when, and in how many steps."""

    share: float = float("inf")
    dissipation: float = float("nan")
    t: float = float("nan")
    position: tuple[float, ...] = ()
    steps: int = 0
    culprits: tuple[str, ...] = ()

    def take(
        self, system: System, times: np.ndarray, values: np.ndarray, produced: np.ndarray, size: np.ndarray
    ) -> None:
        """Keep the worst place of some instants, from the sums of J X and |J X| (instants, faces)."""
        share = np.where((size > 0.0) & np.isfinite(produced), produced / np.where(size > 0.0, size, 1.0), np.inf)
        instant, face = np.unravel_index(share.argmin(), share.shape)
        self.steps += times.size
        if not share[instant, face] < self.share:
            return
        geometry = system.geometry
        self.share, self.dissipation = float(share[instant, face]), float(produced[instant, face])
        self.t, self.position = float(times[instant]), tuple(geometry.faces.centres[: geometry.dimension, face])
        if self.share < -NEGLIGIBLE:
            own = values[:, instant]
            force = forces_on(system, system.fluxes.face_view(self.t, *system.fluxes.on_faces(own))).conjugate
            parts = system.fluxes.by_law(self.t, own)
            names = tuple(name for name, part in parts.items() if part[:, face] @ force[:, face] < 0.0)
            self.culprits = names or ("transport",)

    def finding(self) -> Finding:
        """The verdict on all steps that were looked at."""
        place = place_of(self.position, self.t)
        if self.share < -NEGLIGIBLE:
            text = (
                f"the second law is broken by {listed(self.culprits)}: the solved fluxes destroy entropy between the"
                f" outputs, {self.dissipation:.3g} W/K per volume, {place}; that is {-self.share:.2g} of the sum of all"
                f" |J X| there, at most {NEGLIGIBLE:g} is round-off"
            )
            return Finding(self.culprits[0], "dissipation between outputs", Verdict.VIOLATED, text, self.share)
        text = f"in {self.steps} steps the least sum of J X was {self.share:.3g} of the sum of |J X|, {place}; it must"
        rule = "dissipation between outputs"
        text += f" not be below -{NEGLIGIBLE:g}"
        return Finding("transport", rule, Verdict.PASSED, text, self.share, judged=self.steps)


@dataclass
class Watch:
    """What a run in time is shown: one of every few accepted steps, on faces between cells, by phase of a protocol.

    Steps are collected and looked at together where the laws do not depend on time, which is cheaper by far.
    """

    least: dict[str, Least] = field(default_factory=dict)
    _count: int = 0
    _system: System | None = None
    _phase: str = ""
    _seen: list[tuple[float, np.ndarray]] = field(default_factory=list)

    def see(self, system: System, phase: str, t: float, values: np.ndarray) -> None:
        """Take an accepted state (balances, nodes), which must not change later."""
        self._count += 1
        if self._count % _EVERY or system.fluxes.uses_vectors:
            return
        if system is not self._system or phase != self._phase:
            self._look()
            self._system, self._phase = system, phase
        self._seen.append((t, values))
        if len(self._seen) * system.geometry.faces.area.size >= AT_ONCE:
            self._look()

    def _look(self) -> None:
        """Judge the states that were collected."""
        if self._system is None or not self._seen:
            return
        least = self.least.setdefault(self._phase, Least())
        times = np.array([t for t, _ in self._seen])
        values = np.stack([each for _, each in self._seen], axis=1)
        self._seen = []
        with np.errstate(all="ignore"):
            whole = _produced(self._system, float(times[0]), values)
            if _is_steady(self._system, times, values, whole):
                least.take(self._system, times, values, *whole)
            else:
                for t, each in zip(times, np.moveaxis(values, 1, 0)):
                    least.take(self._system, np.array([t]), each[:, None], *_produced(self._system, t, each[:, None]))

    @classmethod
    def of(cls, written: Mapping[str, Mapping[str, Any]]) -> Watch:
        """The watch of a run that was stored, from what `as_dict` gave."""
        least = {phase: Least(**own) for phase, own in written.items()}
        for each in least.values():
            each.position, each.culprits = tuple(each.position), tuple(each.culprits)
        return cls(least)

    def as_dict(self) -> dict[str, dict[str, Any]]:
        """The least of every phase whose steps could be judged, as `summary.json` holds it."""
        self._look()
        return {phase: asdict(least) for phase, least in self.least.items() if np.isfinite(least.share)}

    def findings(self, phase: str = "") -> Iterator[Finding]:
        """That on one phase, if any of its steps could be judged."""
        self._look()
        least = self.least.get(phase)
        if least is not None and np.isfinite(least.share):
            yield least.finding()


def _produced(system: System, t: float, values: np.ndarray) -> np.ndarray:
    """Sum of J X and of |J X| on faces between cells, (2, instants, faces); NaN on others, where the integrator solves
    states to its tolerance only.
    """
    face = system.fluxes.evaluate(t, *system.fluxes.on_faces(values))
    force = forces_on(system, face).conjugate
    carried = 0.0 if face.convective_flux is None else np.abs(face.convective_flux)
    flux = np.stack([face.dissipative_flux(balance) for balance in system.balances])
    size = ((np.abs(flux) + np.abs(face.fluxes) + carried) * np.abs(force)).sum(axis=0)
    return np.where(system.geometry.faces_between_cells, np.stack([(flux * force).sum(axis=0), size]), np.nan)


def _is_steady(system: System, times: np.ndarray, values: np.ndarray, whole: np.ndarray) -> bool:
    """Whether the laws at the times of the middle and last state give for these what those of the first time gave."""
    few = sorted({times.size // 2, times.size - 1})
    found = [_produced(system, float(t), values[:, few]) for t in times[few]]
    allowed = _SAME * np.nanmax(np.abs(whole), initial=0.0)
    return all(np.allclose(each, whole[:, few], rtol=0.0, atol=allowed, equal_nan=True) for each in found)
