"""Rows on interfaces that depend on nothing: absent species, nothing that moves, pure advection; right values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.tools.cases import binary, case_text, line
from tests.tools.layered_cases import CASES
from tests.tools.layers import Layered, flux_between, interface_states, solved

LAYERS = line(2, 20, regions="{a: x < 1, b: x >= 1}")
DRIVEN = {
    "soret_dufour linearised", "mass_fraction_form", "mass_fraction_form of equal masses", "phenomenological linearised"
}  # fmt: skip
"""Cases whose cross-effects are constants, which drive a species out where it is absent."""
ABSENT = [(case, name) for case in CASES for name in ("x_A", "x_B") if name in case.ends and case.name not in DRIVEN]


@pytest.mark.parametrize("case, name", ABSENT, ids=lambda part: str(getattr(part, "name", part)).replace(" ", "_"))
def test_a_species_absent_on_both_sides_stays_absent(case: Layered, name: str, tmp_path):
    found = solved(tmp_path, replace(case, ends={**case.ends, name: (0.0, 0.0)}).text(4))
    row = [field.name for field in found.system.medium.fields].index(name)
    assert np.abs(found.values[row]).max() < 1e-12 and np.abs(found.evaluation.flux[row]).max() < 1e-12


def moving(properties: str, laws: str, boundaries: str, until: float = 0.2, **blocks: str) -> str:
    """Two species at one temperature in two layers, in time; A is absent at the start unless something else is said."""
    jumping = "{by_region: {a: 1.0, b: 2.0}}"
    given = {
        "units": "reduced", "mesh": LAYERS, "mixture": binary(jumping, temperature=1.0), "properties": properties,
        "laws": laws, "initial": "{x_A: 0}", "boundaries": boundaries,
        "solve": f"{{transient: {{until: {until}, rtol: 1e-9}}}}",
    }  # fmt: skip
    return case_text({}, **{**given, **blocks})


ENDS = "{left: {x_A: {dirichlet: 0.5}}, right: {x_A: no_flux}}"


def onsager(one: str, other: str) -> str:
    """Diffusion by L = c D x_A x_B/R with D in either layer, which may be zero."""
    return f"[phenomenological: {{L_ij: {{A-A: {{by_region: {{a: {one}*x_A*x_B, b: {other}*x_A*x_B}}}}}}}}]"


def test_nothing_passes_into_a_layer_where_nothing_diffuses(tmp_path):
    """D = 0 on one side, up to a boundary without flux: the other layer fills as if it ended at the interface."""
    both = solved(tmp_path, moving("{}", onsager("1.0", "0.0"), ENDS))
    alone = moving(
        "{}", "[phenomenological: {L_ij: {A-A: x_A*x_B}}]", ENDS, mesh=line(1, 10),
        mixture=binary(1.0, temperature=1.0),
    )  # fmt: skip
    alone = solved(tmp_path, alone)
    cells = both.values[0, both.system.geometry.cells]
    assert cells[:10] == pytest.approx(alone.values[0, alone.system.geometry.cells], abs=1e-7)
    assert np.abs(cells[10:]).max() < 1e-12
    assert abs(both.evaluation.flux[0, -1]) < 1e-12


def test_nothing_moves_where_neither_side_diffuses(tmp_path):
    text = moving("{}", onsager("0.0", "0.0*x_A"), ENDS, initial="{x_A: 0.2 + 0.1*x}")
    found = solved(tmp_path, text)
    geometry = found.system.geometry
    expected = 0.2 + 0.1 * geometry.cell_positions[0]
    assert found.values[0, geometry.cells] == pytest.approx(expected, abs=1e-12)
    assert interface_states(found)["x_A"] == pytest.approx(0.3, abs=1e-12)


def test_pure_advection_passes_an_interface(tmp_path):
    """c u is the same on both sides, so that what comes in leaves unchanged once the front has passed."""
    laws = "[advection: {velocity: [{by_region: {a: 1.0, b: 0.5}}], scheme: upwind}]"
    ends = "{left: {x_A: {dirichlet: 0.5}}, right: {x_A: {outlet: {speed: 0.5}}}}"
    found = solved(tmp_path, moving("{}", laws, ends, until=20.0))
    assert found.values[0] == pytest.approx(np.full(found.values.shape[1], 0.5), abs=1e-6)
    assert flux_between(found)[0] == pytest.approx([0.5, 0.5], abs=1e-6)


TRACER = case_text(
    {},
    mesh="{type: Grid1D, length: 1 cm, cells: CELLS, regions: {a: x < 0.005, b: x >= 0.005}}",
    mixture="""
  liquid: {species: [A, B, S], density: 18000, molar_masses: {A: 0.018, B: 0.018, S: 0.018}, temperature: 300}""",
    laws="""
  - phenomenological:
      L_ij:
        A-A: {by_region: {a: 1e-7*1e6*x_A/8.31446261815324, b: D_B*1e6*x_A/8.31446261815324}}
        B-B: 1e-7*1e6*x_B/8.31446261815324
        A-B: 0""",
    initial="{x_A: 0, x_B: 0}",
    boundaries="""
  left: {x_A: {dirichlet: 1e-4}, x_B: {dirichlet: 1e-4}}
  right: {x_A: no_flux, x_B: no_flux}""",
    solve="{transient: {until: 100, rtol: 1e-7}}",
)


def amount_of(snapshot) -> float:
    """Moles of A per area."""
    return float((snapshot.values[0, snapshot.system.geometry.cells] * 1e6 * snapshot.system.geometry.volume).sum())


def test_a_tracer_that_is_absent_at_the_start_comes_in(tmp_path):
    """2 c x sqrt(D t/pi) per area in a half-space; the far boundary is reached by 1e-4 of it."""
    found = solved(tmp_path, TRACER.replace("CELLS", "50").replace("D_B", "1e-7"))
    exact = 2.0 * 1e6 * 1e-4 * np.sqrt(1e-7 * 100.0 / np.pi)
    assert amount_of(found) == pytest.approx(exact, rel=5e-4)


def test_a_tracer_passes_an_interface_where_it_was_absent(tmp_path):
    """As by Fick's law of a dilute species."""
    found = solved(tmp_path, TRACER.replace("CELLS", "50").replace("D_B", "2e-7"))
    fick = moving(
        "{diffusivity: {by_region: {a: 1e-7, b: 2e-7}}}", "[fick]",
        "{left: {x_A: {dirichlet: 1e-4}}, right: {x_A: no_flux}}", until=100.0,
        mesh=line(0.01, 50, regions="{a: x < 0.005, b: x >= 0.005}"), mixture=binary(1e6, temperature=300),
    )  # fmt: skip
    assert amount_of(found) == pytest.approx(amount_of(solved(tmp_path, fick)), rel=2e-4)


@pytest.mark.parametrize("content, flux", [(2.0, 0.42857142857142855), (1000.0, 0.5 / (1.0 + 1.0 / 3000.0))])
def test_a_product_of_coefficients_that_jumps(tmp_path, content, flux):
    """c 1 and D 1 against c and D 3."""
    text = moving(
        "{diffusivity: {by_region: {a: 1.0, b: 3.0}}}", "[fick]",
        "{left: {x_A: {dirichlet: 0.5}}, right: {x_A: {dirichlet: 0.0}}}",
        mixture=binary(f"{{by_region: {{a: 1.0, b: {content}}}}}", temperature=1.0), solve="steady",
    )  # fmt: skip
    assert flux_between(solved(tmp_path, text))[0] == pytest.approx([flux, flux], rel=1e-11)
