"""Power laws, read through steady conduction: q L = the integral of kappa dT."""

from __future__ import annotations

import pytest

from tests.tools.conduction import CASE, integral


def test_power_law(run_text):
    law = "{power_law: {value: 0.03, reference_temperature: 300 K, temperature_exponent: 1.75}}"
    exact = 0.03 / 300**1.75 * (400**2.75 - 300**2.75) / 2.75
    assert integral(run_text(CASE % law)) == pytest.approx(exact, rel=1e-5, abs=0)


def test_power_law_in_pressure(run_text):
    law = (
        "{power_law: {value: 2.0, reference_temperature: 300 K, pressure: 2 bar, reference_pressure: 1 bar, "
        "pressure_exponent: -1}}"
    )
    assert integral(run_text(CASE % law)) == pytest.approx(100.0, rel=1e-12, abs=0)
