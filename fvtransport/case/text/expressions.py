"""Formulas of a case file, such as ``D0/(1 + beta*x_A)``, checked against a whitelist and compiled for numpy."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from ...errors import quote
from .expression_syntax import parse
from .expression_translator import Translator

__all__ = ["CompiledExpression", "compile_expression"]


class CompiledExpression:
    """A checked formula: call it with values by name, or ``function`` with those of ``arguments`` in order."""

    def __init__(self, text: str, arguments: tuple[str, ...], function: Callable, constants: dict[str, float]) -> None:
        self.text, self.arguments, self.function = text, arguments, function
        self.names = frozenset(arguments)
        self._constants = constants

    def __call__(self, values: Mapping[str, Any]) -> Any:
        """The value at each point, broadcast; raises KeyError when a name has no value."""
        return self.function(*[_floating(values[name]) for name in self.arguments])

    def __repr__(self) -> str:
        return f"CompiledExpression({self.text!r})"

    @property
    def constants(self) -> Mapping[str, float]:
        """The folded constants by name."""
        return self._constants

    def __reduce__(self) -> tuple:
        return compile_expression, (self.text, self.arguments, self._constants)

    @property
    def is_constant(self) -> bool:
        """Whether the formula uses no free name."""
        return not self.arguments

    @property
    def constant(self) -> float:
        """The value of a constant formula; raises ValueError for any other."""
        if self.arguments:
            raise ValueError(f"{quote(self.text)} depends on {', '.join(self.arguments)}")
        return float(self.function())


def compile_expression(
    text: str, names: Collection[str], constants: Mapping[str, float] | None = None
) -> CompiledExpression:
    """Compiles a formula in the free ``names`` and the folded ``constants``; raises ExpressionError."""
    tree, shift = parse(text)
    translator = Translator(text, shift, names, constants or {})
    body = translator.value(tree, 1)
    if translator.errors:
        translator.errors[0].all = tuple(translator.errors)
        raise translator.errors[0]
    used = {node.id for node in ast.walk(body) if isinstance(node, ast.Name)}
    arguments = tuple(name for name, alias in translator.aliases.items() if alias in used)
    parameters = [ast.arg(translator.aliases[name]) for name in arguments]
    function = ast.Lambda(ast.arguments([], parameters, None, [], [], None, []), body)
    code = compile(ast.fix_missing_locations(ast.Expression(function)), "<expression>", "eval")
    # The tree holds nothing but arithmetic, generated names and the functions given here.
    return CompiledExpression(
        text, arguments, eval(code, {"__builtins__": {}, **translator.functions}), translator.constants
    )


def _floating(value: Any) -> Any:
    """Floats as numpy's, so that 1/0 is inf rather than an exception; floating arrays as they are."""
    array = np.asarray(value)
    return array.astype(float) if array.dtype.kind in "iub" else array
