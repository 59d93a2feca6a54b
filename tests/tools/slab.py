"""A case that takes milliseconds and whose answer is known: N_A = D (x_left - 0.1), in reduced units."""

from __future__ import annotations

from pathlib import Path

from tests.tools.cases import ISOTHERMAL, case_text, line

SLAB = case_text(
    ISOTHERMAL,
    title="slab",
    parameters="{D: 1.0, x_left: 0.9, a: 0.3, b: 0.6, unused: 1.0}",
    plugins="[trap.py]",
    mesh=line(cells=4),
    properties='{diffusivity: {trap: "D*exp(-4*(a - 0.3)**2 - 2*(b - 0.6)**2)"}}',
    boundaries="{left: {x_A: {dirichlet: x_left}}, right: {x_A: {dirichlet: 0.1}}}",
    observe="""
  N_A: {flux: {of: A, through: left}}
  middle: {value: {of: x_A, x: 0.5}}""",
)
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


def write_slab(folder: Path) -> Path:
    """The case in a folder of its own, with the plugin that it names."""
    (folder / "trap.py").write_text(TRAP, encoding="utf-8")
    path = folder / "slab.yaml"
    path.write_text(SLAB, encoding="utf-8")
    return path
