"""What a result was made from: the case file, its overrides, the plugins it uses, versions."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from collections.abc import Iterator, Mapping
from typing import Any

from ..case.model import Case
from ..model.parameters import Declared

__all__ = ["provenance", "versions"]

_PACKAGES = ("fvtransport", "fipy", "numpy", "scipy", "scikit-sundae")


def provenance(case: Case) -> dict[str, Any]:
    """Digest of the file, overrides, the origin of every plugin that the case uses, and the data that
    plugins read as `sources`.
    """
    digest = hashlib.sha256(case.path.read_bytes()).hexdigest() if case.path.is_file() else None
    parts = [inner for part in _parts(case) for inner in _within(part)]
    used = {type(inner) for inner in parts}
    sources = {name: text for inner in parts for name, text in inner.sources().items()}
    plugins = {f"{e.kind} {e.name}": e.origin for e in case.registry.known() if any(e.is_of(cls) for cls in used)}
    return {
        "case_sha256": digest,
        "overrides": case.overrides,
        "plugins": plugins,
        **({"sources": sources} if sources else {}),
    }


def versions() -> dict[str, str]:
    """Versions of this package, of those that do the numerical work, and of Python."""
    return {**{name: _version(name) for name in _PACKAGES}, "python": platform.python_version()}


def _parts(case: Case) -> Iterator[Any]:
    yield case.mixture
    yield from case.initial.values()
    for each in case.phase_cases:
        yield from each.properties.values()
        yield from each.laws.values()
        yield from (equation.condition for boundary in each.boundaries.values() for equation in boundary.values())
    yield from (observed.observable for observed in case.observe)
    if case.comparison is not None:
        yield case.comparison.solution


def _within(part: Any) -> Iterator[Any]:
    """A plugin and those among its parameters, in mappings too, such as the diffusivities of pairs."""
    if isinstance(part, Declared):
        yield part
        for name in type(part).model_fields:
            yield from _within(getattr(part, name))
    elif isinstance(part, (Mapping, tuple)):
        for inner in part.values() if isinstance(part, Mapping) else part:
            yield from _within(inner)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"
