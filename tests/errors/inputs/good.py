"""Good cases, and what a bad one is: an edit of a good one."""

from __future__ import annotations

from dataclasses import dataclass

from tests.tools.cases import case_text

GOOD = case_text(
    title="mixing",
    units="SI",
    parameters="{E: 0.035, L: 40.0}",
    mesh="{type: Grid1D, length: L, cells: 20}",
    mixture="{binary: {species: [A, B], concentration: 0.1}}",
    properties="""
  diffusivity: 2.1
  conductivity: 0.4
  thermal_diffusion_coefficient: -1.1
  heat_capacity: 0.2""",
    initial='{T: 300.0, x_A: "0.5 + 0.5*E*(L/2 - x)"}',
    boundaries="""
  left: {T: {dirichlet: 300 K}, x_A: no_flux}
  right: {T: {dirichlet: 300 K}, x_A: no_flux}""",
    solve="{transient: {until: 3000, rtol: 1.0e-8}}",
    observe="""
  Qc: {heat_from: right, at: [50, 3000]}""",
)
STEADY = GOOD.replace(
    "solve: {transient: {until: 3000, rtol: 1.0e-8}}\nobserve:\n  Qc: {heat_from: right, at: [50, 3000]}",
    "solve: {steady: {mean: {x_A: 0.5}}}",
)

REDUCED = GOOD.replace("units: SI", "units: reduced").replace("300 K", "300")
ISOTHERMAL = case_text(
    {},
    mesh="{type: Grid1D, length: 1, cells: 20}",
    mixture="{binary: {species: [A, B], concentration: 0.1, temperature: 300}}",
    properties="{diffusivity: 2.1}",
    laws="[fick]",
    initial="{x_A: 0.5}",
    boundaries="""
  left: {x_A: no_flux}
  right: {x_A: no_flux}""",
    solve="{transient: 3000}",
)
SLAB = "emcd_slab: {concentration: 1, diffusivity: 1, length: 1, x_left: 1, x_right: 0, species: A}"


@dataclass(frozen=True)
class Bad:
    """A case with one mistake: the edit, where the message must point, and what it must say."""

    name: str
    old: str
    new: str
    position: str
    says: str
    base: str = GOOD
