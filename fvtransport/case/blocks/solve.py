"""The block `solve:`."""

from __future__ import annotations

from ...errors import Problem
from ..model import SteadySpec, TransientSpec
from ..reading.draft import Draft
from ..reading.make_plugin import Choice, build, choice, readable
from ..reading.schema import SOLVERS
from ..text.problems import Unreadable, unknown
from ..text.yaml_tree import Node, Scalar, plain

__all__ = ["is_steady", "last_time", "read_solve"]

_LATE = "1e300"  # stands for the end of a run until the protocol says what it is


def is_steady(node: Node | None) -> bool:
    """Whether a steady state is asked for, as far as that can be said before fields are known."""
    return node is not None and (plain(node) == "steady" or isinstance(node.value, dict) and "steady" in node.value)


def last_time(draft: Draft, spec: TransientSpec) -> tuple[float, str]:
    """The latest time that is sure to be reached, and what it is in words where that is not the end of the run."""
    plan = draft.plan
    if plan is None or plan.tolerance is None:
        return spec.until, ""
    return spec.start + plan.period, ", the first cycle, for it may be the only one"


def read_solve(draft: Draft) -> None:
    """How the case is solved; with a protocol, which says when the run ends, there is no `until`."""
    node = draft.block("solve")
    chosen = node and draft.findings.attempt(choice, node, "a way to solve: steady or transient")
    if not chosen:
        return
    if chosen.name not in SOLVERS:
        draft.findings.problems.append(unknown("way to solve", chosen.name, chosen.mark, SOLVERS))
        return
    if draft.plan is not None:
        chosen = _without_end(draft, chosen)
        if chosen is None:
            return
    cls = SOLVERS[chosen.name]
    extra = {} if draft.plan is None else {"until": Node(Scalar(_LATE, False), chosen.mark)}
    made = draft.findings.attempt(build, cls, chosen, draft.reader, extra)
    if made is None:
        draft.solve_whole = False
        try:
            made = cls.model_validate({**extra, **readable(cls, chosen, draft.reader)}, context=draft.reader)
        except ValueError:
            return
    spec = made.spec() if draft.plan is None else _with_end(made.spec(), draft)
    tolerance = draft.plan.tolerance if draft.plan is not None and spec is not None else None
    if tolerance is not None and tolerance < spec.rtol:
        text = f"the state is to repeat itself to {tolerance:g}, but errors of up to rtol = {spec.rtol:g} per step may hide it"
        draft.findings.warn(draft.mark("protocol", "repeat"), text, f"rtol of at most {tolerance:g} in solve")
    draft.solve = spec and draft.findings.attempt(_in_order, spec, chosen, draft)


def _without_end(draft: Draft, chosen: Choice) -> Choice | None:
    """The same choice without the end that it must not give; None where it is no run in time."""
    if chosen.name == "steady":
        text = "a protocol runs in time, and a steady case has none"
        draft.findings.error(chosen.mark, text, "solve: {transient: ...}, or no protocol")
        return None
    body = chosen.body
    if body is None or plain(body) is None:
        return chosen
    given = body.value.get("until") if isinstance(body.value, dict) else body
    if given is None:
        return chosen
    text = "until is given, but the protocol says when the run ends"
    draft.findings.error(given.key_mark if isinstance(body.value, dict) else given.mark, text, "no until")
    rest = {name: node for name, node in body.value.items() if name != "until"} if isinstance(body.value, dict) else {}
    return Choice(chosen.name, chosen.mark, Node(rest, body.mark, body.key_mark))


def _with_end(spec: TransientSpec, draft: Draft) -> TransientSpec | None:
    """The same with the end that the protocol gives; None where that is not known."""
    period = draft.plan.period
    if period is None:
        return None
    return type(spec)(**{**vars(spec), "until": spec.start + draft.plan.cycles * period})


def _in_order(spec: TransientSpec | SteadySpec, chosen: Choice, draft: Draft) -> TransientSpec | SteadySpec:
    """The same, once its times are known to follow each other."""
    if isinstance(spec, SteadySpec):
        return spec
    body = (
        chosen.body.value if chosen.body is not None and isinstance(chosen.body.value, dict) else {"until": chosen.body}
    )
    if spec.until <= spec.start:
        text = f"the run ends at {spec.until:g}, but it starts at {spec.start:g}"
        raise Unreadable(Problem(body["until"].mark, text, f"until above {spec.start:g}"))
    last, words = last_time(draft, spec)
    given = body["times"] if "times" in body else None
    marks = [item.mark for item in given.value] if given and isinstance(given.value, list) else given and [given.mark]
    expected = f"a time in ({spec.start:g}, {last:g}]{words}"
    outside = [(time, mark) for time, mark in zip(spec.times, marks or ()) if not spec.start < time <= last]
    if outside:
        raise Unreadable(*(Problem(mark, f"times: {time:g} is outside the run", expected) for time, mark in outside))
    return spec
