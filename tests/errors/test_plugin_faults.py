"""Whatever a plugin raises while a case is checked is reported with its name and line; a fault of the core is not."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

import fvtransport as fv
from fvtransport.errors import FvtransportError, WrongResult, culprit, plugin_call
from tests.tools.cases import COUPLED, ISOTHERMAL, PURE, case_text

ODD = "class Odd(Exception): pass\n"
HEAD = f"import numpy as np\nimport fvtransport as fv\nfrom fvtransport.plugins import handles as q\n{ODD}\n"
FIXED = "{default: {T: {dirichlet: 1.0}}}"
IN_TIME = "{transient: {until: 1.0}}"
PLUGINS = {
    "law": """
@fv.plugin("odd_law")
class OddLaw(fv.Law):
    def MEMBER: raise Odd("strange")
""",
    "property": """
@fv.plugin("odd_property")
class OddProperty(fv.Property):
    def __call__(self, at):
        raise Odd("strange")
""",
    "boundary": """
@fv.plugin("odd_boundary")
class OddBoundary(fv.Boundary):
    def MEMBER: raise Odd("strange")
""",
    "observable": """
@fv.plugin("odd_observable")
class OddObservable(fv.Observable):
    @property
    def reading_unit(self): raise Odd("strange")
""",
    "solution": """
@fv.plugin("odd_solution")
class OddSolution(fv.Solution):
    def MEMBER: raise Odd("strange")
""",
    "mixture": """
from fvtransport.plugins.mixtures.pure import Pure
@fv.plugin("odd_mixture")
class OddMixture(Pure):
    def MEMBER: raise Odd("strange")
