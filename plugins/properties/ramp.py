"""A straight way from one value to another."""

from fvtransport import Property, View, parameter, plugin


@plugin("ramp")
class Ramp(Property):
    """A straight line in time:  p = from + (to - from) tau/over  for  0 <= tau <= over ,   p = to  after that

    tau is the time since the phase of a protocol began or, without one, since the start of the run. Both values may be
    functions themselves. The solver ends a step where the ramp does and starts anew behind it.
    """

    needs_time = True
    __annotations__["from"] = Property  # a name that Python keeps for itself
    locals()["from"] = parameter(unit="{property}", meaning="value at the beginning")
    to: Property = parameter(unit="{property}", meaning="value at the end, and from then on")
    over: float = parameter(unit="s", above=0.0, meaning="how long it takes")

    def __call__(self, at: View):
        before, after = getattr(self, "from")(at), self.to(at)
        share = min(max(at.phase_time / self.over, 0.0), 1.0)
        return after if share == 1.0 else before + share * (after - before)

    def jumps(self, start: float, until: float) -> tuple[float, ...]:
        own = (start + self.over,) if start + self.over <= until else ()
        return tuple(sorted({*own, *super().jumps(start, until)}))
