"""The blocks `observe:` and `compare:`."""

from __future__ import annotations

from ...errors import Problem
from ...mesh.spec import MeshSpec
from ..model import Derived, Observed, Take, TransientSpec
from ..reading.draft import Draft
from ..reading.make_plugin import Choice, build, choice, find
from ..reading.schema import Observation
from ..text.problems import Unreadable
from ..text.yaml_tree import Node
from .formulas import is_formula, is_rate, rate_problem, read_formula, read_span, settle_formulas
from .solve import last_time

__all__ = ["read_observe"]


def read_observe(draft: Draft) -> None:
    """Every observable with the times at which it is read or the span that it is taken over, and formulas of them."""
    formulas: dict[str, Derived] = {}
    for name, node in draft.mapping("observe").items():
        if is_formula(node):
            formulas[name] = draft.findings.attempt(read_formula, draft, name, node)
        elif (observed := draft.findings.attempt(_read_observed, draft, name, node)) is not None:
            draft.observe.append(observed)
    settle_formulas(draft, {name: derived for name, derived in formulas.items() if derived is not None})


def _read_observed(draft: Draft, name: str, node: Node) -> Observed:
    entries = dict(node.value) if isinstance(node.value, dict) else {}
    at, take = entries.pop("at", None), entries.pop("take", None)
    over, is_mean = read_span(draft, entries)
    times = draft.findings.attempt(_read_times, draft, name, at) if at is not None else None
    if at is not None and not entries:
        raise Unreadable(Problem(node.mark, f"{name} has times but no observable", "{plugin: parameters, at: times}"))
    if over and not entries:
        raise Unreadable(
            Problem(node.mark, f"{name} is over {over}, but of no observable", "{plugin: parameters, over: ...}")
        )
    if over and at is not None:
        raise Unreadable(Problem(at.key_mark, f"{name} is read at times and over {over}", "one of them"))
    taken = None if take is None else _read_take(draft, name, take, bool(at or over), bool(entries))
    chosen = choice(Node(entries, node.mark, node.key_mark) if entries else node, "an observable")
    entry = find("observable", chosen, draft.scope)
    if entry.cls.needs_time and draft.solve is not None and not draft.is_transient:
        message = f"{entry.name} is an amount since the start of a run, and a steady case has none"
        raise Unreadable(Problem(chosen.mark, message, "a flow, or `solve: {transient: ...}`"))
    observable = build(entry.cls, chosen, draft.reader)
    if observable.point is not None and draft.mesh is not None:
        _check_point(observable.point, draft.mesh, chosen)
    observed = Observed(name, entry.name, observable, times, over, is_mean, taken)
    if over and is_rate(observed):
        raise Unreadable(rate_problem(entry.name, Node(node.value, chosen.mark), over))
    return observed


def _read_take(draft: Draft, name: str, node: Node, is_timed: bool, has_observable: bool) -> Take:
    """What is taken of the history of an observable."""
    if not has_observable:
        raise Unreadable(
            Problem(node.key_mark, f"{name} takes something, but of no observable", "{plugin: parameters, take: ...}")
        )
    if is_timed:
        raise Unreadable(
            Problem(
                node.key_mark, f"{name} is read at a time or over a span and takes something besides", "one of them"
            )
        )
    if draft.solve is not None and not draft.is_transient:
        raise Unreadable(
            Problem(node.key_mark, f"{name} takes something of its history, and a steady case has none", "no take")
        )
    return Take(draft.reader.read(node, Observation.declarations()[1]))


def _check_point(point: tuple[float | None, ...], mesh: MeshSpec, chosen: Choice) -> None:
    """As many coordinates as the mesh has dimensions, and inside it where its extent is known."""
    names = ", ".join("xyz"[: mesh.dimension])
    problems = []
    for row, (letter, value) in enumerate(zip("xyz", point)):
        if (value is None) == (row < mesh.dimension):
            text = (
                f"{chosen.name} lacks {letter}"
                if value is None
                else f"{chosen.name} has a coordinate {letter} too many"
            )
            problems.append(
                Problem(chosen.mark, text, f"{names}: the mesh {mesh.type} has {mesh.dimension} dimension(s)")
            )
        elif value is not None and mesh.axes and not 0.0 <= value - mesh.axes[row].start <= mesh.axes[row].length:
            axis = mesh.axes[row]
            text = f"{chosen.name} looks at {letter} = {value:g}, outside the mesh"
            problems.append(Problem(chosen.mark, text, f"a position in [{axis.start:g}, {axis.start + axis.length:g}]"))
    if problems:
        raise Unreadable(*problems)


def _read_times(draft: Draft, name: str, node: Node) -> tuple[float, ...] | None:
    times = draft.reader.read(node, Observation.declarations()[0])
    spec = draft.solve
    if times is None or spec is None:
        return times
    if not isinstance(spec, TransientSpec):
        raise Unreadable(Problem(node.key_mark, f"{name} is given times, but a steady case has none", "no times"))
    marks = [item.mark for item in node.value] if isinstance(node.value, list) else [node.mark]
    last, words = last_time(draft, spec)
    outside = [pair for pair in zip(times, marks) if not spec.start < pair[0] <= last]
    expected = f"a time in ({spec.start:g}, {last:g}]{words}"
    if outside:
        raise Unreadable(*(Problem(mark, f"at = {time:g} is outside the run", expected) for time, mark in outside))
    if not times:
        raise Unreadable(Problem(node.mark, f"{name} is given an empty list of times", "a time or times"))
    return tuple(sorted(set(times)))
