"""The block `interfaces:`, by the names of two regions: `metal-salt: {x_H: {partition: ...}}`."""

from __future__ import annotations

from ...model.handles import Field
from ..model import InterfaceEntry
from ..reading.builder import CaseBuilder
from ..text.problems import kind_of
from ..text.yaml_tree import Node
from .boundaries import read_condition

__all__ = ["read_interfaces"]


def read_interfaces(builder: CaseBuilder) -> None:
    """The condition of each named field between two regions; a field that is not named is continuous."""
    first: dict[frozenset[str], str] = {}
    for name, node in builder.mapping("interfaces").items():
        regions = builder.diagnostics.attempt(builder.scope.interface, name, node.key_mark)
        if not isinstance(node.value, dict):
            expected = "a mapping {field: condition}, such as {T: {contact_resistance: 1e-4 m^2*K/W}}"
            builder.diagnostics.error(node.mark, f"{name} is {kind_of(node)}", expected)
            continue
        own = _read_conditions(builder, node)
        if not regions:
            continue
        known = first.setdefault(frozenset(regions), name)
        if known != name:
            builder.diagnostics.error(
                node.key_mark, f"{name} is the interface {known}, which is given above", "one entry"
            )
        else:
            builder.interfaces[regions] = own


def _read_conditions(builder: CaseBuilder, node: Node) -> dict[Field, InterfaceEntry]:
    entries: dict[Field, InterfaceEntry] = {}
    for name, child in node.value.items():
        field = builder.diagnostics.attempt(builder.scope.solved, name, child.key_mark, "interface condition")
        what = "an interface condition"
        found = builder.diagnostics.attempt(read_condition, builder, field, child, "interface", what)
        if field is not None and found is not None:
            entries[field] = InterfaceEntry(*found)
    return entries
