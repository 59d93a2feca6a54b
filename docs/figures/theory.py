"""Closed forms along the axes of the figures, by the names of the columns of their tables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from fvtransport.plugins.solutions.heat_pump_theory import (
    Pump,
    coefficient_of_performance,
    heat_drawn,
    heat_drawn_as_printed,
    work_as_printed,
    work_done,
)

__all__ = ["against_field", "against_temperature", "ends", "pump_of"]


def pump_of(n: float) -> Pump:
    """The paper's gas and vessel at a number density, with its k_T (50), lambda (69) and c_p = 2 k_B n."""
    return Pump(n=n, L=40.0, L_y=25.0, k_T=-0.13657, conductivity=0.419877, capacity=2.0 * n)


def against_field(E: np.ndarray, n: float, cycle: float) -> dict[str, np.ndarray]:
    """Work per cycle, cooling power and COP against the field between baths of one
    temperature; cycle is its duration.
    """
    pump = pump_of(n)
    drawn = _each(lambda field: heat_drawn(pump, field, profile="exact"), E)
    done = _each(lambda field: work_done(pump, field), E)
    return {
        "W (45)": _each(lambda field: work_as_printed(pump, field), E),
        "W (32)(34)": done,
        "W (34) uniform": _each(lambda field: work_done(pump, field, profile="uniform"), E),
        "power (48)": _each(lambda field: heat_drawn_as_printed(pump, field), E) / cycle,
        "power (34)": drawn / cycle,
        "cop (49)": _each(lambda field: coefficient_of_performance(pump, field), E),
        "cop (32)(34)": drawn / done,
    }


def against_temperature(dT: np.ndarray, n: float, E: float, mixing: float, cycle: float) -> dict[str, np.ndarray]:
    """Cooling power and COP against the difference of the baths: as printed, (61) corrected,
    and that from (32) and (34).
    """
    pump = pump_of(n)
    straight = _each(lambda step: heat_drawn(pump, E, step, mixing), dT)
    exact = _each(lambda step: heat_drawn(pump, E, step, mixing, "exact"), dT)
    return {
        "power (66)": _each(lambda step: heat_drawn_as_printed(pump, E, step, mixing), dT) / cycle,
        "power (61) corrected": straight / cycle,
        "power (34)": exact / cycle,
        "cop (67)": _each(lambda step: coefficient_of_performance(pump, E, step, mixing), dT),
        "cop (61) corrected": straight / _each(lambda step: work_done(pump, E, step, "straight"), dT),
        "cop (32)(34)": exact / _each(lambda step: work_done(pump, E, step), dT),
    }


def ends(x: np.ndarray, n: float, E: float, dT: float) -> dict[str, dict[str, np.ndarray]]:
    """Profiles at the ends of both phases, by phase, as the theory has them; T by (54)."""
    pump = pump_of(n)
    straight, exact, mixed = pump.separated(x, E, dT, "straight"), pump.separated(x, E, dT), pump.mixed(x, dT)
    hot = np.full(x.shape, pump.T + 0.5 * dT)
    return {
        "separating": {"x_A (35)": straight[1], "x_A (34)": exact[1], "T_h": hot, "n (32)": exact[0]},
        "mixing": {"x_A (59)": mixed[1], "T (54)": hot - dT * x / pump.L, "n (56)": mixed[0]},
    }


def _each(value: Callable[[float], float], positions: np.ndarray) -> np.ndarray:
    return np.array([value(float(position)) for position in positions])
