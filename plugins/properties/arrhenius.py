"""Rate that grows with temperature."""

import numpy as np

from fvtransport import Property, View, parameter, plugin

from ..handles import gas_constant, temperature


@plugin("arrhenius")
class Arrhenius(Property):
    """Arrhenius' law:  k(T) = k_0 exp(-E / (R T))

    k_0  pre_exponential_factor, in the unit of the coefficient;  E  activation_energy [J/mol];  R  gas constant.

    Source: S. Arrhenius, Z. phys. Chem. 4 (1889) 226.
    """

    pre_exponential_factor: float = parameter(
        unit="{property}", minimum=0.0, meaning="k_0, the value at infinite temperature"
    )
    activation_energy: float = parameter(
        unit="J/mol", meaning="E; positive where the coefficient grows with temperature"
    )

    def __call__(self, at: View):
        return self.pre_exponential_factor * np.exp(-self.activation_energy / (at[gas_constant] * at[temperature]))
