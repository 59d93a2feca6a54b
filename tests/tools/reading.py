"""Builders of small cases, to test how single blocks are read."""

from __future__ import annotations

from pathlib import Path

from fvtransport.case.blocks.laws import read_laws
from fvtransport.case.blocks.mesh import read_mesh
from fvtransport.case.blocks.mixture import read_mixture
from fvtransport.case.blocks.properties import read_properties
from fvtransport.case.blocks.read_case import read_blocks
from fvtransport.case.checks.trial_points import TracingMedium, TrialStates
from fvtransport.case.reading.builder import CaseBuilder
from fvtransport.case.reading.scope import Scope
from fvtransport.case.text.units import UnitSystem
from fvtransport.case.text.yaml_reader import parse
from fvtransport.model.registry import Registry
from tests.tools.cases import COUPLED, case_text

__all__ = ["builder_of", "messages", "read_through", "trial_of", "whole"]


def builder_of(units: str = "reduced", **blocks: str) -> CaseBuilder:
    """A builder of a case with some blocks, nothing of which has been read."""
    text = "".join(f"{name}: {block}\n" for name, block in blocks.items())
    return CaseBuilder(Path("case.yaml"), parse(text, "case.yaml"), Scope(UnitSystem(units), Registry.installed()))


def read_through(**blocks: str) -> CaseBuilder:
    """The same for two species on a line of two metres with heat, after its mesh and its mixture."""
    given = {
        "mesh": '{type: Grid1D, length: 2, cells: 4, regions: {a: "x < 1", b: "x >= 1"}}',
        "mixture": "{binary: {species: [A, B], concentration: 1.0}}",
        **blocks,
    }
    builder = builder_of(**given)
    builder.read("mesh", read_mesh)
    builder.read("mixture", read_mixture)
    return builder


def whole(**blocks: str | None) -> CaseBuilder:
    """A builder of a whole case, blocks as in `case_text`, after all of them have been read."""
    builder = CaseBuilder(
        Path("case.yaml"),
        parse(case_text(COUPLED, **blocks), "case.yaml"),
        Scope(UnitSystem("reduced"), Registry.installed()),
    )
    read_blocks(builder)
    return builder


def trial_of(builder: CaseBuilder) -> TrialStates:
    """The case at a few points along its mesh."""
    if not builder.properties and builder.block("properties") is not None:
        read_properties(builder)
    if not builder.laws and builder.block("laws") is not None:
        read_laws(builder)
    given = {each.handle: each.value for each in builder.properties}
    medium = TracingMedium(builder.placeholder, given, builder.scope.units.constants)
    medium.regions = {name: i for i, name in enumerate(builder.mesh.regions, start=1)}
    return TrialStates(medium, builder.initial, builder.mesh.diagonal(6), 0.0)


def messages(builder: CaseBuilder) -> list[str]:
    """What is wrong so far."""
    return [problem.message for problem in builder.diagnostics.errors]
