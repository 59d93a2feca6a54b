"""Coefficients that jump inside cells are named with their line, steep ones and jumps on faces are not."""

from __future__ import annotations

import pytest

import fvtransport as fv
from fvtransport.model.registry import Registry
from tests.tools.built import built
from tests.tools.cases import PURE, case_text, line

FIXED = "{left: {T: {dirichlet: 1}}, right: {T: {dirichlet: 2}}}"
EDGE = "where(x < 0.33, 1.0, 100.0)"
PLANE = "{default: {T: no_flux}, left: {T: {dirichlet: 1}}}"
SQUARE = "{type: Grid2D, length: [1, 1], cells: [8, 8]}"


def remarks(tmp_path, conductivity: str, **blocks: str) -> tuple[str, ...]:
    properties = f"{{conductivity: {conductivity}, heat_capacity: 1.0}}"
    return built(tmp_path, **{"properties": properties, "boundaries": FIXED, **blocks}).warnings


FORMS = {
    "expression": f'"{EDGE}"',
    "ramp": f'{{ramp: {{from: 1.0, to: "{EDGE}", over: 1.0}}}}',
    "schedule": f'{{schedule: {{at: [0.0, 0.7], values: [1.0, "{EDGE}"]}}}}',
    "square": f'{{square: {{low: 1.0, high: "{EDGE}", period: 0.5}}}}',
    "step": f'{{step: {{before: 1.0, after: "{EDGE}", at: 0.5}}}}',
    "by_region": f'{{by_region: {{whole: "{EDGE}"}}}}',
    "tensor": f'{{tensor: [["{EDGE}", 0.0], [0.0, "{EDGE}"]]}}',
    "bosanquet": f'{{bosanquet: {{diffusivity: "{EDGE}", pore_diameter: 1.0, species: A}}}}',
}
"""How each property that can contain a formula of position does."""


def test_every_property_that_can_contain_a_formula_is_judged():
    def has_formula(cls: type) -> bool:
        return any(word in str(each.annotation) for each in cls.declarations() for word in ("Property", "Formula"))

    names = {entry.name for entry in Registry.installed() if entry.kind == "property" and has_formula(entry.cls)}
    assert names == FORMS.keys()


