"""The reference as Markdown: every block, mesh, way to solve and plugin, with a row for each parameter."""

import pytest

from fvtransport.case.blocks.mesh_kinds import MESHES
from fvtransport.case.reading.schema import TOP
from fvtransport.model.entry import KINDS
from fvtransport.model.registry import Registry
from fvtransport.reference.markdown import reference


@pytest.fixture(scope="module")
def text():
    return reference(Registry.installed())


def test_every_block_has_a_row(text):
    for name, needed in TOP.items():
        assert f"| `{name}` | {'yes' if needed else ''} | " in text


def test_everything_has_a_heading(text):
    headings = {line for line in text.splitlines() if line.startswith("#")}
    assert {f"## {kind.title()} plugins" for kind in KINDS} <= headings
    assert {f"### `{entry.name}`" for entry in Registry.installed() if entry.origin == "built in"} <= headings
    assert all(f"`{name}`" in text for name in MESHES)


def test_a_parameter_has_its_unit_range_and_default(text):
    assert "| `coefficient` | {flux}/{field} | at least 0 |  | exchange coefficient h |" in text
    assert "| `value` (may be given alone) | {field} |  |  | value of the field" in text
