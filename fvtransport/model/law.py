"""What a plugin implements: property, mixture, law, boundary, observable, solution.

Laws and properties are evaluated on NumPy arrays of any leading shape (..., faces) or (..., cells) and must only use
element-wise operations, so that the engine can differentiate them by evaluating many perturbed states at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from .flux_view import ExchangeView
from .handles import Balance, Field, Shared
from .parameters import Declared
from .views import CellView, FaceView, PointView, View, WallView

__all__ = [
    "Boundary",
    "BulkFlow",
    "Closure",
    "Coefficient",
    "Law",
    "Mixture",
    "Observable",
    "Property",
    "Solution",
    "State",
    "properties_in",
]

Terms = Mapping[Field | Balance, Any]


@dataclass(frozen=True)
class State:
    """Values of some fields at one point, as a case gives them: `{T: 1.0, x_A: 0.5}`."""

    values: tuple[tuple[Field, float], ...]

    def view(self, medium: Any) -> PointView:
        """A view in which these fields have these values everywhere."""
        return PointView(medium, dict(self.values))

    def column(self, medium: Any) -> np.ndarray:
        """The solved fields as a column of shape (fields, 1), to broadcast over a mesh."""
        values = dict(self.values)
        return np.array([[values[field]] for field in medium.fields])


@dataclass(frozen=True)
class Closure:
    """A field that follows linearly from others: value = offset + sum of coefficient * field (x_B = 1 - x_A)."""

    field: Field
    offset: float
    terms: tuple[tuple[Field, float], ...]


@dataclass(frozen=True)
class Coefficient:
    """A transport coefficient at one state, for people to read: the form that it belongs to, its symbol, value and meaning."""

    form: str
    name: str
    value: float
    unit: str
    meaning: str = ""


class Property(Declared):
    """A coefficient as a function of state, position and time; needs_time where it makes sense in a run in time only.

    At a jump in time it has the value that holds from there on (t >= jump).
    """

    needs_time: ClassVar[bool] = False

    def __call__(self, at: View) -> Any:
        """The coefficient where `at` looks: a float or an array that broadcasts with the fields."""
        raise NotImplementedError

    @property
    def constant(self) -> float | None:
        """The number, where the property is one; None otherwise."""
        return None

    def jumps(self, start: float, until: float) -> tuple[float, ...]:
        """Times in (start, until] at which it jumps or kinks; the solver ends a step at each and starts anew.

        Those of the properties that it is made from, unless it has its own.
        """
        return tuple(sorted({time for part in properties_in(self) for time in part.jumps(start, until)}))

    def objection(self, at: View) -> str:
        """Why there is no value where `at` looks, '' where there is one; asked when a solve ends for want of a number."""
        return next((text for part in properties_in(self) if (text := part.objection(at))), "")


class Mixture(Declared):
    """Which fields there are, how they are stored, which states are admissible."""

    keeps_moles: ClassVar[bool] = False
    """Whether the total moles per volume cannot change for want of a bulk flow (N = 0)."""

    @cached_property
    def mole_fractions(self) -> tuple[Field, ...]:
        """Handles of the mole fractions of all species, in the order of the case."""
        return ()

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """The balances that are solved, one field each."""
        raise NotImplementedError

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        """Fields that follow from others."""
        return ()

    def known(self) -> Mapping[Field, float]:
        """Fields that are given and uniform, such as the temperature of an isothermal mixture."""
        return {}

    def provides(self) -> Mapping[Shared, Property]:
        """Shared properties that the mixture itself defines, such as the total concentration."""
        return {}

    def needs(self, balance: Balance) -> tuple[Shared, ...]:
        """Shared properties that the storage of a balance reads."""
        return ()

    def steady_in_time(self) -> Mapping[Shared, tuple[Field, ...]]:
        """Shared properties that a run in time must not change, and the fields they may hang on all the same."""
        return {}

    def objections_in_time(self) -> list[tuple[str, str]]:
        """Why the mixture does not suit a run in time, each with its cure; empty when it does."""
        return []

    def refuses(self, values: Mapping[Field, Any]) -> str:
        """Why there can be no wall with these values of some fields (numbers or arrays), with the cure; '' when there can."""
        return ""

    def cautions(self, at: View) -> list[str]:
        """What makes a result doubtful without forbidding it, such as a state beyond the reach of a law."""
        return []

    def storage(self, balance: Balance, cell: CellView) -> Any:
        """Amount per volume of one balance, shape (..., cells)."""
        raise NotImplementedError

    def at_rest(self) -> Mapping[Field, float]:
        """Fields that start at this value, behind walls that nothing passes, unless the case says otherwise."""
        return {}

    def internal_energy(self, cell: CellView) -> Any:
        """Thermal energy per volume without the work that its pressure can do, shape (..., cells); None where there is none."""
        return None

    def carried(self, face: ExchangeView) -> Terms:
        """Flux along the face normal that the mixture as a whole carries; face.flux is that of all laws together."""
        return {}

    def driven(self, face: ExchangeView) -> Terms:
        """The part of what is carried that a force of its own drives against friction, so that it produces entropy."""
        return {}

    def driving_force(self, face: FaceView, field: Field) -> Any:
        """What drives the transport that belongs to a field, per metre: its gradient, less what forces hold up."""
        return face.grad(field)

    def metric(self, at: View) -> Mapping[tuple[Balance, Field], Any]:
        """The thermodynamic metric G: the force conjugate to the flux of balance i is X_i = -sum_j G_ij d_j.

        d_j is the driving force of field j. With it the entropy production is sum_i J_i X_i [W/K/m^3]. Only entries that are not zero; empty where the
        mixture states none, and then nothing is audited.
        """
        return {}

    def coefficients(self, onsager: Any, at: View) -> Sequence[Coefficient]:
        """What Onsager's matrix (balances, balances) of all laws at a state is in other forms; `check` prints it."""
        return ()


