"""NASA's polynomials against their own derivatives."""

import numpy as np
import pytest
from fvtransport.plugins.theory.nasa7 import Nasa7

LOW = (3.5, 1e-3, -2e-7, 1e-11, -3e-15, -1000.0, 4.0)
HIGH = (3.2, 1.4e-3, -3e-7, 2e-11, -4e-15, -900.0, 5.0)


def slope(of, T: float, step: float = 1e-2) -> float:
    return (of(T + step) - of(T - step)) / (2 * step)


@pytest.mark.parametrize("T", [300.0, 900.0, 1500.0])
def test_enthalpy_and_entropy_belong_to_one_heat_capacity(T):
    """d(T H/(R T))/dT = c_p/R and dS/dT = c_p/T."""
    species = Nasa7(low=LOW, high=HIGH, middle=1000.0)
    capacity = np.polynomial.polynomial.polyval(T, (LOW if T < 1000 else HIGH)[:5])
    assert slope(lambda T: T * species.enthalpy(T), T) == pytest.approx(capacity, rel=1e-6)
    assert slope(species.entropy, T) * T == pytest.approx(capacity, rel=1e-6)


def test_the_ranges_meet():
    species = Nasa7(low=LOW, high=HIGH, middle=1000.0)
    for of in (species.enthalpy, species.entropy):
        assert float(of(1000.0 - 1e-9)) == pytest.approx(float(of(1000.0 + 1e-9)), abs=1e-9)
