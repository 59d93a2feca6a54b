"""Units of rate constants."""

from __future__ import annotations

__all__ = ["rate_constant_unit"]


def rate_constant_unit(rate: str, order: float) -> str:
    """Unit of k in  rate = k concentration^order:  rate over (mol/m^3)^order, such as 1/s or m/s for order 1."""
    short = {
        ("mol/m^3/s", 1.0): "1/s",
        ("mol/m^3/s", 2.0): "m^3/mol/s",
        ("mol/m^2/s", 1.0): "m/s",
        ("mol/m^2/s", 2.0): "m^4/mol/s",
    }
    if (rate, order) in short or not order:
        return short.get((rate, order), rate)
    return f"{rate}{' ' if rate else ''}(m^3/mol)^{order:g}"
