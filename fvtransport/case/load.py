"""From a case file to a checked case: every block is read, and every mistake is reported at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..errors import CaseError, Mark, PluginError, Problem, nearest
from ..model.registry import Registry
from .blocks.boundaries import read_boundaries, read_initial
from .blocks.mesh import MESHES, MeshKind
from .blocks.mixture import read_laws, read_mixture, read_properties
from .blocks.observe import read_compare, read_observe
from .blocks.parameters import read_parameters
from .blocks.protocol import check_phases, read_protocol
from .blocks.solve import is_steady, read_solve
from .checks.terms import check_physics
from .draft import Draft
from .make_plugin import Choice, build
from .model import Case, MeshSpec
from .phases import Phase, Protocol
from .resolve import conditions_table, resolve
from .schema import AUDITS, TOP, UNITS
from .scope import Scope
from .text import overrides as settings
from .text.overlay import CHANGEABLE
from .text.problems import Unreadable, kind_of, unknown
from .text.units import UnitSystem
from .text.yaml_tree import Node, Scalar, read

__all__ = ["conditions_table", "load"]


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
    _read_blocks(draft)
    try:
        (check_phases if draft.plan else check_physics)(draft)
    except PluginError:
        if not draft.findings.errors:
            raise
    if draft.findings.errors:
        raise CaseError(draft.findings.errors)
    return _finished(draft, overrides)


def _read_blocks(draft: Draft) -> None:
    """Read the blocks in the order in which they need each other's names."""
    _check_keys(draft)
    draft.know(units=UnitSystem(draft.one_of("units", UNITS)))
    draft.audit = draft.one_of("audit", AUDITS)
    _add_plugins(draft)
    given = draft.block("parameters")
    values, broken = read_parameters(given, draft.scope.units, draft.findings)
    nodes = given.value if given is not None and isinstance(given.value, dict) else {}
    draft.know(parameters=values, broken=frozenset(broken), given=nodes)
    _read_mesh(draft)
    meant = {nearest(name, TOP) for name in draft.root.value.keys() - TOP.keys()}
    if draft.scope.boundaries != () and "boundaries" not in meant and draft.root.value.get("protocol") is None:
        draft.require("boundaries")
    draft.know(is_steady=is_steady(draft.block("solve")))
    read_mixture(draft)
    read_protocol(draft)
    read_solve(draft)
    if draft.plan is None:
        read_properties(draft)
        read_laws(draft)
    read_initial(draft)
    if draft.plan is None:
        read_boundaries(draft)
    read_observe(draft)
    read_compare(draft)


def _check_keys(draft: Draft) -> None:
    root = draft.root
    meant = set()
    for name, node in root.value.items():
        if name not in TOP:
            problem = unknown("key", name, node.key_mark, TOP)
            draft.findings.problems.append(problem)
            meant.add(problem.nearest)
    for name, required in TOP.items():
        if required and name not in meant and not (name in CHANGEABLE and "protocol" in root.value):
            draft.require(name)
    for name in ("title", "description"):
        node = draft.block(name)
        if node is not None and not isinstance(node.value, Scalar):
            draft.findings.error(node.mark, f"{name}: found {kind_of(node)}", "text")


def _add_plugins(draft: Draft) -> None:
    """Load the plugin files of the case; paths are relative to it."""
    registry = draft.scope.registry
    for package, reason in registry.broken.items():
        text = f'the installed plugins "{package}" could not be loaded: {reason}'
        draft.findings.warn(Mark(str(draft.path), 1, 1), text)
    node = draft.block("plugins")
    if node is None:
        return
    for item in node.value if isinstance(node.value, list) else [node]:
        if not isinstance(item.value, Scalar) or not item.value.text:
            draft.findings.error(item.mark, f"found {kind_of(item)}", "the path of a Python file")
            continue
        file = draft.path.parent / item.value.text
        try:
            if not file.is_file():
                raise PluginError(f"{file} is not a file")
            registry.add_file(file.resolve())
        except (PluginError, OSError, ValueError) as error:
            draft.findings.error(item.mark, f"this plugin cannot be used: {error}")
            draft.know(registry_complete=False)


def _read_mesh(draft: Draft) -> None:
    entries = draft.mapping("mesh")
    if not entries:
        return
    node = draft.block("mesh")
    kind = entries.get("type")
    if kind is None or not isinstance(kind.value, Scalar):
        at = node.key_mark if kind is None else kind.mark
        draft.findings.error(at, "mesh lacks type", f"type: {' or '.join(MESHES)}")
        return
    name = kind.value.text
    if name not in MESHES:
        draft.findings.problems.append(unknown("mesh type", name, kind.mark, MESHES))
        return
    rest = {key: value for key, value in entries.items() if key != "type"}
    body = Node(rest, node.mark, node.key_mark)
    draft.know(axes=MESHES[name].axes)
    made = draft.findings.attempt(build, MESHES[name], Choice("mesh", node.key_mark, body), draft.reader)
    draft.mesh_kind = made
    draft.mesh = made and draft.findings.attempt(_spec, made, name, draft)
    if draft.mesh is not None:
        draft.know(boundaries=draft.mesh.boundaries, regions=tuple(draft.mesh.regions))
    elif "inner_radius" not in rest and not name.startswith("Periodic"):
        draft.know(boundaries=MESHES[name].walls or None)


def _spec(kind: MeshKind, name: str, draft: Draft) -> MeshSpec:
    try:
        return kind.spec(name, draft.path.parent)
    except (OSError, ValueError) as error:
        mark = draft.mark("mesh", "file")
        raise Unreadable(Problem(mark, f"this file cannot be read: {error}", "a .geo or .msh file")) from None


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