""",
}
LAWS = [
    "flux(self, face)",
    "source(self, cell)",
    "storage(self, cell)",
    "face_source(self, face)",
    "provides(self, mixture)",
    "validate(self, context)",
]
PLACES = [
    *(("law", member, {"laws": "[conduction, odd_law]"}) for member in LAWS),
    ("property", "", {"properties": "{conductivity: odd_property}"}),
    ("property", "", {"initial": "{T: odd_property}", "solve": IN_TIME}),
    ("property", "", {"boundaries": "{default: {T: {dirichlet: odd_property}}}"}),
    ("boundary", "residual(self, face)", {"boundaries": "{default: {T: odd_boundary}}"}),
    ("boundary", "validate(self, context)", {"boundaries": "{default: {T: odd_boundary}}"}),
    ("observable", "", {"observe": "{a: odd_observable, b: {formula: 2*a, over: cycle}}", "protocol": "P"}),
    ("solution", "validate(self, context)", {"compare": "{solution: odd_solution, tolerance: 1.0}"}),
    ("mixture", "provides(self)", {"mixture": "odd_mixture"}),
    ("mixture", "storage(self, balance, cell)", {"mixture": "odd_mixture", "solve": IN_TIME, "initial": "{T: 1.0}"}),
    ("mixture", "validate(self, context)", {"mixture": "odd_mixture"}),
]
PROTOCOL = "{phases: {one: {duration: 1.0}, two: {duration: 1.0}}}"


@pytest.fixture
def refused(tmp_path):
    """The error of a case with the plugins of a text, and the path of these."""

    def refused(plugins: str, **blocks):
        path = tmp_path / "odd.py"
        path.write_text(HEAD + plugins, encoding="utf-8")
        blocks = {"plugins": "[odd.py]", "boundaries": FIXED, **blocks}
        if blocks.get("protocol") == "P":
            blocks |= {"protocol": PROTOCOL, "solve": "{transient: {rtol: 1.0e-6}}", "initial": "{T: 1.0}"}
        (tmp_path / "case.yaml").write_text(case_text(PURE, **blocks), encoding="utf-8")
        with pytest.raises(FvtransportError) as caught:
            fv.check(tmp_path / "case.yaml")
        return caught.value, path

    return refused


@pytest.mark.parametrize("kind, member, blocks", PLACES, ids=lambda part: str(part)[:60])
def test_an_odd_exception_of_a_plugin_is_reported_with_its_name_and_line(refused, kind, member, blocks):
    error, path = refused(PLUGINS[kind].replace("MEMBER", member), **blocks)
    assert error.exit_code == 2
    assert "Odd: strange" in str(error) and f"{path}:" in str(error) and "raise Odd" in str(error), str(error)
    assert f'plugin "odd_{kind}"' in str(error), str(error)


@pytest.mark.parametrize(
    "member, result, says",
    [
        ("flux(self, face)", "None", "NoneType, not a mapping"),
        ("source(self, cell)", "{'T': 1.0}", "neither a field nor a balance"),
        ("source(self, cell)", "{q.energy: 'hot'}", "does not give numbers"),
        ("flux(self, face)", "{q.energy: [1.0, [2.0]]}", "does not give numbers"),
        ("storage(self, cell)", "{q.energy: np.ones(3)}", "has shape (3,)"),
    ],
)
def test_a_wrong_result_is_reported_with_the_name(refused, member, result, says):
    law = PLUGINS["law"].replace("MEMBER", member).replace('raise Odd("strange")', f"return {result}")
    error, _ = refused(law, laws="[conduction, odd_law]")
    assert error.exit_code == 2 and "law odd_law" in str(error) and says in str(error), str(error)


@pytest.mark.parametrize("result", ["None", "'hot'", "[1.0, [2.0]]"])
def test_a_wrong_residual_is_reported_with_the_name(refused, result):
    boundary = PLUGINS["boundary"].replace("MEMBER", "residual(self, face)")
    error, _ = refused(
        boundary.replace('raise Odd("strange")', f"return {result}"), boundaries="{default: {T: odd_boundary}}"
    )
    assert error.exit_code == 2 and "odd_boundary" in str(error) and "does not give numbers" in str(error), str(error)


CORE = "fvtransport.case."
FAULTS = [
    ("checks.trial_points.View", PURE | {"initial": "{T: 1.0 + 0*x}", "solve": IN_TIME}),
    ("checks.trial_points.CellView", PURE),
    ("checks.trial_points.Faces.along", PURE),
    ("checks.bounds.View", PURE | {"boundaries": "{default: {T: {dirichlet: 1.0 + 0*x}}}"}),
    (
        "checks.advice.type_of",
        COUPLED | {"laws": "[fick]", "boundaries": "{default: {T: no_flux, x_A: no_flux}}"},
    ),
    ("checks.advice.TrialStates.flux", PURE),
    ("checks.elementwise_members.FaceView", PURE),
    ("checks.elementwise._is_same", PURE),
    ("blocks.formulas._RATE", PURE | {"observe": "{a: {heat_to: right, over: one}}", "protocol": PROTOCOL}),
    ("blocks.mixture.Names.of", PURE),
    (
        "blocks.mixture.first_mistake",
        ISOTHERMAL | {"mixture": "{binary: {species: [A, B], concentration: 1.0, temperature: lost}}"},
    ),
    (
        "blocks.compare.Context",
        PURE | {"compare": "{solution: {biot: {shape: slab, biot: 1.0, times: [0.1]}}, tolerance: 1.0}"},
    ),
    ("reading.make_plugin.Context", PURE),
    ("reading.make_plugin.given_values", PURE),
]


@pytest.mark.parametrize("target, base", FAULTS, ids=[target for target, _ in FAULTS])
def test_a_fault_of_the_core_is_not_swallowed(tmp_path, monkeypatch, target, base):
    fault = RuntimeError("a fault of the core")
    mock = Mock(side_effect=fault)
    mock.search = mock
    monkeypatch.setattr(CORE + target, mock)
    blocks = {"boundaries": FIXED, **base}
    if "protocol" in blocks:
        blocks |= {"solve": "{transient: {rtol: 1.0e-6}}", "initial": "{T: 1.0}"}
    (tmp_path / "case.yaml").write_text(case_text(blocks), encoding="utf-8")
    with pytest.raises((RuntimeError, fv.CaseError)) as caught:
        fv.check(tmp_path / "case.yaml")
    assert fault in (caught.value, caught.value.__cause__)


def test_a_call_names_what_it_calls():
    assert plugin_call("law mine", lambda: 3) == 3

    def wrong():
        raise WrongResult("no number")

    with pytest.raises(fv.PluginError, match="^law mine: no number$"):
        plugin_call("law mine", wrong)


def test_a_plugin_of_an_installed_package_is_a_culprit(tmp_path, monkeypatch):
    """Its file lies among the libraries; the entry points say that it is none of them."""
    path = tmp_path / "site-packages" / "laws_of_mine.py"
    path.parent.mkdir()
    path.write_text("def flux(face):\n    return 1.0 / face\n", encoding="utf-8")
    space = {"__name__": "laws_of_mine.flux"}
    exec(compile(path.read_text(), str(path), "exec"), space)
    with pytest.raises(ZeroDivisionError):
        plugin_call("law mine", Mock(side_effect=ZeroDivisionError))
    try:
        space["flux"](0.0)
    except ZeroDivisionError as error:
        error.__traceback__ = error.__traceback__.tb_next
        assert culprit(error) == ""
        monkeypatch.setattr("fvtransport.errors.metadata.entry_points", lambda group: [Mock(module="laws_of_mine.all")])
        assert culprit(error) == f"\n    {path}:2: return 1.0 / face"
