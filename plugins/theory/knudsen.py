"""Kinetic theory of gases in pores: Knudsen diffusivity, Bosanquet's formula, mean free path. Plain
arrays, SI or reduced units.
"""

from __future__ import annotations

import math

import numpy as np

__all__ = ["bosanquet", "knudsen_diffusivity", "mean_free_path", "mean_speed"]


def mean_speed(temperature, molar_mass, gas_constant):
    """Mean molecular speed  sqrt(8 R T/(pi M))  [m/s]."""
    return np.sqrt(8.0 * gas_constant * temperature / (math.pi * molar_mass))


def knudsen_diffusivity(diameter, temperature, molar_mass, gas_constant):
    """D_K = (d/3) sqrt(8 R T/(pi M))  [m^2/s] in a cylindrical pore of diameter d with diffusely reflecting walls.

    Source: M. Knudsen, Ann. Phys. 28 (1909) 75.
    """
    return diameter / 3.0 * mean_speed(temperature, molar_mass, gas_constant)


def bosanquet(diffusivity, knudsen):
    """1/D = 1/D_AB + 1/D_K: resistances of molecules and walls in series, exact for a trace or self-diffusion.

    Source: W. G. Pollard, R. D. Present, Phys. Rev. 73 (1948) 762.
    """
    return 1.0 / (1.0 / diffusivity + 1.0 / knudsen)


def mean_free_path(viscosity, pressure, temperature, molar_mass, gas_constant):
    """l = (mu/p) sqrt(pi R T/(2 M))  [m], from the viscosity.

    Source: G. A. Bird, Molecular Gas Dynamics (1994), section 4.3.
    """
    return viscosity / pressure * np.sqrt(math.pi * gas_constant * temperature / (2.0 * molar_mass))
