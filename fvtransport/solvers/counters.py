"""What an integrator has done, read off the times at which it asks for residuals."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Counters"]


@dataclass
class Counters:
    """What the integrator has done so far; steps and rejections are read off the times it asks residuals at."""

    residuals: int = 0
    jacobians: int = 0
    steps: int = 0
    rejected: int = 0
    time: float = 0.0
    trial: float = field(default=0.0, repr=False)
    retrying: bool = field(default=True, repr=False)

    @property
    def step_size(self) -> float:
        """Length of the step being tried."""
        return self.trial - self.time

    def note(self, t: float) -> bool:
        """Count one residual evaluation at time t; a later time means that the one before was accepted."""
        self.residuals += 1
        if t > self.trial:
            self.steps += 1
            self.time, self.trial, self.retrying = self.trial, t, False
            return True
        if t < self.trial:
            self.rejected += 1
            self.trial, self.retrying = t, True
        return False
