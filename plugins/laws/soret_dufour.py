"""Thermal diffusion and its reciprocal heat flux."""

from collections.abc import Iterable

from fvtransport import Context, FaceView, Issue, Law, State, parameter, plugin

from ..handles import concentration, energy, gas_constant, temperature, thermal_diffusion_coefficient
from ..theory.driving_forces import driving_force
from ..validation import binary_only, thermal_only


@plugin("soret_dufour")
class SoretDufour(Law):
    """The Soret-Dufour pair of an ideal binary mixture, from one coefficient D' = D'' (Onsager):

        J_A = -c x_A x_B D' grad T      [mol m^-2 s^-1]
        q'  = -c R T^2 D' grad x_A      [W m^-2]

    c  concentration [mol/m^3];  D'  thermal_diffusion_coefficient [m^2/s/K], positive drives A to the cold side.
    Linearised about a state, c, D', T and x_A in front of the gradients are those of that state. Where a `body_force`
    acts, its driving force d_A replaces grad x_A.

    Source: M. Hoshina and K. Okuda, heat pump model utilizing the Dufour effect, eqs. (11),
    (12), (30), (31), (36), (37).
    """

    needs = (concentration, thermal_diffusion_coefficient)
    covers = ("soret", "dufour")
    linearised_at: State | None = parameter(
        None, meaning="state {T: ..., x_A: ...} at which the coefficients are frozen"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        yield from binary_only(context)
        yield from thermal_only(context, "it has")

    def flux(self, face: FaceView):
        A, B = face.species
        at = face.at(self.linearised_at)
        c, R, T, D1 = at[concentration], at[gas_constant], at[temperature], at[thermal_diffusion_coefficient]
        return {
            A: -c * at[A] * at[B] * D1 * face.grad(temperature),
            energy: -c * R * T**2 * D1 * driving_force(face, A),
        }
