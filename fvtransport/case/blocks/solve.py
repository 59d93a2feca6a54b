"""The block `solve:`."""

from __future__ import annotations

from ...errors import Problem
from ..model import SteadySpec, TransientSpec
from ..reading.builder import CaseBuilder
from ..reading.make_plugin import build, readable
from ..reading.schema import SOLVERS
from ..reading.selection import Selection, select
from ..text.problems import InvalidValue, unknown
from ..text.yaml_tree import Node, Scalar, plain

__all__ = ["is_steady", "last_time", "read_solve"]

_LATE = "1e300"  # the end of a run until the protocol gives it


def is_steady(node: Node | None) -> bool:
    """Whether a steady state is requested, as far as is known before the fields."""
    return node is not None and (plain(node) == "steady" or (isinstance(node.value, dict) and "steady" in node.value))


def last_time(builder: CaseBuilder, spec: TransientSpec) -> tuple[float, str]:
    """The latest time that is certainly reached, with words for it where it is not the end of the run."""
    protocol = builder.protocol
    if protocol is None or protocol.tolerance is None:
        return spec.until, ""
    return spec.start + protocol.period, ", the first cycle, which may be the only one"


def read_solve(builder: CaseBuilder) -> None:
    """How the case is solved; with a protocol, which says when the run ends, there is no `until`."""
    node = builder.block("solve")
    selection = node and builder.diagnostics.attempt(select, node, "a way to solve: steady or transient")
    if not selection:
        return
    if selection.name not in SOLVERS:
        builder.diagnostics.problems.append(unknown("way to solve", selection.name, selection.mark, SOLVERS))
        return
    if builder.protocol is not None:
        selection = _without_end(builder, selection)
        if selection is None:
            return
    cls = SOLVERS[selection.name]
    extra = {} if builder.protocol is None else {"until": Node(Scalar(_LATE, False), selection.mark)}
    made = builder.diagnostics.attempt(build, cls, selection, builder.reader, extra)
    if made is None:
        builder.solve_valid = False
        try:
            made = cls.model_validate({**extra, **readable(cls, selection, builder.reader)}, context=builder.reader)
        except ValueError:
            return
    spec = made.spec() if builder.protocol is None else _with_end(made.spec(), builder)
    tolerance = builder.protocol.tolerance if builder.protocol is not None and spec is not None else None
    if tolerance is not None and tolerance < spec.rtol:
        text = f"cycles must agree to {tolerance:g}, but errors of up to rtol = {spec.rtol:g} per step may be larger"
        builder.diagnostics.warn(builder.mark("protocol", "repeat"), text, f"rtol of at most {tolerance:g} in solve")
    builder.solve = spec and builder.diagnostics.attempt(_in_order, spec, selection, builder)


def _without_end(builder: CaseBuilder, selection: Selection) -> Selection | None:
    """The same selection without the end that it must not give; None for a steady case."""
    if selection.name == "steady":
        text = "a protocol runs in time, and a steady case has none"
        builder.diagnostics.error(selection.mark, text, "solve: {transient: ...}, or no protocol")
        return None
    body = selection.body
    if body is None or plain(body) is None:
        return selection
    given = body.value.get("until") if isinstance(body.value, dict) else body
    if given is None:
        return selection
    text = "until is given, but the protocol says when the run ends"
    builder.diagnostics.error(given.key_mark if isinstance(body.value, dict) else given.mark, text, "no until")
    rest = {name: node for name, node in body.value.items() if name != "until"} if isinstance(body.value, dict) else {}
    return Selection(selection.name, selection.mark, Node(rest, body.mark, body.key_mark))


def _with_end(spec: TransientSpec, builder: CaseBuilder) -> TransientSpec | None:
    """The same with the end that the protocol gives; None where that is not known."""
    period = builder.protocol.period
    if period is None:
        return None
    return type(spec)(**{**vars(spec), "until": spec.start + builder.protocol.cycles * period})


def _in_order(
    spec: TransientSpec | SteadySpec, selection: Selection, builder: CaseBuilder
) -> TransientSpec | SteadySpec:
    """The same specification; raises InvalidValue unless its times increase and lie in the run."""
    if isinstance(spec, SteadySpec):
        return spec
    body = (
        selection.body.value
        if selection.body is not None and isinstance(selection.body.value, dict)
        else {"until": selection.body}
    )
    if spec.until <= spec.start:
        text = f"the run ends at {spec.until:g}, but it starts at {spec.start:g}"
        raise InvalidValue(Problem(body["until"].mark, text, f"until above {spec.start:g}"))
    last, words = last_time(builder, spec)
    given = body.get("times", None)
    marks = [item.mark for item in given.value] if given and isinstance(given.value, list) else given and [given.mark]
    expected = f"a time in ({spec.start:g}, {last:g}]{words}"
    outside = [(time, mark) for time, mark in zip(spec.times, marks or ()) if not spec.start < time <= last]
    if outside:
        raise InvalidValue(*(Problem(mark, f"times: {time:g} is outside the run", expected) for time, mark in outside))
    return spec
