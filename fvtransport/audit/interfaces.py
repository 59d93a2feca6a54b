"""The second law on the interfaces between materials, at the states that were solved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..discretisation.interface_entropy import InterfaceEntropy, interface_entropies, unlike_continuity
from ..discretisation.snapshot import Snapshot
from .verdict import NEGLIGIBLE, Finding, Verdict, most_serious

__all__ = ["entropies_at", "interface_findings", "interface_production", "interface_totals", "judged"]

_RULE = "second law on the interface"


def entropies_at(snapshot: Snapshot) -> list[InterfaceEntropy]:
    """The entropy production of every interface at a snapshot, by condition and face."""
    with np.errstate(all="ignore"):
        return interface_entropies(snapshot.system, snapshot.t, snapshot.values, snapshot.evaluation)


def interface_production(snapshot: Snapshot) -> dict[str, float]:
    """Entropy production on the interfaces by condition, `partition of x_H at metal-salt`, over their whole areas.

    Their sum is that of `interface_totals`, where all of it can be computed; parts that cannot are left out.
    """
    return {
        f"{name} at {each.place}": float(part @ each.interface.area)
        for each in entropies_at(snapshot)
        for name, part in each.parts.items()
        if part is not None
    }


def interface_totals(snapshot: Snapshot) -> dict[str, float | None]:
    """Entropy production on each interface with a condition, by its name; None where it cannot be computed."""
    return {
        each.place: None if each.total is None else float(each.total @ each.interface.area)
        for each in entropies_at(snapshot)
        if each.parts
    }


def judged(entropy: InterfaceEntropy) -> np.ndarray | None:
    """Whether each face of an interface destroys entropy, beyond round-off, (faces of the interface,); None where it
    cannot be judged.
    """
    total = entropy.total
    return None if total is None or not np.isfinite(total).all() else total < -NEGLIGIBLE * entropy.size


def interface_findings(snapshots: Sequence[Snapshot]) -> Iterator[Finding]:
    """One on every condition, by the sum over its interface: the most serious of all snapshots."""
    found = most_serious(
        finding for each in snapshots for entropy in entropies_at(each) for finding in _findings(entropy, each.t)
    )
    for text in dict.fromkeys(each for snapshot in snapshots for each in _unlike(snapshot)):
        term = f"continuity of {text}"
        note = f"the {term}, where the activities of both sides differ, is not an equilibrium"
        found[term] = replace(found.get(term) or Finding(term, _RULE, Verdict.NOT_JUDGED, note), note=note)
    yield from found.values()


def _findings(entropy: InterfaceEntropy, t: float) -> Iterator[Finding]:
    is_broken, total, size = judged(entropy), entropy.total, entropy.size.size
    if not entropy.parts:
        return
    if is_broken is None or total is None:
        verdict, text = Verdict.NOT_JUDGED, f"{entropy.name} was not judged: its entropy production is not known"
    else:
        least = total.min()
        verdict = Verdict.VIOLATED if is_broken.any() else Verdict.PASSED
        text = f"{entropy.name} produces at least {least:.3g} W/K per area at the states that were kept, and must not"
        text += f" destroy more than round-off, {NEGLIGIBLE:g} of the entropy that flows"
        if is_broken.any():
            text = f"the second law is broken by {entropy.name}: it destroys entropy, {least:.3g} per area, t = {t:.4g}"
    for part in entropy.parts:
        judged_faces = 0 if is_broken is None else size
        yield Finding(
            f"{part} at {entropy.place}", _RULE, verdict, text, judged=judged_faces, skipped=size - judged_faces
        )


def _unlike(snapshot: Snapshot) -> Iterator[str]:
    state = (snapshot.system, snapshot.t, snapshot.values, snapshot.evaluation)
    with np.errstate(all="ignore"):
        yield from unlike_continuity(*state)
