"""The syntax tree of a formula, checked against a whitelist and turned into one that numpy evaluates."""

from __future__ import annotations

import ast
import math
import operator
import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from ...errors import nearest, quote
from .expression_syntax import ExpressionError

__all__ = ["JUMPS", "Translator"]

_MAX_DEPTH = 50
_TIME = "t"
_ARITHMETIC: Mapping[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_COMPARISONS: Mapping[type, Callable] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_FUNCTIONS: Mapping[str, tuple[int, Any]] = {
    **{
        name: (1, getattr(np, name))
        for name in ("sqrt", "exp", "log", "log10", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "abs")
    },
    "minimum": (2, np.minimum),
    "maximum": (2, np.maximum),
    "where": (3, np.where),
    "erf": (1, None),
    "erfc": (1, None),
}
_LOGIC: Mapping[str, Any] = {"and": np.logical_and, "or": np.logical_or, "not": np.logical_not}
JUMPS = "data in time declare their jumps in a property of their own"
_REFUSED: Mapping[type, str] = {
    ast.Attribute: "a dot after a name",
    ast.Subscript: "a square bracket",
    ast.Lambda: "lambda",
    ast.JoinedStr: "text",
    ast.NamedExpr: '":="',
    ast.Tuple: "a comma outside a call",
    ast.Starred: '"*" in front',
    ast.List: "a square bracket",
    ast.Dict: "a brace",
    ast.Set: "a brace",
    ast.ListComp: "a comprehension",
    ast.SetComp: "a comprehension",
    ast.DictComp: "a comprehension",
    ast.GeneratorExp: "a comprehension",
}


class Translator:
    """Turns Python's tree into one of floats, generated names and whitelisted calls; notes unknown names."""

    def __init__(self, text: str, shift: int, names: Collection[str], constants: Mapping[str, float]) -> None:
        self.encoded = text.strip().encode("utf-8", "surrogatepass")
        self.shift = shift
        ordered = sorted(names) if isinstance(names, (set, frozenset)) else list(names)
        self.names = {_normal(name): name for name in ordered}
        self.known = {_normal(name): (name, value) for name, value in constants.items()}
        self.constants: dict[str, float] = {}
        self.aliases = {name: f"a{index}" for index, name in enumerate(self.names.values())}
        self.functions: dict[str, Any] = {}
        self.errors: list[ExpressionError] = []

    def value(self, node: ast.expr, depth: int) -> ast.expr:
        """The translation of a number-valued node."""
        if depth > _MAX_DEPTH:
            raise self._error(node, f"nested deeper than {_MAX_DEPTH} levels", "a shorter formula, or named parameters")
        if isinstance(node, ast.Constant):
            return self._number(node)
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
            operand = self.value(node.operand, depth + 1)
            if isinstance(node.op, ast.UAdd):
                return operand
            return ast.Constant(-operand.value) if _is_number(operand) else ast.UnaryOp(ast.USub(), operand)
        if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            sides = [self.value(side, depth + 1) for side in (node.left, node.right)]
            return self._fold(node, _ARITHMETIC[type(node.op)], sides, ast.BinOp(sides[0], node.op, sides[1]))
        if isinstance(node, ast.Call):
            return self._call(node, depth)
        if isinstance(node, ast.IfExp):
            return self._where(node, [node.test, node.body, node.orelse], depth)
        if isinstance(node, (ast.Compare, ast.BoolOp)) or (
            isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        ):
            raise self._error(node, "a comparison is not a number", "where(comparison, value, other value)")
        what = _REFUSED.get(type(node), "this operator")
        raise self._error(node, f"{what} is not allowed in an expression", "numbers, names, + - * / ** and functions")

    def _number(self, node: ast.Constant) -> ast.expr:
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            raise self._error(node, "this is not a real number", "a number or a name")
        return ast.Constant(self._finite(node, lambda: float(node.value)))

    def _name(self, node: ast.Name) -> ast.expr:
        if node.id in self.names and not node.id.startswith("__"):
            return ast.Name(self.aliases[self.names[node.id]], ast.Load())
        if node.id in self.known:
            name, constant = self.known[node.id]
            self.constants[name] = constant
            return ast.Constant(self._finite(node, lambda: float(constant)))
        if node.id == "pi":
            return ast.Constant(math.pi)
        if node.id in _FUNCTIONS:
            raise self._error(node, f"{quote(node.id)} is a function", f"{node.id}(...)")
        valid = [*self.names.values(), *(name for name, _ in self.known.values()), "pi"]
        expected = "one of " + ", ".join(valid[:20]) + (", ..." if len(valid) > 20 else "")
        self.errors.append(self._error(node, f"unknown name {quote(node.id)}", expected, nearest(node.id, valid)))
        return ast.Name("unknown", ast.Load())

    def _call(self, node: ast.Call, depth: int) -> ast.expr:
        if not isinstance(node.func, ast.Name):
            raise self._error(node.func, "only functions can be called", "a function by its name")
        name = node.func.id
        if name not in _FUNCTIONS:
            known = "one of " + ", ".join(_FUNCTIONS)
            expected = JUMPS if name in ("heaviside", "sign") else known
            raise self._error(node.func, f"unknown function {quote(name)}", expected, nearest(name, _FUNCTIONS))
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            raise self._error(node, "keyword and starred arguments are not allowed", f"{name}(value, ...)")
        count, function = _FUNCTIONS[name]
        if len(node.args) != count:
            found = f"{quote(name)} got {len(node.args)} argument{'' if len(node.args) == 1 else 's'}"
            raise self._error(node, found, str(count))
        if name == "where":
            return self._where(node, node.args, depth)
        function = function or _special(name)
        arguments = [self.value(argument, depth + 1) for argument in node.args]
        return self._fold(node, function, arguments, self._calling(name, function, arguments))

    def _where(self, node: ast.expr, parts: list[ast.expr], depth: int) -> ast.expr:
        entry = self._condition(parts[0], depth + 1)
        branches = [self.value(part, depth + 1) for part in parts[1:]]
        if isinstance(entry, ast.Constant):
            return branches[0 if entry.value else 1]
        return self._calling("where", np.where, [entry, *branches])

    def _condition(self, node: ast.expr, depth: int) -> ast.expr:
        """The translation of a truth-valued node; a condition of constants is decided here."""
        if depth > _MAX_DEPTH:
            raise self._error(node, f"nested deeper than {_MAX_DEPTH} levels", "a shorter formula")
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._logic("not", [self._condition(node.operand, depth + 1)])
        if isinstance(node, ast.BoolOp):
            name = "and" if isinstance(node.op, ast.And) else "or"
            return self._joined(name, [self._condition(part, depth + 1) for part in node.values])
        if not isinstance(node, ast.Compare) or any(type(op) not in _COMPARISONS for op in node.ops):
            raise self._error(node, "this is not a condition", "a comparison such as x < 1")
        sides = [self.value(side, depth + 1) for side in (node.left, *node.comparators)]
        time = self.aliases.get(_TIME)
        if any(isinstance(part, ast.Name) and part.id == time for side in sides for part in ast.walk(side)):
            raise self._error(node, "a comparison depends on t", JUMPS)
        pairs = zip(sides, node.ops, sides[1:])
        return self._joined("and", [self._pair(left, op, right) for left, op, right in pairs])

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> ast.expr:
        if _is_number(left) and _is_number(right):
            return ast.Constant(bool(_COMPARISONS[type(op)](left.value, right.value)))
        return ast.Compare(left, [op], [right])

    def _joined(self, name: str, parts: list[ast.expr]) -> ast.expr:
        joined = parts[0]
        for part in parts[1:]:
            joined = self._logic(name, [joined, part])
        return joined

    def _logic(self, name: str, parts: list[ast.expr]) -> ast.expr:
        if all(isinstance(part, ast.Constant) for part in parts):
            return ast.Constant(bool(_LOGIC[name](*(part.value for part in parts))))
        return self._calling(f"logical_{name}", _LOGIC[name], parts)

    def _calling(self, name: str, function: Any, arguments: list[ast.expr]) -> ast.expr:
        self.functions[f"f_{name}"] = function
        return ast.Call(ast.Name(f"f_{name}", ast.Load()), arguments, [])

    def _fold(self, node: ast.expr, function: Callable, parts: list[ast.expr], otherwise: ast.expr) -> ast.expr:
        if not all(_is_number(part) for part in parts):
            return otherwise
        return ast.Constant(self._finite(node, lambda: function(*(part.value for part in parts))))

    def _finite(self, node: ast.expr, compute: Callable[[], Any]) -> float:
        """The computed constant as a float; raises ExpressionError when it is not finite and real."""
        try:
            with np.errstate(all="ignore"):
                result = compute()
        except OverflowError:
            raise self._error(node, "this number overflows", "a finite number") from None
        except ZeroDivisionError:
            raise self._error(node, "division by zero", "a finite number") from None
        if isinstance(result, complex) or math.isnan(result):
            raise self._error(node, "this is not a real number", "a finite number")
        if math.isinf(result):
            raise self._error(node, "this number overflows or divides by zero", "a finite number")
        return float(result)

    def _error(self, node: ast.expr, message: str, expected: str = "", near: str = "") -> ExpressionError:
        start = self._column(node.col_offset)
        return ExpressionError(message, start, max(1, self._column(node.end_col_offset) - start), expected, near)

    def _column(self, offset: int) -> int:
        """Characters in front of a place that Python gives in UTF-8 bytes."""
        return self.shift + len(self.encoded[:offset].decode("utf-8", "replace"))


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _normal(name: str) -> str:
    """The normal form of a name, independent of the encoding of its letters."""
    return unicodedata.normalize("NFKC", name)


def _special(name: str) -> Any:
    from scipy import special

    return getattr(special, name)
