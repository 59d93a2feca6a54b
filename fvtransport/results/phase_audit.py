"""The audit where there may be several phases, each with laws of its own."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..case.model import Case
from ..discretisation.build import Discretisation
from ..discretisation.phases import phase_systems
from .audit import Audit, audit

__all__ = ["audit_start", "joined"]


def audit_start(case: Case, discretised: Discretisation) -> Audit | None:
    """The audit of the initial state, under the laws of every phase; None where it is off or the
    mixture states no metric.
    """
    if case.protocol is None:
        return None if case.audit == "off" else audit(discretised.system, [(discretised.t, discretised.values)])
    found = {
        phase.name: None if phase.case.audit == "off" else audit(own.system, [(own.t, discretised.values)])
        for phase, own in phase_systems(case, discretised)
    }
    return joined(found.items())


def joined(audits: Iterable[tuple[str, Audit | None]]) -> Audit | None:
    """The audits of several phases as one: the worst of each, what is broken with the phase named."""
    found = {name: audit for name, audit in audits if audit is not None}
    if not found:
        return None
    alike = len({audit.violations for audit in found.values()}) == 1
    violations = {
        text if alike else f"in phase {name}: {text}": None
        for name, audit in found.items()
        for text in audit.violations
    }
    remarks = {remark: None for audit in found.values() for remark in audit.remarks}
    asymmetry = np.fmax.reduce([audit.asymmetry for audit in found.values()])
    margin = np.fmin.reduce([audit.margin for audit in found.values()])
    return Audit(float(asymmetry), float(margin), tuple(violations), tuple(remarks))
