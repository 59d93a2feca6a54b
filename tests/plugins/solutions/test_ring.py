"""A wave on a ring decays by its own rate."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.ring import Ring


def test_ring():
    ring, t = Ring(diffusivity=0.3, length=2.0, mean=0.5, amplitude=0.4, waves=2, times=(0.1, 0.2)), 0.2
    x = np.arange(64) / 32.0
    k = 2.0 * np.pi * np.fft.fftfreq(64, 2.0 / 64)
    start = ring.fields(x, 0.0)["x_A"]
    later = np.fft.ifft(np.fft.fft(start) * np.exp(-0.3 * k**2 * t)).real
    np.testing.assert_allclose(ring.fields(x, t)["x_A"], later, rtol=0, atol=1e-14)
    assert ring.observables()["crest"][1] == pytest.approx(ring.fields(np.array([0.25]), t)["x_A"][0], rel=1e-14)
    assert np.ptp(start) == pytest.approx(0.8)