class Law(Declared):
    """One term of the balances: a storage per volume, a flux per area, a source per volume.

    covers names laws that are part of this one, so that a case cannot count them twice.
    """

    needs: ClassVar[tuple[Shared, ...]] = ()
    covers: ClassVar[tuple[str, ...]] = ()

    @property
    def linearised_about(self) -> State | None:
        """The state at which a parameter freezes the law; None for a law of the local state."""
        states = (getattr(self, name) for name in type(self).model_fields)
        return next((state for state in states if isinstance(state, State)), None)

    @property
    def is_linearised(self) -> bool:
        """Whether a parameter freezes the law at a state; fields may then leave their physical range."""
        return self.linearised_about is not None

    def objections(self, mixture: Mixture) -> list[str]:
        """Why the law does not suit a mixture, and the cure; empty when it does."""
        return []

    def cautions(self, mixture: Mixture) -> list[str]:
        """What of the law has no effect in a mixture, without being wrong; empty where all of it has."""
        return []

    def provides(self, mixture: Mixture) -> Mapping[Shared, Callable[[View], Any]]:
        """Shared quantities that the law gives to the others, such as the forces on the species."""
        return {}

    def storage(self, cell: CellView) -> Terms:
        """Amount per volume added to each balance; not a function of time."""
        return {}

    def flux(self, face: FaceView) -> Terms:
        """Flux along the face normal, per area, of each balance the law moves."""
        return {}

    def source(self, cell: CellView) -> Terms:
        """Amount produced per volume and time in each balance."""
        return {}

    def work(self, face: ExchangeView) -> Terms:
        """Amount produced per volume and time by what passes the faces; it goes to the cells on both sides."""
        return {}


