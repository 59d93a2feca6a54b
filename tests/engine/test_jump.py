"""A conductivity that jumps 1:100 across a face: resistances in series, exact in steady one-dimensional conduction."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import energy

from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="two slabs",
    units=None,
    mesh="{type: Grid1D, length: 1.0 m, cells: 20}",
    properties='{conductivity: "where(x < 0.5, 1.0, 100.0)"}',
    boundaries="{left: {T: {dirichlet: 400 K}}, right: {T: {dirichlet: 300 K}}}",
)


def test_an_interface_between_cells_of_different_size_is_exact(run_text):
    """The resistances of the two half-cells are weighted with their own lengths: cells of
    1/4 and 3/4 meet at x = 1/4.
    """
    override = (
        "mesh={type: Grid1D, length: 1.0, cells: 2, grading: {ratio: 3, towards: left}}",
        "properties.conductivity=where(x < 0.25, 1.0, 100.0)",
    )
    snapshot = run_text(CASE, *override).snapshots[-1]
    assert snapshot.flux(energy, "left") == pytest.approx(100 / (0.25 / 1 + 0.75 / 100), rel=1e-12, abs=0)


@pytest.mark.parametrize("cells, ratio", [(20, 1), (4, 1), (30, 5)])
def test_heat_through_two_slabs_is_exact(run_text, cells, ratio):
    snapshot = run_text(CASE, f"mesh.cells={cells}", f"mesh.grading={{ratio: {ratio}, towards: both}}").snapshots[-1]
    exact = 100 / (0.5 / 1 + 0.5 / 100)
    assert snapshot.flux(energy, "left") == pytest.approx(exact, rel=1e-12, abs=0)
    x, T = snapshot.system.geometry.position[0], snapshot.values[0]
    profile = np.where(x < 0.5, 400 - exact * x, 300 + exact * (1 - x) / 100)
    assert np.allclose(T, profile, rtol=1e-12, atol=0)
