"""Bosanquet's diffusivity, held to the dusty gas for a trace; mistakes."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.theory.frames import molar_flux

CASE = """
title: trace in a pore
mesh: {type: Grid1D, length: 0.01, cells: 20}
mixture:
  gas:
    species: [He, Ar]
    pressure: 101325
    temperature: 300
    molar_masses: {He: 4.0026e-3, Ar: 39.948e-3}
    bulk_flow: %s
%s
boundaries: {left: {x_He: {dirichlet: 1e-7}}, right: {x_He: {dirichlet: 0}}}
solve: steady
"""
DUSTY = "{dusty_gas: {pore_diameter: 1e-6, uniform_pressure: true}}"
PORE = "{bosanquet: {diffusivity: 7.3e-5*101325/p, pore_diameter: 1 um, species: %s}}"
FICK = "properties: {diffusivity: %s}\nlaws: [fick]"
PAIRS = "laws: [maxwell_stefan: {diffusivities: {He-Ar: %s}}]"


@pytest.mark.parametrize("laws", [FICK, PAIRS])
def test_a_trace_passes_as_in_the_dusty_gas(run_text, laws):
    dusty = molar_flux(run_text(CASE % (DUSTY, PAIRS % "7.3e-5*101325/p")).snapshots[-1], "left")[0]
    found = molar_flux(run_text(CASE % ("graham", laws % (PORE % "He"))).snapshots[-1], "left")[0]
    boundaries = 1e-6 / 3.0 * np.sqrt(8.0 * 8.31446261815324 * 300.0 / (np.pi * 4.0026e-3))
    assert found == pytest.approx(dusty, rel=1e-6)
    assert found == pytest.approx(
        101325.0 / (8.31446261815324 * 300.0) * 1e-7 / 0.01 / (1.0 / 7.3e-5 + 1.0 / boundaries), rel=1e-6
    )


@pytest.mark.parametrize(
    "text, says",
    [
        (CASE % ("graham", FICK % (PORE % "Xe")), "Xe is not a species; expected one of He, Ar"),
        (CASE % (DUSTY, PAIRS % (PORE % "He")), "dusty_gas has the friction at the walls already"),
    ],
)
def test_mistakes(complaints, text, says):
    found = complaints(text)
    assert any(says in each for each in found), found
