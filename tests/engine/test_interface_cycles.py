"""Interfaces in protocols and cycles: equal materials, a heat wave through a contact, changes from phase to phase."""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport as fv
from tests.tools.cases import PURE, case_text

REGIONS = ", regions: {a: x < 1, b: x >= 1}"
MESHES = {
    "line": "{type: Grid1D, length: 2, cells: 10REGIONS}",
    "plane": "{type: Grid2D, length: [2, 1], cells: [6, 2]REGIONS}",
    "sphere": "{type: SphericalGrid1D, inner_radius: 0.5, length: 2, cells: 10REGIONS}",
}
SWITCHED = """
  phases:
    warm: {duration: 0.3, boundaries: {left: {T: {dirichlet: 2}}}}
    cold: {duration: 0.2PHASE}
  repeat: 2"""
IN_TIME = "{transient: {rtol: 1e-8}}"
ENDS = "{default: {T: no_flux}, left: {T: {dirichlet: 1}}}"


def run(tmp_path, **blocks: str):
    path = tmp_path / "case.yaml"
    path.write_text(case_text(PURE | {"initial": "{T: 1}", "solve": IN_TIME, "boundaries": ENDS}, **blocks))
    return fv.run(path)


LAYERED = {
    "continuous": ("", "s: {surface: {of: T, interface: a-b}}, "),
    "perfect contact": ("{a-b: {T: {contact_resistance: 0}}}", ""),
    "perfect contact in one phase": ("", ""),
}


@pytest.mark.parametrize("mesh", MESHES.values(), ids=MESHES)
@pytest.mark.parametrize("kind", LAYERED)
def test_cycles_of_layers_of_one_material_are_those_of_one_layer(tmp_path, mesh, kind):
    interfaces, observed = LAYERED[kind]
    phase = ", interfaces: {b-a: {T: {contact_resistance: 0}}}" if "one phase" in kind else ""
    observe = "q: {heat_from: left, over: cycle}, w: {heat_from: left, over: warm}, m: {mean: T}}"
    both = run(
        tmp_path, mesh=mesh.replace("REGIONS", REGIONS), interfaces=interfaces or None,
        protocol=SWITCHED.replace("PHASE", phase), observe="{" + observed + observe,
    )  # fmt: skip
    alone = run(tmp_path, mesh=mesh.replace("REGIONS", ""), protocol=SWITCHED.replace("PHASE", ""),
                observe="{" + observe)  # fmt: skip
    assert both.system.geometry.interfaces and not alone.system.geometry.interfaces
    for name in "qwm":
        assert both.observables[name].value == pytest.approx(alone.observables[name].value, rel=1e-7)
    assert both.exit_code == 0


CONDUCTIVITIES, CAPACITIES, RESISTANCE, PERIOD = (1.0, 3.0), (2.0, 0.7), 0.4, 1.5
WAVE = """
  phases: {one: {duration: 0.6}, two: {duration: 0.9}}
  repeat: {until_periodic: {tolerance: 1e-6, max_cycles: 60}}"""


def amplitudes() -> tuple[complex, complex]:
    """Of the temperature on the left and right of the contact, where that at x = 0 is 1 and that at x = 2 is fixed.

    theta'' = i omega (c/k) theta in each layer of thickness 1: with z = sqrt(i omega c k), the layer on the right has
    the impedance tanh(g)/z , g = sqrt(i omega c/k), the contact adds R.
    """
    omega = 2.0 * np.pi / PERIOD
    (g, z), (g_right, z_right) = (
        (np.sqrt(1j * omega * c / k), np.sqrt(1j * omega * c * k)) for k, c in zip(CONDUCTIVITIES, CAPACITIES)
    )
    behind = np.tanh(g_right) / z_right
    load = RESISTANCE + behind
    left = load / (load * np.cosh(g) + np.sinh(g) / z)
    return left, left * behind / load


def wave(tmp_path, cells: int, **blocks: str) -> float:
    """The largest error of the temperatures on both sides of the contact in the last cycle."""
    k, c = (f"{{by_region: {{a: {pair[0]}, b: {pair[1]}}}}}" for pair in (CONDUCTIVITIES, CAPACITIES))
    result = run(
        tmp_path, mesh=f"{{type: Grid1D, length: 2, cells: {cells}{REGIONS}}}", initial="{T: 5}",
        properties=f"{{conductivity: {k}, heat_capacity: {c}}}",
        boundaries=f'{{left: {{T: {{dirichlet: "5 + sin(2*pi*t/{PERIOD})"}}}}, right: {{T: {{dirichlet: 5}}}}}}',
        **{"interfaces": f"{{a-b: {{T: {{contact_resistance: {RESISTANCE}}}}}}}", "protocol": WAVE, **blocks},
    )  # fmt: skip
    assert result.ending.succeeded and result.protocol["periodic"]
    (interface,) = result.system.geometry.interfaces
    last = result.protocol["cycles"]
    errors = []
    for snapshot in result.snapshots:
        if snapshot.occurrence.cycle == last:
            turn = np.exp(2j * np.pi * snapshot.t / PERIOD)
            for nodes, amplitude in zip((interface.left_nodes, interface.right_nodes), amplitudes()):
                errors.append(abs(snapshot.values[0, nodes].item() - 5.0 - (amplitude * turn).imag))
    assert len(errors) > 20
    return max(errors)


def test_a_periodic_heat_wave_passes_a_contact_resistance(tmp_path):
    coarse, fine = (wave(tmp_path, cells) for cells in (10, 20))
    assert fine < 2e-3 and np.log2(coarse / fine) > 1.9


BY_PHASE = {
    "in every phase": "{contact_resistance: 0.4}",
    "by a parameter of the phases": "{contact_resistance: R}",
}


