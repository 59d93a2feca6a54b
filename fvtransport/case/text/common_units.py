"""The units that most cases use, so that the table of all units, which is slow to make, is read for others only."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMMON", "ZEROS"]

Dimension = Mapping[str, float]

_TABLE: tuple[tuple[Dimension, Mapping[str, float]], ...] = (
    ({"length": 1.0}, {"m": 1.0, "km": 1e3, "dm": 0.1, "cm": 0.01, "mm": 1e-3, "um": 1e-6, "µm": 1e-6, "nm": 1e-9}),
    ({"time": 1.0}, {"s": 1.0, "ms": 1e-3, "us": 1e-6, "min": 60.0, "h": 3600.0, "hour": 3600.0, "day": 86400.0}),
    ({"temperature": 1.0}, {"K": 1.0, "mK": 1e-3, "degC": 1.0}),
    ({"substance": 1.0}, {"mol": 1.0, "kmol": 1e3, "mmol": 1e-3, "umol": 1e-6}),
    ({"mass": 1.0}, {"kg": 1.0, "g": 1e-3, "mg": 1e-6}),
    ({"mass": 1.0, "length": 2.0, "time": -2.0}, {"J": 1.0, "mJ": 1e-3, "kJ": 1e3, "MJ": 1e6}),
    ({"mass": 1.0, "length": 2.0, "time": -3.0}, {"W": 1.0, "mW": 1e-3, "kW": 1e3, "MW": 1e6}),
    (
        {"mass": 1.0, "length": -1.0, "time": -2.0},
        {"Pa": 1.0, "hPa": 100.0, "kPa": 1e3, "MPa": 1e6, "bar": 1e5, "mbar": 100.0, "atm": 101325.0},
    ),
    ({"mass": 1.0, "length": 1.0, "time": -2.0}, {"N": 1.0}),
    ({"time": -1.0}, {"Hz": 1.0, "kHz": 1e3}),
    ({"current": 1.0, "time": 1.0}, {"C": 1.0}),
    ({"mass": 1.0, "length": 2.0, "time": -3.0, "current": -1.0}, {"V": 1.0}),
    ({}, {"percent": 0.01, "rad": 1.0}),
)
# Size in SI and dimension by name.
COMMON: Mapping[str, tuple[float, Dimension]] = {
    name: (size, dimension) for dimension, sizes in _TABLE for name, size in sizes.items()
}
# What the zero of a scale is in SI, where it is not zero.
ZEROS: Mapping[str, float] = {"degC": 273.15}
