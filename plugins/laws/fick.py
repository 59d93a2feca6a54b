"""Ordinary diffusion in a binary mixture."""

from fvtransport import FaceView, Law, Mixture, plugin

from ..quantities import concentration, diffusivity, driving_force, unless_binary


@plugin("fick")
class Fick(Law):
    """Fick's law relative to the molar-average velocity:  J_A = -c D grad x_A    [mol m^-2 s^-1]

    c  concentration [mol/m^3];  D  diffusivity [m^2/s];  x_A  mole fraction of the first species.
    J_A is positive along the face normal; J_B = -J_A. Where a `body_force` acts, its driving force d_A stands for grad x_A.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), eq. 17.7-1.
    """

    needs = (concentration, diffusivity)

    def objections(self, mixture: Mixture) -> list[str]:
        return unless_binary(mixture)

    def flux(self, face: FaceView):
        A, _ = face.species
        return {A: -face[concentration] * face[diffusivity] * driving_force(face, A)}
