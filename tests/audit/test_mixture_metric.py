"""The metric of a mixture is the second derivative of one potential."""

import pytest

from fvtransport.audit.judge import audit
from fvtransport.audit.verdict import Verdict
from tests.audit.pair import pair


@pytest.mark.parametrize(("factor", "rule"), [("1 - 2*x_A*x_B", None), ("1 - 6*x_A*x_B", "stability")])
def test_an_unstable_mixture_is_named_and_never_passed(tmp_path, factor, rule):
    given = "diffusivity: 2.0, conductivity: 0.5, heat_capacity: 0.2, thermal_diffusion_coefficient: 0"
    problem = pair(
        tmp_path, laws="[conduction, fick]", initial='{T: 1.5, x_A: "0.4 + 0.1*x"}',
        properties=f'{{{given.replace(", thermal_diffusion_coefficient: 0", "")}, thermodynamic_factor: "{factor}"}}',
    )  # fmt: skip
    found = audit(problem.system, [(0.0, problem.values)])
    rules = [each.rule for each in found.findings if each.term == "mixture" and each.verdict is not Verdict.PASSED]
    assert rules == ([] if rule is None else [rule])
    assert (found.verdict is Verdict.PASSED) is (rule is None)
