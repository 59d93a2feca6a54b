"""A case while it is being checked: what could be read so far, and what was found wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from ...errors import Mark, nearest
from ...mesh.spec import MeshSpec
from ...model.handles import Convention, Field, Shared
from ...model.law import Law
from ...model.mixture import Mixture
from ...model.parameters import Declared
from ...model.property import Property
from ...model.validation import Context
from ..audit_spec import WARN, AuditSpec
from ..expected_warning import ExpectedWarning
from ..model import Comparison, ConditionEntry, Derived, InterfaceEntry, Observed, SteadySpec, TransientSpec
from ..text.problems import Diagnostics, InvalidValue, kind_of
from ..text.yaml_tree import Node, Scalar, locate, plain
from .case_reader import CaseReader
from .scope import Scope
from .selection import Selection

__all__ = ["CaseBuilder", "LawRead", "PhaseRead", "PropertyEntry", "ProtocolEntry"]

T = TypeVar("T")


@dataclass(frozen=True)
class PropertyEntry:
    """One entry of `properties:`: the handle, the convention it is given in, and its value where it could be read."""

    name: str
    mark: Mark
    handle: Shared
    convention: Convention | None
    value: Property | None


@dataclass(frozen=True)
class LawRead:
    """One law of the case under the name it has there."""

    name: str
    selection: Selection
    law: Law


@dataclass(frozen=True)
class PhaseRead:
    """One phase of a protocol: its name, its duration where it could be read, and what it changes."""

    name: str
    duration: float | None
    changes: Node


@dataclass(frozen=True)
class ProtocolEntry:
    """The protocol of a case before its phases are checked; with a tolerance, cycles is the largest number of them."""

    phases: tuple[PhaseRead, ...]
    cycles: int
    tolerance: float | None

    @property
    def period(self) -> float | None:
        """Duration of a cycle [s]; None where a phase's is not known."""
        durations = [phase.duration for phase in self.phases]
        return None if not durations or None in durations else math.fsum(durations)


@dataclass
class CaseBuilder:
    """Everything known of a case; what could not be read is None or missing, and its block is in unread.

    placeholder is the mixture, or one like it if only numbers in it are wrong. phases has a builder for each phase of
    the protocol, which reads the properties, laws, boundaries and interfaces. seen lists what the file contains,
    readable or not, so that nothing is reported as missing that is merely wrong. unread names the blocks that could not
    be read in full. allow_geo is that of the mesh.
    """

    path: Path
    root: Node
    scope: Scope
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    mesh: MeshSpec | None = None
    mesh_kind: Declared | None = None
    mixture_name: str = ""
    mixture: Mixture | None = None
    placeholder: Mixture | None = None
    solve: SteadySpec | TransientSpec | None = None
    solve_valid: bool = True
    properties: list[PropertyEntry] = field(default_factory=list)
    laws: list[LawRead] = field(default_factory=list)
    laws_valid: bool = True
    initial: dict[Field, Property] = field(default_factory=dict)
    boundaries: dict[str, dict[Field, ConditionEntry]] = field(default_factory=dict)
    interfaces: dict[tuple[str, str], dict[Field, InterfaceEntry]] = field(default_factory=dict)
    observe: list[Observed] = field(default_factory=list)
    derived: dict[str, Derived] = field(default_factory=dict)
    comparison: Comparison | None = None
    audit: AuditSpec = WARN
    expects: tuple[ExpectedWarning, ...] = ()
    protocol: ProtocolEntry | None = None
    phases: list[CaseBuilder] = field(default_factory=list)
    allow_geo: bool = False
    seen: set[Any] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    @property
    def reader(self) -> CaseReader:
        """A reader that knows the names found so far."""
        return CaseReader(self.scope)

    @property
    def is_linearised(self) -> bool:
        """Whether a law is linearised about a state."""
        return any(read.law.is_linearised for read in self.laws)

    @property
    def is_transient(self) -> bool:
        """Whether the case runs in time, as far as that is known."""
        return isinstance(self.solve, TransientSpec)

    @property
    def context(self) -> Context:
        """What a plugin of the case is validated with: the mixture, and whether the case runs in time."""
        return Context(mixture=self.placeholder, is_transient=self.is_transient)

    @property
    def initial_known(self) -> bool:
        """Whether the initial state is that of the file, in full."""
        return self.scope.names is not None and all(each in self.initial for each in self.scope.names.solved)

    def read(self, block: str, read: Callable[[CaseBuilder], None]) -> None:
        """Read a block; a failure or a mistake in it marks it as unread, for the checks that need it in full."""
        before = self.diagnostics.losses
        self.diagnostics.check(f"the block {block}", read, self)
        if self.diagnostics.losses > before:
            self.unread.add(block)

    def check(self, what: str, check: Callable[..., T], *arguments: Any, needs: Collection[str] = ()) -> T | None:
        """The result of a check; None, with `what` noted as skipped, if a block that it needs is not read in full."""
        if self.unread.intersection(needs):
            self.diagnostics.skipped.append(what)
            return None
        return self.diagnostics.check(what, check, *arguments)

    def know(self, **names: Any) -> None:
        """Widen the scope."""
        self.scope = replace(self.scope, **names)

    def block(self, name: str) -> Node | None:
        """The value of a top-level key; None where it is missing or empty."""
        node = self.root.value.get(name)
        return None if node is None or plain(node) in (None, {}, []) else node

    def mapping(self, name: str) -> dict[str, Node]:
        """The entries of a top-level block; anything but a mapping is an error."""
        node = self.block(name)
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self.diagnostics.error(node.mark, f"{name}: found {kind_of(node)}", "a mapping {name: value}")
            return {}
        return node.value

    def mark(self, *path: str | int, key: bool = False) -> Mark:
        """The place of the value at a path from the top of the file."""
        return locate(self.root, path, key=key)

    def require(self, name: str) -> None:
        """Note a top-level block that is missing or empty."""
        root = self.root
        if self.block(name) is None:
            at, lack = (root.value[name].key_mark, "empty") if name in root.value else (root.mark, "missing")
            self.diagnostics.error(at, f"{name} is {lack}", f"a block {name}: ...")

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        """A top-level key that is one of a few words, the first unless another is given."""
        node = self.block(name)
        text = node.value.text if node is not None and isinstance(node.value, Scalar) else ""
        if node is not None and text not in allowed:
            near = nearest(text, allowed)
            self.diagnostics.error(node.mark, f"unknown {name} {kind_of(node)}", f"one of {', '.join(allowed)}", near)
        return text if text in allowed else allowed[0]

    def fail(self) -> None:
        """Stop reading a value silently, because the cause is reported elsewhere."""
        raise InvalidValue
