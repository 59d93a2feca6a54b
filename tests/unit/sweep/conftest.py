"""A case that takes milliseconds and whose answer is known: N_A = D (x_left - 0.1), in reduced units."""

from __future__ import annotations

import pytest

SLAB = """
title: slab
units: reduced
parameters: {D: 1.0, x_left: 0.9, a: 0.3, b: 0.6, unused: 1.0}
plugins: [trap.py]
mesh: {type: Grid1D, length: 1.0, cells: 4}
mixture: {binary: {species: [A, B], concentration: 1.0, temperature: 1.0}}
properties: {diffusivity: {trap: "D*exp(-4*(a - 0.3)**2 - 2*(b - 0.6)**2)"}}
laws: [fick]
boundaries: {left: {x_A: {dirichlet: x_left}}, right: {x_A: {dirichlet: 0.1}}}
solve: steady
observe:
  N_A: {flux: {of: A, through: left}}
  middle: {value: {of: x_A, x: 0.5}}
"""
TRAP = '''
import os
import sys

from fvtransport import Property, parameter, plugin


@plugin("trap")
class Trap(Property):
    """D = value, with a few values that are traps."""

    value: float = parameter(meaning="value")
    shorthand = "value"

    def __call__(self, at):
        print("noise")
        if self.value == 13.0:
            os._exit(7)
        if self.value == 14.0:
            raise RuntimeError("no such diffusivity")
        if self.value == 15.0:
            sys.exit(3)
        if self.value == 16.0:
            raise KeyboardInterrupt
        return self.value
'''
IN_TIME = "solve={transient: {until: 0.2}}"


@pytest.fixture
def slab(tmp_path):
    """The path of the case."""
    (tmp_path / "trap.py").write_text(TRAP, encoding="utf-8")
    path = tmp_path / "slab.yaml"
    path.write_text(SLAB, encoding="utf-8")
    return path
