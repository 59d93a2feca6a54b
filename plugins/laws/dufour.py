"""Diffusion-thermo effect alone."""

from collections.abc import Iterable

from fvtransport import Context, FaceView, Issue, Law, plugin

from ..handles import concentration, dufour_coefficient, energy, gas_constant, temperature
from ..theory.driving_forces import driving_force
from ..validation import binary_only, thermal_only


@plugin("dufour")
class Dufour(Law):
    """Dufour effect in an ideal binary mixture:  q' = -c R T^2 D'' grad x_A    [W m^-2]

    c  concentration [mol/m^3];  R  gas constant;  D''  dufour_coefficient [m^2/s/K], equal to D' by reciprocity.
    q' is the reduced heat flux; where a `body_force` acts, its driving force d_A replaces grad x_A. Alone the law
    breaks reciprocity: `soret_dufour` makes the pair from one coefficient.

    Source: M. Hoshina and K. Okuda, heat pump model utilizing the Dufour effect, eq. (1).
    """

    needs = (concentration, dufour_coefficient)

    def validate(self, context: Context) -> Iterable[Issue]:
        yield from binary_only(context)
        yield from thermal_only(context, "it has")

    def flux(self, face: FaceView):
        A, _ = face.species
        c, R, T, D2 = face[concentration], face[gas_constant], face[temperature], face[dufour_coefficient]
        return {energy: -c * R * T**2 * D2 * driving_force(face, A)}
