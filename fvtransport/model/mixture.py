"""The interfaces of a mixture and of its bulk flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from .flux_view import FluxView
from .handles import Balance, Field, Shared
from .parameters import Declared
from .property import Property
from .state import Closure, Coefficient, Terms
from .views import CellView, FaceView, View

__all__ = ["BulkFlow", "Mixture"]


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

    def convective_flux(self, face: FluxView) -> Terms:
        """Flux along the face normal that the mixture as a whole carries; face.flux is that of all laws together."""
        return {}

    def dissipative_part(self, face: FluxView) -> Terms:
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


class BulkFlow(Declared):
    """How a mixture moves as a whole: what fixes its total molar flux."""

    solves_pressure: ClassVar[bool] = False
    """Whether the pressure is a field, from the balance of all moles."""

    def objections(self, mixture: Mixture) -> list[str]:
        """Why the flow does not suit a mixture, and the cure; empty when it does."""
        return []

    def total_flux(self, face: FluxView) -> Any:
        """Total molar flux along the face normal, from the diffusive fluxes of all laws, shape (..., faces)."""
        raise NotImplementedError
