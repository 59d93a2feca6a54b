"""The block `solve:` and other blocks that are not plugins, declared like the parameters of a plugin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ...model.handles import Field
from ...model.parameters import Declared, parameter
from ..model import SteadySpec, TransientSpec

__all__ = [
    "PERIODIC", "SOLVERS", "TOP", "UNITS", "Compared", "Lasting", "Observation", "SteadyBlock",
    "TransientBlock", "UntilPeriodic",
]  # fmt: skip


class SteadyBlock(Declared):
    """The steady state."""

    mean: Mapping[Field, float] = parameter({}, meaning="mean of each field whose fluxes are all imposed: {x_A: 0.5}")
    max_iterations: int = parameter(60, minimum=1, maximum=100_000, meaning="Newton iterations before giving up")

    def spec(self) -> SteadySpec:
        """What the engine solves."""
        return SteadySpec(dict(self.mean), self.max_iterations)


class TransientBlock(Declared):
    """The evolution in time from the initial state."""

    shorthand = "until"
    until: float = parameter(unit="s", meaning="end of the run")
    start: float = parameter(0.0, unit="s", meaning="time of the initial state")
    rtol: float = parameter(1e-6, minimum=1e-14, maximum=1e-2, meaning="relative error allowed per step")
    max_steps: int = parameter(100_000, minimum=1, meaning="steps before giving up")
    max_step: float = parameter(0.0, unit="s", minimum=0.0, meaning="longest step; 0 leaves it to the error control")
    times: tuple[float, ...] = parameter((), unit="s", meaning="times at which profiles are kept")
    samples: int = parameter(30, minimum=0, maximum=100_000, meaning="profiles kept for history and figures besides")

    def spec(self) -> TransientSpec:
        """What the engine solves."""
        return TransientSpec(**{name: getattr(self, name) for name in type(self).model_fields})


class Observation(Declared):
    """When an observable is read."""

    at: tuple[float, ...] | None = parameter(None, unit="s", meaning="time or times; without it, the end of the run")
    reduce: Literal["max", "min", "argmax", "argmin", "first_zero"] | None = parameter(
        None,
        meaning="in place of a time: its largest or smallest value in the run, its time, or when it first crosses zero",
    )


class Lasting(Declared):
    """How long a phase of a protocol lasts."""

    duration: float = parameter(unit="s", above=0.0, meaning="how long the phase lasts")


class UntilPeriodic(Declared):
    """When the cycles of a protocol end that is not repeated a given number of times."""

    tolerance: float = parameter(
        1e-8, above=0.0, maximum=1.0, meaning="change of the state over a cycle, each field relative to its size"
    )
    max_cycles: int = parameter(100, minimum=1, maximum=1_000_000, meaning="cycles before giving up")


class Compared(Declared):
    """How well a result must agree with a closed form."""

    tolerance: float = parameter(above=0.0, meaning="largest relative error that passes")


SOLVERS: Mapping[str, type[SteadyBlock] | type[TransientBlock]] = {"steady": SteadyBlock, "transient": TransientBlock}
TOP: Mapping[str, bool] = {
    "title": False,
    "description": False,
    "units": False,
    "parameters": False,
    "plugins": False,
    "mesh": True,
    "mixture": True,
    "properties": False,
    "laws": True,
    "initial": False,
    "boundaries": False,
    "interfaces": False,
    "solve": True,
    "protocol": False,
    "observe": False,
    "compare": False,
    "audit": False,
    "expects": False,
}
PERIODIC = "until_periodic"
UNITS = ("SI", "reduced")
