"""Equimolar counterdiffusion through layers: one flux in every layer."""

import numpy as np
from fvtransport.plugins.solutions.emcd_composite import EmcdComposite

from tests.tools.issues import issue_texts

C, D, L = 40.87, 1.65e-5, 0.1


def test_composite_flux_is_the_same_in_every_layer():
    layers, diffusivities = (0.02, 0.005, 0.1), (1e-5, 2e-7, 3e-6)
    solution = EmcdComposite(concentration=C, thicknesses=layers, diffusivities=diffusivities, x_left=0.9, x_right=0.1)
    flux, faces = solution.observables()["N_A"], np.concatenate([[0.0], np.cumsum(layers)])
    for left, right, diffusivity in zip(faces, faces[1:], diffusivities):
        z = np.linspace(left, right, 5)
        slopes = np.diff(solution.fields(z, 0.0)["x_A"]) / np.diff(z)
        np.testing.assert_allclose(-C * diffusivity * slopes, flux, rtol=1e-11)
    np.testing.assert_allclose(solution.fields(faces[[0, -1]], 0.0)["x_A"], [0.9, 0.1], rtol=1e-14)
    assert issue_texts(solution) == []


def test_composite_of_unequal_lists_is_refused():
    (found,) = issue_texts(
        EmcdComposite(concentration=C, thicknesses=(1.0, 2.0), diffusivities=(1.0,), x_left=0.9, x_right=0.1)
    )
    assert "2 thicknesses for 1" in found
