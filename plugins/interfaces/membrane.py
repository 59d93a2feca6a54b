"""Semipermeable membrane."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from fvtransport import Context, Field, Interface, InterfaceView, Issue, Mixture, Property, log_mean, parameter, plugin

from ..handles import concentration, gas_constant, pressure, temperature
from ..theory.thermodynamics.metric import ABSENT


@plugin("membrane")
class Membrane(Interface):
    """Volume flow and solute flow through a membrane by pressure and concentration, from left to right:

        J_v = L_p (Delta p - sigma R T Delta c)
        J_s = omega R T Delta c + (1 - sigma) c_m J_v ,   c_m = Delta c / Delta ln c

    J_v      volume flow [m/s];  J_s  flux of the solute [mol/m^2/s]
    L_p      hydraulic_conductivity [m/Pa/s]
    sigma    reflection_coefficient, 0 where the solute passes as the solvent does, 1 where it is held back
    omega    solute_permeability [mol/m^2/s/Pa]
    Delta p  pressure difference, left less right [Pa]: pressure_difference, or that of the field p where there is one
    Delta c  difference of the concentration of the solute, left less right [mol/m^3]

    As a condition on the mole fraction of a species it states J_s; on the pressure it states the total molar flux
    c_t J_v, c_t the mean of both sides, and `solute` names the species. At J_v = 0 it holds
    Delta p = sigma R T Delta c (van 't Hoff).

    Where the pressure is solved for, both conditions are needed, with the same coefficients: one membrane, of which the
    one states J_s and the other the flux of all moles.

    Source: O. Kedem, A. Katchalsky, Biochim. Biophys. Acta 27 (1958) 229.
    """

    hydraulic_conductivity: Property | None = parameter(None, unit="m/Pa/s", minimum=0.0, meaning="L_p")
    reflection_coefficient: Property | None = parameter(None, minimum=0.0, maximum=1.0, meaning="sigma; 0 by default")
    solute_permeability: Property | None = parameter(
        None, unit="mol/m^2/s/Pa", minimum=0.0, meaning="omega; none by default"
    )
    pressure_difference: Property | None = parameter(None, unit="Pa", meaning="Delta p, left less right")
    solute: str | None = parameter(None, meaning="name of the solute; by default that of the field of the condition")

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.reflection_coefficient is not None and self.hydraulic_conductivity is None:
            text = "reflection_coefficient is given without hydraulic_conductivity, and nothing flows to be reflected"
            yield Issue(text, "hydraulic_conductivity as well", parameter="reflection_coefficient")
        if context.field is pressure and self.hydraulic_conductivity is None:
            yield Issue("hydraulic_conductivity is missing", "L_p of the membrane")
        if self.hydraulic_conductivity is None and self.solute_permeability is None:
            yield Issue("it lets nothing through", "hydraulic_conductivity, solute_permeability or both")
        if context.field is not None and context.mixture is not None:
            yield from self._unsuited(context.field, context.mixture)
            if pressure in {balance.field for balance in context.mixture.balances}:
                yield from self._at_odds(context)

    def _unsuited(self, field: Field, mixture: Mixture) -> Iterable[Issue]:
        if self.solute is not None and self.solute not in mixture.species_names:
            yield Issue(f"the mixture has no species {self.solute}", f"one of {', '.join(mixture.species_names)}")
        if field is pressure:
            if self.solute is None:
                yield Issue("the solute is not named", "solute: the name of a species", parameter="solute")
        elif field not in mixture.mole_fractions:
            yield Issue(f"{field.name} is neither a mole fraction nor the pressure", "a mole fraction, such as x_A")
        elif self.solute is not None and mixture.component(self.solute).field is not field:
            yield Issue(f"solute: {self.solute} is not the species of {field.name}", parameter="solute")
        if self.hydraulic_conductivity is None or self.pressure_difference is not None:
            return
        if pressure not in {balance.field for balance in mixture.balances}:
            text = "the mixture has no pressure that differs between the sides"
            yield Issue(text, "pressure_difference", parameter="pressure_difference")

    def _at_odds(self, context: Context) -> Iterator[Issue]:
        """Where the conditions on the mole fraction and on the pressure are not those of one membrane."""
        membranes = {field: each for field, each in context.conditions.items() if isinstance(each, Membrane)}
        if context.field is not pressure and pressure not in membranes:
            text = (
                "the pressure is solved for and is not that of a membrane, so that the volume flow which carries the "
                "solute would differ from the flux of all moles"
            )
            names = [each.name for each in context.mixture.components if each.field is context.field]
            yield Issue(text, f"a membrane for p as well, with the same coefficients and solute: {', '.join(names)}")
        if context.field is pressure and self.solute in context.mixture.species_names:
            for field, other in membranes.items():
                yield from self._unlike(context.mixture.component(self.solute).field, field, other)

    def _unlike(self, solute: Field, field: Field, other: "Membrane") -> Iterator[Issue]:
        """Where this membrane, for the pressure, differs from that for the mole fraction of its solute."""
        if field is not solute:
            text = f"solute: {self.solute} is not the species of {field.name}, for which there is a membrane as well"
            yield Issue(
                text, "one solute in both: the flow of one volume is driven by the osmosis of one", parameter="solute"
            )
        for name, own in self._coefficients.items():
            if own != other._coefficients[name] and not (name == "solute_permeability" and own is None):
                text = f"{name} differs from that of the membrane for {field.name}, and they are one membrane"
                yield Issue(text, f"the same {name} in both", parameter=name)

    @property
    def _coefficients(self) -> Mapping[str, Property | None]:
        """What two conditions of one membrane have in common."""
        sigma = self.reflection_coefficient
        return {
            "hydraulic_conductivity": self.hydraulic_conductivity,
            "reflection_coefficient": None if sigma is not None and sigma.constant == 0.0 else sigma,
            "pressure_difference": self.pressure_difference,
            "solute_permeability": self.solute_permeability,
        }

    def potential_jumps(self, face: InterfaceView):
        """R [ln c] of the solute in a dilute solution; where the pressure is solved for, those of the mixture."""
        if face.solves(pressure):
            return {}
        left, right = (np.log(np.maximum(at[face.field], ABSENT) * at[concentration]) for at in (face.left, face.right))
        return {face.field: face.left[gas_constant] * (right - left), face.mixture.mole_fractions[-1]: 0.0}

    def further_entropy_production(self, face: InterfaceView):
        """J_v (Delta p - R T Delta c)/T , by the solvent that flows through the membrane, which no balance says."""
        if face.solves(pressure) or self.hydraulic_conductivity is None:
            return 0.0
        _, _, osmotic, _, flow = self._flows(face)
        return flow * (self._pressure_difference(face) - osmotic) / face.mean(temperature)

    def flux(self, face: InterfaceView):
        left, right, osmotic, sigma, flow = self._flows(face)
        if face.field is pressure:
            return face.mean(concentration) * flow
        diffusive = 0.0 if self.solute_permeability is None else self.solute_permeability(face.left) * osmotic
        return diffusive + (1.0 - sigma) * log_mean(left, right) * flow

    def _flows(self, face: InterfaceView):
        """Concentrations on both sides, R T Delta c, sigma and J_v."""
        field = face.field if self.solute is None else face.mixture.component(self.solute).field
        left, right = (side[concentration] * side[field] for side in (face.left, face.right))
        osmotic = face.mean(temperature) * face.left[gas_constant] * (left - right)
        sigma = 0.0 if self.reflection_coefficient is None else self.reflection_coefficient(face.left)
        if self.hydraulic_conductivity is None:
            return left, right, osmotic, sigma, 0.0
        flow = self.hydraulic_conductivity(face.left) * (self._pressure_difference(face) - sigma * osmotic)
        return left, right, osmotic, sigma, flow

    def _pressure_difference(self, face: InterfaceView):
        if self.pressure_difference is not None:
            return self.pressure_difference(face.left)
        return face.left[pressure] - face.right[pressure]
