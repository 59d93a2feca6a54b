"""The separated gas of the Dufour heat pump at uniform density."""

from collections.abc import Mapping

import numpy as np

from fvtransport import Solution, parameter, plugin

from .heat_pump_theory import Pump, work_done


@plugin("heat_pump_separating")
class HeatPumpSeparating(Solution):
    """End of the separation in a field, all of the vessel at T_0 and at uniform density n:

        x_A = 1/(1 + s exp(2 E q x/(k_B T_0))) ,   s such that the mean is x_mean
        Qh = W = 2 n E q L_y integral of x (x_mean - x_A) dx

    Boltzmann's profile, (34) where x_mean = 1/2. The fields are those of the end, so `times` before it are none of it.

    Conditions: the field is constant from the start, where the gas is mixed and at T_0; one bath at T_0, insulated
    else; boundaries closed; a run much longer than L^2/D and c_p L^2/lambda.

    Source: M. Hoshina and K. Okuda, heat pump model utilizing the Dufour effect, eqs. (26), (27), (34).
    """

    n: float = parameter(above=0.0, meaning="number density")
    L: float = parameter(above=0.0, meaning="length of the vessel, along the field")
    L_y: float = parameter(above=0.0, meaning="width of the vessel")
    E: float = parameter(meaning="field strength")
    x_mean: float = parameter(0.5, above=0.0, below=1.0, meaning="mean mole fraction of A")
    T_0: float = parameter(1.0, above=0.0, meaning="temperature of the bath")
    q: float = parameter(1.0, meaning="charge of B; that of A is -q")

    @property
    def _pump(self) -> Pump:
        return Pump(n=self.n, L=self.L, L_y=self.L_y, k_T=0.0, x_mean=self.x_mean, T=self.T_0, q=self.q)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        light = self._pump.separated(x, self.E, profile="uniform")[1]
        return {"T": np.full(x.shape, self.T_0), "x_A": light, "x_B": 1.0 - light}

    def observables(self) -> Mapping[str, float]:
        work = work_done(self._pump, self.E, profile="uniform")
        return {"Qh": work, "W": work}
