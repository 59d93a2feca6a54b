"""Well-mixed vessel."""

from fvtransport import Boundary, BoundaryView, parameter, plugin


@plugin("reservoir")
class Reservoir(Boundary):
    """Well-mixed vessel of volume V behind a boundary of area A:  J . n = d/dt [(V/A) s] ,  s the storage per volume

    s is c x_i for a species and int c_p dT (or the internal energy of a gas) for T, at the state of the boundary, which
    is that of the vessel: it starts at the initial value on the boundary. J is the total flux, positive out of the
    domain. The vessel is one: on a line, whose end is a single face.

    Source: J. B. Duncan, H. L. Toor, AIChE J. 8 (1962) 38, for two vessels joined by a capillary.
    """

    shorthand = "volume"
    is_shared = True
    volume: float = parameter(
        unit="m^3", above=0.0, meaning="volume V of the vessel; the area of the boundary is that of the mesh"
    )

    def residual(self, face: BoundaryView):
        return face.flux

    def storage(self, face: BoundaryView):
        return self.volume / face.area.sum() * face.mixture.storage(face.balance, face)
