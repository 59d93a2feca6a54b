"""Thermal diffusion alone."""

from fvtransport import FaceView, Law, Mixture, plugin

from ..quantities import concentration, temperature, thermal_diffusion_coefficient, unless_binary, unless_thermal


@plugin("soret")
class Soret(Law):
    """Soret effect in a binary mixture:  J_A = -c x_A x_B D' grad T    [mol m^-2 s^-1]

    c  concentration [mol/m^3];  D' = S_T D  thermal diffusion coefficient [m^2/s/K], positive drives A to the cold side.
    Alone it breaks reciprocity: `soret_dufour` adds the heat that belongs to it.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI, section 7.
    """

    needs = (concentration, thermal_diffusion_coefficient)

    def objections(self, mixture: Mixture) -> list[str]:
        return unless_binary(mixture)

    def cautions(self, mixture: Mixture) -> list[str]:
        return unless_thermal(mixture, "it has")

    def flux(self, face: FaceView):
        A, B = face.species
        c, D1 = face[concentration], face[thermal_diffusion_coefficient]
        return {A: -c * D1 * face[A] * face[B] * face.grad(temperature)}
