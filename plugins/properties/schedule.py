"""Values that follow each other in time."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from fvtransport import Context, Issue, Property, View, parameter, plugin


@plugin("schedule")
class Schedule(Property):
    """Values in turn:  p = values[i]  for  at[i] <= t < at[i + 1],   the first before at[0] too, the last for ever

    The solver ends a step at each change and starts anew behind it.
    """

    needs_time = True
    at: tuple[float, ...] = parameter(unit="s", meaning="times from which on each value holds, rising")
    values: tuple[Property, ...] = parameter(unit="{property}", meaning="as many values")

    def validate(self, context: Context) -> Iterable[Issue]:
        if not len(self.at) == len(self.values) > 0:
            yield Issue(f"{len(self.at)} times and {len(self.values)} values", "as many")
        if not all(a < b for a, b in pairwise(self.at)):
            yield Issue("the times of at do not rise", parameter="at")
        yield from super().validate(context)

    def __call__(self, at: View):
        values = [value(at) for value in self.values]
        return values[max(bisect_right(self.at, at.t) - 1, 0)]

    def jumps(self, start: float, until: float) -> tuple[float, ...]:
        own = (time for time in self.at[1:] if start < time <= until)
        return tuple(sorted({*own, *super().jumps(start, until)}))
