"""The interface of a property."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from .parameters import Declared
from .tensors import TensorRows
from .validation import Context, Issue
from .views import View

__all__ = ["Property", "properties_among", "properties_in"]


class Property(Declared):
    """A coefficient as a function of state, position and time; needs_time where it makes sense in a run in time only.

    At a jump in time it has the value from there on (t >= jump).
    """

    needs_time: ClassVar[bool] = False

    def __call__(self, at: View) -> Any:
        """The coefficient at the places of `at`: a float or an array that broadcasts with the fields."""
        raise NotImplementedError

    @property
    def tensor_dimension(self) -> int | None:
        """Number of rows where the coefficient is a tensor; None where it is a number."""
        return None

    def tensor(self, at: View) -> TensorRows | None:
        """The entries row by row where the coefficient is a tensor, each as `__call__` gives a number; else None."""
        return None

    @property
    def constant(self) -> float | None:
        """The number, where the property is one; None otherwise."""
        return None

    def jumps(self, start: float, until: float) -> tuple[float, ...]:
        """Times in (start, until] at which it jumps or kinks; the solver ends a step at each and starts anew.

        Those of the properties that it is made from, unless it has its own.
        """
        return tuple(sorted({time for part in properties_in(self) for time in part.jumps(start, until)}))

    def validate(self, context: Context) -> Iterable[Issue]:  # type: ignore[override]
        """Why there is no value at `context.state`, when it is given; by default that of its own properties."""
        for part in properties_in(self):
            yield from part.validate(context)


def properties_in(value: Any) -> Iterator[Property]:
    """The properties among the parameters of a plugin, in lists and mappings too, but not those inside of them."""
    for name in type(value).model_fields:
        yield from properties_among(getattr(value, name))


def properties_among(value: Any) -> Iterator[Property]:
    """The properties in the value of one parameter."""
    if isinstance(value, Property):
        yield value
    elif isinstance(value, Declared):
        yield from properties_in(value)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from properties_among(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from properties_among(each)
