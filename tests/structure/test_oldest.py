"""The oldest dependencies follow from `setup.cfg`, and the pinned ones are allowed by it."""

from __future__ import annotations

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tools.layout import ROOT
from tests.tools.oldest import constraints, requirements


def test_every_dependency_has_a_lower_bound():
    assert len(constraints()) == len(requirements()) >= 20


def test_every_dependency_is_pinned_to_an_allowed_version():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    pinned = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}
    for line in requirements():
        needed = Requirement(line)
        assert needed.specifier.contains(pinned[canonicalize_name(needed.name)]), line
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0])
