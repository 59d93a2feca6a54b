"""Diffusion-thermo effect alone."""

from fvtransport import FaceView, Law, Mixture, plugin

from ..quantities import (
    concentration,
    driving_force,
    dufour_coefficient,
    energy,
    gas_constant,
    temperature,
    unless_binary,
    unless_thermal,
)


@plugin("dufour")
class Dufour(Law):
    """Dufour effect in an ideal binary mixture:  q' = -c R T^2 D'' grad x_A    [W m^-2]

    c  concentration [mol/m^3];  R  gas constant;  D''  dufour_coefficient [m^2/s/K], equal to D' by reciprocity.
    q' is the reduced heat flux; where a `body_force` acts, its driving force d_A stands for grad x_A. Alone the law breaks
    reciprocity: `soret_dufour` makes the pair from one coefficient.

    Source: M. Hoshina and K. Okuda, heat pump model utilizing the Dufour effect, eq. (1).
    """

    needs = (concentration, dufour_coefficient)

    def objections(self, mixture: Mixture) -> list[str]:
        return unless_binary(mixture)

    def cautions(self, mixture: Mixture) -> list[str]:
        return unless_thermal(mixture, "it has")

    def flux(self, face: FaceView):
        A, _ = face.species
        c, R, T, D2 = face[concentration], face[gas_constant], face[temperature], face[dufour_coefficient]
        return {energy: -c * R * T**2 * D2 * driving_force(face, A)}
