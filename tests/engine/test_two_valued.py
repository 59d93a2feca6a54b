"""A field that jumps on an interface has two values there: what reads it must say which."""

from __future__ import annotations

import pytest

import fvtransport as fv
from tests.tools.cases import PURE, case_text

REGIONS = "regions: {a: x < 1, b: x >= 1}}"
MESHES = {
    "line": "{type: Grid1D, length: 2, cells: 8, " + REGIONS,
    "plane": "{type: Grid2D, length: [2, 1], cells: [8, 4], " + REGIONS,
    "cylinder": "{type: CylindricalGrid1D, inner_radius: 0.5, length: 2, cells: 12, " + REGIONS,
}
DILUTE = {
    "mixture": "{binary: {species: [H, M], concentration: 1e6, temperature: 600}}",
    "properties": "{diffusivity: 1.0}",
    "laws": "[fick]",
    "boundaries": "{default: {x_H: no_flux}, left: {x_H: {dirichlet: 0.4}}, right: {x_H: {dirichlet: 0.1}}}",
    "units": "SI",
}
HEAT = {"boundaries": "{default: {T: no_flux}, left: {T: {dirichlet: 4}}, right: {T: {dirichlet: 3}}}"}
JUMPING = {
    "contact_resistance": (HEAT, "T", "{contact_resistance: 0.3}"),
    "partition": (DILUTE, "x_H", "{partition: {ratio: 4.0}}"),
    "membrane": (DILUTE, "x_H", "{membrane: {solute_permeability: 1e-4}}"),
    "contact that opens in time": (
        HEAT | {"initial": "{T: 3}", "solve": "{transient: {until: 1}}"}, "T",
        "{contact_resistance: {step: {before: 0, after: 1, at: 0.5}}}",
    ),
    "closed field": (DILUTE, "x_M", "{partition: {ratio: 4.0}}"),
}  # fmt: skip
CONTINUOUS = {
    "contact_resistance": (HEAT, "T", "{contact_resistance: 0}"),
    "interface_reaction": (
        DILUTE, "x_H", "{interface_reaction: {reactants: {H: 1}, products: {M: 1}, rate_constant: 0.1}}"
    ),
    "partition": (DILUTE, "x_H", "{partition: {ratio: 1}}"),
    "sorption": (DILUTE | {"initial": "{x_H: 0.4}", "solve": "{transient: {until: 1}}"}, "x_H", "{sorption: 1.0}"),
}  # fmt: skip


def text(mesh: str, blocks: dict[str, str], field: str, condition: str, observe: str) -> str:
    solved = "x_H" if field.startswith("x") else field
    return case_text(
        PURE, mesh=mesh, interfaces=f"{{a-b: {{{solved}: {condition}}}}}",
        observe=observe.replace("FIELD", field), **blocks,
    )  # fmt: skip


def run(tmp_path, *arguments):
    path = tmp_path / "case.yaml"
    path.write_text(text(*arguments))
    return fv.run(path)


def test_every_condition_between_materials_is_judged():
    from fvtransport.model.registry import Registry

    names = {entry.name for entry in Registry.installed() if entry.kind == "interface"}
    assert names <= JUMPING.keys() | CONTINUOUS.keys()


@pytest.mark.parametrize("mesh", MESHES.values(), ids=MESHES)
@pytest.mark.parametrize("kind", JUMPING)
def test_a_side_must_be_named_where_the_field_jumps(tmp_path, mesh, kind):
    observe = "{\n  s: {surface: {of: FIELD, interface: INTERFACE}}}"
    for name, first in (("a-b", "a"), ("b-a", "b")):
        with pytest.raises(fv.errors.CaseError) as caught:
            run(tmp_path, mesh, *JUMPING[kind], observe.replace("INTERFACE", name))
        (problem,) = caught.value.problems
        assert f"at {name}, where it has two values" in problem.message and problem.mark.text.startswith("  s:")
        assert problem.expected.startswith(f"side: left for {first}, or side: right for ")
    sided = "{s: {surface: {of: FIELD, interface: a-b, side: right}}}"
    assert run(tmp_path, mesh, *JUMPING[kind], sided).ending.succeeded


@pytest.mark.parametrize("mesh", MESHES.values(), ids=MESHES)
@pytest.mark.parametrize("kind", JUMPING)
def test_a_value_on_the_interface_is_refused_and_both_sides_are_named(tmp_path, mesh, kind):
    y = ", y: 0.3" if "Grid2D" in mesh else ""
    observe = f"{{\n  v: {{value: {{of: FIELD, x: X{y}}}}}}}"
    with pytest.raises(fv.errors.CaseError) as caught:
        run(tmp_path, mesh, *JUMPING[kind], observe.replace("X", "1.0"))
    (problem,) = caught.value.problems
    assert "x = 1" in problem.message and "on the interface a-b, where it has two values" in problem.message
    assert "in a or in b beside it" in problem.expected and "interface: a-b, side: left}}" in problem.expected
    assert run(tmp_path, mesh, *JUMPING[kind], observe.replace("X", "1.001")).ending.succeeded


@pytest.mark.parametrize("mesh", MESHES.values(), ids=MESHES)
@pytest.mark.parametrize("kind", CONTINUOUS)
def test_where_the_field_is_continuous_nothing_is_asked_for(tmp_path, mesh, kind):
    y = ", y: 0.3" if "Grid2D" in mesh else ""
    observe = f"{{s: {{surface: {{of: FIELD, interface: a-b}}}}, v: {{value: {{of: FIELD, x: 1.0{y}}}}}}}"
    found = run(tmp_path, mesh, *CONTINUOUS[kind], observe)
    assert found.observables["s"].value == pytest.approx(found.observables["v"].value, rel=1e-2)


def test_the_exit_code_is_that_of_a_mistake(tmp_path):
    with pytest.raises(fv.errors.CaseError) as caught:
        run(tmp_path, MESHES["line"], *JUMPING["partition"], "{v: {value: {of: FIELD, x: 1.0}}}")
    assert caught.value.exit_code == 2 and "case.yaml:" in str(caught.value)
