"""A mixture that moves and a law that works, made up to exercise what the engine does for them."""

from functools import cached_property

from fvtransport import Balance, Field, FluxView, Law, Mixture, parameter, plugin

heat_content = Field("T", "K", "temperature", lower=0.0)
density = Field("n", "mol/m^3", "density", lower=0.0)
energy = Balance("energy", heat_content, "W/m^2", "J")
moles = Balance("moles", density, "mol/m^2/s", "mol")


@plugin("moving")
class Moving(Mixture):
    """Stored n T (1 + T/10) and n + T/10; the flow of moles carries heat, N = J_n and q + 2 T N."""

    @cached_property
    def balances(self):
        return energy, moles

    def storage(self, balance, cell):
        T, n = cell[heat_content], cell[density]
        return n * T * (1.0 + 0.1 * T) if balance is energy else n + 0.1 * T

    def convective_flux(self, face: FluxView):
        return {energy: 2.0 * face[heat_content] * face.flux(moles)}


@plugin("spread")
class Spread(Law):
    """q = -grad T,  J_n = -D grad n."""

    diffusivity: float = parameter(1.0, above=0.0, meaning="D")

    def flux(self, face):
        return {energy: -face.grad(heat_content), moles: -self.diffusivity * face.grad(density)}


@plugin("pull")
class Pull(Law):
    """Heat J_n F from a force F on the moles that pass."""

    force: float = parameter(meaning="F")

    def face_source(self, face: FluxView):
        return {energy: self.force * face.flux(moles)}
