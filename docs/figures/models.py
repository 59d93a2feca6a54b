"""The models that the figures compare, as lines put into a case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["CASES", "CELLS", "MODELS", "Model"]

CASES = Path(__file__).parents[2] / "cases" / "heat_pump"
CELLS = 100

_UNIFORM = "mixture={binary: {species: [A, B], concentration: n, molar_heat_capacity: 2}}"
_LINEAR = (
    "laws=[conduction, fick, soret_dufour: {linearised_at: {T: T0, x_A: x_mean}}, body_force: {electric_field: "
    "{ramp: {from: before*E, to: after*E, over: rise}}, charges: {A: -q, B: q}, linearised_at: {T: T0, x_A: x_mean}}]"
)
_DISKS = "{molar_masses: {A: 1, B: 10}, diameters: 1, stiffness: 1.0e+5, dimension: 2}"
_KINETIC = (
    f"properties={{diffusivity: {{kinetic_diffusivity: {_DISKS}}}, conductivity: {{kinetic_conductivity: {_DISKS}}}, "
    f"thermal_diffusion_coefficient: {{kinetic_thermal_diffusion: {_DISKS}}}}}"
)


@dataclass(frozen=True)
class Model:
    """Its name in tables, its words in legends, and the overrides that make it of a case in mechanical equilibrium."""

    name: str
    words: str
    overrides: tuple[str, ...]


MODELS = (
    Model("linearised", "linearised (30), (31)", (_UNIFORM, _LINEAR)),
    Model("uniform", "full, uniform density", (_UNIFORM,)),
    Model("equilibrium", "full, mechanical equilibrium", ()),
    Model("kinetic", "the same, kinetic coefficients", (_KINETIC,)),
)
