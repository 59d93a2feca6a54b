"""Parts of JSON schemas that several types of parameters share."""

from __future__ import annotations

from ...model.parameters import Declaration
from .parameter_type import Schema

__all__ = ["FORMULA_SCHEMA", "NUMBER_SCHEMA", "TEXT_SCHEMA", "TRUTH_SCHEMA", "numeric", "reference_to"]

# Quotes, brackets, attributes and double underscores occur neither in a quantity with a unit nor in a formula.
FORMULA_SCHEMA: Schema = {"type": "string", "pattern": r"^(?!.*(__|[A-Za-z_]\.[A-Za-z_]))[^'\"\[\]{};\\#]+$"}
NUMBER_SCHEMA: Schema = {"anyOf": [{"type": "number"}, FORMULA_SCHEMA]}
TEXT_SCHEMA: Schema = {"type": ["string", "number", "boolean"], "not": {"const": ""}}
TRUTH_SCHEMA: Schema = {"anyOf": [{"type": "boolean"}, {"enum": ["true", "yes", "on", "false", "no", "off"]}]}


def numeric(declared: Declaration, kind: str) -> Schema:
    """A bare number of a kind ("integer", "number") in the declared range."""
    bounds = {"minimum": declared.minimum, "exclusiveMinimum": declared.above, "maximum": declared.maximum}
    return {"type": kind, **{name: bound for name, bound in bounds.items() if bound is not None}}


def reference_to(kind: str) -> Schema:
    """Any plugin of a kind, by the definitions of the schema."""
    return {"$ref": f"#/$defs/{kind}"}
