"""The audit of a case: every rule held against every kept state, with the laws of its phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from ..case.audit_spec import WARN, AuditSpec
from ..discretisation.snapshot import Snapshot
from ..discretisation.system import System
from ..model.law import Law
from .dissipation import Dissipation
from .forces import Forces, forces_at
from .interfaces import interface_findings
from .linear_laws import LinearLaws
from .local import local_fluxes
from .mixture_metric import Metric
from .onsager import onsager_matrices
from .reactions import reaction_findings
from .states import States, states_of
from .surroundings import boundary_findings
from .tensor_laws import TensorLaws, axis_conductances
from .verdict import Audit, Finding, Verdict

__all__ = ["audit"]


def audit(system: System, states: Iterable[tuple[float, np.ndarray]], spec: AuditSpec = WARN) -> Audit | None:
    """The audit of a system at states (t, values (balances, nodes)); None where the mixture states no metric."""
    return audit_snapshots([Snapshot(system, t, values) for t, values in states], spec)


def audit_snapshots(
    snapshots: Sequence[Snapshot], spec: AuditSpec = WARN, between: Iterable[Finding] = ()
) -> Audit | None:
    """The audit of some states under the same laws; None where it is off or the mixture states no metric.

    between are the findings on the steps between them, which do not count beside one-way laws: their sum has no sign.
    """
    if not spec.is_on:
        return None
    system = snapshots[0].system
    parts = LinearLaws(system), Dissipation(system), TensorLaws(system), Metric(system)
    linear, dissipation, tensors, metric = parts
    with np.errstate(all="ignore"):
        for states in states_of(snapshots):
            if not _see(states, *parts):
                return None
    findings = [
        *linear.findings(),
        *tensors.findings(),
        *dissipation.findings(),
        *(() if linear.is_one_way else between),
        *_external(system),
        *reaction_findings(system, [(each.t, each.values) for each in snapshots]),
        *interface_findings(snapshots),
        *boundary_findings(snapshots),
    ]
    has_passed = any(each.verdict is Verdict.PASSED for each in findings)
    findings += (each for each in metric.findings() if has_passed or each.verdict is not Verdict.PASSED)
    return Audit(tuple(findings), linear.asymmetry, linear.margin).held_to(spec)


def _see(states: States, linear: LinearLaws, dissipation: Dissipation, tensors: TensorLaws, metric: Metric) -> bool:
    """Judge some states; False where there is no metric to judge them with."""
    found = onsager_matrices(states.system, states.t, states.values)
    if found is None:
        return False
    forces = Forces(*map(states.flat, forces_at(states.system, states.t, states.values)))
    omitted = linear.see(states, found, forces)
    metric.see(states, found)
    along = axis_conductances(states, found.mean) if states.system.fluxes.uses_vectors and found.by_law else {}
    if along:
        tensors.see(states, found, omitted, along)
    dissipation.see(states, forces, found, omitted, local_fluxes(states, found.mean), along)
    return True


def _external(system: System) -> Iterator[Finding]:
    """Terms that something outside the case drives."""
    for name in system.fluxes.zero_gradient_laws:
        text = f"what {name} moves without any gradient is external: no force of the case drives it"
        yield Finding(name, "zero gradient", Verdict.EXTERNAL, text)
    for name, law in system.laws.items():
        kind = type(law)
        if kind.source is not Law.source and kind.reactions is Law.reactions:
            text = f"{name} is a source: what it produces is external"
            yield Finding(name, "given production", Verdict.EXTERNAL, text)
        if kind.face_source is not Law.face_source:
            text = f"what {name} makes of the fluxes, such as work or heat, is external"
            yield Finding(name, "production by fluxes", Verdict.EXTERNAL, text)
