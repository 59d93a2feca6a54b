"""Phases of a protocol, checked as whole cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...errors import Mark, Problem
from ..blocks.audit import read_audit
from ..blocks.boundaries import read_boundaries
from ..blocks.interfaces import read_interfaces
from ..blocks.laws import read_laws
from ..blocks.mesh import read_mesh
from ..blocks.mixture import read_mixture
from ..blocks.parameters import read_parameters
from ..blocks.properties import read_properties
from ..reading.builder import CaseBuilder, PhaseRead
from ..reading.scope import identifiers
from ..text.overlay import overlay
from ..text.problems import Diagnostics, unknown
from ..text.yaml_tree import Node, Scalar
from .phase_interfaces import check_phase_interfaces
from .physics import check_physics

__all__ = ["check_phases"]


_UNUSED = "is given but nothing uses it"


def check_phases(builder: CaseBuilder) -> None:
    """Check every phase as a case of its own, and note each mistake, failure and skipped check once."""
    before = 0.0
    for read in builder.protocol.phases:
        phase = _phase_builder(builder, read, before)
        before += read.duration or 0.0
        builder.phases.append(phase)
        phase.check(f"phase {read.name}", _check_phase, phase, read, builder)
        builder.diagnostics.failures += phase.diagnostics.failures
        builder.diagnostics.skipped += phase.diagnostics.skipped
    check_phase_interfaces(builder)
    _collect(builder)


def _phase_builder(builder: CaseBuilder, read: PhaseRead, before: float) -> CaseBuilder:
    """The builder of a phase, which shares with the case everything that a phase cannot change."""
    solve = builder.solve
    if solve is not None:
        solve = replace(solve, start=solve.start + before, until=solve.start + before + (read.duration or 1.0))
    return replace(
        builder, root=overlay(builder.root, read.changes), diagnostics=Diagnostics(),
        properties=[], laws=[], boundaries={}, interfaces={},
        seen=set(builder.seen), unread=set(builder.unread), solve=solve, protocol=None, phases=[],
    )  # fmt: skip


def _check_phase(phase: CaseBuilder, read: PhaseRead, builder: CaseBuilder) -> None:
    phase.read("parameters", lambda each: _read_changed_parameters(each, read, builder))
    phase.read("audit", read_audit)
    phase.require("laws")
    if phase.scope.boundaries != ():
        phase.require("boundaries")
    phase.read("properties", read_properties)
    phase.read("laws", read_laws)
    phase.read("boundaries", read_boundaries)
    phase.read("interfaces", read_interfaces)
    check_physics(phase)


def _read_changed_parameters(phase: CaseBuilder, read: PhaseRead, builder: CaseBuilder) -> None:
    """The parameters of a phase: those of the case, some with other values, none of them new."""
    changes = read.changes.value.get("parameters")
    if changes is None:
        return
    given = phase.block("parameters")
    known = builder.scope.given
    if isinstance(changes.value, dict) and isinstance(given.value, dict):
        new = [name for name in changes.value if name not in known]
        for name in new:
            remark = "a phase can change only parameters of the case"
            phase.diagnostics.problems.append(unknown("parameter", name, changes.value[name].key_mark, known, remark))
        given = replace(given, value={name: node for name, node in given.value.items() if name not in new})
    values, broken = read_parameters(given, phase.scope.units, phase.diagnostics)
    nodes = given.value if isinstance(given.value, dict) else {}
    phase.know(parameters=values, broken=frozenset({*broken, *builder.scope.broken}), given=nodes)
    _refuse_changed(phase, changes, builder)


def _refuse_changed(phase: CaseBuilder, changes: Node, builder: CaseBuilder) -> None:
    """Note where the mesh or the mixture depends on a parameter whose value differs in a phase."""
    old, new = builder.scope.parameters, phase.scope.parameters
    changed = {name for name, value in new.items() if name in old and value != old[name]}
    for block in ("mesh", "mixture"):
        node = builder.block(block)
        named = changed.intersection(_names_in(node)) if node is not None else ()
        for name in sorted(name for name in named if _needs(builder, block, name)):
            child = changes.value.get(name)
            text = f"{block} depends on {name}, whose value differs in this phase"
            phase.diagnostics.error((child or changes).key_mark, text, f"a parameter on which {block} does not depend")


def _needs(builder: CaseBuilder, block: str, name: str) -> bool:
    """Whether the mesh or the mixture cannot be read without a parameter; a text such as a
    species only looks like it.
    """
    scope = replace(builder.scope, broken=builder.scope.broken | {name})
    trial = replace(builder, scope=scope, diagnostics=Diagnostics(), mesh_kind=None, mixture=None)
    if block == "mesh":
        read_mesh(trial)
        return builder.mesh_kind is not None and trial.mesh_kind is None
    read_mixture(trial)
    return builder.mixture is not None and trial.mixture is None


def _names_in(node: Node) -> Iterable[str]:
    """Names that occur in the texts below a node."""
    if isinstance(node.value, Scalar):
        yield from dict(identifiers(node.value.text))
    elif isinstance(node.value, list):
        for item in node.value:
            yield from _names_in(item)
    else:
        for child in node.value.values():
            yield from _names_in(child)


def _collect(builder: CaseBuilder) -> None:
    """Add what was found in the phases, each once, naming the phase unless it holds for all of them."""
    where: dict[Problem, list[PhaseRead]] = {}
    for read, phase in zip(builder.protocol.phases, builder.phases):
        for problem in dict.fromkeys(phase.diagnostics.problems):
            where.setdefault(problem, []).append(read)
    known = set(builder.diagnostics.problems)
    for problem, reads in where.items():
        everywhere = len(reads) == len(builder.phases)
        unused_here = problem.warning and problem.message.endswith(_UNUSED) and problem.mark not in _own_marks(reads)
        if problem in known or (unused_here and not everywhere):
            continue
        names = " and ".join(read.name for read in reads)
        text = problem.message if everywhere else f"in phase {names}: {problem.message}"
        builder.diagnostics.problems.append(replace(problem, message=text))


def _own_marks(reads: Iterable[PhaseRead]) -> set[Mark | None]:
    """The places of the properties that phases give themselves."""
    blocks = (read.changes.value.get("properties") for read in reads)
    return {
        node.key_mark for block in blocks if block and isinstance(block.value, dict) for node in block.value.values()
    }
