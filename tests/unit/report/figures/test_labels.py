"""Labels of axes, times and positions in figures."""

from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.figure import Figure

from fvtransport.case.text.units import UnitSystem
from fvtransport.mesh.spec import Axis
from fvtransport.report.figures import labels


def _geometry(*axes):
    return SimpleNamespace(axes=axes, nodes=1, corners=None, interfaces=(), position=np.zeros((4, 1)))


def _result(units="SI", *axes):
    return SimpleNamespace(
        case=SimpleNamespace(units=UnitSystem(units)), system=SimpleNamespace(geometry=_geometry(*axes))
    )


def test_quantities_have_their_symbol_and_unit():
    assert labels.axis_label(_result(), "heat flux", "$q$", "W/m^2") == "heat flux $q$ [W m$^{-2}$]"
    assert labels.axis_label(_result("reduced"), "heat flux", "$q$", "W/m^2") == "heat flux $q$ (reduced units)"
    assert labels.axis_label(_result(), "mole fraction", "", "") == "mole fraction"


def test_times_have_seconds_unless_units_are_reduced():
    assert labels.time_text(0.125, _result()) == "$t$ = 0.125 s"
    assert labels.time_text(12345.6, _result("reduced")) == "$t$ = 1.235e+04"


def test_laws_are_shown_as_words():
    assert labels.law_label("soret_dufour") == "soret dufour"
    assert labels.law_label("a$b") == r"a\$b"


@pytest.mark.parametrize(
    "letters, axis, label",
    [
        ("x", 0, "position $x$ [m]"),
        ("xy", 1, "position $y$ [m]"),
        ("r", 0, "radius $r$ [m]"),
        ("rz", 1, "height $z$ [m]"),
        ("xyz", 2, "position $z$ [m]"),
        ("", 1, "position $y$ [m]"),
    ],
)
def test_coordinates_are_named_after_the_mesh(letters, axis, label):
    result = _result("SI", *(Axis(letter, 1.0, 2) for letter in letters))
    assert labels.position_label(result, axis) == label


def test_round_off_of_a_position_is_zero():
    geometry = _geometry(Axis("x", 4.0, 2, start=-2.0))
    assert labels.position_text(1e-15, geometry, 0) == "$x$ = 0"
    assert labels.position_text(-0.5, geometry, 0) == "$x$ = -0.5"
    small = _geometry(Axis("r", 1e-9, 2))
    assert labels.position_text(5e-10, small, 0) == "$r$ = 5e-10"


def test_the_extent_is_that_of_axes_corners_or_nodes():
    assert labels.extent(_geometry(Axis("x", 4.0, 2, start=1.0)), 0) == (1.0, 5.0)
    loose = _geometry()
    loose.position = np.array([[0.5, 1.5], [2.0, 7.0], [0.0, 0.0], [0.0, 0.0]])
    assert labels.extent(loose, 1) == (2.0, 7.0)
    loose.corners = np.array([[[0.0, 1.0], [1.0, 2.0]]] * 3)
    assert labels.extent(loose, 0) == (0.0, 2.0)


def test_a_panel_spans_the_mesh():
    axes = Figure().subplots()
    labels.label_axes(axes, _result("SI", Axis("x", 4.0, 2, start=1.0)), "heat")
    assert axes.get_xlim() == (1.0, 5.0)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("position $x$ [m]", "heat")
