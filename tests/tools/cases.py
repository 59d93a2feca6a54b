"""Case texts from YAML blocks: a base with defaults, and what a test puts in their place."""

from __future__ import annotations

from collections.abc import Mapping

HANGS = 900.0
"""Seconds of the clock after which a command hangs, on however loaded a machine; no test measures it."""
ORDER = [
    "title",
    "description",
    "units",
    "parameters",
    "plugins",
    "mesh",
    "mixture",
    "properties",
    "laws",
    "initial",
    "boundaries",
    "interfaces",
    "solve",
    "protocol",
    "observe",
    "compare",
    "audit",
    "expects",
]


def line(length: float | str = 1.0, cells: int | str = 20, **more: object) -> str:
    """The block `mesh` of a straight line; more: grading, cross_section, ..."""
    items = {"type": "Grid1D", "length": length, "cells": cells, **more}
    return "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"


def binary(concentration: float | str = 1.0, **more: object) -> str:
    """The block `mixture` of two species A and B; more: temperature, molar_masses, ..."""
    items = {"species": "[A, B]", "concentration": concentration, **more}
    return "{binary: {" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}}"


PURE: Mapping[str, str] = {
    "units": "reduced",
    "mesh": line(),
    "mixture": "pure",
    "properties": "{conductivity: 1.0, heat_capacity: 1.0}",
    "laws": "[conduction]",
    "solve": "steady",
}
"""Conduction in one substance; boundaries are for the test to say."""
COUPLED: Mapping[str, str] = PURE | {
    "mixture": binary(),
    "properties": "{diffusivity: 1.0, conductivity: 1.0, thermal_diffusion_coefficient: 0.3, heat_capacity: 1.0}",
    "laws": "[conduction, fick, soret_dufour]",
    "initial": "{T: 1.0, x_A: 0.5}",
}
"""Two species with heat, coupled by Soret and Dufour."""
ISOTHERMAL: Mapping[str, str] = PURE | {
    "mixture": binary(temperature=1.0),
    "properties": "{diffusivity: 1.0}",
    "laws": "[fick]",
}
"""Two species at one temperature."""

PUMP = """\
title: mixing
description: two gases between two baths
units: reduced
parameters: {E: 0.035, L: 40.0, T0: 1.0, half: L/2}
mesh: {type: Grid1D, length: L, cells: 200, cross_section: 25}
mixture: {binary: {species: [A, B], concentration: 0.1}}
properties:
  {diffusivity: 2.11972252, conductivity: 0.435691, thermal_diffusion_coefficient: -1.15796, heat_capacity: 0.2}
laws: [conduction, fick, soret_dufour: {linearised_at: {T: T0, x_A: 0.5}}]
initial: {T: T0, x_A: "0.5 + 0.5*E*(half - x)"}
boundaries:
  left:  {T: {dirichlet: 1.0}, x_A: no_flux}
  right: {T: {dirichlet: 1.0}, x_A: no_flux}
solve: {transient: {until: 3000, rtol: 1.0e-8}}
observe: {Qc: {heat_from: right, at: [50, 3000]}}
"""
"""The linear heat pump, with every block."""
STEADY = """\
mesh: {type: Grid1D, length: 0.1, cells: 20}
mixture: {binary: {species: [N2, CO2], concentration: 40, temperature: 300}}
properties: {diffusivity: 1.6e-5}
laws: [fick]
boundaries:
  left: {x_N2: {dirichlet: 0.9}}
  default: {x_N2: no_flux}
solve: steady
"""
"""A diffusing slab, with the blocks that must be there."""


def case_text(base: Mapping[str, str] = COUPLED, **blocks: str | None) -> str:
    """A case: the blocks of the base, replaced or joined by those given; None leaves a block out.

    A block is the YAML text behind its name: on the same line, or on lines of its own where it begins with a newline.
    """
    merged = {name: text for name, text in {**base, **blocks}.items() if text is not None}
    assert merged.keys() <= set(ORDER), f"no such block: {sorted(merged.keys() - set(ORDER))}"
    lines = (f"{name}:{text if text.startswith(chr(10)) else ' ' + text}" for name, text in merged.items())
    by_name = dict(zip(merged, lines, strict=True))
    return "".join(f"{by_name[name].rstrip()}\n" for name in ORDER if name in by_name)
