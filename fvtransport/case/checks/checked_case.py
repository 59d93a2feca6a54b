"""From a case file to a checked case: every block is read, and every mistake is reported at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ...errors import CaseError, PluginError, Problem
from ...model.registry import Registry
from ..blocks.read_case import read_blocks
from ..model import Case, Phase, Protocol
from ..reading.draft import Draft
from ..reading.schema import TOP
from ..reading.scope import Scope
from ..text import overrides as settings
from ..text.problems import kind_of
from ..text.units import UnitSystem
from ..text.yaml_tree import read
from .phases import check_phases
from .resolve import resolve
from .terms import check_physics

__all__ = ["load"]


def load(path: str | Path, overrides: Iterable[str] = (), registry: Registry | None = None) -> Case:
    """The checked case of a file, with `a.b=value` overrides put in first.

    Raises CaseError with every mistake of the file and PluginError for a plugin that fails; warnings are kept in the
    case. registry is that of the installed plugins unless another is given; files that the case names are added to it.
    """
    path, overrides = Path(path), tuple(overrides)
    root = settings.apply(read(path), overrides)
    if not isinstance(root.value, dict):
        raise CaseError([Problem(root.mark, f"the file holds {kind_of(root)}", f"a mapping with {', '.join(TOP)}")])
    draft = Draft(path, root, Scope(UnitSystem(), Registry.installed() if registry is None else _copy(registry)))
    read_blocks(draft)
    try:
        (check_phases if draft.plan else check_physics)(draft)
    except PluginError:
        if not draft.findings.errors:
            raise
    if draft.findings.errors:
        raise CaseError(draft.findings.errors)
    return _finished(draft, overrides)


def _finished(draft: Draft, overrides: tuple[str, ...]) -> Case:
    node = draft.block("title")
    title = node.value.text if node is not None else draft.path.stem
    warnings = tuple(draft.findings.warnings)
    if draft.plan is None:
        return resolve(_case(draft, title, overrides, warnings), draft)
    phases = tuple(
        Phase(read.name, read.duration, _case(phase, title, overrides), tuple(read.changes.value))
        for read, phase in zip(draft.plan.phases, draft.phases)
    )
    first = phases[0].case
    protocol = Protocol(phases, draft.plan.cycles, draft.plan.tolerance)
    parts = {"properties": first.properties, "laws": first.laws, "boundaries": first.boundaries, "audit": first.audit}
    return resolve(replace(_case(draft, title, overrides, warnings), **parts, protocol=protocol), draft)


def _case(draft: Draft, title: str, overrides: tuple[str, ...], warnings: tuple[Problem, ...] = ()) -> Case:
    return Case(
        path=draft.path,
        title=title,
        units=draft.scope.units,
        parameters=dict(draft.scope.parameters),
        mesh=draft.mesh,
        mixture_name=draft.mixture_name,
        mixture=draft.mixture,
        properties={given.handle: given.value for given in draft.properties},
        laws={read.name: read.law for read in draft.laws},
        initial=draft.initial,
        boundaries=draft.boundaries,
        solve=draft.solve,
        observe=tuple(draft.observe),
        comparison=draft.comparison,
        registry=draft.scope.registry,
        warnings=warnings,
        overrides=overrides,
        audit=draft.audit,
        root=draft.root,
        derived=dict(draft.derived),
    )


def _copy(registry: Registry) -> Registry:
    """Another registry with the same plugins, to which files can be added."""
    copy = Registry()
    for entry in registry:
        copy.add(entry.name, entry.cls, entry.origin)
    copy.broken.update(registry.broken)
    return copy
