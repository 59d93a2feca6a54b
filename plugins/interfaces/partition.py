"""Partition of a species between two materials."""

from collections.abc import Callable, Iterable
from typing import Literal

import numpy as np

from fvtransport import CellView, Context, Declared, Field, Interface, InterfaceView, Issue, Property, parameter, plugin

from ..handles import concentration, energy, gas_constant, moles, temperature
from ..theory.thermodynamics.metric import ABSENT
from ..validation import exactly_one

_STEP = 1e-4


class Solubility(Declared):
    """Solubility of a gas in the material on one side, by one of the constants."""

    sieverts: Property | None = parameter(
        None, unit="mol/m^3/Pa^0.5", above=0.0, meaning="K_S of c = K_S sqrt(p), for a gas that dissolves as atoms"
    )
    henry: Property | None = parameter(None, unit="mol/m^3/Pa", above=0.0, meaning="K_H of c = K_H p")
    counts: Literal["atoms", "molecules"] = parameter(
        "atoms", meaning="what c of Henry's law counts where the other side has Sieverts' law; the balance counts atoms"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        yield from exactly_one(sieverts=self.sieverts, henry=self.henry)

    @property
    def power(self) -> int:
        """n of  p = (c/K)^n."""
        return 1 if self.sieverts is None else 2

    def constant(self, at: CellView):
        """K_S, or K_H in moles of the balance."""
        if self.sieverts is not None:
            return self.sieverts(at)
        return self.henry(at) * (2.0 if self.counts == "molecules" else 1.0)


@plugin("partition")
class Partition(Interface):
    """Equal activities of a species on both sides, each by the solubility of its own material

        Sieverts  c = K_S sqrt(p)        Henry  c = K_H p        p_left = p_right
        Nernst    c_left / c_right = K

    c    concentration c_t x of the species on a side [mol/m^3]
    p    pressure of the gas that would be in equilibrium with it [Pa]
    K_S  sieverts [mol/m^3/Pa^0.5], K_H  henry [mol/m^3/Pa], K  ratio [1]: functions of the state on their side

    The flux is the same on both sides. Sieverts' law is that of a gas of two atoms which dissolves as atoms; the
    balance then counts atoms. On the other side K_H counts atoms too, or molecules, c = 2 K_H p, where
    `counts: molecules` says so. Between two sides of Sieverts' law c_left/K_S,left = c_right/K_S,right.

    Where the energy is solved, the interface takes up the heat of transfer that goes with K(T):
    Delta_H = R T^2 d ln(c_right/c_left)/dT at equilibrium [J/mol], times the flux from left to right.

    Source: W. Nernst, Z. phys. Chem. 8 (1891) 110; A. Sieverts, Z. Metallkunde 21 (1929) 37.
    """

    of: Field | None = parameter(None, meaning="mole fraction of the species; the field of the condition by default")
    left: Solubility | None = parameter(None, meaning="solubility on the left side, such as {sieverts: 2.0}")
    right: Solubility | None = parameter(None, meaning="solubility on the right side, such as {henry: 0.5}")
    ratio: Property | None = parameter(None, above=0.0, meaning="Nernst's ratio K = c_left/c_right")

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.ratio is not None and (self.left or self.right):
            yield Issue("ratio is given, and left or right too", "ratio alone, or left and right")
        elif self.ratio is None and not (self.left and self.right):
            yield Issue("neither a ratio nor both sides are given", "left and right, or ratio")
        field, mixture = context.field, context.mixture
        if field is None or mixture is None:
            return
        if field not in mixture.mole_fractions:
            yield Issue(f"{field.name} is not the mole fraction of a species", "a mole fraction, such as x_H")
        elif self.of is not None and self.of is not field:
            yield Issue(f"of: {self.of.name} differs from the field {field.name} of the condition", parameter="of")

    def residual(self, face: InterfaceView):
        left, right = (side[concentration] * side[face.field] for side in (face.left, face.right))
        if self.ratio is not None:
            return left - self.ratio(face.left) * right
        left, right = left / self.left.constant(face.left), right / self.right.constant(face.right)
        if self.left.power == self.right.power:
            return left - right
        # Pressures, of which the derivatives are finite at c = 0; odd in c, since trial states may be negative.
        return _signed_power(left, self.left.power) - _signed_power(right, self.right.power)

    def production(self, face: InterfaceView):
        return {energy: -self._heat_of_transfer(face) * face.flux} if face.solves(energy) else {}

    def potential_jumps(self, face: InterfaceView):
        """That of R (n/m) ln(c/K) - h/T , h the heat in the heat of transfer: none where c/K are in equilibrium.

        p = (c/K)^n, and m is the larger n of both sides. The last species is the material itself, which does not pass,
        unless the moles of all species are solved for.
        """
        logs = [
            power * np.log(np.maximum(at[face.field], ABSENT) * at[concentration] / of(at))
            for (of, power), at in zip(self._constants, (face.left, face.right))
        ]
        is_absent = np.maximum(face.left[face.field], face.right[face.field]) < ABSENT
        jump = np.where(is_absent, 0.0, face.left[gas_constant] * (logs[1] - logs[0]))
        if face.solves(energy):
            heats = [heat / at[temperature] for heat, at in zip(self._heats(face), (face.left, face.right))]
            jump = jump - (heats[1] - heats[0])
        return {face.field: jump, **({} if face.solves(moles) else {face.mixture.mole_fractions[-1]: 0.0})}

    def _heat_of_transfer(self, face: InterfaceView):
        """Delta_H per mole of the balance from left to right [J/mol]."""
        left, right = self._heats(face)
        return right - left

    def _heats(self, face: InterfaceView):
        """Enthalpy of the species on either side per mole of the balance, but for what both have in common [J/mol]."""
        return [power * _heat(of, at) for (of, power), at in zip(self._constants, (face.left, face.right))]

    @property
    def _constants(self):
        """K of each side and the power n/m of c/K in what is equal on both: that of one mole of the balance."""
        if self.ratio is not None:
            return (self.ratio, 1.0), (_one, 1.0)
        most = max(self.left.power, self.right.power)
        return tuple((side.constant, side.power / most) for side in (self.left, self.right))


def _one(at: CellView):
    return 1.0


def _signed_power(value, power: int):
    return value if power == 1 else value * np.abs(value)


def _heat(constant: Callable[[CellView], object], at: CellView):
    """R T^2 d ln K/dT, by central differences [J/mol]."""
    T = at[temperature]
    warm, cold = (np.log(constant(at.where({temperature: T * factor}))) for factor in (1.0 + _STEP, 1.0 - _STEP))
    return at[gas_constant] * T * (warm - cold) / (2.0 * _STEP)
