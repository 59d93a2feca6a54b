"""Boundary conditions at the initial state."""

from __future__ import annotations

import pytest

from fvtransport.errors import PluginError

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
