"""A slab with a law of drift of its own."""

from __future__ import annotations

PLUGINS = '''
import numpy as np
from fvtransport import Law, plugin
from fvtransport.plugins.handles import concentration, diffusivity, temperature


@plugin("dilute")
class Dilute(Law):
    """Diffusion and thermal diffusion of a dilute species:  J = -c D (grad x + x S_T grad T)"""

    def flux(self, face):
        A, _ = face.species
        x = AT
        return {A: -face[concentration] * face[diffusivity] * (face.grad(A) + x * SORET * face.grad(temperature))}
'''
DRIFTING = """
plugins: [dilute.py]
mesh: {type: Grid1D, length: 1.0e-3, cells: 20}
mixture: {binary: {species: [A, B], concentration: 40.0}}
properties: {diffusivity: DIFFUSIVITY, conductivity: 0.6, heat_capacity: 4.0e6}
laws: [dilute, conduction]
initial: {T: 300 + 1.0e4*x, x_A: 1.0e-3}
boundaries:
  left:  {T: {dirichlet: 300}, x_A: {dirichlet: 1.2e-3}}
  right: {T: {dirichlet: 310}, x_A: no_flux}
solve: {transient: 100.0}
"""
