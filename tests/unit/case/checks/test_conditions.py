"""Boundary conditions at the initial state."""

from __future__ import annotations

import pytest

from fvtransport.case.checks.conditions import check_conditions
from fvtransport.errors import PluginError
from tests.tools.reading import messages as wrong
from tests.tools.reading import trial_of, whole

CONDITION = """
from fvtransport import Boundary, BoundaryView, plugin


@plugin("careless")
class Careless(Boundary):
    def outward_flux(self, face: BoundaryView):
        return face.heat
"""


def test_a_condition_that_fails_is_named_with_its_cause(tmp_path, case, pump):
    (tmp_path / "mine.py").write_text(CONDITION)
    edit = ("left:  {T: {dirichlet: 1.0}", "left:  {T: careless")
    with pytest.raises(PluginError, match="condition careless failed at the initial state: AttributeError"):
        case("plugins: [mine.py]\n" + pump, edit)


@pytest.mark.parametrize(
    ("condition", "fixed"), [("{dirichlet: 2}", True), ("no_flux", False), ("{neumann: 0}", False)]
)
def test_a_steady_field_is_fixed(condition, fixed):
    boundaries = f"{{left: {{T: {condition}, x_A: {{dirichlet: 0.5}}}}, right: {{T: no_flux, x_A: no_flux}}}}"
    builder = whole(boundaries=boundaries)
    assert check_conditions(builder, trial_of(builder)) == set()
    found = wrong(builder)
    assert not found if fixed else found[0].startswith("T is not fixed: every boundary imposes its flux")
