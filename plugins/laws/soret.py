"""Thermal diffusion alone."""

from collections.abc import Iterable

from fvtransport import Context, FaceView, Issue, Law, plugin

from ..handles import concentration, temperature, thermal_diffusion_coefficient
from ..validation import binary_only, thermal_only


@plugin("soret")
class Soret(Law):
    """Soret effect in a binary mixture:  J_A = -c x_A x_B D' grad T    [mol m^-2 s^-1]

    c  concentration [mol/m^3];  D' = S_T D  thermal diffusion coefficient [m^2/s/K], positive drives A to the cold
    side. Alone it breaks reciprocity: `soret_dufour` adds the heat that belongs to it.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI, section 7.
    """

    needs = (concentration, thermal_diffusion_coefficient)

    def validate(self, context: Context) -> Iterable[Issue]:
        yield from binary_only(context)
        yield from thermal_only(context, "it has")

    def flux(self, face: FaceView):
        A, B = face.species
        c, D1 = face[concentration], face[thermal_diffusion_coefficient]
        return {A: -c * D1 * face[A] * face[B] * face.grad(temperature)}
