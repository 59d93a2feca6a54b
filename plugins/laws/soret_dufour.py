"""Thermal diffusion and its reciprocal heat flux."""

from fvtransport import FaceView, Law, Mixture, State, parameter, plugin

from ..quantities import (
    concentration,
    driving_force,
    energy,
    gas_constant,
    temperature,
    thermal_diffusion_coefficient,
    unless_binary,
    unless_thermal,
)


@plugin("soret_dufour")
class SoretDufour(Law):
    """The Soret-Dufour pair of an ideal binary mixture, from one coefficient D' = D'' (Onsager):

        J_A = -c x_A x_B D' grad T      [mol m^-2 s^-1]
        q'  = -c R T^2 D' grad x_A      [W m^-2]

    c  concentration [mol/m^3];  D'  thermal_diffusion_coefficient [m^2/s/K], positive drives A to the cold side.
    Linearised about a state, c, D', T and x_A in front of the gradients are those of that state. Where a `body_force` acts,
    its driving force d_A stands for grad x_A.

    Source: M. Hoshina and K. Okuda, heat pump model utilizing the Dufour effect, eqs. (11), (12), (30), (31), (36), (37).
    """

    needs = (concentration, thermal_diffusion_coefficient)
    covers = ("soret", "dufour")
    linearised_at: State | None = parameter(
        None, meaning="state {T: ..., x_A: ...} at which the coefficients are frozen"
    )

    def objections(self, mixture: Mixture) -> list[str]:
        return unless_binary(mixture)

    def cautions(self, mixture: Mixture) -> list[str]:
        return unless_thermal(mixture, "it has")

    def flux(self, face: FaceView):
        A, B = face.species
        at = face.at(self.linearised_at)
        c, R, T, D1 = at[concentration], at[gas_constant], at[temperature], at[thermal_diffusion_coefficient]
        return {
            A: -c * at[A] * at[B] * D1 * face.grad(temperature),
            energy: -c * R * T**2 * D1 * driving_force(face, A),
        }