class BulkFlow(Declared):
    """How a mixture moves as a whole: what fixes its total molar flux."""

    solves_pressure: ClassVar[bool] = False
    """Whether the pressure is a field, from the balance of all moles."""

    def objections(self, mixture: Mixture) -> list[str]:
        """Why the flow does not suit a mixture, and the cure; empty when it does."""
        return []

    def total_flux(self, face: ExchangeView) -> Any:
        """Total molar flux along the face normal, from the diffusive fluxes of all laws, shape (..., faces)."""
        raise NotImplementedError


class Boundary(Declared):
    """The condition of one field on one boundary: one equation per face.

    State either the total outward flux that is imposed, or any equation g(field, flux, t) = 0. A wall that holds something
    of its own, such as a vessel behind it, states what, and the equation becomes g = d/dt (what it holds). prescribed names
    the parameter that is the value of the field on the wall, where the condition is nothing more.
    """

    prescribed: ClassVar[str] = ""

    def objections(self, field: Field, mixture: Mixture) -> list[str]:
        """Why the condition does not suit a field, and the cure; empty when it does."""
        return []

    def outward_flux(self, wall: WallView) -> Any:
        """Total flux out of the domain that the condition imposes; the cell balance then uses this very number."""
        raise NotImplementedError

    def residual(self, wall: WallView) -> Any:
        """What must vanish on each face of the boundary, or feeds what the wall holds."""
        return wall.flux - self.outward_flux(wall)

    def holds(self, wall: WallView) -> Any:
        """Amount per area behind each face, a function of the fields on the wall; not a function of time."""
        raise NotImplementedError


class Observable(Declared):
    """A number read off the solution; needs_time where it is an amount since the start of a run in time.

    With a density, snapshot.rate(self) is its integral over the domain at the instant. One that also needs time gathers:
    snapshot.gathered(self), what there has been of it since the start, is an unknown of the solved system and so as
    accurate as the fields.
    """

    unit: ClassVar[str] = ""
    needs_time: ClassVar[bool] = False

    def measure(self, snapshot: Any) -> float:
        """The number at the snapshot's time, in `unit`."""
        raise NotImplementedError

    def density(self, face: ExchangeView) -> Any:
        """Amount per volume and time on each face, shape (..., faces); element-wise, as a law."""
        raise NotImplementedError

    @property
    def gathers(self) -> bool:
        """Whether it is what a density has come to since the start."""
        return self.needs_time and type(self).density is not Observable.density

    @property
    def point(self) -> tuple[float | None, float | None, float | None] | None:
        """Coordinates [m] of the one point at which it looks, None for those that it is not given; None if it looks at none."""
        return None

    def unit_for(self, medium: Any) -> str:
        """Unit of the number, where it hangs on the parameters."""
        return type(self).unit

    def caution(self, value: float, medium: Any) -> str:
        """Why a run that shows this value is doubtful, '' where it is not; the run then warns of it."""
        return ""


class Solution(Declared):
    """A closed form to hold a result against; NumPy only, so that it shares no code with the solver."""

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        """Exact fields by name at positions x [m] and time t [s].

        x has shape (n,) on a line or along a radius; in two dimensions and more it is the place, shape (3, n).
        """
        return {}

    def observables(self) -> Mapping[str, float | list[float]]:
        """Exact values of observables by the names the case gives them."""
        return {}

    def measured(self) -> Mapping[str, tuple[Sequence[float], Sequence[float]]]:
        """Times and values that were measured, by the names of observables: drawn beside them, compared with nothing."""
        return {}

    def objections(self) -> list[str]:
        """Why the closed form does not hold for these parameters; empty when it does."""
        return []


def properties_in(value: Any) -> Iterator[Property]:
    """The properties among the parameters of a plugin, in lists and mappings too, but not those inside of them."""
    for name in type(value).model_fields:
        yield from _properties(getattr(value, name))


def _properties(value: Any) -> Iterator[Property]:
    if isinstance(value, Property):
        yield value
    elif isinstance(value, Declared):
        yield from properties_in(value)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _properties(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _properties(each)
