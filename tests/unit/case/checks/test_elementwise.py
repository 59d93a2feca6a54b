"""`check` finds plugins that look at all points at once, by name, and lets element-wise ones pass."""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport
from fvtransport import PluginError
from fvtransport.case.checks.elementwise import differing
from tests.tools.cases import ISOTHERMAL, case_text, line

PLUGINS = '''
import numpy as np
from fvtransport import Law, Property, View, parameter, plugin
from fvtransport.plugins.handles import concentration, diffusivity, temperature


@plugin("tried")
class Tried(Law):
    """A law of x_A:  J = -c D grad x_A"""

    def flux(self, face):
        A, _ = face.species
        return {A: FLUX}

    def source(self, cell):
        A, _ = cell.species
        return {A: SOURCE}

    def storage(self, cell):
        A, _ = cell.species
        return {A: STORAGE}

    def face_source(self, face):
        A, _ = face.species
        return {A: FACE}


@plugin("shared")
class Shared(Property):
    """A coefficient:  D = f(x_A)"""

    def __call__(self, at: View):
        A, _ = at.species
        return PROPERTY
'''
GOOD = {
    "FLUX": "-face[concentration] * face[diffusivity] * face.grad(A)",
    "SOURCE": "0.0 * cell[A]",
    "STORAGE": "np.exp(-cell[A])",
    "FACE": "0.1 * face.grad(A) ** 2",
    "PROPERTY": "1.0 + 0.1 * at[A]",
}
CASE = case_text(
    ISOTHERMAL,
    plugins="[tried.py]",
    mesh="{type: Grid1D, length: 1.0, cells: 10}",
    properties="{diffusivity: shared}",
    laws="[tried]",
    initial="{x_A: 0.5}",
    boundaries="{default: {x_A: {dirichlet: 0.4}}}",
    solve="{transient: 1.0}",
)


@pytest.fixture
def check(tmp_path):
    def check(**bad: str):
        text = PLUGINS
        for name, code in {**GOOD, **bad}.items():
            text = text.replace(name, code)
        (tmp_path / "tried.py").write_text(text)
        (tmp_path / "case.yaml").write_text(CASE)
        return fvtransport.check(tmp_path / "case.yaml")

    return check


def test_element_wise_plugins_pass(check):
    assert not check().warnings


@pytest.mark.parametrize(
    ("bad", "place", "says"),
    [
        ({"FLUX": "-np.mean(face[A]) * face.grad(A)"}, "6:8", "law tried must be element-wise: flux of x_A"),
        ({"FLUX": "-face.grad(A) / face.grad(A).max() - face.grad(A)"}, "6:8", "law tried must be .*: flux of x_A"),
        ({"SOURCE": "cell[A] - cell[A].sum()"}, "6:8", "law tried must be element-wise: source of x_A"),
        ({"STORAGE": "cell[A] * cell[A].max()"}, "6:8", "law tried must be element-wise: storage of x_A"),
        ({"FACE": "face[A] * np.std(face[A])"}, "6:8", "law tried must be element-wise: face_source of x_A"),
        ({"PROPERTY": "np.max(at[A]) + at[A]"}, "5:14", "property diffusivity must be element-wise: its value"),
        ({"PROPERTY": "1.0 + np.max(at[A])"}, "5:14", "property diffusivity must be element-wise: its value"),
        ({"FLUX": "-face.grad(A)[::-1]"}, "6:8", "law tried must be element-wise: flux of x_A"),
    ],
)
def test_what_looks_at_all_points_is_named(check, bad, place, says):
    with pytest.raises(PluginError, match=rf"case.yaml:{place}: {says}.* when others were left out; a mean, maximum"):
        check(**bad)


def test_a_member_that_needs_all_points_is_named():
    def fixed(which):
        return np.ones(which.size) * np.ones(5)

    assert "fails when some points are left out: ValueError" in differing(fixed, 5)


def test_round_off_and_missing_values_do_not_count():
    rng = np.random.default_rng(3)
    values = rng.uniform(1.0, 2.0, 6)
    values[0] = np.nan
    assert not differing(lambda which: values[which] * (1.0 + 1e-15 * which.size), 6)
    assert not differing(lambda which: 1.0 / 0.0, 6)


