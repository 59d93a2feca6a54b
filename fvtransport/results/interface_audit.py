"""The second law on the interfaces between materials, at the states that were solved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from ..discretisation.interface_entropy import interface_entropy, unjudged_continuity
from ..discretisation.snapshot import Snapshot
from .audit import Audit

__all__ = ["interface_production", "with_interfaces"]

_ROUND_OFF = 1e-9


def interface_production(snapshot: Snapshot) -> dict[str, float]:
    """Entropy production on the interfaces by condition, over their whole areas; conditions that state one only."""
    found = interface_entropy(snapshot.system, snapshot.t, snapshot.values, snapshot.evaluation)
    area = {each.interface.name: each.interface.area for each in snapshot.system.interfaces}
    return {
        name: float(produced @ area[name.rpartition(" at ")[2]])
        for name, produced in found.items()
        if produced is not None
    }


def with_interfaces(audit: Audit | None, snapshots: Iterable[Snapshot]) -> Audit | None:
    """The audit with the verdict on the interfaces at snapshots; None where nothing is audited.

    A condition is violated where its entropy production is negative on some face, beyond round-off of its largest.
    """
    if audit is None:
        return None
    violations: dict[str, str] = {}
    unjudged: dict[str, None] = {}
    for snapshot in snapshots:
        system, state = snapshot.system, (snapshot.t, snapshot.values, snapshot.evaluation)
        with np.errstate(all="ignore"):
            for name, produced in interface_entropy(system, *state).items():
                if produced is None or not np.isfinite(produced).all():
                    unjudged[name] = None
                elif produced.min() < -_ROUND_OFF * np.abs(produced).max():
                    text = f"the second law is broken by {name}: it destroys entropy, {produced.min():.3g} per area"
                    violations[name] = f"{text}, t = {snapshot.t:.4g}"
            unjudged |= {f"the continuity of {text}, where the activities of both sides differ": None
                         for text in unjudged_continuity(system, *state)}  # fmt: skip
    remarks = tuple(f"{name} was not judged" for name in unjudged)
    margin = min(audit.margin, -1.0) if violations else audit.margin
    return replace(
        audit,
        margin=margin,
        violations=(*audit.violations, *violations.values()),
        remarks=(*audit.remarks, *remarks),
    )
