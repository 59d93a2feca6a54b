"""The block `protocol:`: phases that each change some lines of the case, checked as whole cases."""

from __future__ import annotations

from ...errors import nearest
from ...model.parameters import Declaration
from ..model import CYCLE
from ..reading.builder import CaseBuilder, PhaseRead, ProtocolEntry
from ..reading.make_plugin import build
from ..reading.schema import PERIODIC, TOP, Lasting, UntilPeriodic
from ..reading.selection import Selection, select
from ..text.overlay import CHANGEABLE
from ..text.problems import kind_of, unknown
from ..text.yaml_tree import Node, Scalar, plain

__all__ = ["read_protocol"]

_KEYS = ("phases", "repeat")
_REPEAT = Declaration("repeat", int, "", "how many cycles", True, None, 1, None, 1_000_000)


def read_protocol(builder: CaseBuilder) -> None:
    """Names and durations of the phases, and the number of cycles; the changes of a phase are read later."""
    if builder.block("protocol") is None:
        if "protocol" in builder.root.value:
            builder.diagnostics.error(
                builder.mark("protocol", key=True), "protocol is empty", "a block {phases: ..., repeat: ...}"
            )
        return
    entries = builder.mapping("protocol")
    for name, node in entries.items():
        if name not in _KEYS:
            builder.diagnostics.problems.append(unknown("key of a protocol", name, node.key_mark, _KEYS))
    cycles, tolerance = _read_repeat(builder, entries["repeat"]) if "repeat" in entries else (1, None)
    phases = entries.get("phases")
    if phases is None or not isinstance(phases.value, dict) or not phases.value:
        if phases is not None or not {nearest(name, _KEYS) for name in entries} & {"phases"}:
            mark = builder.mark("protocol", "phases", key=True)
            builder.diagnostics.error(mark, "protocol lacks phases", "phases: {name: {duration: ..., changes}, ...}")
        builder.protocol = ProtocolEntry((), cycles, tolerance)
        return
    builder.protocol = ProtocolEntry(
        tuple(_read_phase(builder, *item) for item in phases.value.items()), cycles, tolerance
    )


def _read_repeat(builder: CaseBuilder, node: Node) -> tuple[int, float | None]:
    """How many cycles there are at most, and the tolerance where they end by it."""
    text = node.value.text if isinstance(node.value, Scalar) else ""
    if not isinstance(node.value, dict) and not (text.isidentifier() and text not in builder.scope.given):
        return builder.diagnostics.attempt(builder.reader.read, node, _REPEAT) or 1, None
    selection = builder.diagnostics.attempt(select, node, "a number of cycles, or until_periodic")
    if selection is None:
        return 1, None
    if selection.name != PERIODIC:
        remark = "" if isinstance(node.value, dict) else "it is not a number of cycles"
        builder.diagnostics.problems.append(
            unknown("way to repeat", selection.name, selection.mark, (PERIODIC,), remark)
        )
        return 1, None
    made = builder.diagnostics.attempt(build, UntilPeriodic, selection, builder.reader) or UntilPeriodic()
    return made.max_cycles, made.tolerance


def _read_phase(builder: CaseBuilder, name: str, node: Node) -> PhaseRead:
    diagnostics = builder.diagnostics
    if name == CYCLE:
        diagnostics.error(
            node.key_mark, f'a phase cannot be named "{CYCLE}", which denotes all phases together', "another name"
        )
    if not isinstance(node.value, dict):
        diagnostics.error(node.mark, f"{name} is {kind_of(node)}", "a mapping {duration: ..., changes}")
        return PhaseRead(name, None, Node({}, node.mark, node.key_mark))
    allowed = ("duration", *CHANGEABLE)
    for key, child in node.value.items():
        if key in TOP and key not in CHANGEABLE:
            text = f"a phase cannot change {key}"
            diagnostics.error(
                child.key_mark, text, f"{key} once, at the top; a phase may change {', '.join(CHANGEABLE)}"
            )
        elif key not in allowed:
            diagnostics.problems.append(unknown("key of a phase", key, child.key_mark, allowed))
    meant = {nearest(key, allowed) for key in node.value if key not in allowed}
    body = {key: child for key, child in node.value.items() if key == "duration"}
    lasting = None
    if body or "duration" not in meant:
        selection = Selection(name, node.key_mark, Node(body, node.mark, node.key_mark))
        lasting = diagnostics.attempt(build, Lasting, selection, builder.reader)
    changes = {
        key: child for key, child in node.value.items() if key in CHANGEABLE and plain(child) not in (None, {}, [])
    }
    return PhaseRead(name, lasting and lasting.duration, Node(changes, node.mark, node.key_mark))
