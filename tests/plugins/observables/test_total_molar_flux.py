"""The molar flux of all species: that of the Stefan tube, and zero where moles are exchanged."""

import pytest
from fvtransport.plugins.observables.total_molar_flux import TotalMolarFlux

from tests.tools.films import N, stefan


def test_vapour_through_a_gas_at_rest(run_text):
    seen = stefan(run_text, "{left: {total_molar_flux: left}, right: {total_molar_flux: right}}")
    assert [seen["left"], seen["right"]] == pytest.approx([N, N], rel=1e-8)


def test_equimolar_counterdiffusion_has_none(snapshot):
    assert TotalMolarFlux(boundary="left").measure(snapshot) == pytest.approx(0.0, abs=1e-13)
