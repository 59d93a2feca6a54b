"""A conducting slab, whose flux is the integral of its conductivity over temperature."""

from __future__ import annotations

from fvtransport.plugins.handles import energy

from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="a slab",
    units=None,
    mesh="{type: Grid1D, length: 0.5 m, cells: 200}",
    properties="{conductivity: %s, heat_capacity: 1.0}",
    initial="{T: 350 K}",
    boundaries="{left: {T: {dirichlet: 400 K}}, right: {T: {dirichlet: 300 K}}}",
)


def integral(result) -> float:
    assert result.ending.succeeded
    return 0.5 * result.snapshots[-1].flux(energy, "left")
