"""Laws evaluated on formulas instead of numbers: a view whose fields are sympy expressions of position.

NumPy's functions work on them as they do on arrays, so that the very code of a law yields its flux as a formula.
sympy is an optional dependency and imported when it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..model.averages import Averages
from ..model.handles import Balance, Field
from ..model.state import State
from ..model.tensors import WeightedGradients
from ..model.views import View
from .symbolic_functions import NotSymbolic, functions, import_sympy

__all__ = [
    "NotSymbolic",
    "Symbolic",
    "SymbolicFace",
    "SymbolicView",
    "expression_of",
    "import_sympy",
    "number_functions",
]


class Symbolic(np.lib.mixins.NDArrayOperatorsMixin):
    """A formula that behaves like a NumPy scalar under arithmetic, comparison and NumPy's element-wise functions."""

    __slots__ = ("expression",)
    shape: tuple[int, ...] = ()
    ndim = 0

    def __init__(self, expression: Any) -> None:
        self.expression = expression

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        if method != "__call__" or options:
            raise NotSymbolic(f"np.{ufunc.__name__}.{method} with {sorted(options)} has no symbolic form")
        return _elementwise(ufunc.__name__, inputs)

    def __array_function__(self, function: Callable, types: Any, arguments: Sequence[Any], options: Mapping) -> Any:
        name = function.__name__
        if name in ("zeros_like", "ones_like"):
            return float(name == "ones_like")
        if name == "broadcast_to":
            return arguments[0]
        if name == "interp":
            raise NotSymbolic("np.interp has kinks, where a formula of it has no derivatives")
        return _elementwise(name, [*arguments, *options.values()])

    def __getattr__(self, name: str) -> Callable[[], Any]:
        if name.startswith("_") or name not in functions():
            raise AttributeError(name)
        return lambda: _elementwise(name, [self])

    def __bool__(self) -> bool:
        raise NotSymbolic("a law asks whether a formula is true; use np.where, element by element, instead of `if`")

    def __float__(self) -> float:
        raise NotSymbolic("a law turns an array into one float; only element-wise operations are allowed")

    def __repr__(self) -> str:
        return f"Symbolic({self.expression})"


def expression_of(value: Any) -> Any:
    """The sympy expression of a formula or a number; whole floats become integers, which sympy simplifies better."""
    if isinstance(value, Symbolic):
        return value.expression
    if (isinstance(value, np.ndarray) and value.size == 1) or isinstance(value, np.generic):
        return expression_of(value.item())
    sympy = import_sympy()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2.0**53:
        return sympy.Integer(int(value))
    return sympy.sympify(value)


