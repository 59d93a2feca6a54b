"""Interfaces over the phases of a protocol: one name for each, and no change of what an interface stores."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.handles import Field
from ...model.interface import Interface
from ..model import InterfaceEntry
from ..reading.builder import CaseBuilder
from ..reading.type_table import block_of

__all__ = ["check_phase_interfaces"]


def check_phase_interfaces(builder: CaseBuilder) -> None:
    """Note, in the phases, an interface that is named the other way round than in an earlier phase, and a storage that
    is not that of the first phase.
    """
    first: dict[frozenset[str], str] = {}
    for phase in builder.phases:
        for regions in phase.interfaces:
            name = "-".join(regions)
            known = first.setdefault(frozenset(regions), name)
            if known != name:
                mark = phase.mark("interfaces", name, key=True)
                phase.diagnostics.error(mark, f"{name} is the interface {known} of an earlier phase", known)
    if not builder.phases:
        return
    stored = dict(_stored(builder.phases[0]))
    for phase in builder.phases[1:]:
        own = dict(_stored(phase))
        for regions, field in dict.fromkeys([*stored, *own]):
            if _content(stored.get((regions, field))) != _content(own.get((regions, field))):
                mark = phase.mark("interfaces", "-".join(regions), field.name)
                text = f"what {'-'.join(regions)} stores of {field.name} would change with the phase, out of nothing"
                phase.diagnostics.error(mark, text, "the same storage in all phases")


def _stored(builder: CaseBuilder) -> Iterator[tuple[tuple[tuple[str, str], Field], InterfaceEntry]]:
    """The conditions of a phase that store something."""
    for regions, entries in builder.interfaces.items():
        for field, entry in entries.items():
            if type(entry.condition).storage is not Interface.storage:
                yield (regions, field), entry


def _content(entry: InterfaceEntry | None) -> object:
    return entry and (entry.name, block_of(type(entry.condition)).dump(entry.condition))
