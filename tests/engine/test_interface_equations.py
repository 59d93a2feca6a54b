"""Conditions between two materials against closed forms: on every mesh, named either way round, steady and in time."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import fvtransport
from tests.tools.cases import PURE, case_text

R = 8.31446261815324
MESHES = {
    "line": ("Grid1D", "2", "10", lambda r: r, ""),
    "plane": ("Grid2D", "[2, 1]", "[10, 3]", lambda r: r, ""),
    "box": ("Grid3D", "[2, 1, 1]", "[4, 2, 2]", lambda r: r, ""),
    "cylinder": ("CylindricalGrid1D", "2", "40", np.log, ", inner_radius: 1"),
    "sphere": ("SphericalGrid1D", "2", "40", lambda r: -1.0 / r, ", inner_radius: 1"),
}
"""By name: FiPy's class, length, cells, the coordinate in which conduction is linear, more keys."""


def mesh(name: str) -> str:
    """Two layers `a` and `b` that meet in the middle."""
    kind, length, cells, _, more = MESHES[name]
    middle = 2 if "inner_radius" in more else 1
    return (
        f'{{type: {kind}, length: {length}, cells: {cells}{more}, regions: {{a: "x < {middle}", b: "x >= {middle}"}}}}'
    )


def ends(name: str) -> tuple[float, float, float]:
    """The coordinate at the left end, at the interface and at the right end."""
    linear, start = MESHES[name][3], 1.0 if "inner_radius" in MESHES[name][4] else 0.0
    return tuple(float(linear(start + x)) for x in (0.0, 1.0, 2.0))


@pytest.fixture
def run(tmp_path):
    def start(**blocks: str | None):
        path = tmp_path / "case.yaml"
        path.write_text(case_text(PURE, **blocks))
        return fvtransport.run(path)

    return start


def values(result) -> dict[str, float]:
    assert result.exit_code == 0, result.ending
    assert all(line.closes(1e-6) for line in result.balance)
    return {name: float(each.value) for name, each in result.observables.items()}


DILUTE = {
    "units": "SI",
    "mixture": "{binary: {species: [H, M], concentration: 1e6, temperature: 600}}",
    "properties": "{diffusivity: {by_region: {a: 1.0, b: 3.0}}}",
    "laws": "[fick]",
    "boundaries": "{default: {x_H: no_flux}, left: {x_H: {dirichlet: 4e-6}}, right: {x_H: {dirichlet: 0.0}}}",
}


def surfaces(field: str, balance: str, name: str = "a-b") -> str:
    return (
        f"{{l: {{surface: {{of: {field}, interface: {name}, side: left}}}}, "
        f"r: {{surface: {{of: {field}, interface: {name}, side: right}}}}, "
        f"J: {{interface_flux: {{of: {balance}, interface: {name}}}}}, "
        f"JR: {{interface_flux: {{of: {balance}, interface: {name}, side: right}}}}}}"
    )


@pytest.mark.parametrize("where, turned", itertools.product(MESHES, (False, True)))
def test_a_contact_resistance_adds_to_those_of_the_layers(run, where, turned):
    found = values(
        run(
            mesh=mesh(where),
            properties="{conductivity: {by_region: {a: 2.0, b: 5.0}}, heat_capacity: 1.0}",
            boundaries="{default: {T: no_flux}, left: {T: {dirichlet: 4}}, right: {T: {dirichlet: 3}}}",
            interfaces=f"{{{'b-a' if turned else 'a-b'}: {{T: {{contact_resistance: 0.3}}}}}}",
            observe=surfaces("T", "energy"),
        )
    )
    first, middle, last = ends(where)
    slope = MESHES[where][3]
    at = middle if MESHES[where][4] == "" else None
    per_flux = 1.0 if at is not None else _slope(slope)
    a, b = (middle - first) / per_flux / 2.0, (last - middle) / per_flux / 5.0
    q = 1.0 / (a + 0.3 + b)
    tolerance = 1e-11 if at is not None else 1e-3  # the curved ones are of second order
    assert found["J"] == pytest.approx(q, rel=tolerance) and found["JR"] == pytest.approx(found["J"], rel=1e-12)
    assert (found["l"], found["r"]) == pytest.approx((4.0 - q * a, 3.0 + q * b), rel=tolerance)
    assert found["l"] - found["r"] == pytest.approx(0.3 * found["J"], rel=1e-11)


