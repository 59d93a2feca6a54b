"""Heat conduction."""

from fvtransport import FaceView, Law, plugin

from ..handles import conductivity, energy, temperature


@plugin("conduction")
class Conduction(Law):
    """Fourier's law:  q = -kappa grad T ,  q = -kappa . grad T  with a tensor    [W m^-2]

    kappa  conductivity [W/m/K], at uniform composition; in a sealed cell at rest heat flows by the smaller
           lambda = kappa - c R T^2 x_A x_B D'^2 / D once thermal diffusion has built up a composition gradient.
    q is positive along the face normal. Shapes: as the face.

    Source: J. Fourier, Theorie analytique de la chaleur (1822).
    """

    needs = (conductivity,)

    def flux(self, face: FaceView):
        return {energy: -face.weighted_gradient(conductivity, temperature)}
