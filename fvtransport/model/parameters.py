"""Parameters of a plugin, declared once: type, unit, range, one sentence.

The checker, `fvtransport plugins show`, the JSON schema and the reference docs all read this declaration.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

from .former_use import refuse_former
from .validation import Context, Issue

__all__ = ["Declaration", "Declared", "Reader", "parameter", "parameters_of"]

_REQUIRED: Any = ...


def parameter(
    default: Any = _REQUIRED,
    *,
    meaning: str,
    unit: str = "",
    minimum: float | None = None,
    above: float | None = None,
    maximum: float | None = None,
    below: float | None = None,
) -> Any:
    """Declare one parameter of a plugin.

    unit is SI text ("m^2/s"; "" is dimensionless). In a boundary, "{field}" and "{flux}" denote the units of the
    field and of the total flux of its balance, so that one Robin condition serves heat and species alike.
    minimum and maximum are allowed values, above and below are not.
    """
    extra: JsonDict = {"unit": unit, "minimum": minimum, "above": above, "maximum": maximum, "below": below}
    return Field(default, description=meaning, json_schema_extra=extra)


@dataclass(frozen=True)
class Declaration:
    """One declared parameter, as the checker and the docs read it."""

    name: str
    annotation: Any
    unit: str
    meaning: str
    required: bool
    default: Any
    minimum: float | None
    above: float | None
    maximum: float | None
    below: float | None = None

    @classmethod
    def of(cls, name: str, info: FieldInfo) -> Declaration:
        """The declaration behind a field of a plugin."""
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        return cls(
            name=name,
            annotation=info.annotation,
            unit=str(extra.get("unit", "")),
            meaning=info.description or "",
            required=info.is_required(),
            default=None if info.is_required() else info.default,
            minimum=_number(extra, "minimum"),
            above=_number(extra, "above"),
            maximum=_number(extra, "maximum"),
            below=_number(extra, "below"),
        )

    def range_text(self) -> str:
        """The allowed range in words, '' when there is none."""
        if self.minimum is not None and self.maximum is not None:
            return f"in [{self.minimum:g}, {self.maximum:g}]"
        bounds = (("at least", self.minimum), ("above", self.above), ("at most", self.maximum), ("below", self.below))
        return " and ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)

    def range_message(self, value: float) -> str:
        """What is wrong with a number, '' when it is in range."""
        if not abs(value) < math.inf:
            return f"{self.name} = {value} is not a finite number"
        too_small = (self.minimum is not None and value < self.minimum) or (
            self.above is not None and value <= self.above
        )
        too_large = (self.maximum is not None and value > self.maximum) or (
            self.below is not None and value >= self.below
        )
        if too_small or too_large:
            return f"{self.name} = {value:g} is out of range, it must be {self.range_text()}"
        return ""


def _number(extra: JsonDict, key: str) -> float | None:
    value = extra.get(key)
    return value if isinstance(value, int | float) else None


class Reader(Protocol):
    """Converts the text of the case file into the declared type; given as the validation context."""

    def read(self, value: Any, declaration: Declaration) -> Any:
        """The value in its declared type; raises ValueError in words for the user."""
        ...


class Declared(BaseModel):
    """Something with declared parameters: every plugin is one.

    shorthand names the parameter that may be given alone: `{dirichlet: 1.0}` for `{dirichlet: {value: 1.0}}`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    shorthand: ClassVar[str] = ""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Members of former names would be ignored; PluginError for one of them."""
        super().__pydantic_init_subclass__(**kwargs)
        refuse_former(cls)

    @field_validator("*", mode="before")
    @classmethod
    def _read(cls, value: Any, info: ValidationInfo) -> Any:
        if info.context is None or info.field_name is None:
            return value
        return info.context.read(value, Declaration.of(info.field_name, cls.model_fields[info.field_name]))

    def validate(self, context: Context) -> Iterable[Issue]:  # type: ignore[override]  # pydantic's own is deprecated
        """Mistakes and warnings, as far as the context is known: parameters that contradict each other, a mixture that
        does not suit, a state without a value.
        """
        return ()

    def sources(self) -> Mapping[str, str]:
        """Data that the plugin reads, by name, with what identifies them; the provenance of a result states them."""
        return {}

    @classmethod
    def place_units(cls, given: Mapping[str, Any]) -> Mapping[str, str]:
        """Units for place-holders such as "{rate}" in declared units, where they follow from other parameters.

        given has the parameters that could be read and are not properties, defaults too.
        """
        return {}

    @classmethod
    def declarations(cls) -> tuple[Declaration, ...]:
        """The declared parameters in order."""
        return tuple(Declaration.of(name, info) for name, info in cls.model_fields.items())


def parameters_of(plugin: Declared) -> list[tuple[Declaration, Any]]:
    """What a plugin declares as parameters, each with its value."""
    return [(declared, getattr(plugin, declared.name)) for declared in type(plugin).declarations()]