def number_functions(expressions: Sequence[Any], symbols: Sequence[Any]) -> Callable[[np.ndarray], np.ndarray]:
    """A function of places (3 or more, n) that gives all expressions as numbers, shape (expressions, n).

    Where a law has a kink or a jump its derivative there counts as zero.
    """
    known = [{"DiracDelta": _no_impulse}, "scipy", "numpy"]
    function = import_sympy().lambdify(list(symbols), list(expressions), known, cse=True)

    def evaluate(position: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            rows = function(*position[: len(symbols)])
        return np.array([np.broadcast_to(np.asarray(row, float), position.shape[1:]) for row in rows])

    return evaluate


class SymbolicView(View):
    """The state at any point as formulas of position; fields maps the solved fields to sympy expressions."""

    def __init__(self, medium: Any, t: float, fields: Mapping[Field, Any], symbols: Sequence[Any]) -> None:
        super().__init__(medium, t, tuple(Symbolic(symbol) for symbol in symbols))
        self._fields, self._symbols = fields, symbols

    def field(self, field: Field) -> Any:
        if field in self._fields:
            return Symbolic(self._fields[field])
        return self.medium.close(field, self)

    def coordinate(self, axis: int) -> Any:
        if axis >= len(self._position):
            raise NotSymbolic("coefficients that jump between regions leave no smooth solution to derive sources from")
        return self._position[axis]

    def frozen(self, state: State) -> View:
        """The same place with the fields of a given state."""
        return SymbolicView(self.medium, self.t, _constants(state), self._symbols)


class SymbolicFace(SymbolicView, Averages, WeightedGradients):
    """A face whose normal points along one axis: gradients are derivatives along it, both its sides the same point."""

    def __init__(self, medium: Any, t: float, fields: Mapping[Field, Any], symbols: Sequence[Any], axis: int) -> None:
        super().__init__(medium, t, fields, symbols)
        self._axis = axis
        self.fluxes = np.array([], object)
        self.convective_flux: np.ndarray | None = None

    def carry(self, fluxes: Sequence[Any], convective_flux: Sequence[Any] | None = None) -> None:
        """Set the fluxes of the face so far, by balance, and their convective part."""
        self.fluxes = np.array([Symbolic(each) for each in fluxes], object)
        self.convective_flux = (
            None if convective_flux is None else np.array([Symbolic(each) for each in convective_flux], object)
        )

    @property
    def balances(self) -> tuple[Balance, ...]:
        """The balances that are solved."""
        return self.medium.balances

    def flux(self, balance: Balance) -> Any:
        """Total flux along the normal, as far as it is known."""
        return self.fluxes[self.medium.row[balance]]

    def diffusive_flux(self, field: Field) -> Any:
        """Flux of a solved field by all laws, without what the mixture convects."""
        row = self.medium.row[field]
        return self.fluxes[row] if self.convective_flux is None else self.fluxes[row] - self.convective_flux[row]

    def grad(self, field: Field) -> Any:
        """Derivative of a field along the normal."""
        if field in self._fields:
            return Symbolic(self._fields[field].diff(self._symbols[self._axis]))
        return self.medium.close_gradient(field, self.grad)

    def gradient(self, field: Field) -> list[Any]:
        """Derivatives of a field along x, y and z."""
        if field in self._fields:
            return [Symbolic(self._fields[field].diff(symbol)) for symbol in self._symbols]
        sides = (SymbolicFace(self.medium, self.t, self._fields, self._symbols, axis) for axis in range(3))
        return [side.grad(field) for side in sides]

    @property
    def between_nodes(self) -> SymbolicFace:
        """The same face: in the limit of small cells its nodes lie on the normal."""
        return self

    @property
    def normal(self) -> np.ndarray:
        """The unit vector along the axis, shape (3,)."""
        return np.eye(3)[self._axis]

    @property
    def distance(self) -> Any:
        """Distance of the nodes: zero, in the limit of small cells."""
        return Symbolic(import_sympy().Integer(0))

    @property
    def left(self) -> SymbolicView:
        """The state on the left: in the limit of small cells that at the face itself."""
        return SymbolicView(self.medium, self.t, self._fields, self._symbols)

    right = left

    def frozen(self, state: State) -> View:
        """The same face with the fields of a given state on both sides."""
        return SymbolicFace(self.medium, self.t, _constants(state), self._symbols, self._axis)


def _no_impulse(x: Any, order: int = 0) -> Any:
    return np.zeros_like(x, float)


def _constants(state: State) -> dict[Field, Any]:
    return {field: expression_of(value) for field, value in state.values}


def _elementwise(name: str, inputs: Sequence[Any]) -> Any:
    """A named NumPy function of formulas; with arrays among the inputs, an array of formulas."""
    function = functions().get(name)
    if function is None:
        raise NotSymbolic(f"np.{name} has no symbolic form here")

    def apply(*values: Any) -> Symbolic:
        return Symbolic(function(*map(expression_of, values)))

    if not any(isinstance(each, np.ndarray) and each.ndim for each in inputs):
        return apply(*inputs)
    arrays = [each if isinstance(each, np.ndarray) else _boxed(each) for each in inputs]
    return np.frompyfunc(apply, len(arrays), 1)(*[array.astype(object) for array in arrays])


def _boxed(value: Any) -> np.ndarray:
    box = np.empty((), object)
    box[()] = value
    return box
