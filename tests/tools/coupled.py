"""Coupled laws with coefficients that depend on the state, for manufactured solutions."""

from __future__ import annotations

COUPLED = """
title: manufactured
units: reduced
mesh: {type: Grid1D, length: 1.0, cells: 20}
mixture: {binary: {species: [A, B], concentration: 1.0, molar_masses: {A: 1.0, B: 3.0}}}
properties:
  diffusivity: {inverse_linear: {at_infinite_dilution: 1.0, beta: 0.5}}
  conductivity: 0.8*T
  heat_capacity: 1.3
PROPERTIES
laws: [LAWS]
initial: {T: 1.0, x_A: 0.5}
boundaries:
  left:  {T: {dirichlet: 1.1}, x_A: {robin: {coefficient: 2.0, reference: 0.4}}}
  right: {T: {robin: {coefficient: 1.5, reference: 1.0}}, x_A: {neumann: 0.1}}
solve: {transient: 1.0}
"""
SOFT = {"thermal_diffusion_coefficient": "0.3", "dufour_coefficient": "0.2*x_A"}
PARAMETERS = {
    "advection": "{velocity: 0.7}",
    "source": "{balance: energy, rate: 1 - T*x_A}",
    "reaction": "{reactants: {A: 1}, products: {B: 1}, rate_constant: {arrhenius: {pre_exponential_factor: 3.0, "
    "activation_energy: 2.0}}, equilibrium_constant: 2.0, heat_of_reaction: -0.5}",
    "soret_dufour": "{}",
    "maxwell_stefan": "{diffusivities: {A-B: 1.0/(1 + 0.5*x_A)}, thermal_diffusion_factors: {A-B: 0.3*T}}",
    "phenomenological": "{L_qq: 0.8*T**3, L_qi: {A: 0.2*T*x_A*(1 - x_A)}, L_ij: {A-A: x_A*(1 - x_A)*(1 + 0.3*x_A)}}",
    "mass_fraction_form": "{k: 0.8*T, rho_D: 1 + 0.5*x_A, d_ST: 0.2*x_A*(1 - x_A)}",
}
