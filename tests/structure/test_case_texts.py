"""Cases of tests are made from blocks by `case_text`; whole texts are written only where the text itself matters."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.tools.layout import ROOT

TESTS = ROOT / "tests"
BLOCKS = ("mesh", "mixture", "laws", "boundaries", "solve")
TEMPLATE = "a template with parts of several blocks"
PLACES = "messages are compared with lines and columns of the text"
WHOLE = {
    "cli/test_registry.py": PLACES,
    "engine/test_boundary_storage.py": TEMPLATE,
    "engine/test_moving.py": TEMPLATE,
    "errors/test_bad_cases.py": PLACES,
    "meshes/test_gmsh.py": PLACES,
    "meshes/test_skewed.py": TEMPLATE,
    "plugins/laws/test_reaction.py": PLACES,
    "plugins/mixtures/test_liquid.py": TEMPLATE,
    "plugins/properties/test_bosanquet.py": TEMPLATE,
    "plugins/properties/test_tensor.py": PLACES,
    "plugins/theory/test_frames.py": TEMPLATE,
    "plugins/theory/thermodynamics/test_enthalpies.py": TEMPLATE,
    "tools/cases.py": "texts as a user writes them",
    "unit/case/checks/test_checked_case.py": PLACES,
    "unit/case/checks/test_storage.py": TEMPLATE,
    "unit/discretisation/test_mesh_extent.py": TEMPLATE,
    "unit/mesh/test_geometry.py": TEMPLATE,
    "unit/mesh/test_quality.py": TEMPLATE,
    "verification/test_contract.py": TEMPLATE,
    "verification/test_gas_orders.py": TEMPLATE,
    "meshes/test_mesh_limits.py": TEMPLATE,
    "plugins/observables/test_value.py": TEMPLATE,
    "plugins/observables/test_work.py": TEMPLATE,
    "plugins/properties/test_kinetic.py": TEMPLATE,
    "plugins/theory/thermodynamics/test_potentials.py": TEMPLATE,
    "tools/coupled.py": TEMPLATE,
    "tools/drifting.py": TEMPLATE,
    "tools/flat.py": TEMPLATE,
    "unit/case/checks/test_resolve.py": TEMPLATE,
    "unit/verification/test_contract_interface.py": TEMPLATE,
}
"""Files of tests with a whole case as one text, and why."""


def is_case(text: str) -> bool:
    """Whether a text begins at least three blocks of a case."""
    return sum(bool(re.search(rf"^{block}:", text, re.MULTILINE)) for block in BLOCKS) >= 3


def test_cases_are_made_from_blocks():
    found = {
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if path != Path(__file__)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_case(node.value)
    }
    assert found == WHOLE.keys()


def test_a_case_is_seen():
    assert is_case("mesh: {}\nlaws: []\nsolve: steady\n") and not is_case("mesh: {}\nlaws: []\n")
