"""Arrhenius' law, read through steady conduction: q L = the integral of kappa dT."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.conduction import CASE, integral


def test_arrhenius(run_text):
    law = "{arrhenius: {pre_exponential_factor: 5.0, activation_energy: 6 kJ/mol}}"
    T = np.linspace(300, 400, 200_001)
    exact = np.trapezoid(5 * np.exp(-6e3 / (8.31446261815324 * T)), T)
    assert integral(run_text(CASE % law)) == pytest.approx(exact, rel=1e-6, abs=0)
