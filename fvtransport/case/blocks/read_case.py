"""Every block of a case file, read in the order in which they need each other's names."""

from __future__ import annotations

from ...errors import CaseError, Mark, PluginError, nearest
from ..reading.builder import CaseBuilder
from ..reading.schema import TOP, UNITS
from ..text.overlay import CHANGEABLE
from ..text.problems import kind_of, unknown
from ..text.units import UnitSystem
from ..text.yaml_tree import Scalar
from .audit import read_audit
from .boundaries import read_boundaries, read_initial
from .compare import read_compare
from .expects import read_expects
from .interfaces import read_interfaces
from .laws import read_laws
from .mesh import read_mesh
from .mixture import read_mixture
from .observe import read_observe
from .parameters import read_parameters
from .properties import read_properties
from .protocol import read_protocol
from .solve import is_steady, read_solve

__all__ = ["read_blocks"]


def read_blocks(builder: CaseBuilder) -> None:
    """Read the blocks in the order in which they need each other's names; one that fails does not stop the others."""
    _check_keys(builder)
    builder.know(units=UnitSystem(builder.one_of("units", UNITS)))
    builder.read("audit", read_audit)
    builder.read("expects", read_expects)
    builder.read("plugins", _add_plugins)
    builder.read("parameters", _read_parameters)
    builder.read("mesh", read_mesh)
    _require_boundaries(builder)
    builder.know(is_steady=is_steady(builder.block("solve")))
    builder.read("mixture", read_mixture)
    builder.read("protocol", read_protocol)
    builder.read("solve", read_solve)
    if builder.protocol is None:
        builder.read("properties", read_properties)
        builder.read("laws", read_laws)
    builder.read("initial", read_initial)
    if builder.protocol is None:
        builder.read("boundaries", read_boundaries)
        builder.read("interfaces", read_interfaces)
    builder.read("observe", read_observe)
    builder.read("compare", read_compare)
    for package, reason in builder.scope.registry.broken.items():
        text = f'the installed plugins "{package}" could not be loaded: {reason}'
        builder.diagnostics.warn(Mark(str(builder.path), 1, 1), text)


def _read_parameters(builder: CaseBuilder) -> None:
    given = builder.block("parameters")
    values, broken = read_parameters(given, builder.scope.units, builder.diagnostics)
    nodes = given.value if given is not None and isinstance(given.value, dict) else {}
    builder.know(parameters=values, broken=frozenset(broken), given=nodes)


def _require_boundaries(builder: CaseBuilder) -> None:
    """Boundary conditions are required where the mesh has boundaries; a protocol may give them in its phases."""
    meant = {nearest(name, TOP) for name in builder.root.value.keys() - TOP.keys()}
    if builder.scope.boundaries != () and "boundaries" not in meant and builder.root.value.get("protocol") is None:
        builder.require("boundaries")


def _check_keys(builder: CaseBuilder) -> None:
    root = builder.root
    meant = set()
    for name, node in root.value.items():
        if name not in TOP:
            problem = unknown("key", name, node.key_mark, TOP)
            builder.diagnostics.problems.append(problem)
            meant.add(problem.nearest)
    for name, required in TOP.items():
        if required and name not in meant and not (name in CHANGEABLE and "protocol" in root.value):
            builder.require(name)
    for name in ("title", "description"):
        node = builder.block(name)
        if node is not None and not isinstance(node.value, Scalar):
            builder.diagnostics.error(node.mark, f"{name}: found {kind_of(node)}", "text")


def _add_plugins(builder: CaseBuilder) -> None:
    """Load the plugin files of the case; paths are relative to it."""
    registry = builder.scope.registry
    node = builder.block("plugins")
    if node is None:
        return
    for item in node.value if isinstance(node.value, list) else [node]:
        if not isinstance(item.value, Scalar) or not item.value.text:
            builder.diagnostics.error(item.mark, f"found {kind_of(item)}", "the path of a Python file")
            continue
        file = builder.path.parent / item.value.text
        try:
            if not file.is_file():
                raise PluginError(f"{file} is not a file")
            registry.add_file(file.resolve())
        except CaseError as error:
            builder.diagnostics.problems.extend(error.problems)
            builder.know(registry_complete=False)
        except (PluginError, OSError, ValueError) as error:
            builder.diagnostics.error(item.mark, f"this plugin cannot be used: {error}")
            builder.know(registry_complete=False)
