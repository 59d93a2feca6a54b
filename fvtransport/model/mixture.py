"""The interfaces of a mixture and of its bulk flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from .flux_view import FluxView
from .handles import Balance, Field, Shared, Species
from .parameters import Declared
from .property import Property
from .state import Closure, Coefficient, Terms
from .views import CellView, FaceView, View

__all__ = ["BulkFlow", "Mixture"]


class Mixture(Declared):
    """The fields of a case, how they are stored, and which states are admissible.

    Shapes are (..., cells) for cells and (..., faces) for faces. Every member that the core or a plugin calls is
    declared here; a mixture states those that differ from the defaults.
    """

    keeps_moles: ClassVar[bool] = False
    """Whether the total moles per volume cannot change: div N = 0, because nothing flows or the flow is uniform."""
    has_enthalpies: ClassVar[bool] = False
    """Whether `molar_enthalpies` are stated."""

    @cached_property
    def components(self) -> tuple[Species, ...]:
        """The species in the order of the case; the mole fraction of the last one follows from the others."""
        return ()

    @property
    def mole_fractions(self) -> tuple[Field, ...]:
        """Handles of the mole fractions of all species, in the order of the case."""
        return tuple(each.field for each in self.components)

    @property
    def species_names(self) -> tuple[str, ...]:
        """Names of all species, in the order of the case."""
        return tuple(each.name for each in self.components)

    @property
    def known_molar_masses(self) -> Mapping[str, float]:
        """Molar masses [kg/mol] by species, of those for which the mixture gives one."""
        return {each.name: each.molar_mass for each in self.components if each.molar_mass is not None}

    def component(self, name: str) -> Species:
        """The species of that name; KeyError where there is none."""
        return {each.name: each for each in self.components}[name]

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """The balances that are solved, one field each."""
        raise NotImplementedError

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        """Fields that follow linearly from others."""
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

    def constant_in_time(self) -> Mapping[Shared, tuple[Field, ...]]:
        """Shared properties that must not change in a transient, and the fields on which
        they may depend nevertheless.
        """
        return {}

    def storage(self, balance: Balance, cell: CellView) -> Any:
        """Amount per volume of one balance, shape (..., cells)."""
        raise NotImplementedError

    def initial_defaults(self) -> Mapping[Field, float]:
        """Initial values of fields for which the case states none; their boundaries are closed
        unless it says otherwise.
        """
        return {}

    def internal_energy(self, cell: CellView) -> Any:
        """Internal energy per volume without the work that the pressure can do, (...,
        cells); None where not defined.
        """
        return None

    def molar_enthalpies(self, at: View) -> tuple[Any, ...]:
        """Molar enthalpies h_i of all species [J/mol], where `has_enthalpies`."""
        raise NotImplementedError

    @cached_property
    def flow(self) -> BulkFlow | None:
        """The bulk flow; None in a mixture that cannot have one."""
        return None

    @cached_property
    def flux_weights(self) -> tuple[float, ...] | None:
        """Coefficients a_i of the ratio sum_i a_i N_i = 0 that binds the molar fluxes;
        None where nothing binds them.
        """
        return None

    @cached_property
    def last_flux(self) -> Mapping[Balance, float] | None:
        """Flux of the last species as a sum of the fluxes of balances, by their coefficients; None where these do not
        determine it.
        """
        return {}

    def total_flux(self, face: FluxView) -> Any:
        """Total molar flux N along the face normal [mol/m^2/s]."""
        return 0.0

    def convective_flux(self, face: FluxView) -> Terms:
        """Convective flux along the face normal, by field or balance; face.flux is the sum over all laws."""
        return {}

    def dissipative_part(self, face: FluxView) -> Terms:
        """The part of the convective flux that a force drives against friction, so that it produces entropy."""
        return {}

    def driving_force(self, face: FaceView, field: Field) -> Any:
        """Driving force of the transport that belongs to a field, per metre: its gradient, less what forces balance."""
        return face.grad(field)

    def metric(self, at: View) -> Mapping[tuple[Balance, Field], Any]:
        """The thermodynamic metric G: the force conjugate to the flux of balance i is X_i = -sum_j G_ij d_j.

        d_j is the driving force of field j. The entropy production is sum_i J_i X_i [W/K/m^3]. Only entries that are
        not zero; empty where the mixture states none, and then nothing is audited.
        """
        return {}

    def entropy_variables(self, at: View) -> Mapping[Field, Any]:
        """What the total fluxes are multiplied with in the flux of entropy: 1/T for the energy, by the field T, and
        -mu_i/T for each species, the last one too, by its mole fraction.

        Constants that are the same in all materials do not matter. Empty where the mixture states none, and then no
        interface is judged.
        """
        return {}

    def transported(self, left: View, right: View) -> Mapping[Field, Mapping[Field, Any]]:
        """What each species, by its mole fraction, carries per mole from the one side of an interface to the other, by
        the field of the balance: the enthalpies h_i in the flux of energy.

        They are means for which h_i [1/T] is the jump of mu_i/T at the same composition and pressure on both sides, so
        that the remaining flux times [1/T] is the entropy production of a jump of temperature alone.
        """
        return {}

    def coefficients(self, onsager: Any, at: View) -> Sequence[Coefficient]:
        """Onsager's matrix (balances, balances) of all laws at a state, in other forms; `check` prints it."""
        return ()


class BulkFlow(Declared):
    """How a mixture moves as a whole: what determines its total molar flux."""

    solves_pressure: ClassVar[bool] = False
    """Whether the pressure is a field, from the balance of all moles."""
    keeps_moles: ClassVar[bool] = False
    """Whether div N = 0 at every instant, as of a given uniform flux, so that the total moles per volume are kept."""
    has_wall_friction: ClassVar[bool] = False
    """Whether the walls of pores exert friction on each species, as in a dusty gas."""

    def total_flux(self, face: FluxView) -> Any:
        """Total molar flux along the face normal, from the diffusive fluxes of all laws, shape (..., faces)."""
        raise NotImplementedError

    def upwind_flux(self, face: FluxView, total: Any) -> Any:
        """Total flux times the upwind weight of the mole fractions that it convects, (...,
        faces); 0 for a central mean.
        """
        return 0.0

    def weights(self, mixture: Mixture) -> tuple[float, ...] | None:
        """Coefficients a_i of a ratio sum_i a_i N_i = 0 that the flow imposes; None where it imposes none.

        In time, a flow must have weights, keep the moles, or solve for the pressure.
        """
        return None

    def provides(self, mixture: Mixture) -> Mapping[Shared, Callable[[View], Any]]:
        """Shared properties that the flow defines, such as Knudsen diffusivities."""
        return {}
