"""Built-in laws and bulk flows whose fluxes are multiplied by a factor of place, time, state, gradient and distance."""

from typing import Literal

import numpy as np
from fvtransport.plugins.bulk_flow.darcy import Darcy
from fvtransport.plugins.bulk_flow.dusty_gas import DustyGas
from fvtransport.plugins.bulk_flow.mechanical_equilibrium import MechanicalEquilibrium
from fvtransport.plugins.handles import conductivity, energy, temperature
from fvtransport.plugins.laws.conduction import Conduction
from fvtransport.plugins.laws.fick import Fick
from fvtransport.plugins.laws.maxwell_stefan import MaxwellStefan
from fvtransport.plugins.laws.phenomenological import Phenomenological
from fvtransport.plugins.laws.soret_dufour import SoretDufour
from fvtransport.plugins.mixtures.liquid import Liquid
from fvtransport.plugins.properties.margules import Margules

from fvtransport import BulkFlow, FaceView, Law, Property, View, parameter, plugin


def law_mutant(name: str, base: type[Law]) -> type[Law]:
    """The law `base` with a factor on all its fluxes, or on that of one balance only."""

    @plugin(name)
    class Mutant(base):
        __doc__ = f"{base.__name__} times a factor"
        factor: Property = parameter(meaning="factor of the flux")
        only: str = parameter("", meaning="name of the balance or field whose flux is changed; all without it")
        slope: Literal["", "steep", "cubic", "one_sided", "far"] = parameter(
            "", meaning="where the factor acts: steep gradients, by the square, one sign of the gradient, far nodes"
        )
        beyond: float = parameter(1.0, meaning="gradient or distance beyond which the factor acts")

        def flux(self, face: FaceView):
            whole = super().flux(face)
            return {
                key: flux * self._part(face, key) if self.only in ("", key.name) else flux
                for key, flux in whole.items()
            }

        def _part(self, face: FaceView, key):
            factor = self.factor(face)
            if not self.slope:
                return factor
            if self.slope == "far":
                return np.where(face.distance > self.beyond, factor, 1.0)
            gradient = face.grad(temperature if key is energy else key)
            if self.slope == "cubic":
                return 1.0 + factor * (gradient / self.beyond) ** 2
            acts = np.abs(gradient) > self.beyond if self.slope == "steep" else gradient > 0.0
            return np.where(acts, factor, 1.0)

    return Mutant


def flow_mutant(name: str, base: type[BulkFlow]) -> type[BulkFlow]:
    """The bulk flow `base` with a factor on its total flux."""

    @plugin(name)
    class Mutant(base):
        __doc__ = f"{base.__name__} times a factor"
        factor: float = parameter(meaning="factor of the total flux")
        beyond: float = parameter(-1.0, meaning="x beyond which it acts")

        def total_flux(self, face):
            return np.where(face.coordinate(0) > self.beyond, self.factor, 1.0) * super().total_flux(face)

    return Mutant


WrongConduction = law_mutant("wrong_conduction", Conduction)
WrongFick = law_mutant("wrong_fick", Fick)
WrongPair = law_mutant("wrong_soret_dufour", SoretDufour)
WrongStefan = law_mutant("wrong_maxwell_stefan", MaxwellStefan)
WrongMatrix = law_mutant("wrong_phenomenological", Phenomenological)
WrongDarcy = flow_mutant("wrong_darcy", Darcy)
WrongDusty = flow_mutant("wrong_dusty_gas", DustyGas)
WrongLevel = flow_mutant("wrong_mechanical_equilibrium", MechanicalEquilibrium)


@plugin("wrong_margules")
class WrongMargules(Margules):
    """Margules' thermodynamic factor with one entry too large, so that it belongs to no activities"""

    excess: float = parameter(meaning="what is added to Gamma_12")

    def __call__(self, at: View):
        (first, second), *others = super().__call__(at)
        return ((first, second + self.excess), *others)


@plugin("wrong_liquid")
class WrongLiquid(Liquid):
    """A liquid whose forces are not the gradients of its chemical potentials"""

    factor: float = parameter(meaning="factor of the forces on the species")

    def metric(self, at: View):
        return {pair: value * (1.0 if pair[0] is energy else self.factor) for pair, value in super().metric(at).items()}


@plugin("cross_talk")
class CrossTalk(Law):
    """A flux of one balance along the gradient of the field of another"""

    of: str = parameter(meaning="name of the balance whose flux it is")
    along: str = parameter(meaning="name of the field whose gradient drives it")
    strength: Property = parameter(meaning="k of J = -k grad u")

    def flux(self, face: FaceView):
        fields = {each.name: each for each in (temperature, *face.species)}
        moved = energy if self.of == "energy" else fields[self.of]
        return {moved: -self.strength(face) * face.grad(fields[self.along])}


@plugin("disguised")
class Disguised(Law):
    """A heat flux that looks like advection, q = v T, with a speed v = k (grad T)^n that the gradient drives uphill"""

    strength: float = parameter(meaning="k")
    power: float = parameter(meaning="n")

    def flux(self, face: FaceView):
        slope = face.grad(temperature)
        speed = self.strength * np.sign(slope) * np.abs(slope) ** self.power if self.power else self.strength
        return {energy: speed * face[temperature]}


@plugin("cooler")
class Cooler(Law):
    """A heat flux without gradient, q = s kappa: a pump of heat"""

    strength: float = parameter(meaning="s")

    def flux(self, face: FaceView):
        return {energy: self.strength * face[conductivity]}


@plugin("turned")
class Turned(Law):
    """q = -K . grad T with K = ((k, a), (b, k)) in the plane"""

    diagonal: float = parameter(meaning="k")
    upper: float = parameter(meaning="a = K_xy")
    lower: float = parameter(meaning="b = K_yx")

    def flux(self, face: FaceView):
        slope, normal = face.gradient(temperature), face.normal
        along_x = self.diagonal * slope[0] + self.upper * slope[1]
        along_y = self.lower * slope[0] + self.diagonal * slope[1]
        return {energy: -(normal[0] * along_x + normal[1] * along_y)}
