"""A binary mixture with the pair of thermal diffusion and Dufour effect, for the parts of the audit."""

from pathlib import Path

from fvtransport.discretisation.build import Discretisation
from tests.tools.built import built
from tests.tools.cases import line

__all__ = ["KAPPA", "C", "D", "pair"]

C, D, KAPPA = 0.1, 2.0, 0.5


def pair(
    folder: Path, coefficient: float = -1.2, laws: str = "[conduction, fick, soret_dufour]", **blocks: str
) -> Discretisation:
    """The system of the pair on a line, T falling and x_A rising."""
    given = f"diffusivity: {D}, conductivity: {KAPPA}, heat_capacity: 0.2, thermal_diffusion_coefficient: {coefficient}"
    own = {
        "units": "reduced",
        "mesh": line(2, 6),
        "mixture": f"{{binary: {{species: [A, B], concentration: {C}}}}}",
        "properties": f"{{{given}}}",
        "laws": laws,
        "initial": '{T: "1.5 - 0.2*x", x_A: "0.3 + 0.1*x"}',
        "boundaries": "{default: {T: no_flux, x_A: no_flux}}",
        "solve": "{transient: 0.1}",
    }
    return built(folder, {}, **{**own, **blocks})
