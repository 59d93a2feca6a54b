from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fvtransport.case.checks.checked_case import load
from fvtransport.case.model import Case
from fvtransport.model.registry import Registry

PUMP = """\
title: mixing
description: two gases between two baths
units: reduced
parameters: {E: 0.035, L: 40.0, T0: 1.0, half: L/2}
mesh: {type: Grid1D, length: L, cells: 200, cross_section: 25}
mixture: {binary: {species: [A, B], concentration: 0.1}}
properties: {diffusivity: 2.11972252, conductivity: 0.435691, thermal_diffusion_coefficient: -1.15796, heat_capacity: 0.2}
laws: [conduction, fick, soret_dufour: {linearised_at: {T: T0, x_A: 0.5}}]
initial: {T: T0, x_A: "0.5 + 0.5*E*(half - x)"}
boundaries:
  left:  {T: {dirichlet: 1.0}, x_A: no_flux}
  right: {T: {dirichlet: 1.0}, x_A: no_flux}
solve: {transient: {until: 3000, rtol: 1.0e-8}}
observe: {Qc: {heat_from: right, at: [50, 3000]}}
"""
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


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.installed()


@pytest.fixture
def case(tmp_path: Path, registry: Registry) -> Callable[..., Case]:
    """Load a text as a case, with edits (old, new) and overrides."""

    def of(text: str, *edits: tuple[str, str], overrides: tuple[str, ...] = ()) -> Case:
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "case.yaml"
        path.write_text(text)
        return load(path, overrides, registry)

    return of


@pytest.fixture
def pump() -> str:
    return PUMP


@pytest.fixture
def steady() -> str:
    return STEADY