@pytest.mark.parametrize("condition", BY_PHASE.values(), ids=BY_PHASE)
def test_a_condition_that_phases_give_is_that_of_the_case(tmp_path, condition):
    """The same wave, where the phases state the contact, or the parameter in it."""
    own = f"interfaces: {{a-b: {{T: {condition}}}}}" if condition.endswith("0.4}") else "parameters: {R: 0.4}"
    protocol = WAVE.replace("0.6", f"0.6, {own}").replace("0.9", f"0.9, {own}")
    blocks = {"protocol": protocol, "interfaces": None}
    if "R" in condition:
        blocks |= {"parameters": "{R: 7}", "interfaces": f"{{a-b: {{T: {condition}}}}}"}
    assert wave(tmp_path, 10, **blocks) == pytest.approx(wave(tmp_path, 10), rel=1e-3)


def test_a_contact_that_opens_in_a_phase(tmp_path):
    """Long phases end in steady states: 1/(1 + 1/3 + R) through the layers, R = 0 in the phase that states none."""
    result = run(
        tmp_path, mesh=f"{{type: Grid1D, length: 2, cells: 20{REGIONS}}}",
        properties="{conductivity: {by_region: {a: 1, b: 3}}, heat_capacity: 1}",
        boundaries="{left: {T: {dirichlet: 2}}, right: {T: {dirichlet: 1}}}",
        protocol="{phases: {closed: {duration: 40}, open: {duration: 40, "
        "interfaces: {a-b: {T: {contact_resistance: 0.5}}}}}}",
        observe="{q: {outflow: {of: energy, through: right}, at: [39.9, 80]}, "
        "l: {surface: {of: T, interface: a-b, side: left}}, r: {surface: {of: T, interface: a-b, side: right}}}",
    )  # fmt: skip
    flux = 1.0 / (4.0 / 3.0 + 0.5)
    assert result.observables["q"].value == pytest.approx([0.75, flux], rel=1e-6)
    assert result.observables["l"].value - result.observables["r"].value == pytest.approx(0.5 * flux, rel=1e-6)
    again = tmp_path / "again.yaml"
    again.write_text(fv_dump(result.case))
    assert fv.run(again).observables["q"].value == pytest.approx([0.75, flux], rel=1e-6)


def fv_dump(case) -> str:
    """The resolved case as text, to be read again."""
    import json

    return json.dumps(case.resolved)


def test_materials_that_jump_in_one_phase_alone(tmp_path):
    """The phases share one mesh; the layers in series conduct 1/(1 + 1/10) at the end of the second one."""
    result = run(
        tmp_path, mesh=f"{{type: Grid1D, length: 2, cells: 10{REGIONS}}}",
        boundaries="{left: {T: {dirichlet: 2}}, right: {T: {dirichlet: 1}}}",
        protocol="{phases: {one: {duration: 40}, two: {duration: 40, "
        "properties: {conductivity: {by_region: {a: 1, b: 10}}}}}}",
        observe="{q: {outflow: {of: energy, through: right}, at: [39.9, 80]}}",
    )  # fmt: skip
    assert result.observables["q"].value == pytest.approx([0.5, 1.0 / 1.1], rel=1e-6)


BINARY = {
    "mixture": "{binary: {species: [A, B], concentration: 1, temperature: 1}}", "properties": "{diffusivity: 1}",
    "laws": "[fick]", "initial": "{x_A: 0.5}", "boundaries": "{default: {x_A: no_flux}}",
}  # fmt: skip
REFUSED = {
    "{phases: {one: {duration: 1, interfaces: {a-b: {x_A: {sorption: 1}}}}, two: {duration: 1}}}":
        "what a-b stores of x_A would change with the phase",
    "{phases: {one: {duration: 1, interfaces: {a-b: {x_A: {sorption: 1}}}}, "
    "two: {duration: 1, interfaces: {a-b: {x_A: {sorption: 2}}}}}}": "what a-b stores of x_A would change",
    "{phases: {one: {duration: 1, interfaces: {a-b: {x_A: {partition: {ratio: 2}}}}}, "
    "two: {duration: 1, interfaces: {b-a: {x_A: {partition: {ratio: 2}}}}}}}":
        "b-a is the interface a-b of an earlier phase",
    "{phases: {one: {duration: 1, interfaces: {a-c: {x_A: {partition: {ratio: 2}}}}}}}": "a-c",
}  # fmt: skip


@pytest.mark.parametrize("protocol", REFUSED)
def test_what_makes_no_sense_over_phases_is_refused(tmp_path, protocol):
    with pytest.raises(fv.errors.CaseError) as caught:
        run(tmp_path, **BINARY, mesh=MESHES["line"].replace("REGIONS", REGIONS), protocol=protocol)
    assert REFUSED[protocol] in str(caught.value) and "case.yaml:" in str(caught.value)


def test_what_is_stored_goes_from_phase_to_phase(tmp_path):
    """The same sorption in both phases: the amounts of the phases add up, and the balance closes."""
    result = run(
        tmp_path, **BINARY | {"boundaries": "{default: {x_A: no_flux}, left: {x_A: {dirichlet: 0.9}}}"},
        mesh=MESHES["line"].replace("REGIONS", REGIONS), interfaces="{a-b: {x_A: {sorption: 0.5}}}",
        protocol="{phases: {one: {duration: 0.5}, two: {duration: 20, properties: {diffusivity: 2}}}}",
        observe="{n: {amount: A}}",
    )  # fmt: skip
    assert result.exit_code == 0
    assert result.observables["n"].value == pytest.approx(0.9 * 2.5, rel=1e-5)
