"""From a case file to a checked case: every block is read, and every mistake is reported at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ...errors import CaseError, Problem
from ...model.registry import Registry
from ..blocks.audit import check_accepted
from ..blocks.read_case import read_blocks
from ..model import Case, Phase, Protocol
from ..reading.builder import CaseBuilder
from ..reading.schema import TOP
from ..reading.scope import Scope
from ..text import overrides as settings
from ..text.problems import kind_of
from ..text.units import UnitSystem
from ..text.yaml_reader import read
from .phases import check_phases
from .physics import check_physics
from .resolve import resolve

__all__ = ["load"]


def load(
    path: str | Path, overrides: Iterable[str] = (), registry: Registry | None = None, allow_geo: bool = False
) -> Case:
    """The checked case of a file, with `a.b=value` overrides put in first.

    Raises CaseError with every mistake of the file and PluginError for a plugin that fails; warnings are kept in the
    case. registry is that of the installed plugins unless another is given; files that the case names are added to it.
    With allow_geo, Gmsh executes everything that a geometry file of the case says.
    """
    path, overrides = Path(path), tuple(overrides)
    root = settings.apply(read(path), overrides)
    if not isinstance(root.value, dict):
        raise CaseError([Problem(root.mark, f"the file contains {kind_of(root)}", f"a mapping with {', '.join(TOP)}")])
    builder = CaseBuilder(
        path,
        root,
        Scope(UnitSystem(), Registry.installed() if registry is None else registry.copy()),
        allow_geo=allow_geo,
    )
    read_blocks(builder)
    builder.diagnostics.check("the physics", check_phases if builder.protocol else check_physics, builder)
    if any(each.audit.accept for each in (builder, *builder.phases)):
        needs = ("laws", "boundaries", "interfaces")
        builder.check("the terms that audit accepts", check_accepted, builder, needs=needs)
    builder.diagnostics.conclude()
    return _finished(builder, overrides)


def _finished(builder: CaseBuilder, overrides: tuple[str, ...]) -> Case:
    node = builder.block("title")
    title = node.value.text if node is not None else builder.path.stem
    warnings = tuple(builder.diagnostics.warnings)
    if builder.protocol is None:
        return resolve(_case(builder, title, overrides, warnings), builder)
    phases = tuple(
        Phase(read.name, read.duration, _case(phase, title, overrides), tuple(read.changes.value))
        for read, phase in zip(builder.protocol.phases, builder.phases)
    )
    first = phases[0].case
    protocol = Protocol(phases, builder.protocol.cycles, builder.protocol.tolerance)
    names = ("properties", "laws", "boundaries", "interfaces", "audit")
    parts = {name: getattr(first, name) for name in names}
    return resolve(replace(_case(builder, title, overrides, warnings), **parts, protocol=protocol), builder)


def _case(builder: CaseBuilder, title: str, overrides: tuple[str, ...], warnings: tuple[Problem, ...] = ()) -> Case:
    return Case(
        path=builder.path,
        title=title,
        units=builder.scope.units,
        parameters=dict(builder.scope.parameters),
        mesh=builder.mesh,
        mixture_name=builder.mixture_name,
        mixture=builder.mixture,
        properties={given.handle: given.value for given in builder.properties},
        laws={read.name: read.law for read in builder.laws},
        initial=builder.initial,
        boundaries=builder.boundaries,
        interfaces=builder.interfaces,
        solve=builder.solve,
        observe=tuple(builder.observe),
        comparison=builder.comparison,
        registry=builder.scope.registry,
        warnings=warnings,
        overrides=overrides,
        audit=builder.audit,
        expects=builder.expects,
        root=builder.root,
        derived=dict(builder.derived),
    )
