"""Advection with a given velocity."""

from collections.abc import Iterable
from typing import Literal

import numpy as np

from fvtransport import Context, FaceView, Issue, Law, Mixture, Property, parameter, plugin, upwind_mean, upwind_weight

from ..handles import conductivity, diffusivity, energy, heat_capacity


@plugin("advection")
class Advection(Law):
    """Convection by a given velocity:  J_A = u_n c x_A  [mol m^-2 s^-1],   q = u_n c_p T  [W m^-2]

    u_n = u . n is the component of the velocity along the face normal; phi is what the mixture stores, c x_A of each
    species and int c_p dT. On a face between the nodes L and R, at a distance d,

        phi = (phi_L + phi_R)/2 + s (phi_L - phi_R)/2,     s = coth(Pe/2) - 2/Pe,     Pe = u_n d / D

    with the diffusivity D of what is convected (kappa/c_p for heat): exponential fitting. Together with diffusion it is
    exact for uniform coefficients without sources, second order where Pe << 1, upwind and monotone where Pe >> 1.

    The velocity must satisfy div(c u) = 0 (and div(c_p u) = 0 for heat), as a constant one does on a plane mesh and one
    like 1/r or 1/r^2 on a cylinder or sphere; otherwise a uniform field does not stay uniform. At boundaries: `outlet`.

    Source: D. N. de G. Allen, R. V. Southwell, Q. J. Mech. Appl. Math. 8 (1955) 129; D. L. Scharfetter, H. K. Gummel,
    IEEE Trans. Electron Devices 16 (1969) 64.
    """

    velocity: tuple[Property, ...] = parameter(
        unit="m/s", meaning="velocity, along x or by component [u, v, w]; missing ones are zero"
    )
    scheme: Literal["fitted", "upwind", "central"] = parameter(
        "fitted",
        meaning="value on a face: fitted to the diffusivity, upwind (s = 1, needs none), or "
        "central (s = 0, may oscillate)",
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        count = len(self.velocity)
        if not 1 <= count <= 3:
            yield Issue(f"velocity has {count} components", "one to three", parameter="velocity")
        if context.mixture is not None and type(context.mixture).convective_flux is not Mixture.convective_flux:
            text = (
                "the mixture moves by its own bulk flow and convects its species and their enthalpies: a "
                "given velocity would"
                " count them twice"
            )
            yield Issue(text, "a bulk_flow of the mixture, or the mixture binary")

    def flux(self, face: FaceView):
        speed = sum(face.normal[axis] * component(face) for axis, component in enumerate(self.velocity))
        mixture = face.mixture
        flux = {}
        for balance in mixture.balances:
            left, right = mixture.storage(balance, face.left), mixture.storage(balance, face.right)
            flux[balance] = speed * upwind_mean(left, right, self._upwind_weight(balance, face, speed))
        return flux

    def _upwind_weight(self, balance, face: FaceView, speed):
        """s: 1 takes the node on the left, -1 that on the right, 0 their mean."""
        if self.scheme == "central":
            return 0.0
        if self.scheme == "upwind":
            return np.sign(speed)
        if balance is energy:
            conductance = 2.0 * face[conductivity] / (face.left[heat_capacity] + face.right[heat_capacity])
        else:
            conductance = face[diffusivity]
        # Where nothing is convected the weight does not matter, and where nothing diffuses either it would be 0/0.
        return upwind_weight(speed * face.distance / np.where(speed == 0.0, 1.0, conductance))