def _slope(linear) -> float:
    """The derivative of the coordinate at the interface of the curved meshes, at r = 2."""
    return float((linear(2.0 + 1e-6) - linear(2.0 - 1e-6)) / 2e-6)


@pytest.mark.parametrize("turned", (False, True))
def test_metal_by_sieverts_against_salt_by_henry(run, turned):
    sides = (
        ("right: {sieverts: 2.0}, left: {henry: 0.5}", "b-a")
        if turned
        else ("left: {sieverts: 2.0}, right: {henry: 0.5}", "a-b")
    )
    interfaces = f"{{{sides[1]}: {{x_H: {{partition: {{{sides[0]}}}}}}}}}"
    found = values(run(**DILUTE, mesh=mesh("line"), interfaces=interfaces, observe=surfaces("x_H", "H")))
    root = (-2.0 + np.sqrt(4.0 + 24.0)) / 3.0  # 1.5 p + 2 sqrt(p) = 4, the flux of the metal being that of the salt
    assert found["J"] == pytest.approx(1.5 * root**2, rel=1e-10)
    assert (found["l"], found["r"]) == pytest.approx((2e-6 * root, 0.5e-6 * root**2), rel=1e-10)


PARTITIONS = {
    "{ratio: 4.0}": 4.0,
    "{left: {henry: 2.0}, right: {henry: 0.5}}": 4.0,
    "{left: {sieverts: 2.0}, right: {sieverts: 0.5}}": 4.0,
    "{left: {henry: 2.0}, right: {henry: 0.5, counts: molecules}}": 2.0,
}


@pytest.mark.parametrize("partition", PARTITIONS)
def test_a_constant_ratio_is_a_series_of_layers(run, partition):
    found = values(run(**DILUTE, mesh=mesh("plane"), interfaces=f"{{a-b: {{x_H: {{partition: {partition}}}}}}}",
                       observe=surfaces("x_H", "H")))  # fmt: skip
    ratio = PARTITIONS[partition]
    left = 4.0 / (1.0 + 3.0 / ratio)
    assert found["J"] == pytest.approx(3.0 * left / ratio, rel=1e-10)
    assert (found["l"], found["r"]) == pytest.approx((1e-6 * left, 1e-6 * left / ratio), rel=1e-10)


@pytest.mark.parametrize("partition", [*PARTITIONS, "{left: {sieverts: 2.0}, right: {henry: 0.5}}"])
def test_a_species_that_is_absent_at_the_start_gets_through(run, partition):
    blocks = DILUTE | {"initial": "{x_H: 0}", "solve": "{transient: {until: 30, rtol: 1e-8}}"}
    interfaces = f"{{a-b: {{x_H: {{partition: {partition}}}}}}}"
    in_time = values(run(**blocks, mesh=mesh("line"), interfaces=interfaces, observe=surfaces("x_H", "H")))
    steady = values(run(**DILUTE, mesh=mesh("line"), interfaces=interfaces, observe=surfaces("x_H", "H")))
    assert in_time == pytest.approx(steady, rel=1e-5)


def test_the_heat_of_transfer_goes_with_the_temperature_of_the_ratio(run):
    found = values(
        run(
            units="SI", mesh=mesh("line"), mixture="{binary: {species: [H, M], concentration: 1e6}}",
            properties="{diffusivity: {by_region: {a: 1.0, b: 3.0}}, conductivity: 10.0, heat_capacity: 1.0}",
            laws="[fick, conduction]",
            boundaries="{left: {x_H: {dirichlet: 4e-6}, T: {dirichlet: 600}}, "
                "right: {x_H: {dirichlet: 0}, T: {dirichlet: 600}}}",
            interfaces="{a-b: {x_H: {partition: {ratio: 'exp(2000/T)'}}}}",
            observe=surfaces("x_H", "H").replace("{l:", "{q: {interface_flux: {of: energy, interface: a-b}}, "
                "qR: {interface_flux: {of: energy, interface: a-b, side: right}}, "
                "T: {surface: {of: T, interface: a-b}}, l:"),
        )
    )  # fmt: skip
    # ln(c_right/c_left) = -2000/T, so that Delta_H = 2000 R, taken from both sides alike
    assert found["qR"] - found["q"] == pytest.approx(-2000.0 * R * found["J"], rel=1e-6)
    assert found["T"] == pytest.approx(600.0 - 2000.0 * R * found["J"] / 20.0, rel=1e-6)
    assert found["l"] / found["r"] == pytest.approx(np.exp(2000.0 / found["T"]), rel=1e-10)


