"""Laws that depend on the gradient along a face, along all axes."""

import pytest

from fvtransport.audit.judge import audit
from fvtransport.audit.verdict import Verdict
from tests.tools.built import built

PLANE = "{type: Grid2D, length: [2, 1], cells: [3, 2]}"
LAW = '''
from fvtransport import Law, plugin
from fvtransport.plugins.handles import energy, temperature

@plugin("turning")
class Turning(Law):
    """q = -A . grad T"""

    def flux(self, face):
        slope, n = face.gradient(temperature), face.normal
        along = (2.0 * slope[0] + UPPER * slope[1], LOWER * slope[0] + 1.0 * slope[1])
        return {energy: -(n[0] * along[0] + n[1] * along[1])}
'''


@pytest.mark.parametrize(
    ("upper", "lower", "verdict"),
    [(0.5, 0.5, Verdict.PASSED), (0.5, -0.5, Verdict.VIOLATED), (1.5, 1.5, Verdict.VIOLATED)],
)
def test_a_tensor_must_be_symmetric_and_positive(tmp_path, upper, lower, verdict):
    """det = 2 - upper lower, so 1.5 is not positive definite."""
    (tmp_path / "mine.py").write_text(LAW.replace("UPPER", str(upper)).replace("LOWER", str(lower)))
    problem = built(
        tmp_path, mesh=PLANE, plugins="[mine.py]", laws="[turning]", initial='{T: "1 + 0.1*x + 0.2*y"}',
        boundaries="{default: {T: {dirichlet: 1}}}", properties="{heat_capacity: 1}",
    )  # fmt: skip
    found = audit(problem.system, [(0.0, problem.values)])
    assert found.by_term["turning"] is verdict
