"""Files to start from: a case, or a law with a case and its tests. All of them run as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from keyword import iskeyword
from pathlib import Path

from ..errors import FvtransportError
from ..model.registry import Registry

__all__ = ["ScaffoldError", "write_case", "write_plugin"]


class ScaffoldError(FvtransportError):
    """A name that cannot be used, or a file that stands in the way."""

    exit_code = 2


CASE = """\
# Two gases trade places in a tube, mole for mole:  N_A = c D (x_left - x_right)/L
title: {title}

parameters:
  concentration: 40.9 mol/m^3
  diffusivity: 0.165 cm^2/s
  length: 10 cm
  x_left: 0.9
  x_right: 0.1

mesh: {{type: Grid1D, length: length, cells: 50, cross_section: 1 cm^2}}
mixture: {{binary: {{species: [A, B], concentration: concentration, temperature: 298 K}}}}
properties: {{diffusivity: diffusivity}}
laws: [fick]

boundaries:
  left:  {{x_A: {{dirichlet: x_left}}}}
  right: {{x_A: {{dirichlet: x_right}}}}

solve: steady

observe:
  N_A: {{flux: {{of: A, through: right}}}}

# The parameters of the closed form are those of the same names above.
compare: {{solution: emcd_slab, tolerance: 1.0e-12}}
"""

LAW = '''\
"""A force that drives the first species along x."""

from fvtransport import FaceView, Law, parameter, plugin
from fvtransport.plugins.quantities import concentration


@plugin("{name}")
class {cls}(Law):
    """Drift of the first species of a binary mixture:  J_A = c u n_x x_A x_B    [mol m^-2 s^-1]

    c  concentration [mol/m^3];  u  speed of a lone A molecule among B [m/s];  n_x  x-component of the face normal.
    J_A is positive along the face normal; J_B = -J_A.
    """

    needs = (concentration,)
    speed: float = parameter(unit="m/s", meaning="drift speed u along x")

    def flux(self, face: FaceView):
        A, B = face.species
        return {{A: face[concentration] * self.speed * face.normal[0] * face[A] * face[B]}}
'''

LAW_CASE = """\
title: A binary mixture in a closed tube under a drift
plugins: [{name}.py]
mesh: {{type: Grid1D, length: 10 cm, cells: 100}}
mixture: {{binary: {{species: [A, B], concentration: 40.9 mol/m^3, temperature: 298 K}}}}
properties: {{diffusivity: 0.165 cm^2/s}}
laws: [fick, {name}: {{speed: 2.0e-4 m/s}}]
boundaries: {{default: {{x_A: no_flux}}}}
solve: {{steady: {{mean: {{x_A: 0.5}}}}}}
observe: {{right: {{surface: {{of: x_A, boundary: right}}}}}}
"""

TESTS = '''\
"""The contract, the order of accuracy, and a closed form."""

from pathlib import Path

import numpy as np

import fvtransport
from fvtransport import contract

CASE = Path(__file__).with_name("{name}.yaml")


def test_the_law_keeps_the_contract():
    contract.check_laws(fvtransport.check(CASE))


def test_the_law_is_of_second_order():
    contract.check_order(fvtransport.check(CASE))


def test_a_closed_tube_is_exponential():
    """At rest  D grad x_A = u x_A x_B,  so that ln(x_A / x_B) rises by u / D per metre."""
    end = fvtransport.run(CASE, ["mesh.cells=400"]).snapshots[-1]
    position, x = end.system.geometry.position[0], end.values[0]
    slope = np.polyfit(position, np.log(x / (1 - x)), 1)[0]
    assert np.isclose(slope, 2.0e-4 / 0.165e-4, rtol=1e-5)
'''


def write_case(name: str) -> list[Path]:
    """Write `<name>.yaml`; ScaffoldError where it exists."""
    target = Path(name).with_suffix(".yaml")
    return _write(target.parent, {target.name: CASE.format(title=target.stem.replace("_", " "))})


def write_plugin(name: str, registry: Registry) -> list[Path]:
    """Write `<name>.py` with a law of that name, `<name>.yaml` that uses it and `test_<name>.py`.

    ScaffoldError where the name is none, or taken by an installed law, or one of the files exists.
    """
    target = Path(name)
    stem = target.name.removesuffix(".py")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", stem) or iskeyword(stem):
        raise ScaffoldError(f'"{stem}" is no name for a plugin; expected small letters, digits and underscores')
    if registry.has("law", stem):
        raise ScaffoldError(
            f'a law is named "{stem}" already ({registry.get("law", stem).origin}); choose another name'
        )
    words = {"name": stem, "cls": "".join(part.capitalize() for part in stem.split("_"))}
    texts = {f"{stem}.py": LAW, f"{stem}.yaml": LAW_CASE, f"test_{stem}.py": TESTS}
    return _write(target.parent, {file: text.format(**words) for file, text in texts.items()})


def _write(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write all files or none."""
    paths = [folder / file for file in texts]
    if standing := [str(path) for path in paths if path.exists()]:
        raise ScaffoldError(f"{', '.join(standing)} exists and is left alone; choose another name")
    try:
        for path, text in zip(paths, texts.values()):
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise ScaffoldError(f"{folder} cannot be written: {error.strerror or error}") from error
    return paths