def test_a_solute_passes_a_membrane_by_its_permeability(run):
    found = values(run(**DILUTE, mesh=mesh("line"), interfaces="{a-b: {x_H: {membrane: {solute_permeability: 1e-4}}}}",
                       observe=surfaces("x_H", "H")))  # fmt: skip
    through = 1e-4 * R * 600.0
    flux = 4.0 / (1.0 + 1.0 / through + 1.0 / 3.0)
    assert found["J"] == pytest.approx(flux, rel=1e-10)
    assert found["J"] == pytest.approx(through * 1e6 * (found["l"] - found["r"]), rel=1e-10)


@pytest.mark.parametrize("sigma", (0.0, 0.3, 1.0))
def test_a_membrane_drags_solute_with_the_volume_flow(run, sigma):
    blocks = DILUTE | {"boundaries": "{left: {x_H: {dirichlet: 4e-6}}, right: {x_H: {dirichlet: 2e-6}}}"}
    membrane = f"{{hydraulic_conductivity: 1e-5, reflection_coefficient: {sigma}, pressure_difference: 5e3}}"
    found = values(run(**blocks, mesh=mesh("line"), interfaces=f"{{a-b: {{x_H: {{membrane: {membrane}}}}}}}",
                       observe=surfaces("x_H", "H")))  # fmt: skip
    left, right = 1e6 * found["l"], 1e6 * found["r"]
    flow = 1e-5 * (5e3 - sigma * R * 600.0 * (left - right))
    mean = left if left == right else (left - right) / np.log(left / right)
    assert found["J"] == pytest.approx((1.0 - sigma) * mean * flow, rel=1e-9, abs=1e-14)


def test_a_reaction_on_the_interface_takes_from_both_sides(run):
    found = values(
        run(**DILUTE | {"boundaries": "{left: {x_H: {dirichlet: 4e-6}}, right: {x_H: {dirichlet: 1e-6}}}"},
            mesh=mesh("line"), observe=surfaces("x_H", "H"),
            interfaces="{a-b: {x_H: {interface_reaction: {reactants: {H: 1}, products: {M: 1}, rate_constant: 0.7}}}}")
    )  # fmt: skip
    on = (4.0 + 3.0) / (1.0 + 3.0 + 0.7)
    assert found["l"] == found["r"] == pytest.approx(1e-6 * on, rel=1e-10)
    assert found["J"] - found["JR"] == pytest.approx(0.7 * on, rel=1e-9)


@pytest.mark.parametrize("where", ("line", "plane", "cylinder"))
def test_what_a_reaction_makes_is_counted_in_time(run, where):
    reaction = "{reactants: {H: 1}, products: {M: 1}, rate_constant: 0.7, heat_of_reaction: -2e7}"
    result = run(
        units="SI", mesh=mesh(where), mixture="{binary: {species: [H, M], concentration: 1e6}}",
        properties="{diffusivity: {by_region: {a: 1.0, b: 3.0}}, conductivity: 10.0, heat_capacity: 1e3}",
        laws="[fick, conduction]", initial="{x_H: 4e-6, T: 300}",
        boundaries="{default: {x_H: no_flux, T: no_flux}}",
        interfaces=f"{{a-b: {{x_H: {{interface_reaction: {reaction}}}}}}}",
        solve="{transient: {until: 50, rtol: 1e-9}}",
        observe="{H: {produced: H}, q: {produced: energy}, left: {amount: H}}",
    )  # fmt: skip
    found = values(result)
    volume = result.system.geometry.volume.sum()
    assert found["H"] == pytest.approx(found["left"] - 4.0 * volume, rel=1e-9) and found["left"] < 1.5 * volume
    assert found["q"] == pytest.approx(-2e7 * found["H"], rel=1e-9)


