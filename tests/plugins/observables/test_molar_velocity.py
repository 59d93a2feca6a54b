"""The molar-average velocity: N/c of the Stefan tube, and zero where moles are exchanged."""

import pytest
from fvtransport.plugins.observables.molar_velocity import MolarVelocity

from tests.tools.films import C, N, stefan


def test_vapour_pushes_the_gas(run_text):
    seen = stefan(run_text, "{left: {molar_velocity: left}, right: {molar_velocity: right}}")
    assert [seen["left"], seen["right"]] == pytest.approx([N / C] * 2, rel=1e-8)


def test_equimolar_counterdiffusion_has_none(snapshot):
    assert MolarVelocity(boundary="left").measure(snapshot) == pytest.approx(0.0, abs=1e-15)
