"""Every block of a case file, read in the order in which they need each other's names."""

from __future__ import annotations

from ...errors import Mark, PluginError, nearest
from ..reading.draft import Draft
from ..reading.schema import AUDITS, TOP, UNITS
from ..text.overlay import CHANGEABLE
from ..text.problems import kind_of, unknown
from ..text.units import UnitSystem
from ..text.yaml_tree import Scalar
from .boundaries import read_boundaries, read_initial
from .compare import read_compare
from .laws import read_laws
from .mesh import read_mesh
from .mixture import read_mixture
from .observe import read_observe
from .parameters import read_parameters
from .properties import read_properties
from .protocol import read_protocol
from .solve import is_steady, read_solve

__all__ = ["read_blocks"]


def read_blocks(draft: Draft) -> None:
    """Read the blocks in the order in which they need each other's names."""
    _check_keys(draft)
    draft.know(units=UnitSystem(draft.one_of("units", UNITS)))
    draft.audit = draft.one_of("audit", AUDITS)
    _add_plugins(draft)
    given = draft.block("parameters")
    values, broken = read_parameters(given, draft.scope.units, draft.findings)
    nodes = given.value if given is not None and isinstance(given.value, dict) else {}
    draft.know(parameters=values, broken=frozenset(broken), given=nodes)
    read_mesh(draft)
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
