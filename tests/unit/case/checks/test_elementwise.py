"""`check` finds laws and properties that look at all points at once, by name, and lets element-wise ones pass."""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport
from fvtransport import PluginError
from fvtransport.case.checks.elementwise import differing

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
CASE = """
plugins: [tried.py]
units: reduced
mesh: {type: Grid1D, length: 1.0, cells: 10}
mixture: {binary: {species: [A, B], concentration: 1.0, temperature: 1.0}}
properties: {diffusivity: shared}
laws: [tried]
initial: {x_A: 0.5}
boundaries: {default: {x_A: {dirichlet: 0.4}}}
solve: {transient: 1.0}
"""


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
        ({"FLUX": "-np.mean(face[A]) * face.grad(A)"}, "7:8", "law tried must be element-wise: flux of x_A"),
        ({"FLUX": "-face.grad(A) / face.grad(A).max() - face.grad(A)"}, "7:8", "law tried must be .*: flux of x_A"),
        ({"SOURCE": "cell[A] - cell[A].sum()"}, "7:8", "law tried must be element-wise: source of x_A"),
        ({"STORAGE": "cell[A] * cell[A].max()"}, "7:8", "law tried must be element-wise: storage of x_A"),
        ({"FACE": "face[A] * np.std(face[A])"}, "7:8", "law tried must be element-wise: face_source of x_A"),
        ({"PROPERTY": "np.max(at[A]) + at[A]"}, "6:14", "property diffusivity must be element-wise: its value"),
        ({"PROPERTY": "1.0 + np.max(at[A])"}, "6:14", "property diffusivity must be element-wise: its value"),
        ({"FLUX": "-face.grad(A)[::-1]"}, "7:8", "law tried must be element-wise: flux of x_A"),
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
