"""The second law on the interfaces between materials, at the states that were solved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from ..discretisation.interface_entropy import InterfaceEntropy, interface_entropies, unlike_continuity
from ..discretisation.snapshot import Snapshot
from .audit import Audit

__all__ = ["entropies_at", "interface_production", "interface_totals", "judged", "with_interfaces"]

_ROUND_OFF = 1e-9


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
    return None if total is None or not np.isfinite(total).all() else total < -_ROUND_OFF * entropy.size


def with_interfaces(audit: Audit | None, snapshots: Iterable[Snapshot]) -> Audit | None:
    """The audit with the verdict on the interfaces at snapshots; None where nothing is audited."""
    if audit is None:
        return None
    violations: dict[str, str] = {}
    remarks: dict[str, None] = {}
    for snapshot in snapshots:
        for entropy in entropies_at(snapshot):
            is_broken = judged(entropy)
            if is_broken is None:
                remarks[f"{entropy.name} was not judged"] = None
            elif is_broken.any():
                text = f"the second law is broken by {entropy.name}: it destroys entropy, {entropy.total.min():.3g}"
                violations[entropy.name] = f"{text} per area, t = {snapshot.t:.4g}"
        remarks |= dict.fromkeys(_unlike(snapshot))
    margin = min(audit.margin, -1.0) if violations else audit.margin
    return replace(
        audit,
        margin=margin,
        violations=(*audit.violations, *violations.values()),
        remarks=(*audit.remarks, *remarks),
    )


def _unlike(snapshot: Snapshot) -> Iterator[str]:
    state = (snapshot.system, snapshot.t, snapshot.values, snapshot.evaluation)
    with np.errstate(all="ignore"):
        for text in unlike_continuity(*state):
            yield f"the continuity of {text}, where the activities of both sides differ, is not an equilibrium"
