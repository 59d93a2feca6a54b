"""The second law on the interfaces between materials, at the states that were solved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ..discretisation.interface_entropy import interface_entropy, unjudged_continuity
from ..discretisation.snapshot import Snapshot
from .verdict import Finding, Verdict

__all__ = ["interface_findings", "interface_production"]

_ROUND_OFF = 1e-9
_RULE = "second law on the interface"


def interface_production(snapshot: Snapshot) -> dict[str, float]:
    """Entropy production on the interfaces by condition, over their whole areas; conditions that state one only."""
    found = interface_entropy(snapshot.system, snapshot.t, snapshot.values, snapshot.evaluation)
    area = {each.interface.name: each.interface.area for each in snapshot.system.interfaces}
    return {
        name: float(produced @ area[name.rpartition(" at ")[2]])
        for name, produced in found.items()
        if produced is not None
    }


def interface_findings(snapshots: Iterable[Snapshot]) -> Iterator[Finding]:
    """One on every condition: violated where its entropy production is negative on some face of some state, beyond
    round-off of its largest there.
    """
    found: dict[str, Finding] = {}
    for snapshot in snapshots:
        state = (snapshot.system, snapshot.t, snapshot.values, snapshot.evaluation)
        with np.errstate(all="ignore"):
            for name, produced in interface_entropy(*state).items():
                _keep(found, name, _judged(name, produced, snapshot.t))
            for name in unjudged_continuity(*state):
                text = f"the continuity of {name}, where the activities of both sides differ, was not judged"
                _keep(found, f"continuity of {name}", Finding(f"continuity of {name}", _RULE, Verdict.NOT_JUDGED, text))
    yield from found.values()


def _judged(name: str, produced: np.ndarray | None, t: float) -> Finding:
    if produced is None or not np.isfinite(produced).all():
        return Finding(name, _RULE, Verdict.NOT_JUDGED, f"{name} was not judged")
    least, largest = float(produced.min()), float(np.abs(produced).max())
    value = least / largest if largest > 0.0 else 0.0
    if value < -_ROUND_OFF:
        text = f"the second law is broken by {name}: it destroys entropy, {least:.3g} per area, t = {t:.4g}"
        return Finding(name, _RULE, Verdict.VIOLATED, text, value, judged=produced.size)
    text = f"{name} produces at least {least:.3g} per area, and must not destroy entropy"
    return Finding(name, _RULE, Verdict.PASSED, text, value, judged=produced.size)


def _keep(found: dict[str, Finding], name: str, finding: Finding) -> None:
    """Keep the most serious finding on a term."""
    order = (Verdict.PASSED, Verdict.NOT_JUDGED, Verdict.VIOLATED)
    if name not in found or order.index(finding.verdict) > order.index(found[name].verdict):
        found[name] = finding