REFUSED = {
    "{x_H: {contact_resistance: -1}}": "out of range",
    "{x_Q: {contact_resistance: 1}}": "x_Q",
    "{x_H: {partition: {left: {henry: 1}}}}": "neither a ratio nor both sides are given",
    "{x_H: {partition: {ratio: 2, left: {henry: 1}}}}": "ratio is given, and left or right too",
    "{x_H: {partition: {left: {henry: 1, sieverts: 2}, right: {henry: 1}}}}": "both of sieverts and henry given",
    "{x_H: {membrane: {reflection_coefficient: 0.5}}}": "without hydraulic_conductivity",
    "{x_H: {membrane: {hydraulic_conductivity: 1e-9}}}": "no pressure that differs",
    "{x_H: {interface_reaction: {reactants: {H: 1}, products: {Q: 1}, rate_constant: 1}}}": "no species Q",
    "{x_H: {resistance: 1}}": "interface condition",
    "3": "expected a mapping {field: condition}",
}


@pytest.mark.parametrize("conditions", REFUSED)
def test_what_makes_no_sense_is_refused_with_its_line(run, conditions):
    with pytest.raises(fvtransport.CaseError) as caught:
        run(**DILUTE, mesh=mesh("line"), interfaces=f"{{a-b: {conditions}}}")
    assert REFUSED[conditions] in str(caught.value) and "case.yaml:" in str(caught.value)


NAMES = {
    "a-c": 'unknown interface "a-c"',
    "ab": 'unknown interface "ab"',
    "a-b: {x_H: {contact_resistance: 1}}, b-a": "b-a is the interface a-b, which is given above",
}


@pytest.mark.parametrize("name", NAMES)
def test_an_interface_has_the_names_of_two_regions(run, name):
    with pytest.raises(fvtransport.CaseError) as caught:
        run(**DILUTE, mesh=mesh("line"), interfaces=f"{{{name}: {{x_H: {{contact_resistance: 1}}}}}}")
    assert NAMES[name] in str(caught.value)


def test_regions_apart_have_no_interface(run):
    apart = '{type: Grid1D, length: 3, cells: 9, regions: {a: "x < 1", c: "(x >= 1) and (x < 2)", b: "x >= 2"}}'
    blocks = DILUTE | {"properties": "{diffusivity: {by_region: {a: 1.0, b: 3.0, c: 1.0}}}"}
    with pytest.raises(fvtransport.CaseError, match="a and b have no face in common"):
        run(**blocks, mesh=apart, interfaces="{a-b: {x_H: {contact_resistance: 1}}}")


ENTROPIES = {
    "{ratio: 4.0}": ("partition", 0.0),
    "contact": ("contact_resistance", None),
    "membrane": ("membrane", None),
    "reversible": ("interface_reaction", None),
}
CONDITIONS = {
    "contact": "{contact_resistance: 1e-7}",
    "membrane": "{membrane: {solute_permeability: 1e-4, hydraulic_conductivity: 1e-6, reflection_coefficient: 0.4, "
    "pressure_difference: 3e3}}",
    "reversible": "{interface_reaction: {reactants: {H: 1}, products: {M: 1}, rate_constant: 0.7, "
    "reverse_rate_constant: 1e-6}}",
}


@pytest.mark.parametrize("kind", ENTROPIES)
def test_the_entropy_of_an_interface_is_reported_and_not_negative(run, kind):
    condition = CONDITIONS.get(kind, f"{{partition: {kind}}}")
    blocks = DILUTE | {"boundaries": "{left: {x_H: {dirichlet: 4e-6}}, right: {x_H: {dirichlet: 1e-6}}}"}
    result = run(**blocks, mesh=mesh("line"), interfaces=f"{{a-b: {{x_H: {condition}}}}}")
    name = f"{ENTROPIES[kind][0]} of x_H at a-b"
    produced = result.entropy_production_by_law[name]
    assert produced == 0.0 if ENTROPIES[kind][1] == 0.0 else produced > 0.0
    assert not result.audit.violations and not any(name in remark for remark in result.audit.remarks)


