"""Forces on the molecules of a mixture: electric field, gravity, rotation."""

from collections.abc import Callable, Iterable, Mapping

from fvtransport import (
    COORDINATES,
    Context,
    FaceView,
    FluxView,
    Issue,
    Law,
    Mixture,
    Property,
    Shared,
    State,
    View,
    parameter,
    plugin,
)

from ..handles import energy, linearised_drift, molar_forces
from ..theory.fluxes import molar_fluxes
from ..validation import known_species

Vector = Property | tuple[Property, ...]


@plugin("body_force")
class BodyForce(Law):
    """Molar forces on the species, all of them in one driving force, and the work that they do as heat:

        F_k = z_k E + M_k (g + omega^2 r)      [N/mol]
        d_i = grad x_i - x_i (F_i - sum_k x_k F_k)/(R T) ,      s_q = sum_k N_k . F_k      [W/m^3]

    z_k  charges [C/mol];  E  electric_field [V/m];  g  gravity [m/s^2];  M_k  molar_masses [kg/mol];  omega  rotation;
    r    distance along x from the axis, axis_at: on cylindrical meshes the radius;  N_k  total molar fluxes [mol m^-2
    s^-1]. d_i replaces grad x_i in `fick`, in the Dufour heat and in the entropy production, with its exact discrete
    equilibrium: see driving_force. The law itself moves nothing. A number for a vector is its component along x.
    Linearised about a state, x_k and T in d_i are those of that state.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter II, and chapter V, section 2.
    """

    electric_field: Vector | None = parameter(None, unit="V/m", meaning="field E, along x or by component [Ex, Ey, Ez]")
    charges: Mapping[str, float] = parameter(
        {}, unit="C/mol", meaning="charges z_k by species; those that are not named have none"
    )
    gravity: Vector | None = parameter(
        None, unit="m/s^2", meaning="acceleration g, along x or by component [gx, gy, gz]: downwards"
    )
    rotation: Property | None = parameter(None, unit="1/s", meaning="angular velocity omega about the axis r = 0")
    axis_at: float = parameter(0.0, unit="m", meaning="x of the axis of rotation")
    molar_masses: Mapping[str, float] | None = parameter(
        None, unit="kg/mol", above=0.0, meaning="molar masses M_k by species, where the mixture does not give them"
    )
    linearised_at: State | None = parameter(
        None, meaning="state {T: ..., x_A: ...} at which x_k and T in the driving forces are frozen"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.electric_field is None and self.gravity is None and self.rotation is None:
            yield Issue("no force is given", "electric_field with charges, gravity or rotation")
        if (self.electric_field is None) != (not self.charges):
            yield Issue("electric_field and charges belong together", "both")
        for name, vector in (("electric_field", self.electric_field), ("gravity", self.gravity)):
            if vector is not None and not 1 <= len(_components(vector)) <= 3:
                yield Issue(f"{name} has {len(_components(vector))} components", "one to three", parameter=name)
        if context.mixture is not None:
            yield from self._suits(context, context.mixture)

    def _suits(self, context: Context, mixture: Mixture) -> Iterable[Issue]:
        known = mixture.species_names
        if not known:
            yield Issue("the mixture has no species on which forces could differ", "a mixture of species")
            return
        yield from known_species(context, {**self.charges, **(self.molar_masses or {})})
        masses = self._masses(mixture)
        if self._accelerates and (missing := [name for name in known if name not in masses]):
            text = f"the molar mass of {', '.join(missing)} is not known; give molar_masses: {{{', '.join(known)}}}"
            yield Issue(text)

    def provides(self, mixture: Mixture) -> Mapping[Shared, Callable[[View], object]]:
        names, masses = mixture.species_names, self._masses(mixture)
        pairs = [(self.charges.get(name, 0.0), masses.get(name, 0.0)) for name in names]

        def forces(face: FaceView) -> tuple:
            push, pull = _along(self.electric_field, face), self._acceleration(face)
            return tuple(charge * push + mass * pull for charge, mass in pairs)

        given = {molar_forces: forces}
        return (
            given
            if self.linearised_at is None
            else {**given, linearised_drift: lambda face: face.at(self.linearised_at)}
        )

    def face_source(self, face: FluxView):
        if not face.solves(energy):
            return {}
        return {energy: sum(flux * force for flux, force in zip(molar_fluxes(face), face.between_nodes[molar_forces]))}

    @property
    def _accelerates(self) -> bool:
        return self.gravity is not None or self.rotation is not None

    def _masses(self, mixture: Mixture) -> Mapping[str, float]:
        return {**mixture.known_molar_masses, **(self.molar_masses or {})}

    def _acceleration(self, face: FaceView):
        """Along the normal; that of the rotation at the middle between the nodes, so that its
        potential is met exactly.
        """
        fall = _along(self.gravity, face)
        if self.rotation is None:
            return fall
        x = COORDINATES[0]
        radius = 0.5 * (face.left[x] + face.right[x]) - self.axis_at
        return fall + self.rotation(face) ** 2 * radius * face.normal[0]


def _components(vector: Vector | None) -> tuple[Property, ...]:
    return vector if isinstance(vector, tuple) else () if vector is None else (vector,)


def _along(vector: Vector | None, face: FaceView):
    """Component along the normal of the faces; zero where there is no such force."""
    return sum((face.normal[axis] * component(face) for axis, component in enumerate(_components(vector))), 0.0)
