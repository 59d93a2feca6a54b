"""Coefficients that are zero in one of two layers: nothing passes into it, or the reason why it cannot be."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

import fvtransport as fv
from tests.tools.cases import PURE, case_text
from tests.tools.layered_cases import CASES
from tests.tools.layers import Layered

ZERO = re.compile(r"(diffusivity|conductivity|permeability|k|rho_D|L_qq|A-A|A-B|A-C|B-C): <([^<>|]*)\|([^<>|]*)>")
IN_TIME = "{transient: {until: 0.3, rtol: 1e-7}}"
INFINITE_FRICTION = {"A-B", "A-C", "B-C"}
KEEPING_PRESSURE = {"stagnant", "flux_ratio", "mass", "graham", "dusty_gas at uniform pressure"}
"""Bulk flows without a pressure, which have no run in time."""
WITHOUT_DIFFUSION = {"advection", "advection upwind", "advection central"}
"""What flows into a layer without diffusion must leave it: a boundary without flux does not fix its state."""
CROSSED = {"soret", "dufour"}
"""One cross-effect alone, whose fluxes at a closed boundary depend on each other once its own coefficient is zero."""


def coefficients() -> list[tuple[Layered, str, str]]:
    """Every case with each coefficient that multiplies a gradient of its own, and the block that has it."""
    return [
        (case, block, name)
        for case in CASES
        for block, text in case.blocks.items()
        for name in dict.fromkeys(match[1] for match in ZERO.finditer(text))
        if case.name not in KEEPING_PRESSURE
    ]


def vanishing(case: Layered, block: str, name: str, solve: str) -> str:
    """The case with the coefficient zero in layer b, which begins as its right end, closed there."""
    texts = ZERO.sub(lambda each: f"{name}: <{each[2]}|0.0>" if each[1] == name else each[0], case.blocks[block])
    left = ", ".join(f"{field}: {{dirichlet: {ends[0]}}}" for field, ends in case.ends.items())
    boundaries = f"{{left: {{{left}}}, right: {{{', '.join(f'{field}: no_flux' for field in case.ends)}}}}}"
    start = {"initial": f"{{{', '.join(f'{field}: {ends[1]}' for field, ends in case.ends.items())}}}"}
    blocks = {"boundaries": boundaries, "solve": solve, **(start if solve != "steady" else {})}
    return replace(case, blocks={**case.blocks, block: texts}).text(4, **blocks)


def run(tmp_path, text: str):
    path = tmp_path / "case.yaml"
    path.write_text(text)
    return fv.run(path)


@pytest.mark.parametrize("case, block, name", coefficients(), ids=lambda part: str(getattr(part, "name", part)))
def test_a_coefficient_that_vanishes_in_one_layer_works_or_is_refused_with_the_reason(tmp_path, case, block, name):
    text = vanishing(case, block, name, IN_TIME)
    if name in INFINITE_FRICTION:
        with pytest.raises(fv.errors.CaseError, match=f"{name} = 0 at the initial state is out of range.*friction"):
            run(tmp_path, text)
    elif case.name in WITHOUT_DIFFUSION | CROSSED and name in ("diffusivity", "conductivity"):
        try:
            result = run(tmp_path, text)
            assert result.ending.succeeded or "outside [0, 1]" in result.ending.message
        except fv.errors.CaseError as error:
            assert re.search("the conditions on right do not fix|no_flux does not fix x_A on right", str(error))
    else:
        result = run(tmp_path, text)
        assert result.ending.succeeded and result.exit_code == 0
        assert np.isfinite(result.snapshots[-1].values).all()


PURE_DIFFUSION = {
    "conduction": "conductivity", "conduction that depends on T": "conductivity", "fick": "diffusivity",
    "fick that depends on x": "diffusivity", "storage": "diffusivity", "body_force": "diffusivity",
}  # fmt: skip


@pytest.mark.parametrize("name", PURE_DIFFUSION)
def test_nothing_passes_into_a_layer_where_the_coefficient_is_zero(tmp_path, name):
    """Layer a fills as if it ended at the interface, layer b stays as it was."""
    case = next(each for each in CASES if each.name == name)
    block = next(block for block, text in case.blocks.items() if f"{PURE_DIFFUSION[name]}: <" in text)
    snapshot = run(tmp_path, vanishing(case, block, PURE_DIFFUSION[name], IN_TIME)).snapshots[-1]
    ((field, (left, right)),) = case.ends.items()
    closed = case.layer(0, 4, {field: (left, right)}).replace(
        f"right: {{{field}: {{dirichlet: {float(right)!r}}}}}", f"right: {{{field}: no_flux}}"
    )
    closed = closed.replace("solve: steady", f"initial: {{{field}: {right}}}\nsolve: {IN_TIME}")
    alone = run(tmp_path, closed).snapshots[-1]
    cells = snapshot.values[0, snapshot.system.geometry.cells]
    assert cells[:4] == pytest.approx(alone.values[0, alone.system.geometry.cells], abs=2e-6)
    assert np.abs(cells[4:] - right).max() < 1e-12


@pytest.mark.parametrize("name", ["conduction", "fick"])
def test_a_steady_state_that_nothing_fixes_there_is_refused(tmp_path, name):
    case = next(each for each in CASES if each.name == name)
    with pytest.raises(fv.errors.CaseError, match="undetermined in the cells at x = 1.125 to 1.875"):
        run(tmp_path, vanishing(case, "properties", PURE_DIFFUSION[name], "steady"))


def test_a_layer_of_neither_flow_nor_diffusion(tmp_path):
    """u = 0 and D = 0 on the right: the weight of exponential fitting is 0/0 there."""
    text = case_text(
        PURE, mesh="{type: Grid1D, length: 2, cells: 8, regions: {a: x < 1, b: x >= 1}}",
        mixture="{binary: {species: [A, B], concentration: 1, temperature: 1}}",
        properties="{diffusivity: {by_region: {a: 1, b: 0}}}",
        laws="[fick, advection: {velocity: [{by_region: {a: 0.0, b: 0.0}}]}]", initial="{x_A: 0.1}",
        boundaries="{left: {x_A: {dirichlet: 0.5}}, right: {x_A: no_flux}}", solve=IN_TIME,
    )  # fmt: skip
    values = run(tmp_path, text).snapshots[-1].values[0]
    assert np.isfinite(values).all() and values[-3] == pytest.approx(0.1, abs=1e-12)


@pytest.mark.parametrize("value", ["-1", "{by_region: {a: 1, b: -1}}", "0"])
def test_what_is_negative_or_zero_everywhere_is_refused(tmp_path, value):
    case = next(each for each in CASES if each.name == "fick")
    text = case.text(4).replace("{by_region: {a: 1.0, b: 3.0}}", value)
    with pytest.raises(fv.errors.CaseError, match="diffusivity"):
        run(tmp_path, text)