def test_the_entropy_of_a_temperature_jump_is_heat_times_the_jump_of_its_inverse(run):
    result = run(
        mesh=mesh("line"), properties="{conductivity: {by_region: {a: 2.0, b: 5.0}}, heat_capacity: 1.0}",
        boundaries="{left: {T: {dirichlet: 4}}, right: {T: {dirichlet: 3}}}", observe=surfaces("T", "energy"),
        interfaces="{a-b: {T: {contact_resistance: 0.3}}}",
    )  # fmt: skip
    found = values(result)
    by_law = result.entropy_production_by_law
    on_interface = by_law["contact_resistance of T at a-b"]
    assert on_interface == pytest.approx(found["J"] * (1 / found["r"] - 1 / found["l"]), rel=1e-12)
    # what both layers and the contact produce is what the ends exchange
    assert sum(by_law.values()) == pytest.approx(found["J"] * (1 / 3 - 1 / 4), rel=1e-4)


@pytest.mark.parametrize("gain", (-0.3, -0.05))
def test_a_condition_that_destroys_entropy_is_named(tmp_path, gain):
    (tmp_path / "demon.py").write_text(DEMON)
    path = tmp_path / "case.yaml"
    path.write_text(
        case_text(
            PURE, plugins="[demon.py]", mesh=mesh("line"),
            properties="{conductivity: {by_region: {a: 2.0, b: 5.0}}, heat_capacity: 1.0}",
            boundaries="{left: {T: {dirichlet: 4}}, right: {T: {dirichlet: 3}}}",
            interfaces=f"{{a-b: {{T: {{demon: {gain}}}}}}}",
        )
    )  # fmt: skip
    result = fvtransport.run(path)
    assert any("broken by demon of T at a-b" in text for text in result.audit.violations) and not result.audit.positive


DEMON = '''
from fvtransport import Interface, parameter, plugin


@plugin("demon")
class Demon(Interface):
    """u_left - u_right = R J with a negative resistance R"""

    shorthand = "resistance"
    resistance: float = parameter(meaning="resistance")

    def residual(self, face):
        return face.jump - self.resistance * face.flux
'''


def test_an_irreversible_reaction_is_not_judged_and_says_so(run):
    reaction = "{interface_reaction: {reactants: {H: 1}, products: {M: 1}, rate_constant: 0.7}}"
    result = run(**DILUTE, mesh=mesh("line"), interfaces=f"{{a-b: {{x_H: {reaction}}}}}")
    assert (
        "interface_reaction of x_H at a-b was not judged: its entropy production is not known" in result.audit.remarks
    )


@pytest.mark.parametrize("turned", (False, True))
def test_continuity_between_materials_of_unlike_activity_is_named_and_judged(run, turned):
    """a_i = x_i on the left and x_i^1.5 on the right: N_H R [ln x_H - ln x_M] (1 - 1.5)."""
    factor = "thermodynamic_factor: {by_region: {a: 1.0, b: 1.5}}"
    blocks = DILUTE | {
        "properties": f"{{diffusivity: {{by_region: {{a: 1.0, b: 3.0}}}}, {factor}}}",
        "boundaries": "{{left: {{x_H: {{dirichlet: {}}}}}, right: {{x_H: {{dirichlet: {}}}}}}}".format(
            *((0.1, 0.4) if turned else (0.4, 0.1))
        ),
        "laws": "[maxwell_stefan: {diffusivities: {H-M: {by_region: {a: 1.0, b: 3.0}}}}]",
    }
    blocks["properties"] = f"{{{factor}}}"
    result = run(**blocks, mesh=mesh("line"), observe=surfaces("x_H", "H"))
    assert any("continuity of x_H at a-b" in remark for remark in result.audit.remarks)
    found = {name: float(each.value) for name, each in result.observables.items()}
    produced = result.entropy_production_by_law["continuity of x_H at a-b"]
    assert produced == pytest.approx(-0.5 * R * found["J"] * np.log(found["l"] / (1.0 - found["l"])), rel=1e-9)
    assert turned == any("broken by continuity of x_H at a-b" in text for text in result.audit.violations)
