"""Exchange with surroundings."""

from fvtransport import Boundary, BoundaryView, Property, parameter, plugin


@plugin("robin")
class Robin(Boundary):
    """Exchange proportional to the distance from the surroundings:  J . n = h (u - u_ref),  J the total flux

    h      coefficient: total flux per difference of the field, such as W/m^2/K
    u_ref  reference: the field far from the boundary
    """

    coefficient: Property = parameter(unit="{flux}/{field}", minimum=0.0, meaning="exchange coefficient h")
    reference: Property = parameter(unit="{field}", meaning="value u_ref of the surroundings")

    def outside(self, face: BoundaryView):
        return {face.balance.field: self.reference(face)}

    def outward_flux(self, face: BoundaryView):
        return self.coefficient(face) * (face.value - self.reference(face))