GAS = {
    "mixture": "{gas: {species: [A, B], molar_masses: {A: 1.0, B: 2.0}, pressure: 1.0, temperature: 1.0}}",
    "laws": "[fick]",
    "initial": "{x_A: 0.5}",
    "boundaries": "{default: {x_A: no_flux}, left: {x_A: {dirichlet: 0.5}}}",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_property_that_jumps_inside_a_cell_is_named_with_its_line(tmp_path, form):
    mesh = line(regions='{whole: "x >= 0"}') if form != "tensor" else SQUARE
    name, blocks = "conductivity", {"initial": "{T: 1.0}", "boundaries": PLANE}
    if form == "bosanquet":
        name, blocks = "diffusivity", GAS
    properties = f"{{{name}: {FORMS[form]}{', heat_capacity: 1.0' if blocks is not GAS else ''}}}"
    (text,) = built(
        tmp_path, mesh=mesh, solve="{transient: {until: 1.0}}", **{"properties": properties, **blocks}
    ).warnings
    place, _, said = text.partition(f": {name}")
    assert "case.yaml:4:" in place and "jumps from" in said and "at x = 0.33" in said and "regions" in said


OWN = {
    "source": ('[conduction, source: {balance: energy, rate: "where(x < 0.33, 1.0, 0.0)"}]', "rate of source"),
    "advection": ('[conduction, advection: {velocity: ["where(x < 0.33, 1.0, 0.5)"]}]', "velocity of advection"),
}


def test_a_velocity_that_changes_its_sign_does_not_jump(tmp_path):
    assert not remarks(tmp_path, "1.0", laws='[conduction, advection: {velocity: ["x - 0.33"]}]')


@pytest.mark.parametrize("law", OWN)
def test_parameters_of_laws_are_named_too(tmp_path, law):
    (text,) = remarks(tmp_path, "1.0", laws=OWN[law][0])
    assert f"case.yaml:5:20: {OWN[law][1]} jumps" in text


def test_the_parameters_of_the_mixture_are_named_too(tmp_path):
    mixture = '{binary: {species: [A, B], concentration: "where(x < 0.33, 1.0, 2.0)", temperature: 1.0}}'
    ends = "{left: {x_A: {dirichlet: 0.5}}, right: {x_A: {dirichlet: 0.2}}}"
    found = built(tmp_path, mixture=mixture, laws="[fick]", boundaries=ends, properties="{diffusivity: 1.0}").warnings
    assert [text.partition(": ")[2][:37] for text in found] == ["concentration jumps from 1 to 2 insid"]


def test_a_phase_of_a_protocol_is_looked_at_too(tmp_path):
    protocol = f'{{phases: {{one: {{duration: 1.0}}, two: {{duration: 1.0, properties: {{conductivity: "{EDGE}"}}}}}}}}'
    (text,) = remarks(tmp_path, "1.0", initial="{T: 1.0}", solve="{transient: {}}", protocol=protocol)
    assert "conductivity jumps from 1 to 100" in text


@pytest.mark.parametrize("mesh", [line(), SQUARE])
@pytest.mark.parametrize(
    "formula",
    [
        "0.001 + x",
        "1 + 0.9*tanh(300*(x - 0.33))",
        "1 + sqrt(abs(x - 0.33))",
        "(x - 0.33)**2 + 1e-12",
        "where(x < 0.5, 1, 100)",
        "where(x < 0.33, 1.0, 1.005)",
    ],
)
def test_steep_coefficients_and_jumps_on_faces_are_left_alone(tmp_path, mesh, formula):
    assert not remarks(tmp_path, f'"{formula}"', mesh=mesh, boundaries=PLANE)


@pytest.mark.parametrize(
    "formula",
    [
        "where(x + 0.3*y < 0.71, 1, 2)",
        "where((x - 0.5)**2 + (y - 0.5)**2 < 0.1, 1, 2)",
        "where((x > 0.51) and (x < 0.55), 1, 2)",
        "where(x < 0.5625, 1, 2)",
    ],
)
def test_edges_in_a_plane_are_found(tmp_path, formula):
    """Oblique, round, thinner than a cell, through the centres of cells."""
    found = remarks(tmp_path, f'"{formula}"', mesh=SQUARE, boundaries=PLANE)
    assert len(found) == 1 and "y = " in found[0]


def test_what_is_remarked_is_an_error_of_per_cents_and_regions_mend_it(tmp_path):
    """The flux through 0.33 of conductivity 1 and 0.67 of 100, against the remark and its cure."""
    exact = 1.0 / (0.33 + 0.0067)
    observe = "{q: {outflow: {of: energy, through: left}}}"

    def off(mesh: str, conductivity: str):
        path = tmp_path / "case.yaml"
        properties = f"{{conductivity: {conductivity}, heat_capacity: 1.0}}"
        path.write_text(case_text(PURE, mesh=mesh, properties=properties, boundaries=FIXED, observe=observe))
        result = fv.run(path)
        return abs(result.observables["q"].value / exact - 1.0), result.warnings

    error, warnings = off(line(), f'"{EDGE}"')
    assert error > 0.01 and len(warnings) == 1 and "conductivity jumps from 1 to 100" in warnings[0]
    cured = "{by_region: {a: 1.0, b: 100.0}}"
    error, warnings = off(line(cells=100, regions="{a: x < 0.33, b: x >= 0.33}"), cured)
    assert error < 1e-10 and not warnings
    error, warnings = off(line(regions="{a: x < 0.33, b: x >= 0.33}"), cured)
    assert error > 0.01 and "edge of a region cuts through" in warnings[0]
