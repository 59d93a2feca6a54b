"""Heat that diffusion transports through a film at one temperature."""

from collections.abc import Mapping

import numpy as np

from fvtransport import Solution, parameter, plugin


@plugin("dufour_film")
class DufourFilm(Solution):
    """A binary mixture between boundaries at one temperature T_0, of different composition; nothing but diffusion:

        T = T_0 ,   x = x_left + (x_right - x_left) z/L ,   q' = B (x_left - x_right)/L ,   B = c R T_0^2 S_T D

    B [W/m] is the Dufour coefficient per mole fraction, positive where heat goes with A; in a gas B = p alpha_T D. The
    heat flux is that of a boundary warmer by B (x_left - x_right)/kappa.

    Observables: `q` [W/m^2] along +z, `B`, `equivalent` = q L/kappa [K], and `share` = 1 - lambda/kappa = B S_T x (1 -
    x)/kappa at the mean composition, by which the Dufour effect lowers the conductivity of a sealed cell.

    Conditions: c, D, S_T constant.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI, section 7.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusivity D")
    soret_coefficient: float = parameter(unit="1/K", meaning="S_T = D'/D; positive drives A to the cold side")
    conductivity: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity kappa")
    T0: float = parameter(unit="K", above=0.0, meaning="temperature T_0 of both boundaries")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction of A on the left")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction of A on the right")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L")
    gas_constant: float = parameter(8.31446261815324, unit="J/mol/K", above=0.0, meaning="gas constant R")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        share = np.asarray(x, float) / self.length
        return {
            "T": np.full_like(share, self.T0),
            f"x_{self.species}": self.x_left + (self.x_right - self.x_left) * share,
        }

    def observables(self) -> Mapping[str, float]:
        coefficient = self.concentration * self.gas_constant * self.T0**2 * self.soret_coefficient * self.diffusivity
        step, mean = self.x_left - self.x_right, 0.5 * (self.x_left + self.x_right)
        equivalent = coefficient * step / self.conductivity
        share = coefficient * self.soret_coefficient * mean * (1.0 - mean) / self.conductivity
        return {"q": coefficient * step / self.length, "B": coefficient, "equivalent": equivalent, "share": share}
