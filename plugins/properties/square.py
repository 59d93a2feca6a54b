"""Square wave in time."""

import math

from fvtransport import Property, View, parameter, plugin


@plugin("square")
class Square(Property):
    """A square wave in time:  p = high  for  0 <= t - start - k period < duty period,  k = 0, 1, ...,  low otherwise

    Before its start the wave is low. The solver ends a step at every edge and starts anew behind it.
    """

    needs_time = True
    low: Property = parameter(
        unit="{property}", meaning="value in the second part of each period, and before the start"
    )
    high: Property = parameter(unit="{property}", meaning="value in the first part of each period")
    period: float = parameter(unit="s", above=0.0, meaning="time from one rise to the next")
    duty: float = parameter(0.5, minimum=0.0, maximum=1.0, meaning="part of the period in which the wave is high")
    start: float = parameter(0.0, unit="s", meaning="time of the first rise")

    def __call__(self, at: View):
        low, high = self.low(at), self.high(at)
        return high if self._is_high(at.t) else low

    def _is_high(self, t: float) -> bool:
        """From the very numbers that `jumps` gives, so that no rounding puts an edge on the wrong side of itself."""
        near = round((t - self.start) / self.period)
        return any(self._rise(k) <= t < self._fall(k) for k in (near - 1, near, near + 1) if k >= 0)

    def _rise(self, k: int) -> float:
        return self.start + k * self.period

    def _fall(self, k: int) -> float:
        return self._rise(k + 1) if self.duty == 1.0 else self._rise(k) + self.duty * self.period

    def jumps(self, start: float, until: float) -> tuple[float, ...]:
        own: set[float] = set()
        if 0.0 < self.duty < 1.0:
            first = max(0, math.floor((start - self.start) / self.period) - 1)
            for k in range(first, math.floor((until - self.start) / self.period) + 2):
                own.update((self._rise(k), self._fall(k)))
        elif self.duty == 1.0:
            own.add(self.start)
        return tuple(sorted({*(time for time in own if start < time <= until), *super().jumps(start, until)}))
