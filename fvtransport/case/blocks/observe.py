"""The block `observe:`."""

from __future__ import annotations

from ...errors import Problem
from ...mesh.spec import MeshSpec
from ..model import Derived, Observed, Reduction, TransientSpec
from ..reading.builder import CaseBuilder
from ..reading.make_plugin import build
from ..reading.schema import Observation
from ..reading.selection import Selection, find, select
from ..text.problems import InvalidValue, unknown
from ..text.renamed import KEYS
from ..text.yaml_tree import Node
from .formulas import is_formula, is_rate, order_formulas, rate_problem, read_formula, read_over
from .solve import last_time

__all__ = ["read_observe"]


def read_observe(builder: CaseBuilder) -> None:
    """Every observable with its times, or its phase or cycle, and formulas of observables."""
    formulas: dict[str, Derived] = {}
    for name, node in builder.mapping("observe").items():
        if is_formula(node):
            formulas[name] = builder.diagnostics.attempt(read_formula, builder, name, node)
        elif (observed := builder.diagnostics.attempt(_read_observed, builder, name, node)) is not None:
            builder.observe.append(observed)
    order_formulas(builder, {name: derived for name, derived in formulas.items() if derived is not None})


def _read_observed(builder: CaseBuilder, name: str, node: Node) -> Observed:
    entries = dict(node.value) if isinstance(node.value, dict) else {}
    if old := [key for key in entries if KEYS.get(key) in Observation.model_fields]:
        raise InvalidValue(*(unknown("key", key, entries[key].key_mark, Observation.model_fields) for key in old))
    at, reduce = entries.pop("at", None), entries.pop("reduce", None)
    over, is_mean = read_over(builder, entries)
    times = builder.diagnostics.attempt(_read_times, builder, name, at) if at is not None else None
    if at is not None and not entries:
        raise InvalidValue(Problem(node.mark, f"{name} has times but no observable", "{plugin: parameters, at: times}"))
    if over and not entries:
        raise InvalidValue(
            Problem(node.mark, f"{name} is over {over}, but of no observable", "{plugin: parameters, over: ...}")
        )
    if over and at is not None:
        raise InvalidValue(Problem(at.key_mark, f"{name} is read at times and over {over}", "one of them"))
    reduction = None if reduce is None else _read_reduction(builder, name, reduce, bool(at or over), bool(entries))
    selection = select(Node(entries, node.mark, node.key_mark) if entries else node, "an observable")
    entry = find("observable", selection, builder.scope)
    if entry.cls.needs_time and builder.solve is not None and not builder.is_transient:
        message = f"{entry.name} is an amount since the start of a run, and a steady case has none"
        raise InvalidValue(Problem(selection.mark, message, "a flow, or `solve: {transient: ...}`"))
    observable = build(entry.cls, selection, builder.reader)
    if observable.point is not None and builder.mesh is not None:
        _check_point(observable.point, builder.mesh, selection)
    observed = Observed(name, entry.name, observable, times, over, is_mean, reduction)
    if over and is_rate(observed):
        raise InvalidValue(rate_problem(entry.name, Node(node.value, selection.mark), over))
    return observed


def _read_reduction(builder: CaseBuilder, name: str, node: Node, is_timed: bool, has_observable: bool) -> Reduction:
    """The reduction that is applied to the history of an observable."""
    if not has_observable:
        raise InvalidValue(
            Problem(node.key_mark, f"{name} has reduce but no observable", "{plugin: parameters, reduce: ...}")
        )
    if is_timed:
        raise InvalidValue(Problem(node.key_mark, f"{name} has reduce together with at or over", "one of them"))
    if builder.solve is not None and not builder.is_transient:
        raise InvalidValue(Problem(node.key_mark, f"{name} reduces a history, and a steady case has none", "no reduce"))
    return Reduction(builder.reader.read(node, Observation.declarations()[1]))


def _check_point(point: tuple[float | None, ...], mesh: MeshSpec, selection: Selection) -> None:
    """As many coordinates as the mesh has dimensions, and inside it where its extent is known."""
    names = ", ".join("xyz"[: mesh.dimension])
    problems = []
    for row, (letter, value) in enumerate(zip("xyz", point)):
        if (value is None) == (row < mesh.dimension):
            text = (
                f"{selection.name} lacks {letter}"
                if value is None
                else f"{selection.name} has a coordinate {letter} too many"
            )
            problems.append(
                Problem(selection.mark, text, f"{names}: the mesh {mesh.type} has {mesh.dimension} dimension(s)")
            )
        elif value is not None and mesh.axes and not 0.0 <= value - mesh.axes[row].start <= mesh.axes[row].length:
            axis = mesh.axes[row]
            text = f"{selection.name} looks at {letter} = {value:g}, outside the mesh"
            problems.append(
                Problem(selection.mark, text, f"a position in [{axis.start:g}, {axis.start + axis.length:g}]")
            )
    if problems:
        raise InvalidValue(*problems)


def _read_times(builder: CaseBuilder, name: str, node: Node) -> tuple[float, ...] | None:
    times = builder.reader.read(node, Observation.declarations()[0])
    spec = builder.solve
    if times is None or spec is None:
        return times
    if not isinstance(spec, TransientSpec):
        raise InvalidValue(Problem(node.key_mark, f"{name} is given times, but a steady case has none", "no times"))
    marks = [item.mark for item in node.value] if isinstance(node.value, list) else [node.mark]
    last, words = last_time(builder, spec)
    outside = [pair for pair in zip(times, marks) if not spec.start < pair[0] <= last]
    expected = f"a time in ({spec.start:g}, {last:g}]{words}"
    if outside:
        raise InvalidValue(*(Problem(mark, f"at = {time:g} is outside the run", expected) for time, mark in outside))
    if not times:
        raise InvalidValue(Problem(node.mark, f"{name} is given an empty list of times", "a time or times"))
    return tuple(sorted(set(times)))
