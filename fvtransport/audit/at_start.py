"""The audit of the initial state, under the laws of every phase."""

from __future__ import annotations

from ..case.model import Case
from ..discretisation.build import Discretisation
from ..discretisation.phases import phase_systems
from .judge import audit
from .verdict import Audit, joined

__all__ = ["audit_start"]


def audit_start(case: Case, discretised: Discretisation) -> Audit | None:
    """The audit of the initial state; None where it is off or the mixture states no metric."""
    if case.protocol is None:
        return audit(discretised.system, [(discretised.t, discretised.values)], case.audit)
    return joined(
        {
            phase.name: audit(own.system, [(own.t, discretised.values)], phase.case.audit)
            for phase, own in phase_systems(case, discretised)
        }
    )
