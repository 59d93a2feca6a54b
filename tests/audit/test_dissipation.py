"""The dissipation of the solved fluxes, and laws that are not linear in their gradients."""

import pytest

import fvtransport
from fvtransport.audit.at_start import audit_start
from fvtransport.audit.verdict import Verdict
from fvtransport.discretisation.build import build
from tests.tools.cases import PURE, case_text, line

LAW = '''
import numpy as np
from fvtransport import Law, plugin
from fvtransport.plugins.handles import energy, temperature

@plugin("steep")
class Steep(Law):
    """q = -k(grad T) grad T"""

    def flux(self, face):
        slope = face.grad(temperature)
        return {energy: -(FACTOR) * slope}
'''


def _audited(folder, factor: str, slope: float):
    (folder / "mine.py").write_text(LAW.replace("FACTOR", factor))
    text = case_text(
        PURE, plugins="[mine.py]", mesh=line(1, 8), laws="[steep]", properties="{heat_capacity: 1}",
        initial=f'{{T: "1 + {slope}*x"}}', boundaries="{default: {T: no_flux}}", solve="{transient: 1}",
    )  # fmt: skip
    (folder / "case.yaml").write_text(text)
    case = fvtransport.check(folder / "case.yaml")
    return audit_start(case, build(case))


@pytest.mark.parametrize(
    ("factor", "slope", "verdict"),
    [
        ("0.5", 1.0, Verdict.PASSED),
        ("0.5*(1 + slope**2)", 1e-4, Verdict.PASSED),
        ("0.5*(1 + slope**2)", 1.0, Verdict.NOT_JUDGED),
        ("np.where(abs(slope) < 0.5, 0.5, -0.5)", 0.4, Verdict.PASSED),
        ("np.where(abs(slope) < 0.5, 0.5, -0.5)", 1.0, Verdict.VIOLATED),
    ],
)
def test_a_law_that_is_not_linear_is_named_and_judged_where_it_was_solved(tmp_path, factor, slope, verdict):
    found = _audited(tmp_path, factor, slope)
    assert found.by_term["steep"] is verdict
    if verdict is Verdict.VIOLATED:
        assert "the solved fluxes destroy entropy" in found.violations[0] and "broken by steep" in found.violations[0]


def test_nothing_is_said_of_a_state_at_rest(tmp_path):
    found = _audited(tmp_path, "0.5", 0.0)
    assert all(each.value == each.value for each in found.findings if each.verdict is Verdict.PASSED)
    assert "dissipation" not in [each.rule for each in found.findings]
