"""Where a given velocity leaves the domain."""

from fvtransport import Boundary, BoundaryView, Property, parameter, plugin


@plugin("outlet")
class Outlet(Boundary):
    """Convective outflow without diffusion:  J . n = u_n s ,   s the storage per volume there (c x_A, int c_p dT)

    u_n  speed at which the flow of `advection` leaves [m/s]. With that law the diffusive part of J vanishes, d/dn = 0.

    Source: P. V. Danckwerts, Chem. Eng. Sci. 2 (1953) 1.
    """

    shorthand = "speed"
    speed: Property = parameter(unit="m/s", minimum=0.0, meaning="outward component u_n of the velocity")

    def outward_flux(self, face: BoundaryView):
        return self.speed(face) * face.mixture.storage(face.balance, face)
