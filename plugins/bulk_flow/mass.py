"""No net flux of mass."""

from fvtransport import BulkFlow, FluxView, Mixture, plugin

from ..mixtures.carrying import ratio_flux, ratio_upwind_weight


@plugin("mass")
class Mass(BulkFlow):
    """No net flux of mass:  sum_i M_i N_i = 0 ,   v = 0

    M_i are the molar_masses of the mixture. Steady states only: a gas at uniform temperature and pressure in a closed space
    keeps its moles in place, not its mass; see `equimolar`.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), section 17.7.
    """

    def objections(self, mixture: Mixture) -> list[str]:
        return [] if getattr(mixture, "molar_masses", None) else ["mass needs the molar_masses of all species"]

    def weights(self, mixture: Mixture) -> tuple[float, ...]:
        """a_i of sum_i a_i N_i = 0."""
        return tuple(mixture.molar_masses[field.name.removeprefix("x_")] for field in mixture.mole_fractions)

    def total_flux(self, face: FluxView):
        return ratio_flux(face, self.weights(face.medium.mixture))

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the lean of the mole fractions that it carries."""
        return total * ratio_upwind_weight(face, self.weights(face.medium.mixture))
