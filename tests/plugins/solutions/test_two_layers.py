"""Two layers in series: the flux laws hold in each, both fields are continuous, and two equal layers are one."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.two_layers import TwoLayers

from tests.tools.issues import issue_texts

GIVEN = {
    "thicknesses": (0.3, 0.5),
    "concentrations": (1.0, 2.0),
    "diffusivities": (1.0, 300.0),
    "conductivities": (4.0, 0.1),
    "x_left": 0.9,
    "x_right": 0.2,
    "T_left": 400.0,
    "T_right": 300.0,
}


def test_the_fluxes_are_those_of_the_laws_in_each_layer():
    solution = TwoLayers(**GIVEN)
    seen = solution.observables()
    for layer, (start, end) in enumerate(((0.0, 0.3), (0.3001, 0.8))):
        x = np.linspace(start, end, 5)
        fields = solution.fields(x, 0.0)
        slopes = {name: np.diff(values) / np.diff(x) for name, values in fields.items()}
        conductance = GIVEN["concentrations"][layer] * GIVEN["diffusivities"][layer]
        np.testing.assert_allclose(-conductance * slopes["x_A"], seen["J_A"], rtol=1e-9)
        np.testing.assert_allclose(-GIVEN["conductivities"][layer] * slopes["T"], seen["q"], rtol=1e-9)


def test_the_fields_meet_the_boundaries_and_the_interface():
    solution = TwoLayers(**GIVEN)
    seen, fields = solution.observables(), solution.fields(np.array([0.0, 0.3, 0.3, 0.8]), 0.0)
    for name, ends, middle in (("x_A", (0.9, 0.2), "x_A_interface"), ("T", (400.0, 300.0), "T_interface")):
        np.testing.assert_allclose(fields[name][[0, 3]], ends, rtol=1e-14)
        np.testing.assert_allclose(fields[name][[1, 2]], seen[middle], rtol=1e-14)


def test_layers_of_one_material_are_one_layer():
    same = dict.fromkeys(("concentrations", "diffusivities", "conductivities"), (2.0, 2.0))
    seen = TwoLayers(**GIVEN | same).observables()
    assert seen["J_A"] == pytest.approx(4.0 * 0.7 / 0.8, rel=1e-14)
    assert seen["q"] == pytest.approx(2.0 * 100.0 / 0.8, rel=1e-14)


def test_a_third_layer_is_refused():
    (found,) = issue_texts(TwoLayers(**GIVEN | {"diffusivities": (1.0, 2.0, 3.0)}))
    assert "diffusivities: two layers have two" in found
