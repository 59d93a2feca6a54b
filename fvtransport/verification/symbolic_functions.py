"""sympy, imported when it is first needed, and its counterparts of NumPy's functions."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import FvtransportError

__all__ = ["NotSymbolic", "functions", "import_sympy"]


class NotSymbolic(FvtransportError):
    """A law, property or condition cannot be evaluated on formulas, or sympy is not installed."""

    exit_code = 2


def import_sympy() -> Any:
    """The sympy package; NotSymbolic with the cure where it is not installed."""
    try:
        import sympy
    except ImportError:
        cure = "pip install 'fvtransport[symbolic]'"
        raise NotSymbolic(f"manufactured solutions are derived with sympy, which is not installed: {cure}") from None
    return sympy


@functools.cache
def functions() -> Mapping[str, Callable[..., Any]]:
    """sympy's counterparts of NumPy's and scipy's element-wise functions, by NumPy's names."""
    s = import_sympy()
    alike = ["exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sign", "erf", "erfc", "gamma", "floor"]
    inverse = {f"arc{name}": getattr(s, f"a{name}") for name in ["sin", "cos", "tan", "tan2", "sinh", "cosh", "tanh"]}
    operators = {
        "add": lambda a, b: a + b,
        "subtract": lambda a, b: a - b,
        "multiply": lambda a, b: a * b,
        "divide": lambda a, b: a / b,
        "power": lambda a, b: a**b,
        "float_power": lambda a, b: a**b,
        "negative": lambda a: -a,
        "positive": lambda a: a,
        "square": lambda a: a**2,
        "reciprocal": lambda a: 1 / a,
        "less": lambda a, b: a < b,
        "less_equal": lambda a, b: a <= b,
        "greater": lambda a, b: a > b,
        "greater_equal": lambda a, b: a >= b,
        "equal": s.Eq,
        "not_equal": s.Ne,
    }
    choices = {
        "logical_and": s.And,
        "logical_or": s.Or,
        "logical_not": s.Not,
        "logical_xor": s.Xor,
        "bitwise_and": s.And,
        "bitwise_or": s.Or,
        "invert": s.Not,
        "bitwise_xor": s.Xor,
        "maximum": s.Max,
        "minimum": s.Min,
        "fmax": s.Max,
        "fmin": s.Min,
        "where": lambda equation, yes, no: s.Piecewise((yes, equation), (no, True)),
        "clip": lambda a, low, high: s.Min(s.Max(a, low), high),
        "heaviside": s.Heaviside,
    }
    derived = {
        "absolute": s.Abs,
        "fabs": s.Abs,
        "exp2": lambda a: 2**a,
        "expm1": lambda a: s.exp(a) - 1,
        "log2": lambda a: s.log(a, 2),
        "log10": lambda a: s.log(a, 10),
        "log1p": lambda a: s.log(1 + a),
        "cbrt": s.cbrt,
        "hypot": lambda a, b: s.sqrt(a**2 + b**2),
        "expit": lambda a: 1 / (1 + s.exp(-a)),
        "xlogy": lambda a, b: a * s.log(b),
        "gammaln": s.loggamma,
        "isfinite": lambda a: s.true,
        "j0": lambda a: s.besselj(0, a),
        "j1": lambda a: s.besselj(1, a),
        "i0": lambda a: s.besseli(0, a),
        "i1": lambda a: s.besseli(1, a),
    }
    return {**{name: getattr(s, name) for name in alike}, **inverse, **operators, **choices, **derived}
