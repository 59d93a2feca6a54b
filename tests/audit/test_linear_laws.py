"""What is kept of the linear laws over several states."""

import numpy as np
import pytest

from fvtransport.audit.judge import audit
from fvtransport.audit.linear_laws import listed
from fvtransport.audit.verdict import Verdict
from tests.audit.pair import pair

HALVES = "[conduction, fick, soret, dufour]"


def _properties(dufour: str) -> str:
    given = "diffusivity: 2.0, conductivity: 0.5, heat_capacity: 0.2, thermal_diffusion_coefficient: -1.2"
    return f'{{{given}, dufour_coefficient: "{dufour}"}}'


@pytest.mark.parametrize(
    ("dufour", "verdict"),
    [
        ("-1.2", Verdict.PASSED),
        ("0", Verdict.ONE_WAY),
        ("-1.2*(1 + 1e-5)", Verdict.VIOLATED),
        ("where(x < 1, -1.2, 0)", Verdict.VIOLATED),
        ("-1.2 + 0.6*t", Verdict.VIOLATED),
        ("where(T > 1.3, -1.2, -1.3)", Verdict.VIOLATED),
    ],
)
def test_a_partner_that_is_missing_somewhere_or_at_times_is_a_violation(tmp_path, dufour, verdict):
    problem = pair(tmp_path, laws=HALVES, properties=_properties(dufour))
    found = audit(problem.system, [(0.0, problem.values), (2.0, problem.values)])
    assert found.by_term["soret"] is verdict
    assert found.by_term["conduction"] is found.by_term["fick"] is Verdict.PASSED


def test_faces_on_which_forces_are_not_defined_are_counted(tmp_path):
    problem = pair(tmp_path)
    values = problem.values.copy()
    values[0, 3] = np.nan
    found = audit(problem.system, [(0.0, values)])
    assert found.verdict is Verdict.NOT_JUDGED
    assert any(each.skipped and each.rule == "second law" for each in found.findings)


def test_names_are_listed():
    assert (listed([]), listed(["a"]), listed("abc")) == ("", "a", "a, b and c")
