"""Sets that obey both theorems are never called violated, however they are turned, scaled, ordered or resolved."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

import fvtransport as fv
from fvtransport.audit.at_start import audit_start
from fvtransport.audit.verdict import Audit, Verdict
from fvtransport.discretisation.build import build
from tests.conftest import MESHED_BY_GMSH
from tests.tools.cases import case_text
from tests.tools.skewed import quadrilaterals, triangles, write_skewed

from .mutated_sets import BINARY, CYLINDER, HOT, ISOTHERMAL, LIQUID, MATRIX, PLANE, PORE, PURE, TERNARY

CASES = Path(__file__).parents[2] / "cases"
SHIPPED = [path for path in sorted(CASES.rglob("*.yaml")) if path.stem not in MESHED_BY_GMSH]
SMALL = [path for path in SHIPPED if "solve: steady" in path.read_text(encoding="utf-8") and path.parent.name != "2d"]
RIGHT = {
    "binary": BINARY, "pure": PURE, "cylinder": CYLINDER, "isothermal": ISOTHERMAL, "plane": PLANE, "stefan": TERNARY,
    "stefan with heat": HOT, "matrix": MATRIX, "liquid": LIQUID, "pore": PORE,
    "tensor": PLANE | {"properties": "{conductivity: {tensor: [[2, 0.5], [0.5, 1]]}, heat_capacity: 0.2}"},
}  # fmt: skip
LENGTH = {name: 2.0 if "reduced" in base.get("units", "") else 0.01 for name, base in RIGHT.items()}


@pytest.fixture
def audited(tmp_path):
    """A function that audits the initial state of the text of a case, or its solution where it runs."""

    def of(text: str, *overrides: str, runs: bool = False) -> Audit:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        if runs:
            result = fv.run(path, overrides)
            assert result.ending.succeeded
            return result.audit
        case = fv.check(path, overrides)
        return audit_start(case, build(case))

    return of


def is_right(found: Audit) -> None:
    """Passed, with nothing left open."""
    assert found.verdict is Verdict.PASSED, found.as_dict()
    assert not any(each.verdict in (Verdict.VIOLATED, Verdict.NOT_JUDGED) for each in found.findings)


def same(one: Audit, other: Audit) -> None:
    assert one.margin == pytest.approx(other.margin, abs=1e-7)
    assert one.by_term == other.by_term


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_cases_start_right(path):
    case = fv.check(path)
    is_right(audit_start(case, build(case)))


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_steady_shipped_cases_end_right(path):
    is_right(fv.run(path).audit)


@pytest.mark.parametrize("base", RIGHT.values(), ids=RIGHT)
def test_bases_of_the_wrong_sets_are_right(audited, base):
    is_right(audited(case_text(base)))


@pytest.mark.parametrize("name", [name for name in RIGHT if name != "cylinder"])
def test_mirrored(audited, name):
    base = RIGHT[name]
    turned = re.sub(r"\bx\b", f"({LENGTH[name]} - x)", base["initial"])
    boundaries = base["boundaries"].replace("left", "LEFT").replace("right", "left").replace("LEFT", "right")
    found = audited(case_text(base, initial=turned, boundaries=boundaries))
    is_right(found)
    same(found, audited(case_text(base)))


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("factor", [1e-6, 1e-3, 1e3, 1e6])
def test_at_other_lengths(audited, name, factor):
    base = RIGHT[name]
    text = re.sub(r"\b([xy])\b", rf"(\1/{factor!r})", base["initial"])
    mesh = base["mesh"].replace("1 cm", f"{0.01 * factor!r}").replace("[2.0, 1.0]", f"[{2 * factor!r}, {factor!r}]")
    found = audited(case_text(base, initial=text, mesh=mesh.replace("length: 2.0", f"length: {2.0 * factor!r}")))
    is_right(found)
    same(found, audited(case_text(base)))


@pytest.mark.parametrize("factor", [1e-6, 1e-3, 1e3, 1e6])
def test_in_other_amounts(audited, factor):
    """c, kappa and c_p all by one factor leave the scaled matrix as it is."""
    mixture = BINARY["mixture"].replace("0.1", repr(0.1 * factor))
    properties = BINARY["properties"].replace("conductivity: 0.5", f"conductivity: {0.5 * factor!r}")
    properties = properties.replace("heat_capacity: 0.2", f"heat_capacity: {0.2 * factor!r}")
    found = audited(case_text(BINARY, mixture=mixture, properties=properties))
    is_right(found)
    same(found, audited(case_text(BINARY)))


PROFILES = {"A": "0.2 + 30*x", "B": "0.4 - 20*x", "C": "0.4 - 10*x"}


@pytest.mark.parametrize("base", [TERNARY, HOT], ids=["given temperature", "with heat"])
@pytest.mark.parametrize("order", list(itertools.permutations("ABC")), ids="".join)
def test_in_any_order_of_the_species(audited, base, order):
    first, second, _ = order
    species = f"species: [{', '.join(order)}]"
    heat = {"T": '"300 + 5000*x"'} if base is HOT else {}
    fields = {**heat, f"x_{first}": f'"{PROFILES[first]}"', f"x_{second}": f'"{PROFILES[second]}"'}
    closed = {name: f"{{dirichlet: {'300' if name == 'T' else '0.3'}}}" for name in fields}
    found = audited(case_text(
        base, mixture=base["mixture"].replace("species: [A, B, C]", species), solve="steady",
        initial="{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}",
        boundaries="{default: {" + ", ".join(f"{name}: {value}" for name, value in closed.items()) + "}}",
    ))  # fmt: skip
    is_right(found)
    assert not found.asymmetry > 1e-9


@pytest.mark.parametrize("profile", ["1e-12", "1 - 1e-12", "1e-12*(1 + x)", "1e-12 + 0.4*x", "1 - 1e-12*(1 + x)", "0"])
def test_with_a_species_that_is_nearly_absent(audited, profile):
    is_right(audited(case_text(BINARY, initial=f'{{T: "1.5 + 0.3*x", x_A: "{profile}"}}')))


@pytest.mark.parametrize(("a", "b"), [("1e-12", "0.4"), ("1e-12", "1e-12"), ("0.6", "0.4 - 1e-12"), ("0", "30*x")])
@pytest.mark.parametrize("base", [TERNARY, HOT], ids=["given temperature", "with heat"])
def test_with_nearly_absent_species_of_three(audited, base, a, b):
    initial = "{" + ('T: "300 + 5000*x", ' if base is HOT else "") + f'x_A: "{a}", x_B: "{b}"}}'
    is_right(audited(case_text(base, initial=initial)))


@pytest.mark.parametrize("profile", ['T: "where(x > 1, 100, 1)", x_A: "where(x > 1, 0.999999, 1e-6)"',
                                     'T: "1 + 99*x**8/256", x_A: "0.5 + 0.49*tanh(20*(x - 1))"',
                                     'T: 1.5, x_A: "where(x > 1, 1, 0)"'])  # fmt: skip
@pytest.mark.parametrize("coefficient", [0.0, 0.01])
def test_at_steep_profiles(audited, profile, coefficient):
    properties = f"{{diffusivity: 2, conductivity: 80, heat_capacity: 1, thermal_diffusion_coefficient: {coefficient}}}"
    found = audited(case_text(BINARY, initial=f"{{{profile}}}", properties=properties))
    assert not found.violations and found.verdict is Verdict.PASSED


FLOWING = "{left: {T: {dirichlet: 1}, x_A: {dirichlet: 0.2}}, right: {T: {dirichlet: 2}, x_A: {dirichlet: 0.8}}}"


@pytest.mark.parametrize("velocity", [-300, 3, 300])
@pytest.mark.parametrize("scheme", ["fitted", "upwind"])
def test_convection_on_coarse_cells(audited, velocity, scheme):
    """Cell Peclet numbers up to 60: what exponential fitting adds is numerical."""
    law = f"advection: {{velocity: {velocity}, scheme: {scheme}}}"
    found = audited(case_text(
        BINARY, mesh="{type: Grid1D, length: 2.0, cells: 5}", laws=f"[conduction, fick, soret_dufour, {law}]",
        boundaries=FLOWING, solve="steady",
    ), runs=True)  # fmt: skip
    assert not found.violations and found.verdict is Verdict.PASSED
    assert found.by_term["advection"] in (Verdict.EXTERNAL, Verdict.PASSED)


@pytest.mark.parametrize("hot", [0.2, 0.97])
def test_bulk_flow_on_coarse_cells(audited, hot):
    """Stefan's tube at a high rate, on 5 cells."""
    mixture = "{gas: {species: [A, B], pressure: 1 bar, molar_heat_capacity: {A: 75, B: 30}, bulk_flow: {stagnant: B}}}"
    boundaries = (
        f"{{left: {{T: {{dirichlet: 330}}, x_A: {{dirichlet: {hot}}}}},"
        " right: {T: {dirichlet: 300}, x_A: {dirichlet: 0}}}"
    )
    is_right(audited(case_text(
        TERNARY, mesh="{type: Grid1D, length: 1 cm, cells: 5}", mixture=mixture, laws="[conduction, fick]",
        properties="{diffusivity: 2e-5, conductivity: 0.03}", boundaries=boundaries, initial=None, solve="steady",
    ), runs=True))  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_at_rest_but_for_round_off(audited, name):
    """Gradients that are the round-off of the state say nothing of a law."""
    base = RIGHT[name]
    state = re.sub(r"\s*[+-]\s*[0-9.e+]+\*[xy]", "", base["initial"])
    noisy = re.sub(r'"([0-9.e+]+)"', r'"\1*(1 + 3e-16*sin(1e4*x))"', state)
    assert noisy != base["initial"] and "sin" in noisy
    found = audited(case_text(base, initial=noisy))
    assert not found.violations, found.violations
    assert not any(each.rule == "linearity" for each in found.findings)


@pytest.mark.parametrize("mesh", [quadrilaterals(6, 60.0), quadrilaterals(6, 45.0, 0.2, seed=4),
                                  pytest.param(triangles(0.2), marks=pytest.mark.gmsh)],
                         ids=["skewed by 60", "skewed and perturbed", "triangles"])  # fmt: skip
@pytest.mark.parametrize("properties", ["conductivity: 0.5", "conductivity: {tensor: [[2, 0.5], [0.5, 1]]}"])
def test_on_skewed_meshes(audited, tmp_path, mesh, properties):
    block = f"{{type: Gmsh2D, file: {write_skewed(tmp_path, mesh).name}}}"
    text = case_text(
        BINARY, mesh=block, initial='{T: "1.5 + 0.3*x + 0.2*y*y", x_A: "0.3 + 0.1*x*y"}',
        properties=f"{{diffusivity: 2.0, {properties}, thermal_diffusion_coefficient: -0.4, heat_capacity: 0.2}}",
    )  # fmt: skip
    is_right(audited(text))
