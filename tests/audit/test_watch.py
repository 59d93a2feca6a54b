"""What happens between two outputs."""

import numpy as np
import pytest

import fvtransport
from fvtransport.audit.verdict import Verdict
from tests.tools.cases import PURE, case_text, line

LAW = '''
import numpy as np
from fvtransport import Law, plugin
from fvtransport.plugins.handles import energy, temperature

@plugin("fickle")
class Fickle(Law):
    """q = -k(t) grad T"""

    def flux(self, face):
        return {energy: -(FACTOR) * face.grad(temperature)}
'''


def _run(folder, factor: str):
    (folder / "mine.py").write_text(LAW.replace("FACTOR", factor))
    text = case_text(
        PURE, plugins="[mine.py]", mesh=line(1, 8), laws="[fickle]", properties="{heat_capacity: 1}",
        initial='{T: "1 + 0.1*x"}', boundaries="{left: {T: {dirichlet: 1}}, right: {T: {dirichlet: 1.1}}}",
        solve="{transient: {until: 1, samples: 1, max_step: 0.01}}",
    )  # fmt: skip
    (folder / "case.yaml").write_text(text)
    return fvtransport.run(folder / "case.yaml")


def test_a_sign_that_flips_between_the_outputs_is_seen(tmp_path):
    result = _run(tmp_path, "1 - 1.01*np.exp(-((face.t - 0.4)/0.05)**2)")
    assert not any(0.3 < each.t < 0.5 for each in result.snapshots) and result.ending.succeeded
    (text,) = result.audit.violations
    assert "broken by fickle" in text and "between the outputs" in text
    least = result.watch.least[""]
    assert least.t == pytest.approx(0.4, abs=0.02) and least.share < -0.1


@pytest.mark.parametrize("factor", ["1.0", "1 - 0.5*np.sin(30*face.t)"])
def test_a_sound_law_passes_at_all_times(tmp_path, factor):
    result = _run(tmp_path, factor)
    rules = [each.rule for each in result.audit.findings]
    assert "dissipation between outputs" in rules and result.audit.verdict is Verdict.PASSED
    assert result.watch.least[""].steps > 3 and np.isfinite(result.watch.least[""].share)
