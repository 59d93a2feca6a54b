"""A thin metal plate on the end of a conducting bar."""

from fvtransport.plugins.handles import temperature

from fvtransport import Boundary, BoundaryView, Context, Issue, parameter, plugin


@plugin("thin_plate")
class ThinPlate(Boundary):
    """A thin plate, uniform in temperature, that loses heat:  q . n = h (T - T_out) + C dT/dt    [W m^-2]"""

    heat_capacity: float = parameter(unit="J/m^2/K", above=0.0, meaning="heat capacity C of the plate per area")
    coefficient: float = parameter(0.0, unit="W/m^2/K", minimum=0.0, meaning="heat transfer coefficient h")
    outside: float = parameter(300.0, unit="K", above=0.0, meaning="temperature T_out of the surroundings")

    def validate(self, context: Context):
        if context.field is not None and context.field is not temperature:
            yield Issue(f"thin_plate is a condition of the temperature, not of {context.field.name}")

    def outward_flux(self, face: BoundaryView):
        return self.coefficient * (face.value - self.outside)

    def storage(self, face: BoundaryView):
        return self.heat_capacity * face.value
