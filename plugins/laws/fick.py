"""Ordinary diffusion in a binary mixture."""

from collections.abc import Iterable

from fvtransport import Context, FaceView, Issue, Law, PluginError, plugin

from ..handles import concentration, diffusivity, molar_forces
from ..theory.driving_forces import driving_force
from ..validation import binary_only


@plugin("fick")
class Fick(Law):
    """Fick's law relative to the molar-average velocity:  J_A = -c D grad x_A    [mol m^-2 s^-1]

    c  concentration [mol/m^3];  D  diffusivity [m^2/s], a number or a tensor;  x_A  mole fraction of the first species.
    J_A is positive along the face normal; J_B = -J_A. Where a `body_force` acts, its driving
    force d_A replaces grad x_A.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), eq. 17.7-1.
    """

    needs = (concentration, diffusivity)

    def validate(self, context: Context) -> Iterable[Issue]:
        return binary_only(context)

    def flux(self, face: FaceView):
        A, _ = face.species
        if face.tensor(diffusivity) is not None:
            if face[molar_forces] is not None:
                raise PluginError("a diffusivity that is a tensor cannot be combined with forces on the species")
            return {A: -face[concentration] * face.weighted_gradient(diffusivity, A)}
        return {A: -face[concentration] * face[diffusivity] * driving_force(face, A)}
