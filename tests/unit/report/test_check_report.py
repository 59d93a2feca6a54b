"""A checked case as tables."""

import dataclasses
import io

import pytest
from fvtransport.plugins import handles as q
from fvtransport.plugins.properties.inverse_linear import InverseLinear

from fvtransport import Constant
from fvtransport.case.blocks.properties import Converted
from fvtransport.report import check_report


def _checked(case):
    rows = [
        {"boundary": boundary, "field": field.name, "condition": condition.name, "default": condition.is_default}
        for boundary, boundary_equations in case.boundaries.items()
        for field, condition in boundary_equations.items()
    ]
    out = io.StringIO()
    check_report.show_check(case, rows, file=out)
    return out.getvalue()


def _words(text):
    return [line.split() for line in text.splitlines()]


def test_a_checked_case(made):
    text = _checked(made.pump())
    words = _words(text)
    assert ["left", "T", "dirichlet"] in words and ["right", "x_A", "no_flux", "default"] in words
    assert "J_A = -c x_A x_B D' grad T      [mol m^-2 s^-1]" in text
    assert "linearised_at: T = 1, x_A = 0.5" in text
    assert "Grid1D, 40 cells over 40, cross-section 25" in text
    assert "transient, from 0 to 3000, rtol 1e-08" in text


@pytest.mark.parametrize("fragment", ["2e-05", "m^2/s", "10 cells over 2 m, cross-section 3 m^2", "steady"])
def test_a_checked_case_in_si(fragment, made):
    assert fragment in _checked(made.slab())


def test_a_property_is_shown_as_it_was_given(made):
    case = made.slab()
    (handle,) = case.properties
    falling = InverseLinear(at_infinite_dilution=2e-5, beta=0.5)
    text = _checked(dataclasses.replace(case, properties={handle: falling}))
    assert "inverse_linear (at_infinite_dilution = 2e-05, beta =" in text
    soret = Converted(given=Constant(value=1e-3), convention=q.thermal_diffusion_coefficient.conventions[0])
    text = " ".join(_checked(dataclasses.replace(case, properties={q.thermal_diffusion_coefficient: soret})).split())
    assert "soret_coefficient = 0.001 1/K" in text


def test_a_graded_mesh(made):
    plain = made.slab().mesh
    mesh = dataclasses.replace(plain, axes=(dataclasses.replace(plain.axes[0], ratio=5.0, towards="both"),))
    assert "x graded 1:5 towards both" in " ".join(_checked(made.slab(mesh=mesh)).split())