KINDS = """
import numpy as np
import fvtransport as fv
from fvtransport.plugins import handles as q
from fvtransport.plugins.laws.conduction import Conduction
from fvtransport.plugins.mixtures.binary import Binary


def mean(value):
    return WRONG


@fv.plugin("flowing")
class Flowing(fv.BulkFlow):
    keeps_moles = True

    def total_flux(self, face):
        return 0.1 * mean(face.diffusive_flux(face.species[0])) + 0.0 * face[face.species[0]]


@fv.plugin("open")
class Open(fv.Boundary):
    def outward_flux(self, face):
        return mean(face.value - 1.0)


@fv.plugin("equation")
class Equation(fv.Boundary):
    def residual(self, face):
        return face.value - 0.5 - mean(face.flux)


@fv.plugin("coated")
class Coated(fv.Boundary):
    def outward_flux(self, face):
        return 0.0

    def storage(self, face):
        return mean(face.value ** 2)


@fv.plugin("joined")
class Joined(fv.Interface):
    def flux(self, face):
        return mean(face.jump)


@fv.plugin("shown")
class Shown(fv.Observable):
    unit = "W"

    def rate_density(self, face):
        return mean(face[face.species[0]])

    def measure(self, state):
        return state.domain_integral(self)


@fv.plugin("mixed")
class Mixed(Binary):
    def metric(self, at):
        return {key: mean(value) for key, value in super().metric(at).items()}

    def storage(self, balance, cell):
        return mean(super().storage(balance, cell) + cell[balance.field])
"""
LAYERS = '{a: "x < 0.5", b: "x >= 0.5"}'
PLACES = {
    "bulk flow flowing": {"mixture": "{gas: {species: [A, B], pressure: 1 bar, temperature: 300, bulk_flow: flowing}}"},
    "condition open": {"boundaries": "{default: {x_A: open}}"},
    "condition equation": {"boundaries": "{default: {x_A: equation}}"},
    "condition coated": {"boundaries": "{default: {x_A: coated}}"},
    "condition joined": {"mesh": line(regions=LAYERS), "interfaces": "{a-b: {x_A: joined}}"},
    "observable shown": {"observe": "{shown: shown}"},
    "mixture mixed": {"mixture": "{mixed: {species: [A, B], concentration: 1.0, temperature: 1.0}}"},
}
IN_TIME = {"initial": "{x_A: 0.5}", "solve": "{transient: 1.0}", "boundaries": "{default: {x_A: {dirichlet: 0.4}}}"}


@pytest.mark.parametrize("wrong", ["np.mean(value)", "value"])
@pytest.mark.parametrize("name", PLACES)
def test_a_mean_in_a_plugin_of_any_kind_is_refused_by_name(tmp_path, name, wrong):
    (tmp_path / "kinds.py").write_text(KINDS.replace("WRONG", wrong))
    units = {"units": "SI"} if "flow" in name else {}
    blocks = {"plugins": "[kinds.py]", **IN_TIME, **units, **PLACES[name]}
    (tmp_path / "case.yaml").write_text(case_text(ISOTHERMAL, **blocks))
    if wrong == "value":
        fvtransport.check(tmp_path / "case.yaml")
        return
    with pytest.raises(PluginError, match=f"{name} must be element-wise: .* a mean, maximum or sum over points"):
        fvtransport.check(tmp_path / "case.yaml")


def test_a_storage_that_belongs_to_the_boundary_as_a_whole_may_sum_over_it(tmp_path):
    blocks = {**IN_TIME, "boundaries": "{right: {x_A: {reservoir: {volume: 0.3}}}, default: {x_A: no_flux}}"}
    (tmp_path / "case.yaml").write_text(case_text(ISOTHERMAL, **blocks))
    fvtransport.check(tmp_path / "case.yaml")


def test_a_wrong_shape_is_named():
    assert "has shape (2,) where (..., 6) is expected" in differing(lambda which: np.ones(2), 6)
