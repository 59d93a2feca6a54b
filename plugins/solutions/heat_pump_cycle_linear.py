"""A whole cycle of the Dufour heat pump at uniform density, linear while it mixes."""

from collections.abc import Mapping

from fvtransport import Solution, parameter, plugin

from .heat_pump_theory import Pump, heat_drawn, work_done


@plugin("heat_pump_cycle_linear")
class HeatPumpCycleLinear(Solution):
    """One cycle of the heat pump between baths of one temperature T_0, at uniform density n:

        Qc = -(n k_B T_0 k_T/(x_A x_B) L_y/L) integral of x (x_mean - x_A^E) dx
        W = 2 n E q L_y integral of x (x_mean - x_A^E) dx
        Qh = Qc + W ,   cop = Qc/W = -k_B T_0 k_T/(2 x_A x_B q E L)

    x_A^E = 1/(1 + s exp(2 E q x/(k_B T_0))) is Boltzmann's profile with mean x_mean, which is (34) where x_mean = 1/2.

    Conditions: separation by the full drift law until equilibrium; mixing by the linearised equations
    (30), (31), coefficients at T_0 and x_mean, until all is mixed; both phases much longer than L^2/D;
    boundaries closed. c_p and lambda cancel.

    Source: M. Hoshina and K. Okuda, heat pump model utilizing the Dufour effect, eqs. (24),
    (26), (34), (42); the cop is (46).
    """

    n: float = parameter(above=0.0, meaning="number density")
    L: float = parameter(above=0.0, meaning="length between the baths")
    L_y: float = parameter(above=0.0, meaning="width of the baths")
    E: float = parameter(meaning="field strength of the separation")
    k_T: float = parameter(meaning="thermal diffusion ratio at the mean state")
    duration: float = parameter(above=0.0, meaning="duration of the whole cycle")
    x_mean: float = parameter(0.5, above=0.0, below=1.0, meaning="mean mole fraction of A")
    T_0: float = parameter(1.0, above=0.0, meaning="temperature of both baths")
    q: float = parameter(1.0, meaning="charge of B; that of A is -q")

    def observables(self) -> Mapping[str, float]:
        pump = Pump(n=self.n, L=self.L, L_y=self.L_y, k_T=self.k_T, x_mean=self.x_mean, T=self.T_0, q=self.q)
        drawn, done = heat_drawn(pump, self.E, profile="uniform"), work_done(pump, self.E, profile="uniform")
        return {
            "Qc_cycle": drawn,
            "Qh_cycle": drawn + done,
            "W_cycle": done,
            "cooling_power": drawn / self.duration,
            "cop": drawn / done,
        }
