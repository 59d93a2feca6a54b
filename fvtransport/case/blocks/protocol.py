"""The block `protocol:`: phases that each change some lines of the case, checked as whole cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...errors import Mark, PluginError, Problem, nearest
from ...model.parameters import Declaration
from ..checks.terms import check_physics
from ..draft import Draft, PhaseRead, Plan
from ..make_plugin import Choice, build, choice
from ..phases import CYCLE
from ..schema import AUDITS, PERIODIC, TOP, Lasting, UntilPeriodic
from ..scope import identifiers
from ..text.overlay import CHANGEABLE, overlay
from ..text.problems import Findings, kind_of, unknown
from ..text.yaml_tree import Node, Scalar, plain
from .boundaries import read_boundaries
from .mixture import read_laws, read_properties
from .parameters import read_parameters

__all__ = ["check_phases", "read_protocol"]

_KEYS = ("phases", "repeat")
_REPEAT = Declaration("repeat", int, "", "how many cycles", True, None, 1, None, 1_000_000)
_UNUSED = "is given but nothing uses it"


def read_protocol(draft: Draft) -> None:
    """Names and durations of the phases, and how often they are repeated; their changes are read later."""
    if draft.block("protocol") is None:
        if "protocol" in draft.root.value:
            draft.findings.error(
                draft.mark("protocol", key=True), "protocol is empty", "a block {phases: ..., repeat: ...}"
            )
        return
    entries = draft.mapping("protocol")
    for name, node in entries.items():
        if name not in _KEYS:
            draft.findings.problems.append(unknown("key of a protocol", name, node.key_mark, _KEYS))
    cycles, tolerance = _read_repeat(draft, entries["repeat"]) if "repeat" in entries else (1, None)
    phases = entries.get("phases")
    if phases is None or not isinstance(phases.value, dict) or not phases.value:
        if phases is not None or not {nearest(name, _KEYS) for name in entries} & {"phases"}:
            mark = draft.mark("protocol", "phases", key=True)
            draft.findings.error(mark, "protocol lacks phases", "phases: {name: {duration: ..., changes}, ...}")
        draft.plan = Plan((), cycles, tolerance)
        return
    draft.plan = Plan(tuple(_read_phase(draft, *item) for item in phases.value.items()), cycles, tolerance)


def _read_repeat(draft: Draft, node: Node) -> tuple[int, float | None]:
    """How many cycles there are at most, and the tolerance where they end by it."""
    text = node.value.text if isinstance(node.value, Scalar) else ""
    if not isinstance(node.value, dict) and not (text.isidentifier() and text not in draft.scope.given):
        return draft.findings.attempt(draft.reader.read, node, _REPEAT) or 1, None
    chosen = draft.findings.attempt(choice, node, "a number of cycles, or until_periodic")
    if chosen is None:
        return 1, None
    if chosen.name != PERIODIC:
        remark = "" if isinstance(node.value, dict) else "it is no number of cycles"
        draft.findings.problems.append(unknown("way to repeat", chosen.name, chosen.mark, (PERIODIC,), remark))
        return 1, None
    made = draft.findings.attempt(build, UntilPeriodic, chosen, draft.reader) or UntilPeriodic()
    return made.most, made.tolerance


def _read_phase(draft: Draft, name: str, node: Node) -> PhaseRead:
    findings = draft.findings
    if name == CYCLE:
        findings.error(
            node.key_mark, f'a phase cannot be named "{CYCLE}", which stands for all of them', "another name"
        )
    if not isinstance(node.value, dict):
        findings.error(node.mark, f"{name} is {kind_of(node)}", "a mapping {duration: ..., changes}")
        return PhaseRead(name, None, Node({}, node.mark, node.key_mark))
    allowed = ("duration", *CHANGEABLE)
    for key, child in node.value.items():
        if key in TOP and key not in CHANGEABLE:
            text = f"a phase cannot change {key}"
            findings.error(child.key_mark, text, f"{key} once, at the top; a phase may change {', '.join(CHANGEABLE)}")
        elif key not in allowed:
            findings.problems.append(unknown("key of a phase", key, child.key_mark, allowed))
    meant = {nearest(key, allowed) for key in node.value if key not in allowed}
    body = {key: child for key, child in node.value.items() if key == "duration"}
    lasting = None
    if body or "duration" not in meant:
        chosen = Choice(name, node.key_mark, Node(body, node.mark, node.key_mark))
        lasting = findings.attempt(build, Lasting, chosen, draft.reader)
    changes = {
        key: child for key, child in node.value.items() if key in CHANGEABLE and plain(child) not in (None, {}, [])
    }
    return PhaseRead(name, lasting and lasting.duration, Node(changes, node.mark, node.key_mark))


def check_phases(draft: Draft) -> None:
    """Check every phase as a case of its own, and note each mistake once.

    Raises PluginError for a plugin that fails in a phase, unless there are mistakes to report.
    """
    failure: PluginError | None = None
    before = 0.0
    for read in draft.plan.phases:
        phase = _phase_draft(draft, read, before)
        before += read.duration or 0.0
        draft.phases.append(phase)
        try:
            _check_phase(phase, read, draft)
        except PluginError as error:
            failure = failure or error
    _gather(draft)
    if failure is not None and not draft.findings.errors:
        raise failure


def _phase_draft(draft: Draft, read: PhaseRead, before: float) -> Draft:
    """The draft of a phase, which shares with the case all that a phase cannot change."""
    solve = draft.solve
    if solve is not None:
        solve = replace(solve, start=solve.start + before, until=solve.start + before + (read.duration or 1.0))
    return replace(
        draft, root=overlay(draft.root, read.changes), findings=Findings(), properties=[], laws=[], boundaries={},
        attempted=set(draft.attempted), solve=solve, plan=None, phases=[],
    )  # fmt: skip


def _check_phase(phase: Draft, read: PhaseRead, draft: Draft) -> None:
    _read_changed_parameters(phase, read, draft)
    phase.audit = phase.one_of("audit", AUDITS)
    phase.require("laws")
    if phase.scope.boundaries != ():
        phase.require("boundaries")
    read_properties(phase)
    read_laws(phase)
    read_boundaries(phase)
    check_physics(phase)


def _read_changed_parameters(phase: Draft, read: PhaseRead, draft: Draft) -> None:
    """The parameters of a phase: those of the case, some with other values, none of them new."""
    changes = read.changes.value.get("parameters")
    if changes is None:
        return
    given = phase.block("parameters")
    known = draft.scope.given
    if isinstance(changes.value, dict) and isinstance(given.value, dict):
        new = [name for name in changes.value if name not in known]
        for name in new:
            remark = "a phase changes parameters that the case has"
            phase.findings.problems.append(unknown("parameter", name, changes.value[name].key_mark, known, remark))
        given = replace(given, value={name: node for name, node in given.value.items() if name not in new})
    values, broken = read_parameters(given, phase.scope.units, phase.findings)
    nodes = given.value if isinstance(given.value, dict) else {}
    phase.know(parameters=values, broken=frozenset({*broken, *draft.scope.broken}), given=nodes)
    _refuse_changed(phase, changes, draft)


def _refuse_changed(phase: Draft, changes: Node, draft: Draft) -> None:
    """Complain where the mesh or the mixture hangs on a parameter that is not worth the same in a phase."""
    old, new = draft.scope.parameters, phase.scope.parameters
    changed = {name for name, value in new.items() if name in old and value != old[name]}
    for block in ("mesh", "mixture"):
        node = draft.block(block)
        for name in sorted(changed.intersection(_names_in(node)) if node is not None else ()):
            child = changes.value.get(name)
            text = f"{block} hangs on {name}, which is not worth the same in this phase"
            phase.findings.error((child or changes).key_mark, text, f"a parameter that {block} does not hang on")


def _names_in(node: Node) -> Iterable[str]:
    """Names in the formulas below a node; those of species are no formulas."""
    if isinstance(node.value, Scalar):
        yield from dict(identifiers(node.value.text))
    elif isinstance(node.value, list):
        for item in node.value:
            yield from _names_in(item)
    else:
        for name, child in node.value.items():
            if name != "species":
                yield from _names_in(child)


def _gather(draft: Draft) -> None:
    """Add what was found in the phases, each once, with the phase named where it is not true of all of them."""
    where: dict[Problem, list[PhaseRead]] = {}
    for read, phase in zip(draft.plan.phases, draft.phases):
        for problem in dict.fromkeys(phase.findings.problems):
            where.setdefault(problem, []).append(read)
    known = set(draft.findings.problems)
    for problem, reads in where.items():
        everywhere = len(reads) == len(draft.phases)
        unused_here = problem.warning and problem.message.endswith(_UNUSED) and problem.mark not in _own_marks(reads)
        if problem in known or unused_here and not everywhere:
            continue
        names = " and ".join(read.name for read in reads)
        text = problem.message if everywhere else f"in phase {names}: {problem.message}"
        draft.findings.problems.append(replace(problem, message=text))


def _own_marks(reads: Iterable[PhaseRead]) -> set[Mark | None]:
    """Where the properties stand that phases give themselves."""
    blocks = (read.changes.value.get("properties") for read in reads)
    return {
        node.key_mark for block in blocks if block and isinstance(block.value, dict) for node in block.value.values()
    }
