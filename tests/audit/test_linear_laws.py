"""What is kept of the linear laws over several states."""

import numpy as np
import pytest

from fvtransport.audit.judge import audit
from fvtransport.audit.linear_laws import listed
from fvtransport.audit.verdict import Verdict
from tests.audit.pair import pair
from tests.tools.built import built
from tests.tools.cases import line

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


DRIFT = '''
from fvtransport import Law, plugin
from fvtransport.plugins.handles import temperature

@plugin("drift")
class Drift(Law):
    """J_A = -k grad T"""

    def flux(self, face):
        return {face.species[0]: -1e-6 * face.grad(temperature)}
'''


def test_a_one_way_law_says_nothing_of_another_pair(tmp_path):
    """Maxwell and Stefan couple A and B both ways; only the drift lacks its partner."""
    (tmp_path / "drift.py").write_text(DRIFT)
    pairs = "{A-B: 1e-5, A-C: 2e-5, B-C: 3e-5}"
    problem = built(
        tmp_path, {}, plugins="[drift.py]", mesh=line(0.1, 6), properties="{conductivity: 0.02}",
        mixture="{gas: {species: [A, B, C], pressure: 1e5, molar_heat_capacity: 30}}",
        laws=f"[conduction, {{maxwell_stefan: {{diffusivities: {pairs}}}}}, drift]",
        initial='{T: "300 + 100*x", x_A: "0.3 + x", x_B: "0.3 - x"}',
        boundaries="{default: {T: {dirichlet: 300}, x_A: {dirichlet: 0.3}, x_B: {dirichlet: 0.3}}}", solve="steady",
    )  # fmt: skip
    found = audit(problem.system, [(0.0, problem.values)])
    assert found.by_term["drift"] is Verdict.ONE_WAY and found.by_term["maxwell_stefan"] is Verdict.PASSED
    (own,) = [each for each in found.findings if (each.term, each.rule) == ("maxwell_stefan", "reciprocity")]
    assert own.value < 1e-9 and "relative asymmetry 1," not in own.text
    assert found.asymmetry == 1.0
