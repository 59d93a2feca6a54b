"""One jump in time."""

from fvtransport import Property, View, parameter, plugin


@plugin("step")
class Step(Property):
    """A jump in time:  p = before  for t < at,   p = after  for t >= at

    Both values may be functions themselves. The solver ends a step at the jump and starts anew behind it.
    """

    needs_time = True
    before: Property = parameter(unit="{property}", meaning="value until the jump")
    after: Property = parameter(unit="{property}", meaning="value from the jump on")
    at: float = parameter(unit="s", meaning="time of the jump")

    def __call__(self, at: View):
        before, after = self.before(at), self.after(at)
        return after if at.t >= self.at else before

    def jumps(self, start: float, until: float) -> tuple[float, ...]:
        own = (self.at,) if start < self.at <= until else ()
        return tuple(sorted({*own, *super().jumps(start, until)}))
