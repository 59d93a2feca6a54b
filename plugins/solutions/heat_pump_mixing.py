"""Heat drawn in one mixing phase of the Dufour heat pump."""

from collections.abc import Mapping

from fvtransport import Solution, parameter, plugin


@plugin("heat_pump_mixing")
class HeatPumpMixing(Solution):
    """Heat drawn from the cold bath while a separated binary gas mixes to the end between baths of one temperature:

        Qc = -n k_T E q L^2 L_y / 6 ,    k_T = T_0 x_A x_B D'/D

    n number density; E q force on a molecule of B, minus that on A, in the separation before; k_T thermal diffusion
    ratio at the mean state, negative where A is the lighter; L length between the baths; L_y width. With k_B = 1 all
    are reduced; c_p, lambda and T_0 cancel.

    Conditions: linearised equations (30), (31); both boundaries closed to both species and at T_0; the linear profile
    (35), x_A = mean + 2 mean (1 - mean) E q (L/2 - x) / (k_B T_0), to begin with; a run much longer than L^2/D.

    Source: M. Hoshina and K. Okuda, heat pump model utilizing the Dufour effect, eq. (44) = (48) times the duration of
    a cycle: as printed the equation is a power.
    """

    n: float = parameter(above=0.0, meaning="number density")
    L: float = parameter(above=0.0, meaning="length between the baths")
    L_y: float = parameter(above=0.0, meaning="width of the baths")
    E: float = parameter(meaning="field strength of the separation")
    k_T: float = parameter(meaning="thermal diffusion ratio at the mean state")
    q: float = parameter(1.0, meaning="charge of B; that of A is -q")

    def observables(self) -> Mapping[str, float]:
        return {"Qc_total": -self.n * self.k_T * self.E * self.q * self.L**2 * self.L_y / 6.0}
